import { ResponseError } from 'vscode-jsonrpc';
import { createWorkspaceReader, type WorkspaceReader } from '../model/workspace/workspace.ts';
import { SollistError } from '../run/error.ts';
import { openWorkspace } from '../run/workspace/open-workspace.ts';
import { runFailedCode, type ProgressMessage, type RunFailure, type RunInput, type RunName, type RunRequests } from './protocol.ts';
import { collect } from './runs/collect.ts';
import { dryRun } from './runs/dry-run.ts';
import { inspect } from './runs/inspect-roles.ts';
import { previewMapping } from './runs/preview-mapping.ts';
import { runFilter } from './runs/run-filter.ts';
import type { Run, RunScope } from './runs/run.ts';

/** Every run by name. */
export type Runner = { readonly [Name in RunName]: (parameters: RunRequests[Name]['parameters'], signal: AbortSignal) => Promise<RunRequests[Name]['result']> };

const runs: { readonly [Name in RunName]: Run<Name> } = { dryRun, collect, runFilter, previewMapping, inspectRoles: inspect };

/** What the process gives its runs. */
export interface RunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (message: ProgressMessage) => void;
}

/** The runs, each behind the one guard of this border: what a person can mend becomes a coded failure, anything else a bug report. */
export function createRunner(options: RunnerOptions): Runner {
  const readers = new Map<string, WorkspaceReader>();
  const guarded =
    <Name extends RunName>(run: Run<Name>) =>
    async (parameters: RunRequests[Name]['parameters'], signal: AbortSignal): Promise<RunRequests[Name]['result']> => {
      try {
        return await run(parameters, scopeOf(parameters, signal, options, readers));
      } catch (error) {
        throw failureOf(error, signal);
      }
    };
  return {
    dryRun: guarded(runs.dryRun),
    collect: guarded(runs.collect),
    runFilter: guarded(runs.runFilter),
    previewMapping: guarded(runs.previewMapping),
    inspectRoles: guarded(runs.inspectRoles),
  };
}

function scopeOf(input: RunInput, signal: AbortSignal, options: RunnerOptions, readers: Map<string, WorkspaceReader>): RunScope {
  const reader = readers.get(input.folder) ?? createWorkspaceReader();
  readers.set(input.folder, reader);
  return {
    open: openWorkspace(input.folder, { overlay: input.overlay, reader, ...(input.environment !== undefined && input.environment !== '' && { environment: input.environment }) }),
    env: options.env,
    secrets: new Map(Object.entries(input.secrets)),
    signal,
    onProgress: ({ message, rows }) => options.onProgress({ runId: input.runId, message, ...(rows !== undefined && { rows }) }),
  };
}

function failureOf(error: unknown, signal: AbortSignal): ResponseError<RunFailure> {
  if (signal.aborted) return new ResponseError(runFailedCode, 'Cancelled. What did not finish changed nothing.', { code: 'cancelled' });
  if (error instanceof SollistError) {
    return new ResponseError(runFailedCode, error.message, { code: error.code, ...(error.subject !== undefined && { subject: error.subject }) });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ResponseError(runFailedCode, `Sollist failed in a way it should not have: ${message}. Please report it.`, { code: 'bug' });
}
