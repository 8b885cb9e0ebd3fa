import type { Name, Span } from '../text/problem.ts';
import type { Cursor } from './cursor.ts';
import { parseOperand, skipQuery } from './parse-operand.ts';
import { printExpression } from './print-expression.ts';
import { arithmeticLevels, levels } from './precedence.ts';
import { type ArithmeticOperator, type ComparisonOperator, type Expression, partsOf } from './tree.ts';

/** Brackets, calls and cases inside each other; deeper is refused rather than risking the stack. */
const maxNesting = 60;
/** Operators below each other, such as a long chain of `||`; `and` and `or` lists count once, however long. */
const maxHeight = 200;

/** Reads expressions; one reader per text keeps count of depth. */
export interface ExpressionReader {
  readonly cursor: Cursor;
  expression(minLevel?: number): Expression;
  /** Runs `read` one level deeper, or passes over the bracket when that is too deep. */
  nested(read: () => Expression): Expression;
  /** Notes the height of a new node; one that is too high becomes `missing`. */
  made(node: Expression): Expression;
}

export function createExpressionReader(cursor: Cursor): ExpressionReader {
  const heights = new WeakMap<Expression, number>();
  let nesting = 0;
  const reader: ExpressionReader = {
    cursor,
    expression: (minLevel = 0) => reader.nested(() => readFrom(reader, parseOperand(reader), minLevel)),
    nested(read) {
      if (nesting >= maxNesting) return tooDeep(cursor);
      nesting++;
      try {
        return read();
      } finally {
        nesting--;
      }
    },
    made(node) {
      const height = 1 + partsOf(node).reduce((most, part) => Math.max(most, heights.get(part) ?? 0), 0);
      if (height > maxHeight) {
        cursor.report('too-deep', `This expression has more than ${maxHeight} operators below each other. Split it.`, node.span);
        return { kind: 'missing', span: node.span };
      }
      heights.set(node, height);
      return node;
    },
  };
  return reader;
}

function readFrom(reader: ExpressionReader, first: Expression, minLevel: number): Expression {
  let left = first;
  for (;;) {
    const read = infix(reader, left, minLevel);
    if (!read) return left;
    left = reader.made(read);
    // A chain that is too long is reported once; the rest of it is read but not kept.
    if (left.kind === 'missing') while (infix(reader, left, minLevel));
  }
}

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

function infix(reader: ExpressionReader, left: Expression, minLevel: number): Expression | undefined {
  const { cursor } = reader;
  const token = cursor.peek();
  const { offset } = left.span;
  if (token.kind === 'symbol') {
    if (comparisons.has(token.value) && levels.comparison >= minLevel) {
      cursor.next();
      const right = reader.expression(levels.comparison + 1);
      return { kind: 'compare', operator: token.value as ComparisonOperator, left, right, span: between(left.span, right.span) };
    }
    const level = arithmeticLevels[token.value];
    if (level === undefined || level < minLevel) return undefined;
    cursor.next();
    const right = reader.expression(level + 1);
    return { kind: 'arithmetic', operator: token.value as ArithmeticOperator, left, right, span: between(left.span, right.span) };
  }
  if (token.kind !== 'word') return undefined;
  if (cursor.isWord('and', 'or')) return logic(reader, left, minLevel);
  if (cursor.isWord('collate') && levels.collate >= minLevel) {
    cursor.next();
    const collation: Name = cursor.expectName('A collation (nocase)');
    return { kind: 'collate', operand: left, collation, span: cursor.spanFrom(offset) };
  }
  return levels.comparison >= minLevel ? wordTest(reader, left) : undefined;
}

/** Reads a whole list `a and b and c` at once, so that long lists stay flat. */
function logic(reader: ExpressionReader, first: Expression, minLevel: number): Expression | undefined {
  const { cursor } = reader;
  const operator = cursor.isWord('and') ? 'and' : 'or';
  if (levels[operator] < minLevel) return undefined;
  const operands = [...flat(first, operator)];
  while (cursor.acceptWord(operator)) operands.push(...flat(reader.expression(levels[operator] + 1), operator));
  const last = operands.at(-1) ?? first;
  return { kind: 'logic', operator, operands, span: between(first.span, last.span) };
}

function flat(expression: Expression, operator: 'and' | 'or'): readonly Expression[] {
  return expression.kind === 'logic' && expression.operator === operator ? expression.operands : [expression];
}

function wordTest(reader: ExpressionReader, operand: Expression): Expression | undefined {
  const { cursor } = reader;
  const { offset } = operand.span;
  const negated =
    cursor.isWord('not') && ['in', 'between', 'like'].includes(cursor.peek(1).value.toLowerCase()) && cursor.peek(1).kind === 'word';
  if (negated) cursor.next();
  if (cursor.acceptWord('in')) {
    cursor.expectSymbol('(', 'after "in", before the list of values');
    const values: Expression[] = skipQuery(reader) ? [] : [reader.expression()];
    while (cursor.acceptSymbol(',')) values.push(reader.expression());
    cursor.expectSymbol(')', 'after the list of values');
    return { kind: 'in', negated, operand, values, span: cursor.spanFrom(offset) };
  }
  if (cursor.acceptWord('between')) {
    const low = reader.expression(levels.sum);
    cursor.expectWord('and', 'between the two limits');
    const high = reader.expression(levels.sum);
    return { kind: 'between', negated, operand, low, high, span: cursor.spanFrom(offset) };
  }
  if (cursor.acceptWord('like')) {
    const pattern = reader.expression(levels.sum);
    return { kind: 'like', negated, operand, pattern, span: cursor.spanFrom(offset) };
  }
  if (cursor.acceptWord('is')) {
    const not = cursor.acceptWord('not') !== undefined;
    if (cursor.isWord('true', 'false')) return truthTest(cursor, operand, not);
    cursor.expectWord('null', `after "is${not ? ' not' : ''}"`);
    return { kind: 'null-test', negated: not, operand, span: cursor.spanFrom(offset) };
  }
  return undefined;
}

/** `is true` and its like: refused, since a reader would have to know what each makes of a null. Read as the comparison that it nearly is. */
function truthTest(cursor: Cursor, operand: Expression, not: boolean): Expression {
  const { value: word, span: place } = cursor.next();
  const wanted = (word.toLowerCase() === 'true') !== not;
  const span = cursor.spanFrom(operand.span.offset);
  const right: Expression = { kind: 'literal', value: wanted, span: place };
  const comparison: Expression = { kind: 'compare', operator: '=', left: operand, right, span };
  const orNull: Expression = { kind: 'null-test', negated: false, operand, span };
  const text = not
    ? `(${printExpression({ kind: 'logic', operator: 'or', operands: [comparison, orNull], span })})`
    : printExpression(comparison);
  cursor.report('syntax', `There is no "is ${not ? 'not ' : ''}${word.toLowerCase()}" here. Write ${text}.`, span, [
    { title: `Write ${text}`, span, text },
  ]);
  return comparison;
}

function between(first: Span, last: Span): Span {
  return { offset: first.offset, length: Math.max(last.offset + last.length - first.offset, first.length) };
}

function tooDeep(cursor: Cursor): Expression {
  const { span } = cursor.peek();
  cursor.report('too-deep', `Brackets may be nested ${maxNesting} deep, not more. Split this expression.`, span);
  let open = 0;
  while (cursor.peek().kind !== 'end') {
    if (cursor.isSymbol('(')) open++;
    else if (cursor.isSymbol(')') && --open < 0) break;
    else if (open === 0 && cursor.atPart()) break;
    cursor.next();
  }
  return { kind: 'missing', span: cursor.spanFrom(span.offset) };
}
