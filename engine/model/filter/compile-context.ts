import type { BoundColumn, BoundFilter, BoundTable } from './bound.ts';
import type { CompiledStage, LookedUp } from './compiled.ts';
import { identifier, sql, type Sql } from './sql.ts';
import type { Expression } from './tree.ts';

/** What compiling one filter for one run knows. */
export interface CompileContext {
  readonly bound: BoundFilter;
  /** Values of all parameters, under their names in small letters. */
  readonly values: ReadonlyMap<string, string | number | boolean | null>;
  /** yyyy-mm-dd */
  readonly today: string;
  /** By its name in the IANA database: days are those of its calendar. */
  readonly timeZone: string;
  /** Column of each left-joined table, by alias, that is null where its row is not there; only where somebody asks. */
  readonly marks: ReadonlyMap<BoundTable, string>;
  /** A column of a table; `join recursive` puts its start rows in place of the table, and scripts the rows that they were given. */
  readonly columnSql: (table: BoundTable, column: string) => Sql;
  /** The value of a script column. */
  readonly scriptSql: (column: BoundColumn) => Sql;
  /** An expression whose value is there already under a name. */
  readonly computed?: { readonly expression: Expression; readonly sql: Sql };
  /** Expressions that rows are grouped by, and that the rows of a group may write in several ways. */
  readonly shared?: ReadonlySet<Expression>;
  /** Where scripts run, over all filters that go into one query; what is compiled adds to it. */
  readonly stages: CompiledStage[];
  /** As `CompiledQuery.lookedUp`; what is compiled adds to it. */
  readonly lookedUp: LookedUp[];
}

/**
 * The alias as SQL has it. In brackets SQLite finds a column by `table.column` and takes the alias to end at its first dot: one with a dot gets a
 * name without, which no author can write.
 */
export function aliasOf({ alias }: BoundTable): string {
  return alias.includes('.') ? `sollist:alias ${alias.replaceAll('%', '%25').replaceAll('.', '%2E')}` : alias;
}

/** A column under its table's alias. */
export function columnSql(table: BoundTable, column: string): Sql {
  return sql`${identifier(aliasOf(table))}.${identifier(column)}`;
}
