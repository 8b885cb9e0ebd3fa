import type { SeenAnswer } from '../model/connector/knowledge.ts';
import type { ColumnType } from '../model/connector/connector.ts';
import type { MadeConnector, NewConnectorWish } from '../model/new-connector/make-connector.ts';
import type { SystemMade } from '../model/new-system/make-system.ts';
import type { Refused } from '../model/new-connector/new-connector.ts';
import type { ExportNote } from '../model/nim/export-workspace.ts';
import type { GivenNim, ImportMade } from '../model/nim/import-given.ts';
import type { ParameterType } from '../model/filter/filter.ts';
import type { ColumnRef } from '../model/system/catalog.ts';
import type { Place } from '../model/text/place.ts';
import type { FilterEffect, FilterExplanation, FilterWhy, RowProblems, UsedParameter, WhyRowChoice } from '../run/filter/filter-report.ts';
import type { ColumnFacts } from '../run/filter/insight/column-facts.ts';
import type { FilterInsight } from '../run/filter/insight/insight.ts';
import type { DataBasis, MappingPlan, GuardResult } from '../run/plan/plan.ts';
import type { CollectionPlan } from '../run/plan/preview-collection.ts';
import type { RequestPreview } from '../run/plan/preview-request.ts';
import type { FaultDescription, RehearsalReport } from '../run/rehearsal-report.ts';
import type { RecordingDescription } from '../run/http/recording/describe-recordings.ts';
import type { TrafficKind } from '../run/http/recording/choose-traffic.ts';
import type { ExpectationsDraft } from '../run/expect/draft-system.ts';
import type { SystemTest } from '../run/expect/test-report.ts';
import type { Cell, CollectionReport, RunLimits, TableOutcome, TableStatistics, TableVersion, TraceEntry } from '../run/records.ts';
import type { FoundRelations, RelationList, RelationMatch } from '../run/relations/relation-report.ts';
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
  /** What a filter takes and names: for a form, and for asking why. Reads files alone. */
  readonly describeFilter: { readonly parameters: DescribeFilterParameters; readonly result: FilterDescription };
  /** The SQL of a filter and SQLite's plan for it; no row is read. */
  readonly explainFilter: { readonly parameters: RunFilterParameters; readonly result: FilterExplanation };
  /** Why a row is among those a filter gives: what matched, which conditions held, and why it is there several times. */
  readonly whyRow: { readonly parameters: WhyParameters; readonly result: FilterWhy };
  /** Why a row is not among those a filter gives: the first thing that dropped it, with its values. */
  readonly whyNot: { readonly parameters: WhyParameters; readonly result: FilterWhy };
  /** The rows gained, lost and changed between the filter in the editor and an older text of it, on the same vault. */
  readonly filterEffect: { readonly parameters: FilterEffectParameters; readonly result: FilterEffect };
  /** The rows after each part of a filter, and its hazards. Reads only; asked while somebody types, and bounded in time. */
  readonly filterInsight: { readonly parameters: FilterInsightParameters; readonly result: FilterInsight };
  /** How one column of the vault is filled, with its most frequent values. Reads only. */
  readonly columnFacts: { readonly parameters: ColumnFactsParameters; readonly result: ColumnFactsFound };
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
  /** Makes what NIM imports of the workspace, or of one filter. Reads files alone; nothing is written, and NIM is not spoken to. */
  readonly exportNim: { readonly parameters: ExportNimParameters; readonly result: NimExported };
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
  /** Relations that the collected values speak for: within a system, or between two tables. Reads only. */
  readonly findRelations: { readonly parameters: FindRelationsParameters; readonly result: FoundRelations };
  /** How the values of two columns meet. Reads only. */
  readonly matchRelation: { readonly parameters: MatchRelationParameters; readonly result: RelationMatch };
  /** The relations of the data model, with their match where both tables are collected. Reads only. */
  readonly listRelations: { readonly parameters: ListRelationsParameters; readonly result: RelationList };
  /** The text of a file with relations added; nothing is written. */
  readonly draftRelations: { readonly parameters: DraftRelationsParameters; readonly result: RelationsDraft };
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

export interface ExportNimParameters extends RunInput {
  /** Only this filter, as NIM's configuration folder holds it. */
  readonly filter?: string;
}

export interface NimExported {
  /** Absent where the notes hold an error: something cannot be said in NIM. */
  readonly text?: string;
  readonly notes: readonly ExportNote[];
  /** Filters that go out as NIM gave them, and those made from their text. */
  readonly kept: number;
  readonly made: number;
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
  /** Values given by a person, by parameter name. Precedence: these, then the session, then the default. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** Values of session variables, by name, before those of `session` in `sollist.json`. */
  readonly session?: Readonly<Record<string, string>>;
  /** Rows shown at most; 10,000 if absent, 20,000 at most. All are counted. */
  readonly limit?: number;
  /** Send rows while they come, as `ProgressMessage.chunk`. The report has them all again. */
  readonly stream?: boolean;
}

