import { window } from 'vscode';
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

/** *Preview Mapping*: the changes a mapping would make, each with its reasons and its request; none is sent. */
export function activatePreviewFeature(commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  commands.register(commandIds.previewMapping, async (...argument) => {
    requireTrust();
    const { folder, mapping } = await findMapping(folders, argument);
    await view.show({
      heading: runHeading('mapping', mapping),
      folder,
      kind: 'mapping',
      subject: mapping,
      execute: async (token, onProgress) => {
        const { systems } = await folders.overview(folder);
        const secrets = systems.flatMap((system) => system.secrets);
        return { kind: 'mapping', preview: await runs.run('previewMapping', { mapping }, { folder, secrets, token, onProgress }) };
      },
    });
  });
}

async function findMapping(folders: Folders, argument: readonly unknown[]): Promise<{ readonly folder: string; readonly mapping: string }> {
  const lens = lensArguments(argument);
  if (lens !== undefined) {
    const folder = folderOf(fileOf(lens.document));
    if (folder === undefined)
      throw new SollistFailure('no-workspace', 'This mapping stands in no Sollist folder: put it into mappings/ beside sollist.json.');
    return { folder, mapping: lens.name };
  }
  const folder = folders.require();
  const { mappings } = await folders.overview(folder);
  const document = window.activeTextEditor?.document;
  const open = document === undefined ? undefined : mappings.find(({ path }) => path === relativePath(folder, document.uri.fsPath));
  if (open !== undefined) return { folder, mapping: open.name };
  const choices = mappings.map(({ name, path }) => ({ label: name, description: path, value: name }));
  return { folder, mapping: await pickOne(choices, 'Mapping to preview', 'This workspace has no mapping yet: add one in mappings/.') };
}
