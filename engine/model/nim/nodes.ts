import type { ColumnNode, CompareNode, ComparisonOperator, Expression, JoinNode, Literal, LogicNode, TableNode } from '../filter/tree.ts';
import type { Name } from '../text/problem.ts';

/** Nodes of a tree that nobody has written yet have no place. */
export const nowhere = { offset: 0, length: 0 } as const;

export function nameOf(text: string): Name {
  return { text, span: nowhere };
}

export function literal(value: Literal['value']): Literal {
  return { kind: 'literal', value, span: nowhere };
}

/** A column, with its table where that is said. */
export function column(alias: string | undefined, name: string): ColumnNode {
  return { kind: 'column', ...(alias !== undefined && { table: nameOf(alias) }), column: nameOf(name), span: nowhere };
}

export function parameter(name: string): Expression {
  return { kind: 'parameter', name, span: nowhere };
}

export function compare(left: Expression, operator: ComparisonOperator, right: Expression): CompareNode {
  return { kind: 'compare', operator, left, right, span: nowhere };
}

export function not(operand: Expression): Expression {
  return { kind: 'not', operand, span: nowhere };
}

export function nocase(operand: Expression): Expression {
  return { kind: 'collate', operand, collation: nameOf('nocase'), span: nowhere };
}

export function cast(operand: Expression, type: string): Expression {
  return { kind: 'cast', operand, type: nameOf(type), span: nowhere };
}

export function call(name: string, ...values: readonly Expression[]): Expression {
  return { kind: 'call', name: nameOf(name), distinct: false, star: false, arguments: values, span: nowhere };
}

export function matched(alias: string): Expression {
  return { kind: 'matched', alias: nameOf(alias), span: nowhere };
}

/** All or any of some conditions; undefined for none. A list in a list of the same kind is one list, as reading gives it. */
export function logic(operator: LogicNode['operator'], conditions: readonly Expression[]): Expression | undefined {
  const operands = conditions.flatMap((one) => (one.kind === 'logic' && one.operator === operator ? one.operands : [one]));
  return operands.length > 1 ? { kind: 'logic', operator, operands, span: nowhere } : operands[0];
}

/** A table, with an alias where that is not its name. */
export function tableNode(system: string, table: string, alias?: string): TableNode {
  return {
    kind: 'table',
    system: nameOf(system),
    table: nameOf(table),
    ...(alias !== undefined && alias !== table && { alias: nameOf(alias) }),
    span: nowhere,
  };
}

export function joinNode(
  parts: Pick<JoinNode, 'mode' | 'recursive' | 'source' | 'via' | 'reference'> & { readonly on?: Expression | undefined },
): JoinNode {
  const { on, ...rest } = parts;
  return { kind: 'join', ...rest, ...(on && { on }), span: nowhere };
}
