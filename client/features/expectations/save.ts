import { basename, join } from 'node:path';
import { commands, ProgressLocation, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { RunRequests } from '../../../engine/host/protocol.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { languageIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

type Draft = RunRequests['draftExpectations']['result'];

/**
 * *Save as Expectations*: a first file from what a system gives, on its recording or live. A file that is there stays as it is: the two are
 * shown beside each other, so that a person takes over what is wanted.
 */
export async function saveExpectations(folders: Folders, runs: Runs, target: unknown): Promise<void> {
  requireTrust();
  const folder = isTarget(target, 'folder') ? target.folder : folders.require();
  const { systems } = await folders.overview(folder);
  const choices = systems.map((system) => ({ label: system.name, description: system.connector, value: system }));
  const wanted = isTarget(target, 'system') ? choices.filter(({ label }) => label === target.system) : choices;
  const { name, secrets } = await pickOne(wanted, 'System to expect something of', 'This workspace has no system: add one in systems/.');
  const live = isTarget(target, 'from')
    ? target.from === 'live'
    : await pickOne(
        [
          { label: 'From its recording', description: 'nothing is sent', value: false },
          { label: 'From the system itself', description: 'runs its get operations', value: true },
        ],
        `What ${name} gives`,
        '',
      );
  const draft = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Collecting ${name}`, cancellable: true },
    (progress, token) =>
      runs.run(
        'draftExpectations',
        { system: name, live },
        {
          folder,
          secrets: live ? secrets : [],
          token,
          onProgress: ({ message }) => {
            progress.report({ message: plainText(message, 120) });
          },
        },
      ),
  );
  await show(folder, draft);
  const [left] = draft.left;
  if (left) throw new SollistFailure('left-out', `${left.table} was left out of ${draft.path}: ${left.why}`, { folder, secrets });
}

async function show(folder: string, { path, text }: Draft): Promise<void> {
  const uri = Uri.file(join(folder, path));
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false, ignoreIfExists: false });
  if (!(await exists(uri)) && (await workspace.applyEdit(edit))) {
    await window.showTextDocument(await workspace.openTextDocument(uri));
    return;
  }
  const draft = await workspace.openTextDocument({ language: languageIds.json, content: text });
  await commands.executeCommand('vscode.diff', uri, draft.uri, `${basename(path)} ↔ what is there now`);
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
