import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { window, workspace, type ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { lensArguments } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import { fileOf, folderOf, relativePath, type Folders } from '../../infrastructure/workspace.ts';
import { askParameters, declaredParameters, type ParameterValues } from './parameters.ts';

interface Found {
  readonly folder: string;
  readonly filter: string;
  readonly file: string;
}

/** *Run Filter*: asks for the filter's parameters, then shows its rows and its SQL. */
export function activateFilterRunFeature(context: ExtensionContext, commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  commands.register(commandIds.runFilter, async (...argument) => {
    requireTrust();
    const { folder, filter, file } = await findFilter(folders, argument);
    const parameters = givenParameters(argument[2]) ?? (await askParameters(context, filter, declaredParameters(await textOf(file))));
    await view.show({
      heading: runHeading('filter', filter),
      folder,
      kind: 'filter',
      subject: filter,
      execute: async (token, onProgress) => {
        // A filter reads the vault alone: no secret is needed.
        const report = await runs.run('runFilter', { filter, parameters }, { folder, secrets: [], token, onProgress });
        return { kind: 'filter', report, parameters };
      },
    });
  });
}

/** A caller that knows the values gives them as a third argument and is not asked. */
function givenParameters(value: unknown): ParameterValues | undefined {
  return typeof value === 'object' && value !== null ? (value as ParameterValues) : undefined;
}

async function findFilter(folders: Folders, argument: readonly unknown[]): Promise<Found> {
  const lens = lensArguments(argument);
  if (lens !== undefined) {
    const file = fileOf(lens.document);
    const folder = folderOf(file);
    if (folder === undefined)
      throw new SollistFailure('no-workspace', 'This filter stands in no Sollist folder: put it into filters/ beside sollist.json.');
    return { folder, filter: lens.name, file };
  }
  const folder = folders.require();
  const { filters } = await folders.overview(folder);
  const document = window.activeTextEditor?.document;
  const open = document === undefined ? undefined : filters.find(({ path }) => path === relativePath(folder, document.uri.fsPath));
  const choices = filters.map((filter) => ({ label: filter.name, description: filter.path, value: filter }));
  const { name, path } = open ?? (await pickOne(choices, 'Filter to run', 'This workspace has no filter yet: add one in filters/.'));
  return { folder, filter: name, file: join(folder, path) };
}

/** The text in the editor, saved or not. */
async function textOf(file: string): Promise<string> {
  const open = workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  return open?.getText() ?? readFile(file, 'utf8').catch(() => '');
}
