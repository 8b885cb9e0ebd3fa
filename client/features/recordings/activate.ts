import { CancellationError, window } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { faultsOf } from './faults-of.ts';

/** *Rehearse Faults*: replays a recording with faults put in, and shows what they do to data and guards; the vault is not touched. */
export function activateRecordingsFeature(commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  commands.register(commandIds.rehearse, async (target) => {
    requireTrust();
    const folder = isTarget(target, 'folder') ? target.folder : folders.require();
    const { recordings, faults } = await runs.run('describeRecordings', {}, { folder, secrets: [] });
    const wanted = isTarget(target, 'system') ? recordings.filter(({ system }) => system === target.system) : recordings;
    const none = isTarget(target, 'system')
      ? `${target.system} has no recording to rehearse with: make one with "Record Collection…".`
      : 'No system of this workspace has a recording to rehearse with: make one with "Record Collection…".';
    if (wanted.length === 0)
      throw new SollistFailure('no-recording', none, { folder, ...(isTarget(target, 'system') && { subject: target.system }) });
    const choices = wanted.map((recording) => ({ label: recording.system, description: recording.path, value: recording }));
    const { system, problem } = await pickOne(choices, 'Recording to rehearse with', none);
    if (problem !== undefined) throw new SollistFailure('recording-broken', problem, { folder });
    const chosen = faultsOf(target) ?? (await pickFaults(faults));
    await view.show({
      heading: runHeading('rehearsal', system),
      folder,
      kind: 'rehearsal',
      subject: system,
      whenCancelled: 'Cancelled. A rehearsal touches neither the vault nor the system.',
      execute: async (token, onProgress) => {
        const own = { system, ...(chosen.length < faults.length && { faults: chosen }) };
        return { kind: 'rehearsal', report: await runs.run('rehearse', own, { folder, secrets: [], token, onProgress }) };
      },
    });
  });
}

async function pickFaults(faults: readonly { readonly id: string; readonly title: string }[]): Promise<readonly string[]> {
  const items = faults.map(({ id, title }) => ({ label: title, description: id, picked: true, id }));
  const picked = await window.showQuickPick(items, { canPickMany: true, placeHolder: 'Faults to rehearse', matchOnDescription: true });
  if (picked === undefined) throw new CancellationError();
  if (picked.length === 0) throw new SollistFailure('nothing-to-choose', 'No fault was chosen, so there is nothing to rehearse.');
  return picked.map(({ id }) => id);
}
