import type { ColumnType } from '../../model/connector/connector.ts';
import type { Cell } from '../../run/records.ts';
import type { RunSummary } from '../../run/run-record.ts';
import type { RowsChunk } from './filters.ts';

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

/** A grid of rows; at most `limit` of `total` are here. */
export interface RowSet {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: number;
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

/** The `data` of a JSON-RPC error when a run failed in a way a person can mend; its message is the error's message. */
export interface RunFailure {
  /** Stable: `env-missing`, `secret-missing`, `connection-refused`, `cancelled`, … */
  readonly code: string;
  /** What is missing or wrong, e.g. the secret's name. */
  readonly subject?: string;
}

/** JSON-RPC error code of every run that failed with a `RunFailure`. */
export const runFailedCode = -32050;
