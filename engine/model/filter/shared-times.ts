import { keyOf } from './bind-checks.ts';
import type { BoundFilter } from './bound.ts';
import { findFunction } from './functions.ts';
import { type Expression, partsOf } from './tree.ts';

/**
 * The points in time that a filter groups by, wherever it shows or asks for one: rows of one moment are a group, and may write it in several ways.
 * What stands inside min(…), count(…) and their like is not among them.
 */
export function sharedTimes(bound: BoundFilter): ReadonlySet<Expression> {
  const { select, columns, orderBy, lookups } = bound;
  const shared = new Set<Expression>();
  const times = (select?.groupBy ?? []).filter((group) => bound.types.get(group) === 'datetime');
  if (!select || times.length === 0) return shared;
  const keys = new Set(times.map((group) => keyOf(bound, group)));
  const find = (expression: Expression): void => {
    if (expression.kind === 'call' && findFunction(expression.name.text)?.aggregate) return;
    if (keys.has(keyOf(bound, expression))) shared.add(expression);
    else partsOf(expression).forEach(find);
  };
  for (const expression of [
    ...columns.flatMap((column) => column.expression ?? []),
    ...[select.having, select.excludeWhen, select.distinctOn].flatMap((one) => one ?? []),
    ...orderBy.map((sort) => sort.expression),
    ...lookups.map(({ node }) => node.column),
  ])
    find(expression);
  return shared;
}
