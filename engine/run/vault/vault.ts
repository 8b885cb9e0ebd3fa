import type { ColumnType } from '../../model/connector/connector.ts';
import type { SeenAnswer } from '../../model/connector/knowledge.ts';
import type { Catalog } from '../../model/system/catalog.ts';
import type { Attempt, Cell, CollectionRun, Evidence, TableVersion, VaultAnswer, VaultTable } from '../records.ts';
import type { RowsComparison } from '../run-record.ts';

/** Columns of a table to be collected. */
export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows on their way into the vault: invisible until `commit`. */
export interface Staging {
  /** Adds rows, which are not to be changed afterwards; cells in the order of the staged columns. */
  add(rows: readonly (readonly Cell[])[]): void;
  /** Rows added so far. */
  readonly count: number;
  readonly columns: readonly StagedColumn[];
  /** What is worth knowing about rows that were added, in words. */
  readonly notes?: readonly string[];
  /** How many rows share their key with another, and a few such keys; `key` is a column name. Rows without a key do not count. */
  duplicates(key: string): { readonly count: number; readonly samples: readonly string[] };
  /** Builds the indexes, and waits for nothing else: so that the swap itself is short. */
  index(): void;
  /**
   * Makes the staged rows the table's current version, in one transaction with its evidence and what else its answers held; what it replaces
   * is kept as a past one. Returns the version's id.
   */
  commit(evidence: Evidence, answer?: SeenAnswer, arrival?: Arrival): number;
  /** Keeps the staged rows as a version that is not in use, and notes why: no delete may rest on the older rows. Returns the version's id. */
  hold(evidence: Evidence, why: string, arrival?: Arrival): number;
  /** Drops the staged rows; the table stays as it was. Safe to call after commit. */
  discard(): void;
}

/** What else is known of rows that arrive. */
export interface Arrival {
  /** The column rows are told apart by. */
  readonly key?: string;
  /** The run had limits: such a version is no measure for the next one. */
  readonly limited?: boolean;
  /** The first version committed of those that came from the same answers: a table and its child tables. */
  readonly batch?: number;
  /** The collection it belongs to, see {@link Vault.beginRun}. */
  readonly run?: number;
  /** Versions to keep of the table, this one included; pinned ones do not count. */
  readonly keep?: number;
}

/** A compiled query: text with `?` parameters in order. */
export interface Query {
  readonly sql: string;
  readonly parameters: readonly Cell[];
  /** Tables of the query that are computed while it reads them; they may read each other no more than the vault's own can. */
  readonly computed?: readonly ComputedTable[];
  /** Columns that rows are looked up by: they are indexed before, those that are not yet. Not looked at where a vault is only read. */
  readonly lookedUp?: readonly { readonly system: string; readonly table: string; readonly column: string }[];
  /** What its tables should have: a column of theirs that was not collected is told from one that is not there. */
  readonly catalog?: Pick<Catalog, 'tables'>;
  /** Places, among the columns of the only computed table, of what the query gives: reading that table alone is the same, and faster. */
  readonly direct?: readonly { readonly name: string; readonly place: number }[];
}

/** A table made of other rows, in batches. */
export interface ComputedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly source: { readonly sql: string; readonly parameters: readonly Cell[] };
  /** Begins to compute; given a way to ask the same connection whether a row is there. */
  open(exists: RowExists): Computation;
}

/** Rows in, rows out, in the same order and as many. The rows given may be changed and given back. */
export interface Computation {
  compute(rows: readonly Cell[][]): readonly (readonly Cell[])[];
  close(): void;
}

/** Whether a table of the vault has a row with that value in a column; or what of the two the vault does not have. */
export type RowExists = (system: string, table: string, column: string, value: Cell | boolean) => boolean | 'no-table' | 'no-column';

/** What can be read of a vault. */
export interface VaultReader {
  tables(): readonly VaultTable[];
  /** One table, without reading what is known of all others. */
  table(system: string, table: string): VaultTable | undefined;
  /** What the last answers for tables held beyond what their connectors declare. Kept by the table a request fills, not by its child tables. */
  answers(): readonly VaultAnswer[];
  /** The versions of one table or of all, by name and the newest first. */
  versions(system?: string, table?: string): readonly TableVersion[];
  /**
   * What differs between two versions, by their ids: by key where both have the same and it is unique in both, else whole rows. `limit`:
   * rows shown at most; the counts are of all. Throws `unknown-version`.
   */
  compare(before: number, after: number, options?: { readonly limit?: number }): RowsComparison;
  /** Every row of a version, with every column. Throws `unknown-version`. */
  wholeVersion(id: number): Query;
  /** Runs one SELECT that can only read. Rows stream; a problem of the database is a SollistError with code `query-failed`, a column of
   * the query's catalog that was not collected one with `not-collected`. */
  query(query: Query): IterableIterator<Readonly<Record<string, Cell>>>;
  close(): void;
}

/**
 * The store of collected tables. Knows nothing of any database package; `open-vault.ts` gives one.
 *
 * A table is named by `vaultTableName` and its columns as they are collected. Text, dates and lists are TEXT; numbers and booleans have no
 * affinity, so that a number with more digits than a double holds, or a word in a number column, stays the text it was.
 */
export interface Vault extends VaultReader {
  /**
   * Starts a new version of a table. `indexes` names columns that are looked up often, such as the key and references. Throws
   * `vault-name-clash` (subject: the name) where SQLite could not tell two names apart.
   */
  stage(system: string, table: string, columns: readonly StagedColumn[], indexes?: readonly string[]): Staging;
  /**
   * Remembers that a table could not be collected, until it is. The message must hold no secret. `wrapped`: where the answer wrapped a list,
   * which is most often why.
   */
  noteAttempt(system: string, table: string, attempt: Attempt, wrapped?: string): void;
  /** The table, as SQL text, in which the rows of a version lie now; when another version comes into use, they go by another name. */
  nameOfVersion(id: number): string;
  /**
   * Makes a past or held-back version the current one again, together with those that came from the same answers; what it replaces is kept as
   * past. Returns what is current now. Throws `unknown-version`.
   */
  load(id: number, at: number): readonly TableVersion[];
  /** Keeps a version, and those that came from the same answers, whatever the retention says; or no longer. Throws `unknown-version`. */
  pin(id: number, pinned: boolean): void;
  /** Drops a version that is not current, with those that came from the same answers. Throws `unknown-version`, `version-in-use`. */
  drop(id: number): void;
  /** Notes that a collection begins; as long as it is not ended it can be gone on with, also after a crash. Returns its number. */
  beginRun(run: Pick<CollectionRun, 'system' | 'tables' | 'limits' | 'source' | 'startedAt'>): number;
  /** Notes that a collection is gone on with. Throws `collection-running` where it never stopped. */
  resumeRun(id: number): void;
  endRun(id: number, at: number): void;
  /** Forgets a collection that did not even begin. */
  forgetRun(id: number): void;
  /** The collection of a system that began last. */
  lastRun(system: string): CollectionRun | undefined;
  /** Version that says how far a table may shrink: of those that were in use, the last one of a run without limits. */
  yardstick(system: string, table: string): TableVersion | undefined;
  /** Runs `work` in one transaction: what it commits is seen whole or not at all. */
  together(work: () => void): void;
  /** SQLite's own plan for a query, one line a step. */
  explain(query: Query): readonly string[];
}
