import type { BoundFilter, BoundTable, Meaning } from '../../../model/filter/bound.ts';
import { printExpression } from '../../../model/filter/print-expression.ts';
import { conjunctsOf, everyPart, partsOf, type ColumnNode, type Expression } from '../../../model/filter/tree.ts';
import type { Cell } from '../../records.ts';

/** Nodes that no author wrote stand nowhere. */
const nowhere = { offset: 0, length: 0 };

/** Makes expressions that ask about a filter, over a copy of what its names mean: the filter itself is not touched. */
export interface Expressions {
  readonly meanings: Map<ColumnNode, Meaning>;
  /** A column of a table, of no type, so that its values are compared as they are. */
  column(table: BoundTable, name: string): ColumnNode;
  /** Whether an expression has one of these values as they lie in the vault; null is a value here. */
  oneOf(expression: Expression, values: readonly Cell[]): Expression;
  /** Whether rows are grouped, or one of them kept, with those that have this value; points in time are where their moment is the same. */
  together(expression: Expression, value: Cell): Expression;
}

export function expressionsOver(bound: BoundFilter): Expressions {
  const meanings = new Map(bound.meanings);
  /** Types are known by node, so that a copy has none. */
  const untyped = (expression: Expression): Expression => {
    const copy = { ...expression };
    const meaning = expression.kind === 'column' ? meanings.get(expression) : undefined;
    if (meaning) meanings.set(copy as ColumnNode, meaning);
    return copy;
  };
  const oneOf: Expressions['oneOf'] = (expression, values) => {
    const known = values.filter((value) => value !== null);
    const operand = untyped(expression);
    const tests: Expression[] = [
      ...(known.length > 0 ? [{ kind: 'in' as const, negated: false, operand, values: known.map(literal), span: nowhere }] : []),
      ...(known.length < values.length ? [{ kind: 'null-test' as const, negated: false, operand, span: nowhere }] : []),
    ];
    return any(tests);
  };
  return {
    meanings,
    column(table, name) {
      const node: ColumnNode = {
        kind: 'column',
        table: { text: table.alias, span: nowhere },
        column: { text: name, span: nowhere },
        span: nowhere,
      };
      meanings.set(node, { kind: 'column', table, column: { name, type: 'text' } });
      return node;
    },
    oneOf,
    together(expression, value) {
      const same = oneOf(expression, [value]);
      if (bound.types.get(expression) !== 'datetime' || value === null) return same;
      // A literal alone might be a day, and mean all of it.
      const moment: Expression = { kind: 'cast', operand: literal(value), type: { text: 'datetime', span: nowhere }, span: nowhere };
      return any([same, { kind: 'compare', operator: '=', left: expression, right: moment, span: nowhere }]);
    },
  };
}

export function literal(value: Cell): Expression {
  return { kind: 'literal', value, span: nowhere };
}

/** Whether a condition holds, as 1, 0 or null, however it is written. */
export function truthOf(condition: Expression): Expression {
  return { kind: 'not', operand: { kind: 'not', operand: condition, span: nowhere }, span: nowhere };
}

/** How many rows there are. */
export const countOfRows: Expression = {
  kind: 'call',
  name: { text: 'count', span: nowhere },
  distinct: false,
  star: true,
  arguments: [],
  span: nowhere,
};

/** All conditions in one; undefined for none. Parts that are an `and` already are taken apart. */
export function all(conditions: readonly Expression[]): Expression | undefined {
  const operands = conditions.flatMap((condition) => [...conjunctsOf(condition)]);
  const [first, second] = operands;
  return second ? { kind: 'logic', operator: 'and', operands, span: nowhere } : first;
}

function any(conditions: readonly Expression[]): Expression {
  const [first, second] = conditions;
  if (!first) return { kind: 'literal', value: false, span: nowhere };
  return second ? { kind: 'logic', operator: 'or', operands: conditions, span: nowhere } : first;
}

/** What can be shown of a condition: the values it compares, each once, without those that stand in its text. */
export function operandsOf(condition: Expression): readonly Expression[] {
  const found = new Map<string, Expression>();
  for (const side of sidesOf(condition)) {
    const isPlain = side.kind === 'column' || side.kind === 'parameter' || side.kind === 'matched';
    // What a value is made of says more than the value.
    const made = isPlain ? [] : [...everyPart(side)].filter((part) => part.kind === 'column');
    for (const one of [side, ...made]) if (!isWritten(one)) found.set(printExpression(one), one);
  }
  return [...found.values()].slice(0, mostOperands);
}

/** The values that a condition, and the conditions in it, compare or look at. */
function* sidesOf(condition: Expression): Generator<Expression> {
  switch (condition.kind) {
    case 'not':
    case 'collate':
      yield* sidesOf(condition.operand);
      return;
    case 'logic':
      for (const operand of condition.operands) yield* sidesOf(operand);
      return;
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
    case 'null-test':
    case 'call':
      // count(*) has no arguments, and is itself what is compared.
      for (const part of condition.kind === 'call' && condition.star ? [condition] : partsOf(condition))
        yield part.kind === 'collate' ? part.operand : part;
      return;
    default:
      yield condition;
  }
}

/** Whether a value stands in the text as it is. */
function isWritten(expression: Expression): boolean {
  return (
    expression.kind === 'literal' || expression.kind === 'missing' || (expression.kind === 'negative' && isWritten(expression.operand))
  );
}

const mostOperands = 12;

/** Columns of tables that an expression names; each once. */
export function columnsIn(
  bound: BoundFilter,
  expression: Expression | undefined,
): readonly { readonly node: ColumnNode; readonly table: BoundTable; readonly name: string }[] {
  const found = new Map<string, { readonly node: ColumnNode; readonly table: BoundTable; readonly name: string }>();
  if (!expression) return [];
  for (const part of everyPart(expression)) {
    if (part.kind !== 'column') continue;
    const meaning = bound.meanings.get(part);
    if (meaning?.kind === 'output' && meaning.column.expression) {
      for (const one of columnsIn(bound, meaning.column.expression)) found.set(JSON.stringify([one.table.alias, one.name]), one);
    }
    if (meaning?.kind !== 'column') continue;
    found.set(JSON.stringify([meaning.table.alias, meaning.column.name]), { node: part, table: meaning.table, name: meaning.column.name });
  }
  return [...found.values()];
}
