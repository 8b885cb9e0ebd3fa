import type { SeenAnswer } from '../model/connector/knowledge.ts';
import type { ColumnType } from '../model/connector/connector.ts';
import type { MadeConnector, NewConnectorWish } from '../model/new-connector/make-connector.ts';
import type { Refused } from '../model/new-connector/new-connector.ts';
import type { Place } from '../model/text/place.ts';
import type { DataBasis, MappingPlan, GuardResult } from '../run/plan/plan.ts';
import type { CollectionPlan } from '../run/plan/preview-collection.ts';
import type { RequestPreview } from '../run/plan/preview-request.ts';
import type { FaultDescription, RehearsalReport } from '../run/rehearsal-report.ts';
import type { RecordingDescription } from '../run/http/recording/describe-recordings.ts';
import type { TrafficKind } from '../run/http/recording/choose-traffic.ts';
import type { ExpectationsDraft } from '../run/expect/draft-system.ts';
import type { SystemTest } from '../run/expect/test-report.ts';
import type { Cell, CollectionReport, RunLimits, TableOutcome, TableStatistics, TableVersion, TraceEntry } from '../run/records.ts';
import type { RoleReport } from '../run/roles/role-report.ts';
import type { RowsComparison, RunList, RunRecord, RunSummary } from '../run/run-record.ts';

/**
 * The one declaration of every message between the editor, the language server and the engine process. Plain records only. The server
 * forwards each request unchanged under the method `sollist/run/<name>`; the engine process serves them under `<name>`.
 */
export interface RunRequests {
  /** Runs the get operation of one table and shows the rows; the vault is not touched. */
  readonly dryRun: { readonly parameters: DryRunParameters; readonly result: DryRunReport };
  /** Runs the get operations of a system into the vault. */
  readonly collect: { readonly parameters: CollectParameters; readonly result: CollectResult };
  /** Shows the rows a filter gives. */
  readonly runFilter: { readonly parameters: RunFilterParameters; readonly result: FilterReport };
  /** Shows what a mapping would change, with the request of every change. */
  readonly previewMapping: { readonly parameters: PreviewMappingParameters; readonly result: MappingPreview };
  /** Soll against ist of a role model. */
  readonly inspectRoles: { readonly parameters: InspectRolesParameters; readonly result: RoleReport };
  /** Shows the request an operation would send; it is not sent. */
  readonly previewRequest: { readonly parameters: PreviewRequestParameters; readonly result: RequestPreview };
  /** Plans a collection down to the first request of each table. Nothing is called, and no secret is needed. */
  readonly planCollection: { readonly parameters: PlanCollectionParameters; readonly result: CollectionPlan };
  /** What the vault holds, and what the API sent beyond it. Reads only: neither a vault nor a secret needs to be there. */
  readonly describeVault: { readonly parameters: RunInput; readonly result: VaultDescription };
  /** The recordings of the workspace, and the faults that can be rehearsed on them. Reads only. */
  readonly describeRecordings: { readonly parameters: RunInput; readonly result: RecordingsDescription };
  /** Replays a system's recording with faults put in, into vaults of its own; neither the vault nor the network is touched. */
  readonly rehearse: { readonly parameters: RehearseParameters; readonly result: RehearsalReport };
  /** Holds the data of a system, from its recording or live, against what is expected of it; the vault is not touched. */
  readonly testExpectations: { readonly parameters: TestExpectationsParameters; readonly result: ExpectationsTested };
  /** Makes a first expectations file of what a system gives; nothing is written. */
  readonly draftExpectations: { readonly parameters: DraftExpectationsParameters; readonly result: ExpectationsDraft };
  /** How one table of the vault is filled. */
  readonly describeTable: { readonly parameters: DescribeTableParameters; readonly result: TableDescription };
  /** The runs that are kept, newest first. Reads files alone, so that the history may be looked at in an untrusted workspace. */
  readonly listRuns: { readonly parameters: RunInput; readonly result: RunList };
  /** A run that is kept, as it was. Reads files alone. */
  readonly readRun: { readonly parameters: KeptRunParameters; readonly result: RunRecord };
  /** What differs between the rows of two runs, the older first. Reads files alone. */
  readonly compareRuns: { readonly parameters: CompareRunsParameters; readonly result: RowsComparison };
  /** Keeps a run whatever the retention says, or no longer. */
  readonly pinRun: { readonly parameters: PinRunParameters; readonly result: RunSummary };
  /** Takes runs out of the history. */
  readonly deleteRuns: { readonly parameters: DeleteRunsParameters; readonly result: RunList };
  /** The versions of the vault's tables, by name and the newest first. Reads only. */
  readonly tableVersions: { readonly parameters: TableVersionsParameters; readonly result: readonly TableVersion[] };
  /** What differs between two versions of a table. Reads only. */
  readonly compareVersions: { readonly parameters: CompareVersionsParameters; readonly result: RowsComparison };
  /** Makes a past or held-back version the current one, with those of the same answers; gives what is current now. */
  readonly loadVersion: { readonly parameters: LoadVersionParameters; readonly result: readonly TableVersion[] };
}

