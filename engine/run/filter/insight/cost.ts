import { type BoundJoin, isGroup } from '../../../model/filter/bound.ts';
import type { Catalog } from '../../../model/system/catalog.ts';
import { type KeyColumn, keysOf } from './keys.ts';
import type { Looker } from './looker.ts';

/** Pairs of rows that may be looked at one by one: about a fifth of a second. */
const mostPairs = 10_000_000;

/** The same where case is folded for each of them. */
const mostFoldedPairs = 500_000;

/** Rows of a table of the vault. */
export type RowsOf = (table: { readonly system: string; readonly table: string }) => number;

/**
 * Whether counting a join would mean to look at too many pairs of rows: a query under way cannot be ended but with its process. Where columns are
 * equal the database finds its way by an index, of its own making if need be; not so within a condition that is asked for each row, where the
 * column must have one, as keys and references have.
 */
export function isTooCostly({ bound, catalog }: Looker, join: BoundJoin, before: number, rowsOf: RowsOf): boolean {
  const { mode } = join.node;
  if (join.via || join.recursion) return false;
  const head = isGroup(join.source) ? join.source.table : join.source;
  const pairs = keysOf(bound, join)?.pairs ?? [];
  const exact = pairs.filter(({ nocase }) => !nocase);
  // Of a plain join what is compared without case is made once, and found by an index as well.
  const found = mode === 'any' || mode === 'left' ? pairs : exact;
  const guided = mode === 'all' ? false : mode === 'multiple' ? exact.some(({ theirs }) => isIndexed(catalog, theirs)) : found.length > 0;
  return !guided && before * rowsOf(head) > (pairs.length > exact.length ? mostFoldedPairs : mostPairs);
}

function isIndexed({ relations }: Catalog, { table, column }: KeyColumn): boolean {
  if (column.name === table.catalog?.key) return true;
  return relations.some(({ from, to }) =>
    [from, to].some((side) => side.system === table.system && side.table === table.table && side.column === column.name),
  );
}
