import { randomUUID } from 'node:crypto';
import { LSPErrorCodes } from 'vscode-languageclient/node';
import { CancellationError, EventEmitter, type CancellationToken, type Event, type ExtensionContext } from 'vscode';
import {
  readingRuns,
  runFailedCode,
  runMethod,
  type ProgressMessage,
  type RunFailure,
  type RunInput,
  type RunName,
  type RunRequests,
} from '../../engine/host/protocol.ts';
import type { RunSummary } from '../../engine/run/run-record.ts';
import { SollistFailure } from './failure.ts';
import type { Server } from './language-client.ts';
import type { Log } from './log.ts';
import type { Secrets } from './secrets.ts';
import { environmentSetting } from './settings.ts';
import { requireTrust } from './trust.ts';

/** What a run needs beside its own parameters. */
export interface RunOptions {
  readonly folder: string;
  /** Names of the secrets the run may use: those of the systems it speaks to. */
  readonly secrets: readonly string[];
  readonly token?: CancellationToken;
  readonly onProgress?: (progress: ProgressMessage) => void;
}

export type OwnParameters<N extends RunName> = Omit<RunRequests[N]['parameters'], keyof RunInput>;

/** A run that gave its report. */
export type FinishedRun = {
  readonly [N in RunName]: { readonly name: N; readonly folder: string; readonly result: RunRequests[N]['result'] };
}[RunName];

/** Whether the run left other rows in the folder's vault, so that what rests on them is of yesterday. */
export function hasCollected(finished: FinishedRun): boolean {
  if (finished.name === 'loadVersion') return true;
  return finished.name === 'collect' && finished.result.tables.some(({ state }) => state === 'collected');
}

/** A run that stands in the history now, however it ended. */
export interface RecordedRun {
  readonly folder: string;
  readonly summary: RunSummary;
}

/**
 * Starts runs in the engine, through the server. In an untrusted workspace it refuses all but those that read the history; a cancelled run throws
 * `CancellationError`.
 */
export interface Runs {
  run<N extends RunName>(name: N, own: OwnParameters<N>, options: RunOptions): Promise<RunRequests[N]['result']>;
  /** A run gave its report; fired before the one who started it has it. */
  readonly onFinished: Event<FinishedRun>;
  /** A run was written into the history, well or badly ended; fired before the one who started it knows the end. */
  readonly onRecorded: Event<RecordedRun>;
}

export function createRuns(context: ExtensionContext, server: Server, secrets: Secrets, log: Log): Runs {
  const finished = new EventEmitter<FinishedRun>();
  const recorded = new EventEmitter<RecordedRun>();
  context.subscriptions.push(finished, recorded);
  return {
    onFinished: finished.event,
    onRecorded: recorded.event,
    run: async (name, own, { folder, secrets: names, token, onProgress }) => {
      if (!readingRuns.has(name)) requireTrust();
      const runId = randomUUID();
      const environment = environmentSetting();
      const input: RunInput = {
        runId,
        folder,
        // The server adds the unsaved texts: it has them.
        overlay: [],
        ...(environment !== undefined && { environment }),
        secrets: await secrets.read(folder, names),
      };
      const listening = server.onProgress((message) => {
        if (message.runId !== runId) return;
        onProgress?.(message);
        if (message.recorded) recorded.fire({ folder, summary: message.recorded });
      });
      const started = Date.now();
      // What is only looked up would fill the log.
      if (!isLookUp(name)) log.info(`${name} ${describe(own)} started`);
      try {
        const result = await server.request<RunRequests[typeof name]['result']>(runMethod(name), { ...own, ...input }, token);
        if (!isLookUp(name)) log.info(`${name} ended after ${String(Date.now() - started)} ms`);
        // The compiler does not see that a name and its result go together.
        finished.fire({ name, folder, result } as FinishedRun);
        return result;
      } catch (error) {
        throw asFailure(error, { folder, secrets: names }, token);
      } finally {
        listening.dispose();
      }
    },
  };
}

function isLookUp(name: RunName): boolean {
  return readingRuns.has(name) || name.startsWith('describe') || name === 'tableVersions';
}

/** What was asked, for the log: names and limits, never input values. */
function describe(own: object): string {
  return Object.entries(own)
    .filter(([, value]) => typeof value === 'string')
    .map(([, value]) => String(value))
    .join(' ');
}

function asFailure(error: unknown, about: Pick<RunOptions, 'folder' | 'secrets'>, token: CancellationToken | undefined): unknown {
  if (token?.isCancellationRequested === true) return new CancellationError();
  // Told by its shape: a bundle can hold two copies of the class.
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === LSPErrorCodes.RequestCancelled) return new CancellationError();
  if (error.code !== runFailedCode) return error;
  const data = 'data' in error ? (error.data as Partial<RunFailure> | null | undefined) : undefined;
  if (data?.code === 'cancelled') return new CancellationError();
  return new SollistFailure(data?.code ?? 'run-failed', error.message, { subject: data?.subject, ...about });
}