/** Rows of a run under way, in their order. The first chunk is small, so that it comes early. */
export interface RowsChunk {
  readonly columns: RowSet['columns'];
  /** Place of the first of these rows, from 0. */
  readonly from: number;
  readonly rows: readonly (readonly Cell[])[];
}

export interface FilterReport {
  readonly filter: string;
  /** In all, counting included. */
  readonly milliseconds: number;
  /** Until the first row was there; absent where there is none, and in reports of before it was measured. */
  readonly firstRowMilliseconds?: number;
  /** The first rows; `total` counts all of them. */
  readonly rowSet: RowSet;
  readonly sql: string;
  /** An output column that tells the rows apart: the key of the start table, where it is among the columns. */
  readonly key?: string;
  /** Rows whose script failed. */
  readonly problems?: RowProblems;
  /** The tables the rows come from: when they were collected, and whether whole. */
  readonly restsOn?: readonly DataBasis[];
  readonly parameters?: readonly UsedParameter[];
}

export interface DescribeFilterParameters extends RunInput {
  readonly filter: string;
}

export interface FilterDescription {
  readonly filter: string;
  /** Relative to the folder. */
  readonly path: string;
  /** Those of its parents included. */
  readonly parameters: readonly DeclaredParameter[];
  readonly lookups: readonly string[];
  /** Tables the rows come from, the start table first; anti-joined ones are not among them. Empty where the filter cannot be read. */
  readonly tables: readonly { readonly alias: string; readonly system: string; readonly table: string; readonly key?: string }[];
  readonly columns: RowSet['columns'];
}

export interface DeclaredParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Absent where a value must be given. */
  readonly default?: string | number | boolean | null;
  readonly session?: string;
  /** What `session` of `sollist.json` gives it. */
  readonly sessionValue?: string;
}

/** Asks for one row of a filter; `limit` and `stream` are not looked at. */
export interface WhyParameters extends RunFilterParameters {
  readonly row: WhyRowChoice;
}

export interface FilterEffectParameters extends RunFilterParameters {
  /** `saved`: the file on the disk. `commit`: the file in a commit of git. */
  readonly against: 'saved' | 'commit';
  /** A revision of git; `HEAD` if absent. */
  readonly revision?: string;
}

export interface FilterInsightParameters extends RunInput {
  /** `Name`, without a lookup. */
  readonly filter: string;
  /** Others have their defaults; conditions on those without one are left out. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
}

export interface ColumnFactsParameters extends RunInput {
  readonly system: string;
  readonly table: string;
  readonly column: string;
}

export interface ColumnFactsFound {
  /** Absent where the table was never collected, or without this column. */
  readonly column?: ColumnFacts;
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

export interface FindRelationsParameters extends RunInput {
  readonly system: string;
  /** Between these tables of two systems; `system` is that of the left one. */
  readonly between?: { readonly left: TableName; readonly right: TableName };
}

export interface TableName {
  readonly system: string;
  readonly table: string;
}

export interface MatchRelationParameters extends RunInput {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
}

export interface ListRelationsParameters extends RunInput {
  /** Every system if absent. */
  readonly system?: string;
}

export interface DraftRelationsParameters extends RunInput {
  readonly system: string;
  /** They are between systems and belong into `relations.json`. */
  readonly between?: boolean;
  readonly relations: readonly { readonly from: ColumnRef; readonly to: ColumnRef }[];
}

export interface RelationsDraft {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
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
  /** Rows that have come, where the run was asked to stream them. */
  readonly chunk?: RowsChunk;
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
  '**/{connectors,systems,overlays,mappings,roles,expectations,lookups}/**/*.json',
  '**/filters/*.filter',
  '**/libraries/*.js',
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

/** Makes a system of a connector of a workspace: `sollist/newSystem`. Nothing is written. */
export interface NewSystemParameters {
  readonly folder: string;
  /** The system's name: that of its file. */
  readonly name: string;
  /** The connector's file name without `.json`. */
  readonly connector: string;
  /** The only one if absent, none if false. */
  readonly scenario?: string | false;
}

export interface NewSystemResult {
  /** Those of the connector. */
  readonly scenarios: readonly { readonly name: string; readonly description: string }[];
  readonly made: SystemMade;
}

export const newSystemMethod = 'sollist/newSystem';

/** Makes the files of a workspace of what NIM exported: `sollist/importNim`. Nothing is written, and no host is contacted. */
export type ImportNimParameters = GivenNim;

/** The files, or a sentence that says why there are none and what to do. */
export type ImportNimResult = ImportMade | Refused;

export const importNimMethod = 'sollist/importNim';
