import type { BoundFilter, BoundTable } from './bound.ts';
import { identifier, sql, type Sql } from './sql.ts';

/** What compiling one filter for one run knows. */
export interface CompileContext {
  readonly bound: BoundFilter;
  /** Values of all parameters, under their names in small letters. */
  readonly values: ReadonlyMap<string, string | number | boolean | null>;
  /** yyyy-mm-dd */
  readonly today: string;
  /** Column of each left-joined table, by alias, that says whether its row is there; only where `matched` asks. */
  readonly marks: ReadonlyMap<BoundTable, string>;
  /** A column of a table; `join recursive` puts its start rows in place of the table. */
  readonly columnSql: (table: BoundTable, column: string) => Sql;
}

/** A column under its table's alias. */
export function columnSql(table: BoundTable, column: string): Sql {
  return sql`${identifier(table.alias)}.${identifier(column)}`;
}
