import type { Expression, FilterTree, GroupNode, JoinNode, SelectNode, TableNode } from './tree.ts';

/** Every place of a table in the text, link tables included. */
export function sourcesOf(select: SelectNode | undefined): readonly TableNode[] {
  const of = (source: TableNode | GroupNode): readonly TableNode[] =>
    source.kind === 'table' ? [source] : [source.table, ...inJoins(source.joins)];
  const inJoins = (joins: readonly JoinNode[]): readonly TableNode[] =>
    joins.flatMap(({ source, via }) => [...of(source), ...(via ? [via.link] : [])]);
  return select ? [...(select.from ? [select.from] : []), ...inJoins(select.joins)] : [];
}

/** Every join of a filter, those in brackets after the one they belong to. */
function joinsOf(select: SelectNode | undefined): readonly JoinNode[] {
  const within = (joins: readonly JoinNode[]): readonly JoinNode[] =>
    joins.flatMap((join) => [join, ...(join.source.kind === 'group' ? within(join.source.joins) : [])]);
  return within(select?.joins ?? []);
}

/** Every expression that is not part of another one. */
export function expressionsIn({ select, lookups }: Pick<FilterTree, 'lookups'> & { readonly select?: SelectNode }): readonly Expression[] {
  const looked = lookups.map(({ column }) => column);
  if (!select) return looked;
  const some = [select.distinctOn, select.where, select.having, select.excludeWhen].flatMap((one) => one ?? []);
  return [
    ...select.items.flatMap((item) => (item.kind === 'column-item' ? [item.expression] : [])),
    ...joinsOf(select).flatMap(({ reference, on }) => [...(reference ? [reference] : []), ...(on ? [on] : [])]),
    ...some,
    ...select.groupBy,
    ...select.orderBy.map(({ expression }) => expression),
    ...looked,
  ];
}
