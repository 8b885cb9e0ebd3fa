import type { RunLimits } from '../../records.ts';

/** What stands where a secret stood. Addresses, forms, JSON and XML all leave these characters alone, and no API sends them by chance. */
export const maskedSecret = '***masked***';

/** The host that stands for the one of the connection; `.invalid` never leads anywhere (RFC 2606). */
export const recordedHost = 'recorded.invalid';

export const manifestName = 'recording.json';

/** The layout of recordings that this version reads and writes. */
export const recordingVersion = 1;

/** The folder of a system's recording, relative to the workspace. */
export function recordingPath(system: string): string {
  return `recordings/${system}`;
}

/** A body, in the most readable form that loses nothing; absent where there is none. */
export interface RecordedBody {
  /** JSON that reads and writes back as the same value. */
  readonly json?: unknown;
  /** Anything else that is text, line by line. */
  readonly text?: readonly string[];
  /** What is no text. */
  readonly base64?: string;
}

/** What was asked, with secrets masked and the connection's host replaced. */
export interface RecordedRequest {
  readonly operation: string;
  readonly table: string;
  readonly verb: string;
  readonly url: string;
  readonly body?: string;
  /** In whose name it was asked, where its token is for one of many: the same address answers each of them in another way. */
  readonly subject?: string;
}

/** One answer; or, with `failure`, the code of why there was none. */
export type RecordedAnswer =
  | ({ readonly status: number; readonly headers?: Readonly<Record<string, string>> } & RecordedBody)
  | { readonly failure: string };

/** One file of a recording: a request, and what came back each time it was sent. */
export interface RecordedExchange {
  readonly request: RecordedRequest;
  readonly answers: readonly RecordedAnswer[];
}

/** `recording.json`: what the recording is of, and what it takes to replay it. Holds no time, so that the same answers give the same bytes. */
export interface RecordingManifest {
  readonly version: typeof recordingVersion;
  readonly system: string;
  readonly connector: string;
  /** The values of the connection that are no secrets. */
  readonly connection: Readonly<Record<string, string>>;
  /** Names of the values that are. */
  readonly secrets: readonly string[];
  /** Limits of the run that made it: a replay without them may ask for more than there is. */
  readonly limits: RunLimits;
  /** The tables that were collected, ordered by name. */
  readonly tables: readonly string[];
  /** How many requests of each operation there are. */
  readonly exchanges: Readonly<Record<string, number>>;
}

/** The number of requests in a recording. */
export function countExchanges({ exchanges }: Pick<RecordingManifest, 'exchanges'>): number {
  return Object.values(exchanges).reduce((sum, count) => sum + count, 0);
}
