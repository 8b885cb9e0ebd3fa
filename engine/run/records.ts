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
export type PageEnd = 'single' | 'short-page' | 'empty-page' | 'no-next' | 'flag' | 'constant' | 'end-of-file' | 'capped';

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
  /** What the script columns were computed by, as digests by column: told apart from the scripts, and the time zone, of later. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Where the rows came from, if not from the system itself. */
  readonly source?: Source;
  /** Limits of the run that cut the table short, in words. */
  readonly caps: readonly string[];
  /** Its rows are kept by NIM, and no file gives them here: empty and not complete, as is to be expected. */
  readonly withoutFile?: true;
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
  /** Which of its versions this is; absent in a vault of before there were any. */
  readonly version?: number;
  /** When the version was loaded from the history, if it was. Milliseconds since 1970. */
  readonly loadedAt?: number;
}

/** A table of the last collection that somebody asked. */
export interface AskedTable {
  readonly system: string;
  readonly table: string;
  /** The end of its collection. Milliseconds since 1970. */
  readonly collectedAt: number;
}

/** One collection of a table, as the vault keeps it. */
export interface TableVersion extends Pick<VaultTable, 'system' | 'table' | 'columns' | 'evidence' | 'loadedAt'> {
  /** Of all versions of a vault, growing with time. */
  readonly id: number;
  /** `held-back`: collected, but a guard kept it out of use. */
  readonly state: 'current' | 'past' | 'held-back';
  /** Kept whatever the retention says. */
  readonly pinned: boolean;
  /** The run had limits. */
  readonly limited: boolean;
  /** The column rows are told apart by. */
  readonly key?: string;
  /** The same for a table and its child tables, where one set of answers brought them. */
  readonly batch: number;
  /** The collection it belongs to. */
  readonly run?: number;
}

/** A collection as the vault remembers it, to be gone on with where it did not get to its end. */
export interface CollectionRun {
  readonly id: number;
  readonly system: string;
  /** Those asked for. */
  readonly tables: readonly string[];
  readonly limits: RunLimits;
  readonly source: Source;
  readonly startedAt: number;
  /** Absent while it runs, and for one that was killed. */
  readonly endedAt?: number;
  readonly state: 'running' | 'interrupted' | 'ended';
  /** Tables whose current version is of this collection. */
  readonly collected: readonly string[];
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
  /** Brought in by the collection that this run goes on with, before it was interrupted. */
  readonly earlier?: true;
  /** Why it failed or was held back, for a person. */
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
  /** What became of the recording that was asked for. */
  readonly recording?: RecordingOutcome;
}

/** What became of a recording. */
export interface RecordingOutcome {
  /** Relative to the workspace. */
  readonly folder: string;
  /** `unchanged`: the same byte by byte as the one before. `not-saved`: the one before is as it was; `error` says why. */
  readonly state: 'saved' | 'unchanged' | 'not-saved';
  /** Requests with their answers. */
  readonly exchanges: number;
  /** What is worth knowing: values that may be secret by their names, tables that are gone from it. */
  readonly notes: readonly string[];
  readonly error?: { readonly code: string; readonly message: string; readonly subject?: string };
}
