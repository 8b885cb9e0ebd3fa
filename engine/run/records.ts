import type { SeenAnswer } from '../model/connector/knowledge.ts';
import type { ColumnType } from '../model/connector/connector.ts';

/** One value as the vault holds it: booleans are 0 and 1, multi-values and unexpected objects are JSON text. */
export type Cell = string | number | null;

/** One HTTP exchange as a person may see it: secrets masked, bodies cut. */
export interface TraceEntry {
  readonly sequence: number;
  /** Which operation asked: `persons_get`, or `authenticate`. */
  readonly operation: string;
  readonly table: string;
  readonly verb: string;
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly error?: string;
  /** 0 for the first attempt. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody?: string;
}

/** Where the answers of a run came from. Paths are relative to the workspace. */
export type Source =
  | { readonly kind: 'live' }
  | { readonly kind: 'replay'; readonly recording: string; readonly fault?: string }
  | { readonly kind: 'files'; readonly folder: string };

/** How the end of a page sequence was known; `capped` where a limit of the run stopped it before. */
export type PageEnd = 'single' | 'short-page' | 'empty-page' | 'no-next' | 'flag' | 'constant' | 'capped';

/** What is known about a collected table, and whether deletes may rest on it. */
export interface Evidence {
  readonly rows: number;
  readonly pages: number;
  readonly calls: number;
  readonly retries: number;
  /** Rows of each page of the first sequences, at most 1,000 numbers. */
  readonly rowsPerPage: readonly number[];
  readonly end: PageEnd;
  /** The total the API announced, where it did. */
  readonly announced?: number;
  /** Rows whose key another row has too, with a few of the keys. */
  readonly duplicates: { readonly count: number; readonly samples: readonly string[] };
  /** Iteration: rows of the parent table, and those whose calls failed. */
  readonly parents?: { readonly total: number; readonly skipped: number };
  /** Iteration: some of the parents that failed and were skipped, each with why. */
  readonly failedParents?: readonly { readonly parent: string; readonly message: string }[];
  /** Columns that rows left out or had as null, where there were such: the vault holds null for both. */
  readonly gaps?: readonly { readonly column: string; readonly absent: number; readonly null: number }[];
  /** What differs from the collection before, where there was one. */
  readonly drift?: Drift;
  /** Limits of the run that cut the table short, in words. */
  readonly caps: readonly string[];
  /** The end was known, nothing was capped, skipped or failed. */
  readonly complete: boolean;
  /** Why not complete, or what is suspicious although complete; in words. */
  readonly notes: readonly string[];
  /** What was assumed where the format is silent. */
  readonly assumed: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What changed about a table since it was collected before. */
export interface Drift {
  /** When the collection before ended. Milliseconds since 1970. */
  readonly since: number;
  readonly rowsBefore: number;
  readonly columnsNew: readonly string[];
  readonly columnsGone: readonly string[];
}

/** A table as the vault knows it. */
export interface VaultTable {
  readonly system: string;
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly evidence: Evidence;
  /** Set where a later attempt to collect the table did not succeed: what is here is older than that. */
  readonly lastAttempt?: Attempt;
}

/** What the last answers for a table held. */
export interface VaultAnswer {
  readonly system: string;
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly answer: SeenAnswer;
}

/** How one column of a collected table is filled. */
export interface ColumnStatistics {
  readonly name: string;
  /** Rows with a value, of those that were looked at. */
  readonly filled: number;
  /** Different values. */
  readonly distinct: number;
  /** There are more different values than were counted. */
  readonly more?: boolean;
  /** A few values, short. */
  readonly samples: readonly string[];
  /** The values are secret by the column's name, so none is shown. */
  readonly secret?: boolean;
}

/** How a collected table is filled. */
export interface TableStatistics {
  readonly rows: number;
  /** Rows that were looked at: the first ones of a large table. */
  readonly looked: number;
  readonly columns: readonly ColumnStatistics[];
}

/** An attempt to collect a table that brought nothing. */
export interface Attempt {
  readonly state: 'held-back' | 'failed' | 'cancelled' | 'not-reached';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why, for a person, without secrets. */
  readonly message?: string;
}

/** The outcome of one table in a collection. */
export interface TableOutcome {
  readonly system: string;
  readonly table: string;
  /** `held-back`: collected, but a guard kept the rows out of use; the vault has them as a version that can be loaded. */
  readonly state: 'collected' | 'held-back' | 'failed' | 'cancelled' | 'not-reached';
  readonly evidence?: Evidence;
  /** Why it failed, for a person. */
  readonly error?: { readonly code: string; readonly message: string; readonly subject?: string };
}

/** Limits of a run; they belong to the run, never to a connector file, and are printed with the result. */
export interface RunLimits {
  /** At most so many rows per table. */
  readonly rows?: number;
  /** At most so many calls per table; iteration takes the first parents. */
  readonly calls?: number;
}

/** The outcome of a collection; the same record feeds the command line and the editor. */
export interface CollectionReport {
  readonly system: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly limits: RunLimits;
  readonly source: Source;
  readonly tables: readonly TableOutcome[];
}
