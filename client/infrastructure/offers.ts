import { join } from 'node:path';
import { Position, Range, Uri } from 'vscode';
import type { SollistFailure } from './failure.ts';
import { commandIds } from './ids.ts';

/** Something a person can do about a failure, as a button. */
export interface Offer {
  readonly title: string;
  /** What it does, where the title is too short to say it. */
  readonly hint?: string;
  /** Which notice it stands beside, where that is not the first failure. */
  readonly about?: 'held-back';
  readonly command: string;
  readonly arguments: readonly unknown[];
  /** When the command answers `true`, what failed is started again. */
  readonly thenAgain?: boolean;
}

/** The buttons that fit a failure, best first; *Show log* is added by the caller. */
export function offersFor(failure: Pick<SollistFailure, 'code' | 'subject' | 'folder' | 'message' | 'secrets'>): readonly Offer[] {
  const { code, subject, folder, message, secrets } = failure;
  if (code === 'secret-missing') return [enterSecret(folder, subject)];
  if (code === 'authentication-failed' || code === 'certificate-invalid') {
    // The subject is an input of the connection here, not a secret's name: the command asks which, where there are several.
    const enter = secrets.length === 0 ? [] : [enterSecret(folder, secrets.length === 1 ? secrets[0] : undefined)];
    return [...(folder === undefined ? [] : openFile(folder, message)), ...enter];
  }
  if (code === 'untrusted') return [{ title: 'Manage trust', command: 'workbench.trust.manage', arguments: [] }];
  if (code === 'no-workspace') return [{ title: 'Open folder…', command: 'workbench.action.files.openFolder', arguments: [] }];
  if (code === 'no-recording')
    return [{ title: 'Record Collection…', command: commandIds.recordCollection, arguments: [target(subject, folder)] }];
  if (code === 'no-server') return [{ title: 'Restart', command: commandIds.restartServer, arguments: [] }];
  if (code === 'not-collected') {
    return [{ title: 'Collect now', command: commandIds.collect, arguments: [target(subject, folder)], thenAgain: true }];
  }
  return folder === undefined ? [] : openFile(folder, message);
}

function enterSecret(folder: string | undefined, name: string | undefined): Offer {
  return { title: 'Enter secret…', command: commandIds.enterSecret, arguments: [{ folder, name }], thenAgain: true };
}

const filePattern =
  /(?:^|[\s("'])((?:(?:connectors|systems|overlays|mappings|filters|roles|expectations|lookups)\/[^\n:"]+?|sollist|relations)\.(?:json|filter))(?::(\d+):(\d+))?/;

/** A message that says where names the file as the workspace does, with line and column from 1 where it knows them. */
function openFile(folder: string, message: string): readonly Offer[] {
  const [, path, line, column] = filePattern.exec(message) ?? [];
  if (path === undefined || path.split('/').includes('..')) return [];
  const at = new Position(Math.max(0, Number(line ?? 1) - 1), Math.max(0, Number(column ?? 1) - 1));
  return [{ title: 'Open file', command: 'vscode.open', arguments: [Uri.file(join(folder, path)), { selection: new Range(at, at) }] }];
}

/** `HR.persons` or `HR` as a target of *Collect*. */
function target(subject: string | undefined, folder: string | undefined): unknown {
  const system = subject?.split('.')[0];
  return system === undefined || system === '' ? { folder } : { folder, system };
}
