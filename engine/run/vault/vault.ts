import type { ColumnType } from '../../model/connector/connector.ts';
import type { SeenAnswer } from '../../model/connector/knowledge.ts';
import type { Attempt, Cell, Evidence, VaultAnswer, VaultTable } from '../records.ts';

/** Columns of a table to be collected. */
export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows on their way into the vault: invisible until `commit`. */
export interface Staging {
  /** Adds rows; cells in the order of the staged columns. */
  add(rows: readonly (readonly Cell[])[]): void;
  /** Rows added so far. */
  readonly count: number;
  /** How many rows share their key with another, and a few such keys; `key` is a column name. Rows without a key do not count. */
  duplicates(key: string): { readonly count: number; readonly samples: readonly string[] };
  /** Replaces the table by the staged rows, in one transaction, together with its evidence and what else its answers held. */
  commit(evidence: Evidence, answer?: SeenAnswer): void;
  /** Drops the staged rows; the table stays as it was. Safe to call after commit. */
  discard(): void;
}

/** A compiled query: text with `?` parameters in order. */
export interface Query {
  readonly sql: string;
  readonly parameters: readonly Cell[];
}

/** What can be read of a vault. */
export interface VaultReader {
  tables(): readonly VaultTable[];
  /** What the last answers for tables held beyond what their connectors declare. Kept by the table a request fills, not by its child tables. */
  answers(): readonly VaultAnswer[];
  /** Runs one SELECT that can only read. Rows stream; a problem of the database is a SollistError with code `query-failed`. */
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
  table(system: string, table: string): VaultTable | undefined;
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
  /** Runs `work` in one transaction: what it commits is seen whole or not at all. */
  together(work: () => void): void;
  /** SQLite's own plan for a query, one line a step. */
  explain(query: Query): readonly string[];
}
