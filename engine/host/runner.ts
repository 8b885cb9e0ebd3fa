import { ResponseError } from 'vscode-jsonrpc/node';
import { createWorkspaceReader, type WorkspaceReader } from '../model/workspace/read-workspace.ts';
import { SollistError } from '../run/error.ts';
import { createTokenMemory, type TokenMemory } from '../run/http/auth/token-memory.ts';
import { createRedactor } from '../run/http/redact.ts';
import { prepareScripts } from '../run/filter/script-tables.ts';
import type { RunSummary } from '../run/run-record.ts';
import { openWorkspace } from '../run/workspace/open-workspace.ts';
import {
  runFailedCode,
  type ProgressMessage,
  type RunFailure,
  type RunInput,
  type RunName,
  type RunRequests,
  type SignInMessage,
} from './protocol.ts';
import { collect } from './runs/collect.ts';
import { columnFacts } from './runs/column-facts.ts';
import { valuesLike } from './runs/values-like.ts';
import { describeTable, describeVault } from './runs/describe.ts';
import { dryRun } from './runs/dry-run.ts';
import { draftRelations, findRelations } from './runs/find-relations.ts';
import { filterInsight } from './runs/filter-insight.ts';
import { compareRuns, deleteRuns, historyOf, listRuns, pinRun, readRun, type HistoryRun } from './runs/history.ts';
import { inspect } from './runs/inspect-roles.ts';
import { recordings, rehearseFaults } from './runs/rehearse.ts';
import { listRelations, matchRelation } from './runs/match-relation.ts';
import { planCollection } from './runs/plan-collection.ts';
import { exportNim } from './runs/export-nim.ts';
import { previewMapping } from './runs/preview-mapping.ts';
import { preview } from './runs/preview-request.ts';
import { recorded } from './runs/recorded.ts';
import { draftExpectations, testExpectations } from './runs/expectations.ts';
import { describeFilter, explainFilter } from './runs/explain-filter.ts';
import { filterEffect } from './runs/filter-effect.ts';
import { runFilter } from './runs/run-filter.ts';
import { whyNot, whyRow } from './runs/why-row.ts';
import type { Run, RunScope } from './runs/run.ts';
import { compareVersions, loadVersion, tableVersions } from './runs/versions.ts';

/** Every run by name. */
export type Runner = {
  readonly [Name in RunName]: (parameters: RunRequests[Name]['parameters'], signal: AbortSignal) => Promise<RunRequests[Name]['result']>;
};

/** Runs that work on what was kept of others. */
const history = { listRuns, readRun, compareRuns, pinRun, deleteRuns } as const;

/** Runs that work on an open workspace. */
const runs: { readonly [Name in Exclude<RunName, keyof typeof history>]: Run<Name> } = {
  dryRun,
  collect,
  runFilter,
  describeFilter,
  explainFilter,
  whyRow,
  whyNot,
  filterEffect,
  filterInsight,
  columnFacts,
  valuesLike,
  previewMapping,
  inspectRoles: inspect,
  previewRequest: preview,
  describeVault,
  describeTable,
  describeRecordings: recordings,
  rehearse: rehearseFaults,
  testExpectations,
  draftExpectations,
  planCollection,
  tableVersions,
  compareVersions,
  loadVersion,
  findRelations,
  matchRelation,
  listRelations,
  draftRelations,
  exportNim,
};

/** What the process gives its runs. */
export interface RunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (message: ProgressMessage) => void;
  /** Absent where nobody can be asked to sign in. */
  readonly onSignIn?: (message: SignInMessage) => void;
}

/** The runs, each behind the one guard of this border: what a person can mend becomes a coded failure, anything else a bug report. */
export function createRunner(options: RunnerOptions): Runner {
  const readers = new Map<string, WorkspaceReader>();
  // Sign-ins end with this process.
  const tokens = createTokenMemory();
  const guarded =
    <Name extends keyof typeof runs>(name: Name, run: Run<Name>) =>
    async (parameters: RunRequests[Name]['parameters'], signal: AbortSignal): Promise<RunRequests[Name]['result']> => {
      const met = new Set(Object.values(parameters.secrets));
      try {
        const scope = scopeOf(parameters, signal, { ...options, tokens }, readers);
        for (const value of environmentValues(scope)) met.add(value);
        await prepareScripts(scope.open.workspace);
        const onKept = (summary: RunSummary): void => options.onProgress({ runId: parameters.runId, message: '', recorded: summary });
        return await recorded(name, parameters, scope, () => run(parameters, scope), onKept);
      } catch (error) {
        throw failureOf(error, signal, met);
      }
    };
  const looking =
    <Name extends RunName>(run: HistoryRun<Name>) =>
    (parameters: RunRequests[Name]['parameters'], signal: AbortSignal): Promise<RunRequests[Name]['result']> =>
      new Promise<RunRequests[Name]['result']>((resolve) => {
        resolve(run(parameters, historyOf(parameters.folder)));
      }).catch((error: unknown) => {
        throw failureOf(error, signal, []);
      });
  return {
    dryRun: guarded('dryRun', runs.dryRun),
    collect: guarded('collect', runs.collect),
    runFilter: guarded('runFilter', runs.runFilter),
    describeFilter: guarded('describeFilter', runs.describeFilter),
    explainFilter: guarded('explainFilter', runs.explainFilter),
    whyRow: guarded('whyRow', runs.whyRow),
    whyNot: guarded('whyNot', runs.whyNot),
    filterEffect: guarded('filterEffect', runs.filterEffect),
    filterInsight: guarded('filterInsight', runs.filterInsight),
    columnFacts: guarded('columnFacts', runs.columnFacts),
    valuesLike: guarded('valuesLike', runs.valuesLike),
    previewMapping: guarded('previewMapping', runs.previewMapping),
    inspectRoles: guarded('inspectRoles', runs.inspectRoles),
    previewRequest: guarded('previewRequest', runs.previewRequest),
    describeVault: guarded('describeVault', runs.describeVault),
    describeTable: guarded('describeTable', runs.describeTable),
    describeRecordings: guarded('describeRecordings', runs.describeRecordings),
    rehearse: guarded('rehearse', runs.rehearse),
    testExpectations: guarded('testExpectations', runs.testExpectations),
    draftExpectations: guarded('draftExpectations', runs.draftExpectations),
    planCollection: guarded('planCollection', runs.planCollection),
    tableVersions: guarded('tableVersions', runs.tableVersions),
    compareVersions: guarded('compareVersions', runs.compareVersions),
    findRelations: guarded('findRelations', runs.findRelations),
    matchRelation: guarded('matchRelation', runs.matchRelation),
    listRelations: guarded('listRelations', runs.listRelations),
    draftRelations: guarded('draftRelations', runs.draftRelations),
    loadVersion: guarded('loadVersion', runs.loadVersion),
    exportNim: guarded('exportNim', runs.exportNim),
    listRuns: looking(history.listRuns),
    readRun: looking(history.readRun),
    compareRuns: looking(history.compareRuns),
    pinRun: looking(history.pinRun),
    deleteRuns: looking(history.deleteRuns),
  };
}

function scopeOf(
  input: RunInput,
  signal: AbortSignal,
  options: RunnerOptions & { readonly tokens: TokenMemory },
  readers: Map<string, WorkspaceReader>,
): RunScope {
  const { onSignIn } = options;
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
    ...(onSignIn && { signIn: (request) => onSignIn({ runId: input.runId, ...request }) }),
    tokens: options.tokens.within(JSON.stringify([input.folder, input.environment ?? ''])),
    onRows: (chunk) => options.onProgress({ runId: input.runId, message: '', chunk }),
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
