import type { ColumnType } from '../connector/connector.ts';
import type { ScriptStage } from '../script/script-stage.ts';
import type { Problem, Span } from '../text/problem.ts';

/** The column of a query's rows that says what went wrong in a script; null where nothing did. No author can write its name. */
export const problemColumn = 'sollist:problem';

/** Text with `?` parameters in order. */
export interface CompiledSql {
  readonly sql: string;
  readonly parameters: readonly (string | number | null)[];
}

/**
 * Rows that scripts add columns to, before the query reads them as the table `table`: its columns are those of `source`, in order, then one per
 * script, then `problemColumn`.
 */
export interface CompiledStage {
  readonly table: string;
  readonly source: CompiledSql;
  /** The names of the table's columns. */
  readonly columns: readonly string[];
  readonly stage: ScriptStage;
}

/** A column of a table of the vault. */
export interface LookedUp {
  readonly system: string;
  readonly table: string;
  readonly column: string;
}

export interface CompiledQuery extends CompiledSql {
  readonly stages: readonly CompiledStage[];
  /** Which rows stay depends on the others: there is a limit, or one row per value. */
  readonly narrowed: boolean;
  /** Columns that rows are looked up by, once for each other row: without an index that takes for ever. */
  readonly lookedUp: readonly LookedUp[];
  /**
   * Set where the query does nothing with the rows of its only stage but choose columns: the places of the output columns among those of the
   * stage, and of `problemColumn` at last. Reading the stage itself is then the same, in the same order, and faster.
   */
  readonly direct?: readonly { readonly name: string; readonly place: number }[];
}

export interface CompiledColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly span: Span;
}

/** A filter ready to run. `problems` are those of compiling; reading's and binding's are not repeated. */
export interface CompiledFilter {
  /** Absent where the filter has an error, found here or before. */
  readonly query?: CompiledQuery;
  readonly columns: readonly CompiledColumn[];
  /** Every table the query reads, those of the lookup and of appended filters included. */
  readonly tables: readonly { readonly system: string; readonly table: string }[];
  readonly problems: readonly Problem[];
}
