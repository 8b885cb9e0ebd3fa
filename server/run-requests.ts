import type { Connection } from 'vscode-languageserver/node';
import { overviewMethod, runMethod, type RunInput, type RunName } from '../engine/host/protocol.ts';
import { failure, type EngineProcess } from './engine-process.ts';
import { overviewOf } from './overview.ts';
import type { Workspaces } from './workspaces.ts';

const runs: readonly RunName[] = ['dryRun', 'collect', 'runFilter', 'previewMapping', 'inspectRoles'];

/** Forwards runs to the engine with the texts of the editor, saved or not. In an untrusted workspace nothing runs (safety contract, 3). */
export function registerRuns(connection: Connection, workspaces: Workspaces, engine: EngineProcess, trusted: () => boolean): void {
  for (const name of runs) {
    connection.onRequest(runMethod(name), async (parameters: RunInput, token) => {
      if (!trusted()) throw failure('untrusted', 'This workspace is not trusted, so nothing runs and no host is contacted. Trust it first (Workspaces: Manage Workspace Trust).');
      return engine.request(name, { ...parameters, overlay: workspaces.overlay(parameters.folder) }, token);
    });
  }
  connection.onRequest(overviewMethod, ({ folder }: { readonly folder: string }) => overviewOf(workspaces.view(folder)));
}
