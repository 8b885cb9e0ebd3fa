import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Progress, RunContext } from '../../run/context.ts';
import type { TraceEntry } from '../../run/records.ts';
import type { OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import type { RunName, RunRequests } from '../protocol.ts';

/** What a run is given beside its parameters. */
export interface RunScope {
  readonly open: OpenWorkspace;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export type Run<Name extends RunName> = (
  parameters: RunRequests[Name]['parameters'],
  scope: RunScope,
) => Promise<RunRequests[Name]['result']> | RunRequests[Name]['result'];

export const clock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal });
  },
};

/** Today as yyyy-mm-dd in the local time zone. */
export function today(): string {
  const date = new Date(clock.now());
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** The engine's context of a run, with progress held to a few messages a second. */
export function contextOf(scope: RunScope, onTrace: (entry: TraceEntry) => void = () => undefined): RunContext {
  let last = 0;
  return {
    signal: scope.signal,
    clock,
    random: Math.random,
    onTrace,
    onProgress: (progress) => {
      if (clock.now() - last < 100) return;
      last = clock.now();
      scope.onProgress(progress);
    },
  };
}
