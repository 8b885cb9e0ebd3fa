import { ResponseError } from 'vscode-jsonrpc/node';
import { createWorkspaceReader, type WorkspaceReader } from '../model/workspace/read-workspace.ts';
import { SollistError } from '../run/error.ts';
import { createRedactor } from '../run/http/redact.ts';
import { openWorkspace } from '../run/workspace/open-workspace.ts';
import { runFailedCode, type ProgressMessage, type RunFailure, type RunInput, type RunName, type RunRequests } from './protocol.ts';
import { collect } from './runs/collect.ts';
import { describeTable, describeVault } from './runs/describe.ts';
import { dryRun } from './runs/dry-run.ts';
import { inspect } from './runs/inspect-roles.ts';
import { previewMapping } from './runs/preview-mapping.ts';
import { preview } from './runs/preview-request.ts';
import { runFilter } from './runs/run-filter.ts';
import type { Run, RunScope } from './runs/run.ts';

/** Every run by name. */
export type Runner = {
  readonly [Name in RunName]: (parameters: RunRequests[Name]['parameters'], signal: AbortSignal) => Promise<RunRequests[Name]['result']>;
};

const runs: { readonly [Name in RunName]: Run<Name> } = {
  dryRun,
  collect,
  runFilter,
  previewMapping,
  inspectRoles: inspect,
  previewRequest: preview,
  describeVault,
  describeTable,
};

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
      const met = new Set(Object.values(parameters.secrets));
      try {
        const scope = scopeOf(parameters, signal, options, readers);
        for (const value of environmentValues(scope)) met.add(value);
        return await run(parameters, scope);
      } catch (error) {
        throw failureOf(error, signal, met);
      }
    };
  return {
    dryRun: guarded(runs.dryRun),
    collect: guarded(runs.collect),
    runFilter: guarded(runs.runFilter),
    previewMapping: guarded(runs.previewMapping),
    inspectRoles: guarded(runs.inspectRoles),
    previewRequest: guarded(runs.previewRequest),
    describeVault: guarded(runs.describeVault),
    describeTable: guarded(runs.describeTable),
  };
}

function scopeOf(input: RunInput, signal: AbortSignal, options: RunnerOptions, readers: Map<string, WorkspaceReader>): RunScope {
  const reader = readers.get(input.folder) ?? createWorkspaceReader();
  readers.set(input.folder, reader);
  return {
    open: openWorkspace(input.folder, {
      overlay: input.overlay,
      reader,
      ...(input.environment !== undefined && input.environment !== '' && { environment: input.environment }),
    }),
    env: options.env,
    secrets: new Map(Object.entries(input.secrets)),
    signal,
    onProgress: ({ message, rows }) => options.onProgress({ runId: input.runId, message, ...(rows !== undefined && { rows }) }),
  };
}

/** What the files take from the environment: often secrets. */
function environmentValues({ open, env }: RunScope): readonly string[] {
  const { systems, settings } = open.workspace;
  const connections = [
    ...[...systems.values()].map(({ model }) => model.connection),
    ...settings.environments.flatMap(({ connections: own }) => [...own.values()]),
  ];
  return connections.flatMap((connection) =>
    [...connection.values()].flatMap((value) => (value.kind === 'env' ? (env[value.name] ?? []) : [])),
  );
}

/** `met`: what may be a secret. Errors made for a person hold none; what a bug says is anybody's guess. */
function failureOf(error: unknown, signal: AbortSignal, met: Iterable<string>): ResponseError<RunFailure> {
  if (signal.aborted) return new ResponseError(runFailedCode, 'Cancelled. What did not finish changed nothing.', { code: 'cancelled' });
  if (error instanceof SollistError) {
    return new ResponseError(runFailedCode, error.message, {
      code: error.code,
      ...(error.subject !== undefined && { subject: error.subject }),
    });
  }
  const message = createRedactor(met).text(error instanceof Error ? error.message : String(error));
  return new ResponseError(runFailedCode, `Sollist failed in a way it should not have: ${message}. Please report it.`, { code: 'bug' });
}
