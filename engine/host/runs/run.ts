import type { Progress, RunContext } from '../../run/context.ts';
import type { TokenMemory } from '../../run/http/auth/token-memory.ts';
import type { TraceEntry } from '../../run/records.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import type { RowsChunk, RunName, RunRequests } from '../protocol.ts';

/** What a run is given beside its parameters. */
export interface RunScope {
  readonly open: OpenWorkspace;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Takes rows of a run that streams them. */
  readonly onRows?: (chunk: RowsChunk) => void;
  readonly signIn?: RunContext['signIn'];
  readonly tokens?: TokenMemory;
}

export type Run<Name extends RunName> = (
  parameters: RunRequests[Name]['parameters'],
  scope: RunScope,
) => Promise<RunRequests[Name]['result']> | RunRequests[Name]['result'];

/** The engine's context of a run, with progress held to a few messages a second. */
export function contextOf(scope: RunScope, onTrace?: (entry: TraceEntry) => void): RunContext {
  let last = 0;
  return {
    signal: scope.signal,
    clock: systemClock,
    random: Math.random,
    ...(scope.signIn && { signIn: scope.signIn }),
    ...(scope.tokens && { tokens: scope.tokens }),
    ...(onTrace && { onTrace }),
    onProgress: (progress) => {
      if (systemClock.now() - last < 100) return;
      last = systemClock.now();
      scope.onProgress(progress);
    },
  };
}