export type RunName = keyof RunRequests;

/** Runs that only read what was kept: they contact nobody, and are the ones an untrusted workspace may ask for. */
export const readingRuns: ReadonlySet<RunName> = new Set<RunName>(['listRuns', 'readRun', 'compareRuns']);

/** What every run needs to know. */
export interface RunInput {
  /** Chosen by the caller; progress and cancellation name it. */
  readonly runId: string;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Texts that differ from the disk: unsaved editors. Paths relative to the folder. */
  readonly overlay: readonly { readonly path: string; readonly text: string }[];
  readonly environment?: string;
  /** Values of `{"secret": "name"}`, by name. Never stored, never written. */
  readonly secrets: Readonly<Record<string, string>>;
}

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

/** A grid of rows; at most `limit` of `total` are here. */
export interface RowSet {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: number;
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

export interface RunFilterParameters extends RunInput {
  /** `Name` or `Name[lookup]`. */
  readonly filter: string;
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
}

export interface FilterReport {
  readonly filter: string;
  readonly milliseconds: number;
  readonly rowSet: RowSet;
  readonly sql: string;
}

export interface PreviewMappingParameters extends RunInput {
  readonly mapping: string;
}

export interface MappingPreview {
  readonly plan: MappingPlan;
  readonly restsOn: readonly DataBasis[];
  readonly assumed: readonly string[];
  readonly guards: readonly GuardResult[];
}

export interface InspectRolesParameters extends RunInput {
  readonly model: string;
}

export interface PreviewRequestParameters extends RunInput {
  /** The connector's path relative to the folder. */
  readonly connector: string;
  readonly table: string;
  readonly operation: string;
  /** Whose connection the request shows; default: the only system that uses the connector, or none. */
  readonly system?: string;
}

/** A vault, table by table. */
export interface VaultDescription {
  readonly tables: readonly {
    readonly system: string;
    readonly table: string;
    readonly rows: number;
    /** Milliseconds since 1970. */
    readonly collectedAt: number;
    readonly complete: boolean;
    /** Why not complete, or what is suspicious. */
    readonly notes: readonly string[];
  }[];
  /** What the last answers held that the connector did not declare then. */
  readonly answers: readonly { readonly system: string; readonly table: string; readonly at: number; readonly seen: SeenAnswer }[];
}

export interface DescribeTableParameters extends RunInput {
  readonly system: string;
  readonly table: string;
}

export interface TableDescription {
  /** Absent where the table was never collected. */
  readonly statistics?: TableStatistics;
}

export interface PlanCollectionParameters extends RunInput {
  readonly system: string;
  /** All the system lists, if absent. */
  readonly tables?: readonly string[];
}

export interface KeptRunParameters extends RunInput {
  /** `RunSummary.id`. */
  readonly id: string;
}

export interface PinRunParameters extends KeptRunParameters {
  readonly pinned: boolean;
}

export interface DeleteRunsParameters extends RunInput {
  readonly ids: readonly string[];
}

export interface CompareRunsParameters extends RunInput {
  /** `RunSummary.id`s. */
  readonly before: string;
  readonly after: string;
}

export interface TableVersionsParameters extends RunInput {
  /** Every table if absent. */
  readonly system?: string;
  readonly table?: string;
}

export interface LoadVersionParameters extends RunInput {
  /** `TableVersion.id`. */
  readonly version: number;
}

export interface CompareVersionsParameters extends RunInput {
  /** `TableVersion.id`s. */
  readonly before: number;
  readonly after: number;
}

/** Sent while a run is under way, engine → server → client, method `sollist/progress`. */
export interface ProgressMessage {
  readonly runId: string;
  readonly message: string;
  readonly rows?: number;
  /** Sent once, right before a run ends well or badly: how it stands in the history now. */
  readonly recorded?: RunSummary;
}

export const progressMethod = 'sollist/progress';

/** A run waits for a person who signs in in a browser: engine → server → client, method `sollist/signIn`. */
export interface SignInMessage {
  readonly runId: string;
  readonly system: string;
  /** The page to open: `https`, or on the engine's machine. It is for the person alone and is not logged. */
  readonly address: string;
  /** Where the browser comes back to, on the engine's machine: where the editor runs elsewhere, this port has to be forwarded. */
  readonly redirectUri: string;
}

export const signInMethod = 'sollist/signIn';

/** Answered at once by an engine that is not stuck; only between server and engine. */
export const pingMethod = 'ping';

/** The server's method for a run. */
export function runMethod(name: RunName): string {
  return `sollist/run/${name}`;
}

/** The `data` of a JSON-RPC error when a run failed in a way a person can mend; its message is the error's message. */
export interface RunFailure {
  /** Stable: `env-missing`, `secret-missing`, `connection-refused`, `cancelled`, … */
  readonly code: string;
  /** What is missing or wrong, e.g. the secret's name. */
  readonly subject?: string;
}

/** JSON-RPC error code of every run that failed with a `RunFailure`. */
export const runFailedCode = -32050;

/** Globs of the files that make up a workspace, and of its vaults: the server needs to be told when one of them changes on the disk. */
export const watchedFiles: readonly string[] = [
  '**/{sollist,relations}.json',
  '**/{connectors,systems,overlays,mappings,roles,expectations}/**/*.json',
  '**/filters/*.filter',
  '**/*.{csv,tsv,txt,CSV,TSV,TXT}',
  '**/.sollist/*.db',
];

/** Asks the server what a workspace holds: `sollist/overview`, for trees and pickers. */
export interface Overview {
  readonly systems: readonly {
    readonly name: string;
    /** Empty for a system of files. */
    readonly connector: string;
    /** The folder of a system of files, as it writes it. */
    readonly folder?: string;
    readonly path: string;
    readonly tables: readonly string[];
    readonly secrets: readonly string[];
  }[];
  readonly connectors: readonly { readonly name: string; readonly path: string }[];
  readonly filters: readonly { readonly name: string; readonly path: string }[];
  readonly mappings: readonly { readonly name: string; readonly path: string }[];
  readonly roleModels: readonly {
    readonly name: string;
    readonly path: string;
    readonly state: string;
    readonly roles: readonly { readonly name: string; readonly path: string }[];
  }[];
  readonly environments: readonly string[];
}

export const overviewMethod = 'sollist/overview';

/** Asks the server what the files in `expectations/` expect, with the text of the editor, saved or not: `sollist/expectations`. Nothing runs. */
export interface ExpectationsParameters {
  readonly folder: string;
  /** One file, relative to the folder. */
  readonly path: string;
}

/** The expectations of one file, in the order of the text. */
export interface ExpectationsListed {
  readonly system: string;
  readonly tables: readonly {
    readonly table: string;
    readonly place: Place;
    readonly expectations: readonly { readonly id: string; readonly title: string; readonly place: Place }[];
  }[];
}

export const expectationsMethod = 'sollist/expectations';

/** Makes the text of a new connector, from nothing, an OpenAPI document or a sample answer: `sollist/newConnector`. Nothing is written. */
export type NewConnectorParameters = NewConnectorWish;

/** The connector, or a sentence that says why there is none and what to do. */
export type NewConnectorResult = MadeConnector | Refused;

export const newConnectorMethod = 'sollist/newConnector';
