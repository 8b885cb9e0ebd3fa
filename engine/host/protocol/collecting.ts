import type { SeenAnswer } from '../../model/connector/knowledge.ts';
import type { SystemTest } from '../../run/expect/test-report.ts';
import type { TrafficKind } from '../../run/http/recording/choose-traffic.ts';
import type { RecordingDescription } from '../../run/http/recording/describe-recordings.ts';
import type { AskedTable, CollectionReport, RunLimits, TableOutcome, TraceEntry } from '../../run/records.ts';
import type { FaultDescription } from '../../run/rehearsal-report.ts';
import type { RowSet, RunInput } from './run.ts';

export interface DryRunParameters extends RunInput {
  /** The connector's path relative to the folder. */
  readonly connector: string;
  readonly table: string;
  /** Needed when several systems use the connector. */
  readonly system?: string;
  readonly limits: RunLimits;
  /** Answers from the system's recording instead of the system: needs neither network nor secrets. */
  readonly replay?: boolean;
}

export interface DryRunReport {
  readonly system: string;
  readonly table: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly limits: RunLimits;
  readonly outcome: TableOutcome;
  readonly rowSet: RowSet;
  /** The column that tells the rows apart, where the connector names one. */
  readonly key?: string;
  readonly requests: readonly TraceEntry[];
  /** What the answers held that the connector does not declare; `table` is the one the request fills, the parent of a child table. */
  readonly seen?: SeenAnswer & { readonly table: string };
  /** Rows of the child tables that the same answers brought, a child's own children behind it. */
  readonly children?: readonly ChildRows[];
  /** Which answer each row stands in. */
  readonly rowOrigins?: RowOrigins;
  /** Tables of the workspace's last collection that its scripts got answers from. */
  readonly asked?: readonly AskedTable[];
}

/** The rows of one child table of a dry run. */
export interface ChildRows {
  readonly table: string;
  /** The table above: that of the dry run, or another child table. */
  readonly parent: string;
  /** The column that names the row above. */
  readonly parentColumn: string;
  /** The column of the table above whose value that is; without one it is the number of the row, from 1. */
  readonly refersTo?: string;
  readonly rowSet: RowSet;
}

/** The exchange (`TraceEntry.sequence`) and the place among the rows of its answer, from 0; null where that is not known for sure. */
export type RowOrigin = readonly [sequence: number, index: number] | null;

export interface RowOrigins {
  /** Property names from the body down to the rows. */
  readonly path: readonly string[];
  /** In the order of the rows shown. */
  readonly rows: readonly RowOrigin[];
}

export interface CollectParameters extends RunInput {
  readonly system: string;
  readonly tables?: readonly string[];
  /**
   * `live` if absent. `record` also writes what goes over the wire, scrubbed, to `recordings/<system>`; the report's `recording` says what became
   * of it. `replay` answers from there and needs neither network nor secrets.
   */
  readonly traffic?: TrafficKind;
  /** Goes on with the last collection of the system: its tables and its limits, without what it brought in. `tables` is not looked at then. */
  readonly resume?: boolean;
  /** Tables whose loss of rows is right this time: no guard holds them back. */
  readonly accept?: readonly string[];
}

/** A collection, and a bounded part of its exchanges: how it began, how it ended, and what went wrong. */
export interface CollectResult extends CollectionReport {
  readonly requests: readonly TraceEntry[];
  /** How many there were. */
  readonly requestsMade: number;
}

export interface RehearseParameters extends RunInput {
  readonly system: string;
  /** Ids of `FaultDescription`; every fault if absent. */
  readonly faults?: readonly string[];
  /** Chooses the places where faults strike; 1 if absent. The same seed gives the same report but for its times. */
  readonly seed?: number;
}

/** What there is to replay and to rehearse. */
export interface RecordingsDescription {
  readonly recordings: readonly RecordingDescription[];
  readonly faults: readonly FaultDescription[];
}

export interface TestExpectationsParameters extends RunInput {
  readonly system: string;
  /** Tables of the expectations' file; all of them if absent. */
  readonly tables?: readonly string[];
  /** Ask the system itself; otherwise its recording, without network and secrets. */
  readonly live?: boolean;
}

export interface ExpectationsTested extends SystemTest {
  /** The first requests of a live run; of a replay none was sent. */
  readonly requests: readonly TraceEntry[];
}

export interface DraftExpectationsParameters extends RunInput {
  readonly system: string;
  readonly live?: boolean;
}

export interface PreviewRequestParameters extends RunInput {
  /** The connector's path relative to the folder. */
  readonly connector: string;
  readonly table: string;
  readonly operation: string;
  /** Whose connection the request shows; default: the only system that uses the connector, or none. */
  readonly system?: string;
}

export interface PlanCollectionParameters extends RunInput {
  readonly system: string;
  /** All the system lists, if absent. */
  readonly tables?: readonly string[];
}
