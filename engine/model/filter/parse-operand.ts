import type { Name } from '../text/problem.ts';
import type { ExpressionReader } from './parse-expression.ts';
import { levels } from './precedence.ts';
import type { Token } from './tokens.ts';
import type { CaseNode, Expression, Literal } from './tree.ts';

/** Reads what stands between operators: a value, a name, a call, a bracket, a case, or a prefix with its operand. */
export function parseOperand(reader: ExpressionReader): Expression {
  const { cursor } = reader;
  const token = cursor.peek();
  const { offset } = token.span;
  const literal = parseLiteral(reader);
  if (literal) return reader.made(literal);
  if (token.kind === 'parameter') {
    cursor.next();
    return { kind: 'parameter', name: token.value, span: token.span };
  }
  if (cursor.acceptSymbol('-')) {
    const operand = reader.expression(levels.negative);
    return reader.made({ kind: 'negative', operand, span: cursor.spanFrom(offset) });
  }
  if (cursor.acceptSymbol('(')) return bracket(reader, token);
  if (cursor.acceptWord('not')) {
    const operand = reader.expression(levels.not);
    return reader.made({ kind: 'not', operand, span: cursor.spanFrom(offset) });
  }
  if (cursor.acceptWord('case')) return reader.made(caseFrom(reader, offset));
  if (cursor.acceptWord('cast')) {
    cursor.expectSymbol('(', 'after "cast"');
    const operand = reader.expression();
    cursor.expectWord('as', 'after the value to cast');
    const type = cursor.expectName('A type (text, number, boolean, date, datetime)');
    cursor.expectSymbol(')', 'after the type');
    return reader.made({ kind: 'cast', operand, type, span: cursor.spanFrom(offset) });
  }
  const name = cursor.acceptName();
  if (name) return named(reader, name);
  const after = cursor.peek(1);
  if (token.kind === 'word' && after.kind === 'symbol' && /^(?:[<>]=?|<>|=)$/.test(after.value)) {
    // A column that bears a word of the language as its name: what is meant is plain.
    cursor.report('syntax', expected(token), token.span, [{ title: `Write "${token.value}"`, span: token.span, text: `"${token.value}"` }]);
    cursor.next();
    return { kind: 'missing', span: token.span };
  }
  cursor.report('syntax', expected(token), token.span);
  return { kind: 'missing', span: { offset, length: 0 } };
}

function expected(token: Token): string {
  if (token.kind === 'script') return 'A script makes a column of its own: write script $$ … $$ as name.';
  if (token.kind === 'word')
    return `A value, column or function is expected here. "${token.value}" is a word of the language; as a name it needs double quotes.`;
  return 'A value, column or function is expected here.';
}

/** A text, a number with its sign, `true`, `false` or `null`; nothing is taken when there is none. */
export function parseLiteral(reader: ExpressionReader): Literal | undefined {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind === 'text') {
    cursor.next();
    return { kind: 'literal', value: token.value, span: token.span };
  }
  const signed = cursor.isSymbol('-') && cursor.peek(1).kind === 'number';
  if (signed || token.kind === 'number') {
    if (signed) cursor.next();
    const digits = cursor.next();
    const span = cursor.spanFrom(token.span.offset);
    const size = Number(digits.value);
    if (!Number.isFinite(size) || (Number.isInteger(size) && !Number.isSafeInteger(size))) {
      cursor.report('number-too-large', 'This number is too large to be kept exactly. Write it as text, in single quotes.', span);
      return { kind: 'literal', value: Number.isFinite(size) ? size : 0, span };
    }
    // Minus zero is zero.
    return { kind: 'literal', value: signed && size !== 0 ? -size : size, span };
  }
  const constant = token.kind === 'word' ? constants.get(token.value.toLowerCase()) : undefined;
  if (constant === undefined) return undefined;
  cursor.next();
  return { kind: 'literal', value: constant, span: token.span };
}

const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function bracket(reader: ExpressionReader, open: Token): Expression {
  const { cursor } = reader;
  if (skipQuery(reader)) {
    cursor.acceptSymbol(')');
    return { kind: 'missing', span: cursor.spanFrom(open.span.offset) };
  }
  const inner = reader.expression();
  cursor.expectSymbol(')', 'to close this bracket');
  return inner;
}

/** Passes over a query inside the query, up to the bracket that ends it. */
export function skipQuery({ cursor }: ExpressionReader): boolean {
  if (!cursor.isWord('select')) return false;
  cursor.report('syntax', 'A filter is one query: use a join, an anti join or a lookup instead of a query inside it.', cursor.peek().span);
  let depth = 0;
  while (cursor.peek().kind !== 'end' && !(depth === 0 && cursor.isSymbol(')'))) {
    if (cursor.isSymbol('(')) depth++;
    if (cursor.isSymbol(')')) depth--;
    cursor.next();
  }
  return true;
}

function caseFrom(reader: ExpressionReader, offset: number): CaseNode {
  const { cursor } = reader;
  const operand = cursor.isWord('when') ? undefined : reader.expression();
  const branches: { when: Expression; then: Expression }[] = [];
  while (cursor.acceptWord('when')) {
    const when = reader.expression();
    cursor.expectWord('then', 'after the condition');
    branches.push({ when, then: reader.expression() });
  }
  if (branches.length === 0) cursor.report('syntax', 'A case needs at least one "when … then …".', cursor.peek().span);
  const otherwise = cursor.acceptWord('else') ? reader.expression() : undefined;
  cursor.expectWord('end', 'at the end of this case');
  return { kind: 'case', ...(operand && { operand }), branches, ...(otherwise && { otherwise }), span: cursor.spanFrom(offset) };
}

function named(reader: ExpressionReader, first: Name): Expression {
  const { cursor } = reader;
  const { offset } = first.span;
  if (cursor.isSymbol('(')) return call(reader, first);
  if (!cursor.acceptSymbol('.')) return { kind: 'column', column: first, span: first.span };
  const column = cursor.expectName('A column name', true);
  if (cursor.isSymbol('.')) {
    cursor.report(
      'syntax',
      'A column is written alias.column. Give the table an alias with "as", or use its name alone.',
      cursor.peek().span,
    );
    while (cursor.acceptSymbol('.')) cursor.acceptName(true);
  }
  return { kind: 'column', table: first, column, span: cursor.spanFrom(offset) };
}

function call(reader: ExpressionReader, name: Name): Expression {
  const { cursor } = reader;
  const { offset } = name.span;
  cursor.next();
  if (name.text.toLowerCase() === 'matched') {
    const alias = cursor.expectName('The alias of a left-joined table');
    cursor.expectSymbol(')', 'after the alias');
    return { kind: 'matched', alias, span: cursor.spanFrom(offset) };
  }
  const distinct = cursor.acceptWord('distinct') !== undefined;
  const star = cursor.acceptSymbol('*') !== undefined;
  const values: Expression[] = [];
  if (!star && !cursor.isSymbol(')')) {
    do values.push(reader.expression());
    while (cursor.acceptSymbol(','));
  }
  cursor.expectSymbol(')', `to close the call of ${name.text || 'this function'}`);
  return reader.made({ kind: 'call', name, distinct, star, arguments: values, span: cursor.spanFrom(offset) });
}
