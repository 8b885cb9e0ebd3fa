import type { TableOutcome } from './records.ts';

/** A fault that a rehearsal puts into a replay. */
export interface FaultDescription {
  /** Stable: `page-fails`, `token-expires`, `empty-source`, … */
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
  /** Rows of before that are not there any more, told apart by their key where they have one. */
  readonly lost: number;
  readonly outcome: TableOutcome;
  /** Whether deletes and removals may still rest on it. */
  readonly deletesAllowed: boolean;
}

/** What a mapping, or a role model, that rests on the data would have done. */
export interface RehearsedMapping {
  /** The mapping's name; `role model development` for a role model, whose memberships count as creates and deletes. */
  readonly mapping: string;
  readonly creates: number;
  readonly updates: number;
  /** Due, and kept from being sent by nothing but perhaps a guard. */
  readonly deletes: number;
  /** Those of them that a clean replay does not plan. */
  readonly deletesWrong: number;
  /** Due, and withheld because a table is not proven complete. */
  readonly deletesWithheld: number;
  /** Guards that tripped, in words. */
  readonly guards: readonly string[];
  /** Why it could not be planned. */
  readonly note?: string;
}

/** What one fault did. */
export interface RehearsedFault extends FaultDescription {
  /** How often the fault struck; 0 means the recording gave it no chance. */
  readonly struck: number;
  /** Where it struck first: `persons_get, call 2`. */
  readonly place?: string;
  readonly tables: readonly RehearsedTable[];
  readonly mappings: readonly RehearsedMapping[];
  /**
   * No wrong delete came of it: every table that lost rows is either as it was, held back, or not proven complete; and no mapping would delete
   * what a clean replay does not, unless a guard stops it.
   */
  readonly safe: boolean;
  /** One sentence. */
  readonly verdict: string;
}

/** The outcome of a rehearsal: one entry a fault. */
export interface RehearsalReport {
  readonly system: string;
  /** The recording it replayed, relative to the workspace. */
  readonly recording: string;
  /** What chose the places where faults struck. */
  readonly seed: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What a clean replay would plan: what the faults are measured by. */
  readonly clean: readonly RehearsedMapping[];
  readonly faults: readonly RehearsedFault[];
}
