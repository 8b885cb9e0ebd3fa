import type { SeenAnswer } from '../model/connector/knowledge.ts';
import type { ColumnType } from '../model/connector/connector.ts';
import type { MadeConnector, NewConnectorWish } from '../model/new-connector/make-connector.ts';
import type { Refused } from '../model/new-connector/new-connector.ts';
import type { DataBasis, MappingPlan, GuardResult } from '../run/plan/plan.ts';
import type { RequestPreview } from '../run/plan/preview-request.ts';
import type { Cell, CollectionReport, RunLimits, TableOutcome, TableStatistics, TraceEntry } from '../run/records.ts';
import type { RoleReport } from '../run/roles/role-report.ts';

/**
 * The one declaration of every message between the editor, the language server and the engine process. Plain records only. The server
 * forwards each request unchanged under the method `sollist/run/<name>`; the engine process serves them under `<name>`.
 */
export interface RunRequests {
  /** Runs the get operation of one table and shows the rows; the vault is not touched. */
  readonly dryRun: { readonly parameters: DryRunParameters; readonly result: DryRunReport };
  /** Runs the get operations of a system into the vault. */
  readonly collect: { readonly parameters: CollectParameters; readonly result: CollectionReport };
  /** Shows the rows a filter gives. */
  readonly runFilter: { readonly parameters: RunFilterParameters; readonly result: FilterReport };
  /** Shows what a mapping would change, with the request of every change. */
  readonly previewMapping: { readonly parameters: PreviewMappingParameters; readonly result: MappingPreview };
  /** Soll against ist of a role model. */
  readonly inspectRoles: { readonly parameters: InspectRolesParameters; readonly result: RoleReport };
  /** Shows the request an operation would send; it is not sent. */
  readonly previewRequest: { readonly parameters: PreviewRequestParameters; readonly result: RequestPreview };
  /** What the vault holds, and what the API sent beyond it. Reads only: neither a vault nor a secret needs to be there. */
  readonly describeVault: { readonly parameters: RunInput; readonly result: VaultDescription };
  /** How one table of the vault is filled. */
  readonly describeTable: { readonly parameters: DescribeTableParameters; readonly result: TableDescription };
}

export type RunName = keyof RunRequests;

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
  readonly requests: readonly TraceEntry[];
  /** What the answers held that the connector does not declare; `table` is the one the request fills, the parent of a child table. */
  readonly seen?: SeenAnswer & { readonly table: string };
}

export interface CollectParameters extends RunInput {
  readonly system: string;
  readonly tables?: readonly string[];
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

/** Sent while a run is under way, engine → server → client, method `sollist/progress`. */
export interface ProgressMessage {
  readonly runId: string;
  readonly message: string;
  readonly rows?: number;
}

export const progressMethod = 'sollist/progress';

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
  '**/{connectors,systems,overlays,mappings,roles}/**/*.json',
  '**/filters/*.filter',
  '**/.sollist/*.db',
];

/** Asks the server what a workspace holds: `sollist/overview`, for trees and pickers. */
export interface Overview {
  readonly systems: readonly {
    readonly name: string;
    readonly connector: string;
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

/** Makes the text of a new connector, from nothing, an OpenAPI document or a sample answer: `sollist/newConnector`. Nothing is written. */
export type NewConnectorParameters = NewConnectorWish;

/** The connector, or a sentence that says why there is none and what to do. */
export type NewConnectorResult = MadeConnector | Refused;

export const newConnectorMethod = 'sollist/newConnector';
