import { basename, join } from 'node:path';
import { window } from 'vscode';
import type { Overview } from '../../../engine/host/protocol.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { languageIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import { isTarget, lensArguments, type TableTarget } from '../../infrastructure/targets.ts';
import { fileOf, folderOf, relativePath, type Folders } from '../../infrastructure/workspace.ts';

type System = Overview['systems'][number];

/** The table to run: the tree's, the lens's, or one a person picks; a connector that several systems use asks for the system. */
export async function findTarget(folders: Folders, argument: readonly unknown[]): Promise<TableTarget> {
  const [first] = argument;
  if (isTarget(first, 'folder', 'system', 'connector', 'table')) return first;
  const lens = lensArguments(argument);
  return lens === undefined ? fromPicker(folders) : fromLens(folders, fileOf(lens.document), lens.name);
}

async function fromLens(folders: Folders, connector: string, table: string): Promise<TableTarget> {
  const folder = folderOf(connector);
  if (folder === undefined) {
    throw new SollistFailure(
      'no-system',
      `${basename(connector)} stands in no Sollist folder: a dry run needs a system with connection values, in systems/ beside sollist.json.`,
    );
  }
  const { systems } = await folders.overview(folder);
  const using = systems.filter((system) => uses(system, folder, connector));
  const system = await pickOne(using.map(choiceOf), `Which system's connection is ${table} to be run with?`, noSystem(connector));
  return { folder, system: system.name, connector, table };
}

async function fromPicker(folders: Folders): Promise<TableTarget> {
  const folder = folders.require();
  const document = window.activeTextEditor?.document;
  const open = document?.languageId === languageIds.connector ? document.uri.fsPath : undefined;
  const { systems, connectors } = await folders.overview(folder);
  const near = open === undefined ? [] : systems.filter((system) => uses(system, folder, open));
  const tables = (near.length > 0 ? near : systems).flatMap((system) => system.tables.map((table) => ({ system, table })));
  const choices = tables.map((value) => ({ label: value.table, description: value.system.name, value }));
  const { system, table } = await pickOne(choices, 'Table to dry-run', 'This workspace has no system with tables: add one in systems/.');
  // A folder of files has no connector: its tables are told about in the system's own file.
  const own = system.folder === undefined ? `connectors/${system.connector}.json` : system.path;
  const path = connectors.find(({ name }) => name === system.connector)?.path ?? own;
  return { folder, system: system.name, connector: join(folder, path), table };
}

/** A system names its connector by file name without its ending. */
function uses(system: System, folder: string, connector: string): boolean {
  return relativePath(folder, connector) === `connectors/${system.connector}.json`;
}

function choiceOf(system: System): { label: string; description: string; value: System } {
  return { label: system.name, description: system.path, value: system };
}

function noSystem(connector: string): string {
  return `No system uses ${basename(connector)}: add one in systems/, with its connection values.`;
}
