import { window } from 'vscode';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import { lensArguments } from '../../infrastructure/targets.ts';
import { fileOf, folderOf, relativePath, type Folders } from '../../infrastructure/workspace.ts';

export interface FoundFilter {
  readonly folder: string;
  /** `Name` or `Name[lookup]`. */
  readonly filter: string;
}

/** The filter a lens names, else the one in the active editor, else one that a person picks. Throws `no-workspace`, `nothing-to-choose`. */
export async function findFilter(folders: Folders, argument: readonly unknown[], placeHolder: string): Promise<FoundFilter> {
  const lens = lensArguments(argument);
  if (lens !== undefined) {
    const folder = folderOf(fileOf(lens.document));
    if (folder === undefined)
      throw new SollistFailure('no-workspace', 'This filter stands in no Sollist folder: put it into filters/ beside sollist.json.');
    return { folder, filter: lens.name };
  }
  const folder = folders.require();
  const { filters } = await folders.overview(folder);
  const document = window.activeTextEditor?.document;
  const open = document === undefined ? undefined : filters.find(({ path }) => path === relativePath(folder, document.uri.fsPath));
  const choices = filters.map(({ name, path }) => ({ label: name, description: path, value: name }));
  return { folder, filter: open?.name ?? (await pickOne(choices, placeHolder, 'This workspace has no filter yet: add one in filters/.')) };
}
