import { type BoundTable, type BoundVia, isGroup } from '../../../model/filter/bound.ts';
import { identifier, sql, type Sql } from '../../../model/filter/sql.ts';
import { conjunctsOf } from '../../../model/filter/tree.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import type { CountedJoin } from './count-steps.ts';
import { type KeyColumn, ourCut, tablesIn, theirCut } from './keys.ts';
import type { Looker } from './looker.ts';

/** The keys of a join through a link table. */
export interface Link {
  readonly via: BoundVia;
  /** Of a table before it, and of the joined one. */
  readonly ours: KeyColumn;
  readonly theirs: KeyColumn;
  /** Of the link table, each compared with one of those. */
  readonly near: KeyColumn;
  readonly far: KeyColumn;
  /** Their values as `k0`: of the rows before it, and of the joined rows that the join's own conditions leave. */
  readonly oursSql: Sql;
  readonly theirsSql: Sql;
  /** The link table, and its two columns. */
  readonly table: Sql;
  readonly nearSql: Sql;
  readonly farSql: Sql;
}

/** Undefined for other joins, those of brackets, and those with conditions that also read tables before them. */
export function linkOf(looker: Looker, { join, index }: CountedJoin): Link | undefined {
  const { via, source } = join;
  if (!via || isGroup(source)) return undefined;
  const own = conjunctsOf(join.on);
  if (!own.every((condition) => tablesIn(looker.bound, condition).every((table) => table === source))) return undefined;
  const [ours, theirs] = [columnOf(via.of, via.nearKey), columnOf(source, via.farKey)];
  const [near, far] = [columnOf(via.link, via.near), columnOf(via.link, via.far)];
  if (!ours || !theirs || !near || !far) return undefined;
  const keys = { pairs: [{ ours, theirs, nocase: false }], own, plain: true };
  const oursSql = looker.compile(ourCut(looker.bound.select?.joins.slice(0, index) ?? [], keys));
  const theirsSql = looker.compile(theirCut(join, keys));
  if (!oursSql || !theirsSql) return undefined;
  const table = identifier(vaultTableName(via.link.system, via.link.table));
  return { via, ours, theirs, near, far, oursSql, theirsSql, table, nearSql: identifier(via.near), farSql: identifier(via.far) };
}

function columnOf(table: BoundTable, name: string): KeyColumn | undefined {
  const column = table.catalog?.columns.find((one) => one.name === name);
  return column && { alias: table.alias, table, column };
}

/** The far keys as `k0` that the rows before a join are linked to. */
export function linkedKeys({ table, nearSql, farSql, oursSql }: Link): Sql {
  return sql`SELECT ${farSql} AS "k0" FROM ${table} WHERE ${nearSql} IN (SELECT "k0" FROM (${oursSql}))`;
}

/** `directory.members` */
export function linkName({ via: { link } }: { readonly via: BoundVia }): string {
  return `${link.system}.${link.table}`;
}
