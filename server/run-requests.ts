import { isAbsolute } from 'node:path';
import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver/node';
import { overviewMethod, readingRuns, runMethod, type RunInput, type RunName } from '../engine/host/protocol.ts';
import { failure, type EngineProcess } from './engine-process.ts';
import type { Guard } from './guard.ts';
import type { Knowledge } from './knowledge.ts';
import { overviewOf } from './overview.ts';
import type { Workspaces } from './workspaces.ts';

/** Every run, and the texts it cannot do without. */
const runs: Readonly<Record<RunName, readonly string[]>> = {
  dryRun: ['connector', 'table'],
  collect: ['system'],
  runFilter: ['filter'],
  describeFilter: ['filter'],
  explainFilter: ['filter'],
  whyRow: ['filter'],
  whyNot: ['filter'],
  filterEffect: ['filter', 'against'],
  filterInsight: ['filter'],
  columnFacts: ['system', 'table', 'column'],
  valuesLike: ['system', 'table', 'column', 'text'],
  previewMapping: ['mapping'],
  inspectRoles: ['model'],
  previewRequest: ['connector', 'table', 'operation'],
  describeVault: [],
  describeTable: ['system', 'table'],
  testExpectations: ['system'],
  draftExpectations: ['system'],
  describeRecordings: [],
  rehearse: ['system'],
  planCollection: ['system'],
  listRuns: [],
  readRun: ['id'],
  compareRuns: ['before', 'after'],
  pinRun: ['id'],
  deleteRuns: [],
  tableVersions: [],
  compareVersions: [],
  loadVersion: [],
  findRelations: ['system'],
  matchRelation: [],
  listRelations: [],
  draftRelations: ['system'],
  exportNim: [],
};

export interface RunOptions {
  readonly workspaces: Workspaces;
  readonly engine: EngineProcess;
  readonly guard: Guard;
  readonly trusted: () => boolean;
  /** Is told of every run that has ended. */
  readonly knowledge: Pick<Knowledge, 'noteRun'>;
}

/**
 * Forwards runs to the engine with the texts of the editor, saved or not. In an untrusted workspace nothing runs (safety contract, 3); what was
 * kept of earlier runs may be read.
 */
export function registerRuns(connection: Connection, { workspaces, engine, guard, trusted, knowledge }: RunOptions): void {
  for (const [name, needed] of Object.entries(runs) as [RunName, readonly string[]][]) {
    connection.onRequest(
      runMethod(name),
      guard.request(async (parameters: RunInput, token) => {
        if (!trusted() && !readingRuns.has(name)) {
          throw failure(
            'untrusted',
            'This workspace is not trusted, so nothing runs and no host is contacted. Trust it first (Workspaces: Manage Workspace Trust).',
          );
        }
        demand(parameters, ['runId', 'folder', ...needed]);
        const { secrets, ...own } = parameters;
        const result = await engine.request(
          name,
          { ...own, secrets: isRecord(secrets) ? secrets : {}, overlay: workspaces.overlay(parameters.folder) },
          token,
        );
        guard.background('knowledge', () => knowledge.noteRun(name, parameters, result));
        return result;
      }),
    );
  }
  connection.onRequest(
    overviewMethod,
    guard.request((parameters: { readonly folder: string }) => {
      demand(parameters, ['folder']);
      return overviewOf(workspaces.view(parameters.folder));
    }),
  );
}

/** Refuses parameters that are not what the protocol says; only a broken client sends them. */
function demand(parameters: unknown, names: readonly string[]): void {
  const given = isRecord(parameters) ? parameters : {};
  for (const name of names) {
    if (typeof given[name] !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, `"${name}" must be a text.`);
  }
  if (!isAbsolute(String(given['folder']))) throw new ResponseError(ErrorCodes.InvalidParams, '"folder" must be an absolute path.');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
