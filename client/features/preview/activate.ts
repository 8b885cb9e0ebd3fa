import type { Commands } from '../../infrastructure/commands.ts';
import { findFile } from '../../infrastructure/find-file.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

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
  const { folder, name } = await findFile(folders, argument, {
    what: 'mapping',
    place: 'mappings/',
    placeHolder: 'Mapping to preview',
    choices: ({ mappings }) => mappings.map(({ name, path }) => ({ name, description: path, path })),
  });
  return { folder, mapping: name };
}
