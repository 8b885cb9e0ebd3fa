import type { TableOutcome } from './records.ts';

/** A fault that a rehearsal puts into a replay. */
export interface FaultDescription {
  /** `page-fails`, `token-expires`, `parents-missing`, `too-many-requests`, `empty-source`, `duplicate-keys`, `truncated-body`. */
  readonly id: string;
  /** One line for a person. */
  readonly title: string;
}

/** What became of one table under a fault. */
export interface RehearsedTable {
  readonly table: string;
  /** Rows in the vault before, and after. */
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly outcome: TableOutcome;
  /** Whether deletes and removals may still rest on it. */
  readonly deletesAllowed: boolean;
}

/** What a mapping that rests on the data would have done. */
export interface RehearsedMapping {
  readonly mapping: string;
  readonly creates: number;
  readonly updates: number;
  /** Planned, and held back because a table is not proven complete. */
  readonly deletes: number;
  readonly deletesWithheld: number;
  /** Guards that tripped, in words. */
  readonly guards: readonly string[];
}

/** What one fault did. */
export interface RehearsedFault extends FaultDescription {
  /** How often the fault struck; 0 means the recording gave it no chance. */
  readonly struck: number;
  readonly tables: readonly RehearsedTable[];
  readonly mappings: readonly RehearsedMapping[];
  /** No wrong delete came of it: every table that lost rows is either as it was, held back, or not proven complete. */
  readonly safe: boolean;
  /** One sentence. */
  readonly verdict: string;
}

/** The outcome of a rehearsal: one entry a fault. */
export interface RehearsalReport {
  readonly system: string;
  /** The recording it replayed, relative to the workspace. */
  readonly recording: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly faults: readonly RehearsedFault[];
}
