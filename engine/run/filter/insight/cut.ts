import type { BoundFilter } from '../../../model/filter/bound.ts';
import type { FilterDocument } from '../../../model/filter/filter.ts';
import {
  type ColumnItem,
  type ColumnNode,
  conjunctsOf,
  everyPart,
  type Expression,
  type JoinNode,
  type LookupNode,
  type SelectItem,
  type SelectNode,
  type TableNode,
} from '../../../model/filter/tree.ts';
import type { Span } from '../../../model/text/problem.ts';
import { sameName } from '../../../model/filter/words.ts';

/** A part of a filter: some of its joins and conditions, with columns of its own. */
export interface Cut {
  /** The filter's own table if absent. */
  readonly from?: TableNode;
  readonly joins: readonly JoinNode[];
  /** Conditions that must all hold. */
  readonly where?: readonly Expression[];
  /** A row without any column of interest if absent. */
  readonly items?: readonly SelectItem[];
  /** Groups, one row per value and the like are kept. */
  readonly whole?: boolean;
  /** Rows that this lookup keeps. */
  readonly lookup?: LookupNode;
  readonly limit?: number;
}

const nowhere: Span = { offset: 0, length: 0 };

/** A filter that says only this much. It extends and appends nothing: what it took from a parent is part of it. */
export function cutOf({ select, parameters }: BoundFilter, cut: Cut): FilterDocument {
  const { from = select?.from, where = [], whole = false } = cut;
  const { joins, absent } = withoutAnti(cut.joins);
  const condition = conditionOf([...absent, ...where]);
  const rest = whole && select ? { ...select, orderBy: [], items: withoutScripts(select) } : undefined;
  const node: SelectNode = {
    kind: 'select',
    distinct: false,
    groupBy: [],
    orderBy: [],
    span: nowhere,
    ...withoutWhere(rest),
    items: cut.items ?? rest?.items ?? [columnItem({ kind: 'literal', value: 1, span: nowhere }, 'n')],
    ...(from && { from }),
    joins,
    ...(condition && { where: condition }),
  };
  return {
    text: '',
    tree: {
      kind: 'filter',
      parameters: [],
      select: node,
      appends: [],
      lookups: cut.lookup ? [cut.lookup] : [],
      comments: [],
      span: nowhere,
    },
    problems: [],
    parameters,
  };
}

/**
 * Anti joins as left joins of which the rows that met nothing are kept. For these the database makes an index where a column has none; for a
 * condition that is asked for each row it does not.
 */
function withoutAnti(joins: readonly JoinNode[]): { readonly joins: readonly JoinNode[]; readonly absent: readonly Expression[] } {
  const absent: Expression[] = [];
  const kept = joins.map((join): JoinNode => {
    if (join.mode !== 'anti') return join;
    const { alias, table } = join.source.kind === 'group' ? join.source.table : join.source;
    absent.push({ kind: 'not', operand: { kind: 'matched', alias: alias ?? table, span: nowhere }, span: nowhere });
    return { ...join, mode: 'left' };
  });
  return { joins: kept, absent };
}

function withoutWhere(select: SelectNode | undefined): Partial<SelectNode> {
  if (!select) return {};
  const { where: _, excludeWhen: __, ...rest } = select;
  return rest;
}

function withoutScripts({ items }: SelectNode): readonly SelectItem[] {
  const kept = items.filter(({ kind }) => kind !== 'script-item');
  return kept.length > 0 ? kept : [columnItem({ kind: 'literal', value: 1, span: nowhere }, 'n')];
}

function conditionOf(where: readonly Expression[]): Expression | undefined {
  // An `and` never stands directly in another.
  const operands = where.flatMap(conjunctsOf);
  return operands.length > 1 ? { kind: 'logic', operator: 'and', operands, span: nowhere } : operands[0];
}

export function columnItem(expression: Expression, name: string): ColumnItem {
  return { kind: 'column-item', expression, alias: { text: name, span: nowhere }, span: nowhere };
}

/** `alias.column`, to be bound anew. */
export function columnNode(alias: string, column: string): ColumnNode {
  return { kind: 'column', table: { text: alias, span: nowhere }, column: { text: column, span: nowhere }, span: nowhere };
}

/** The columns of tables as `k0`, `k1`, … */
export function keyItems(columns: readonly { readonly alias: string; readonly column: string }[]): readonly ColumnItem[] {
  return columns.map(({ alias, column }, i) => columnItem(columnNode(alias, column), `k${i}`));
}

/** Parameters that an expression names. */
export function parametersIn(expression: Expression): readonly string[] {
  return [...everyPart(expression)].flatMap((part) => (part.kind === 'parameter' ? [part.name] : []));
}

/** A select without the conditions that name one of these parameters. */
export function withoutParameters(select: SelectNode, names: readonly string[]): SelectNode {
  if (names.length === 0) return select;
  const kept = (expression: Expression | undefined): readonly Expression[] =>
    conjunctsOf(expression).filter((one) => !parametersIn(one).some((name) => names.some((other) => sameName(name, other))));
  const { where: _, ...rest } = select;
  const where = conditionOf(kept(select.where));
  const joins = select.joins.map((join): JoinNode => {
    if (!join.on) return join;
    // Without any condition the data model would be asked for one.
    return { ...join, on: conditionOf(kept(join.on)) ?? { kind: 'literal', value: true, span: join.on.span } };
  });
  return { ...rest, joins, ...(where && { where }) };
}
