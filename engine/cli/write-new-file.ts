import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SollistError } from '../run/error.ts';

/** A file that a command makes for a person to go on with. */
export interface NewFile {
  readonly path: string;
  /** How messages name it: its path, unless told otherwise. */
  readonly shown?: string;
  readonly text: string;
  /** Write over one that is there. */
  readonly force: boolean;
  /** What else can be done where it is there: `Choose another --name`. */
  readonly otherwise: string;
}

/** Writes the file and the folders it lies in. One that is there stays, unless told otherwise. Throws `file-exists` and `file-unwritable`. */
export function writeNewFile({ path, shown = path, text, force, otherwise }: NewFile): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw fileExists(shown, otherwise);
    throw new SollistError('file-unwritable', `${shown} cannot be written. Check the folder and its rights.`, { cause: error });
  }
}

/** The failure of a command that would write over a file. */
export function fileExists(shown: string, otherwise: string): SollistError {
  return new SollistError('file-exists', `${shown} is there already and stays as it is. ${otherwise}, or write over it with --force.`);
}
