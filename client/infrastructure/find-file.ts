import { window } from 'vscode';
import type { Overview } from '../../engine/host/protocol.ts';
import { SollistFailure } from './failure.ts';
import { pickOne } from './pick.ts';
import { lensArguments } from './targets.ts';
import { fileOf, folderOf, relativePath, type Folders } from './workspace.ts';

/** Files of one kind that a command can work on. */
export interface FileKind {
  /** `filter` */
  readonly what: string;
  /** The folder such files lie in: `filters/`. */
  readonly place: string;
  readonly placeHolder: string;
  /** `path`: where the file counts as chosen while it is in the active editor. */
  readonly choices: (overview: Overview) => readonly { readonly name: string; readonly description: string; readonly path?: string }[];
}

/** The file a lens names, else the one in the active editor, else one that a person picks. Throws `no-workspace`, `nothing-to-choose`. */
export async function findFile(
  folders: Folders,
  argument: readonly unknown[],
  { what, place, placeHolder, choices }: FileKind,
): Promise<{ readonly folder: string; readonly name: string }> {
  const lens = lensArguments(argument);
  if (lens !== undefined) {
    const folder = folderOf(fileOf(lens.document));
    if (folder === undefined)
      throw new SollistFailure('no-workspace', `This ${what} stands in no Sollist folder: put it into ${place} beside sollist.json.`);
    return { folder, name: lens.name };
  }
  const folder = folders.require();
  const files = choices(await folders.overview(folder));
  const document = window.activeTextEditor?.document;
  const active = document === undefined ? undefined : relativePath(folder, document.uri.fsPath);
  const open = active === undefined ? undefined : files.find(({ path }) => path === active);
  if (open !== undefined) return { folder, name: open.name };
  const offered = files.map(({ name, description }) => ({ label: name, description, value: name }));
  return { folder, name: await pickOne(offered, placeHolder, `This workspace has no ${what} yet: add one in ${place}.`) };
}
