import { join } from 'node:path';
import { CancellationError, ProgressLocation, Uri, window, workspace } from 'vscode';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import type { Log } from '../../infrastructure/log.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

/** Writes what NIM imports of the workspace into a file that is asked for; gives its path. */
export async function exportToNim(argument: unknown, folders: Folders, runs: Runs, log: Log): Promise<string> {
  requireTrust();
  const told = isTarget(argument, 'folder', 'file') ? argument : undefined;
  const folder = told?.folder ?? folders.require();
  const { text, notes, made, kept } = await window.withProgress({ location: ProgressLocation.Window, title: 'Exporting to NIM' }, () =>
    runs.run('exportNim', {}, { folder, secrets: [] }),
  );
  for (const { path, severity, message } of notes) log.info(`Export to NIM: ${severity}: ${path}: ${message}`);
  if (text === undefined) {
    const errors = notes.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const more = errors.length > 1 ? ` The log names ${String(errors.length - 1)} more.` : '';
    throw new SollistFailure('no-export', `${first ? `${first.path}: ${first.message}` : 'There is nothing to export.'}${more}`);
  }
  const target = told ? Uri.file(told.file) : await askForFile(folder);
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const show = 'Show log';
  const look = notes.length === 0 ? '' : ' The log says what to look at.';
  const message = `${summary(made, kept)}${look}`;
  void window.showInformationMessage(plainText(message), ...(look === '' ? [] : [show])).then((chosen) => {
    if (chosen === show) log.show();
  });
  return target.fsPath;
}

function summary(made: number, kept: number): string {
  const ours = made === 1 ? '1 filter was made from its text' : `${String(made)} filters were made from their text`;
  const theirs = kept === 1 ? '1 goes back as NIM gave it' : `${String(kept)} go back as NIM gave them`;
  return `${ours}, ${theirs}.`;
}

async function askForFile(folder: string): Promise<Uri> {
  const chosen = await window.showSaveDialog({
    defaultUri: Uri.file(join(folder, 'nim-export.json')),
    filters: { JSON: ['json'] },
    saveLabel: 'Export',
  });
  if (!chosen) throw new CancellationError();
  return chosen;
}
