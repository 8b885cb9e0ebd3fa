import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { identifyFile } from '../model/workspace/file-kind.ts';
import { SollistError } from '../run/error.ts';
import type { OpenWorkspace } from '../run/workspace/open-workspace.ts';

/** A file that a result is written to, piece by piece. */
export interface ResultFile {
  write(text: string): void;
  /** Puts what was written in the place it is meant for: it is there whole or not at all. */
  done(): void;
  /** In place of `done`: what was written goes away. */
  discard(): void;
}

/** Characters that are written at once. */
const room = 64 * 1024;

/** Opens a file for a result; `what` names it in a sentence: `rows`, `plan`. Throws `file-unwritable`, also for a file that belongs to the workspace. */
export function openResultFile(open: OpenWorkspace, path: string, what: string): ResultFile {
  const own = relative(open.folder, path).split(sep).join('/');
  if (identifyFile(own) || own.startsWith('.sollist/'))
    throw new SollistError(
      'file-unwritable',
      `${own} belongs to the workspace, so it is not replaced by the ${what}. Choose another file.`,
    );
  const aside = `${path}.${process.pid}.tmp`;
  const trying = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      rmSync(aside, { force: true });
      throw unwritable(path, what, error);
    }
  };
  // A device or a pipe is written to as it is; only a file can be replaced.
  const found = trying(() => statSync(path, { throwIfNoEntry: false }));
  const target = found?.isFile() === false ? path : aside;
  const file = trying(() => openSync(target, 'w'));
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') trying(() => writeSync(file, waiting));
    waiting = '';
  };
  return {
    write(text) {
      waiting += text;
      if (waiting.length >= room) flush();
    },
    done() {
      flush();
      closeSync(file);
      if (target === aside) trying(() => renameSync(aside, path));
    },
    discard() {
      closeSync(file);
      rmSync(aside, { force: true });
    },
  };
}

function unwritable(path: string, what: string, error: unknown): SollistError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why =
    code === 'ENOENT'
      ? 'its folder does not exist. Make the folder, or choose another file'
      : code === 'EISDIR'
        ? 'that is a folder. Name a file in it'
        : 'check the folder and its rights';
  return new SollistError('file-unwritable', `The ${what} cannot be written to ${path}: ${why}.`, { cause: error });
}
