import { Uri } from 'vscode';
import { join } from 'node:path';
import type { SollistFailure } from './failure.ts';
import { commandIds } from './ids.ts';

/** Something a person can do about a failure, as a button. */
export interface Offer {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
  /** When the command answers `true`, what failed is started again. */
  readonly thenAgain?: boolean;
}

/** The buttons that fit a failure, best first; *Show log* is added by the caller. */
export function offersFor(failure: Pick<SollistFailure, 'code' | 'subject' | 'folder'>): readonly Offer[] {
  const { code, subject, folder } = failure;
  if (code.startsWith('secret-')) {
    return [{ title: 'Enter secret…', command: commandIds.enterSecret, arguments: [{ folder, name: subject }], thenAgain: true }];
  }
  if (code === 'untrusted') return [{ title: 'Manage trust', command: 'workbench.trust.manage', arguments: [] }];
  if (code === 'no-workspace') return [{ title: 'Open folder…', command: 'workbench.action.files.openFolder', arguments: [] }];
  if (code === 'no-server') return [{ title: 'Restart', command: commandIds.restartServer, arguments: [] }];
  if (isMissingData(code)) {
    return [{ title: 'Collect now', command: commandIds.collect, arguments: [collectTarget(subject, folder)], thenAgain: true }];
  }
  if (folder !== undefined && subject !== undefined && /^[^\n]+\.(json|filter|csv)$/.test(subject)) {
    return [{ title: 'Open file', command: 'vscode.open', arguments: [Uri.file(join(folder, subject))] }];
  }
  return [];
}

/** The vault, or a table of it, is not there yet. */
function isMissingData(code: string): boolean {
  return /^(not-collected|never-collected|table-not-collected|vault-(missing|empty))$/.test(code);
}

/** `HR.persons` or `HR` as a target of *Collect*. */
function collectTarget(subject: string | undefined, folder: string | undefined): unknown {
  const system = subject?.split('.')[0];
  return system === undefined || system === '' ? { folder } : { folder, system };
}
