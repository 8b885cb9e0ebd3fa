import { ProgressLocation, window } from 'vscode';
import type { CollectionReport } from '../../../engine/run/records.ts';
import { isCancellation, type Commands } from '../../infrastructure/commands.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Log } from '../../infrastructure/log.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { collectionSummary } from './summary.ts';

/**
 * *Collect System*: the get operations of a system into the vault. Resolves to whether every table was collected, so that what needed the
 * data can go on.
 */
export function activateCollectFeature(commands: Commands, folders: Folders, runs: Runs, log: Log): void {
  commands.register(commandIds.collect, async (target) => {
    requireTrust();
    const folder = isTarget(target, 'folder') ? target.folder : folders.require();
    const { systems } = await folders.overview(folder);
    const choices = systems.map((system) => ({ label: system.name, description: system.connector, value: system }));
    const wanted = isTarget(target, 'system')
      ? choices.filter(({ label }) => label.toLowerCase() === target.system.toLowerCase())
      : choices;
    const { name, secrets } = await pickOne(wanted, 'System to collect', 'This workspace has no system to collect: add one in systems/.');
    const own = isTarget(target, 'table') ? { system: name, tables: [target.table] } : { system: name };
    // A collection can take minutes and has no view of its own: the one place where progress is a notification, with its cancel button.
    const report = await window
      .withProgress({ location: ProgressLocation.Notification, title: `Collecting ${name}`, cancellable: true }, (progress, token) =>
        runs.run('collect', own, {
          folder,
          secrets,
          token,
          onProgress: ({ message }) => {
            progress.report({ message: plainText(message, 120) });
          },
        }),
      )
      .then(undefined, (error: unknown) => {
        // The engine was ended before it could tell how far it was.
        if (isCancellation(error))
          void window.setStatusBarMessage(`${name}: cancelled; tables that did not finish are as they were.`, 8000);
        throw error;
      });
    return finish(report, { folder, secrets }, log);
  });
}

function finish(report: CollectionReport, about: { readonly folder: string; readonly secrets: readonly string[] }, log: Log): boolean {
  const { headline, lines, failed, cancelled } = collectionSummary(report);
  for (const line of lines) log.info(line);
  if (failed !== undefined && !cancelled) {
    throw new SollistFailure(failed.code, `${headline} ${failed.message}`, { ...about, subject: failed.subject });
  }
  void window.setStatusBarMessage(plainText(headline, 120), 8000);
  return !cancelled;
}
