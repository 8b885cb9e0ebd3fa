import { CancellationError, window } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import { askText, pickOne } from '../../infrastructure/pick.ts';
import type { Secrets } from '../../infrastructure/secrets.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

/** *Enter Secret* and *Forget Secrets*. Values go to the editor's secret storage and to the engine for a run, and nowhere else. */
export function activateSecretsFeature(commands: Commands, folders: Folders, secrets: Secrets): void {
  commands.register(commandIds.enterSecret, async (target) => {
    const folder = isTarget(target, 'folder') ? target.folder : folders.require();
    const name = isTarget(target, 'name') ? target.name : await pickName(folders, secrets, folder);
    const value = await askText({
      title: `Secret ${name}`,
      prompt: "Kept in the editor's secret storage; never written to a file or a log.",
      password: true,
    });
    if (value === '') throw new CancellationError();
    await secrets.store(folder, name, value);
    return true;
  });
  commands.register(commandIds.forgetSecrets, async () => {
    const folder = folders.require();
    const names = await secrets.names(folder);
    if (names.length === 0) throw new SollistFailure('no-secrets', 'No secret is stored for this workspace.');
    const chosen = await window.showQuickPick([...names], { canPickMany: true, placeHolder: 'Secrets to forget' });
    for (const name of chosen ?? []) await secrets.forget(folder, name);
  });
}

async function pickName(folders: Folders, secrets: Secrets, folder: string): Promise<string> {
  const [{ systems }, stored] = await Promise.all([folders.overview(folder), secrets.names(folder)]);
  const names = [...new Set(systems.flatMap((system) => system.secrets))];
  const choices = names.map((name) => ({
    label: name,
    description: [
      systems
        .filter((system) => system.secrets.includes(name))
        .map((system) => system.name)
        .join(', '),
      stored.includes(name) ? 'stored' : 'missing',
    ].join(' · '),
    value: name,
  }));
  return pickOne(choices, 'Secret to enter', 'No system of this workspace names a secret: {"secret": "name"} in its connection does.');
}
