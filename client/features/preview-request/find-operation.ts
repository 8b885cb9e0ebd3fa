import { basename } from 'node:path';
import type { CodeLens } from 'vscode-languageclient';
import { window } from 'vscode';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds, languageIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import { lensArguments } from '../../infrastructure/targets.ts';
import { fileOf, folderOf, relativePath, type Folders } from '../../infrastructure/workspace.ts';

/** The operation whose request is to be shown, and the system whose connection it shows, where one uses the connector. */
export interface OperationTarget {
  readonly folder: string;
  /** Absolute path of the connector. */
  readonly connector: string;
  readonly table: string;
  readonly operation: string;
  readonly system?: string;
}

/** The lens's operation, or one of the open connector that a person picks; a connector that several systems use asks for the system. */
export async function findOperation(folders: Folders, server: Server, argument: readonly unknown[]): Promise<OperationTarget> {
  const lens = lensArguments(argument);
  const [, , operation] = argument;
  const chosen =
    lens !== undefined && typeof operation === 'string'
      ? { connector: fileOf(lens.document), table: lens.name, operation }
      : await pickOperation(server);
  const folder = folderOf(chosen.connector);
  if (folder === undefined) {
    throw new SollistFailure(
      'no-workspace',
      `${basename(chosen.connector)} stands in no Sollist folder: put it into connectors/ beside sollist.json.`,
    );
  }
  const { systems } = await folders.overview(folder);
  const path = relativePath(folder, chosen.connector);
  const using = systems.filter(({ connector }) => path === `connectors/${connector}.json`);
  if (using.length === 0) return { folder, ...chosen };
  const choices = using.map((system) => ({ label: system.name, description: system.path, value: system.name }));
  return {
    folder,
    ...chosen,
    system: await pickOne(choices, 'Whose connection is the request to show?', 'No system uses this connector.'),
  };
}

async function pickOperation(server: Server): Promise<{ readonly connector: string; readonly table: string; readonly operation: string }> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== languageIds.connector || document.uri.scheme !== 'file')
    throw new SollistFailure('no-connector', 'Open a connector first: the request is one of its operations.');
  // The server's lenses know every operation that writes, also where a person has switched them off.
  const lenses = await server.request<readonly CodeLens[] | null>('textDocument/codeLens', {
    textDocument: { uri: document.uri.toString() },
  });
  const choices = (lenses ?? []).flatMap(({ command }) => {
    const given: readonly unknown[] = (command?.command === commandIds.previewRequest ? command.arguments : undefined) ?? [];
    const [, table, operation] = given;
    return typeof table === 'string' && typeof operation === 'string'
      ? [{ label: operation, description: table, value: { table, operation } }]
      : [];
  });
  const value = await pickOne(choices, 'Operation whose request is to be shown', 'This connector has no operation that writes.');
  return { connector: document.uri.fsPath, ...value };
}
