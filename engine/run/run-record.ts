import type { ColumnType } from '../model/connector/connector.ts';
import type { Cell, RunLimits, Source } from './records.ts';

/** What a run was. */
export type RunKind = 'dry-run' | 'collect' | 'filter' | 'mapping' | 'roles' | 'rehearsal' | 'test';

/**
 * How a run ended. `incomplete`: it has its result, but a table is not proven complete; `held-back`: a guard kept a table as it was; `failed`
 * is as loud as the others.
 */
export type RunState = 'ok' | 'incomplete' | 'held-back' | 'failed' | 'cancelled';

/** One run, as a list shows it. */
export interface RunSummary {
  /** Sorts by time: `20261122T081500123Z-dry-run-3f2a`. */
  readonly id: string;
  readonly kind: RunKind;
  /** What it was about: `hr.persons`, `hr`, `ActiveEmployees`. */
  readonly subject: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly environment?: string;
  readonly limits: RunLimits;
  readonly source?: Source;
  readonly state: RunState;
  /** One line for a person: rows, or why it failed. */
  readonly result: string;
  /** Kept whatever the retention says. */
  readonly pinned: boolean;
}

/** A run with its whole report; what `report` is depends on `kind`. */
export interface RunRecord<Report = unknown> extends RunSummary {
  /** Of this layout. */
  readonly version: 1;
  /** What it was run with: names, parameters, limits; never a secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Absent where the run ended without one (`failure` says why), or where it was too large to keep. */
  readonly report?: Report;
  /** Why there is no report: the same code and sentence that the run ended with. */
  readonly failure?: { readonly code: string; readonly message: string; readonly subject?: string };
  /** What was left out to keep the file small, in words. */
  readonly cut?: readonly string[];
}

/** The runs that are kept, newest first. */
export interface RunList {
  readonly runs: readonly RunSummary[];
  /** Files among them that are no runs, or damaged: each with why, in words. Paths are relative to the workspace. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

/** What differs between two sets of rows of one table. */
export interface RowsComparison {
  /** What each side is, for headings: `2026-11-22 08:15`. */
  readonly before: string;
  readonly after: string;
  /** The columns by which rows were taken for the same; empty where whole rows were compared. */
  readonly key: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly columnsNew: readonly string[];
  readonly columnsGone: readonly string[];
  readonly counts: { readonly same: number; readonly changed: number; readonly new: number; readonly gone: number };
  /** At most a few thousand; `counts` has them all. */
  readonly rows: readonly RowDifference[];
  /** What a person must know before trusting it: sides that were cut or limited. */
  readonly notes?: readonly string[];
}

export interface RowDifference {
  readonly change: 'new' | 'gone' | 'changed';
  /** Cells in the order of `columns`; absent where the row is not on that side. */
  readonly before?: readonly Cell[];
  readonly after?: readonly Cell[];
}
