import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { identifyFile } from '../engine/model/workspace/file-kind.ts';

/** A file larger than this is not an author's work. */
const largest = 20 * 1024 * 1024;

/** The files of one Sollist folder as the disk has them. Unlike a run, help goes on without a file that cannot be read. */
export interface Disk {
  /** Counts up with every change that was noticed. */
  readonly version: number;
  files(): ReadonlyMap<string, string>;
  /** Something at this path changed; the folder is looked through when its files are next asked for. */
  touched(path: string): void;
}

interface Known {
  readonly text: string;
  readonly time: number;
  readonly size: number;
}

export function createDisk(folder: string, log: (line: string) => void): Disk {
  let known = new Map<string, Known>();
  let texts = new Map<string, string>();
  let version = 0;
  let stale = true;

  const read = (path: string): Known | undefined => {
    try {
      const { mtimeMs: time, size } = statSync(join(folder, path));
      const before = known.get(path);
      if (before?.time === time && before.size === size) return before;
      if (size > largest) throw new Error('it is too large to be a file of a workspace');
      return { text: readFileSync(join(folder, path), 'utf8'), time, size };
    } catch (error) {
      log(`${join(folder, path)} is left out: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  return {
    get version() {
      return version;
    },
    files() {
      if (!stale) return texts;
      stale = false;
      const next = new Map<string, Known>();
      for (const path of candidates(folder)) {
        const file = identifyFile(path) && read(path);
        if (file) next.set(path, file);
      }
      known = next;
      texts = new Map([...next].map(([path, { text }]) => [path, text]));
      return texts;
    },
    touched(path) {
      // Clocks of file systems are coarse: this one is read again whatever they say.
      known.delete(path);
      stale = true;
      version++;
    },
  };
}

/** Every path that could be one of ours. */
function candidates(folder: string): readonly string[] {
  const names = (path: string, wanted: 'files' | 'folders'): readonly string[] => {
    try {
      return readdirSync(join(folder, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() === (wanted === 'folders'))
        .map(({ name }) => (path === '' ? name : `${path}/${name}`));
    } catch {
      // A folder that is not there holds nothing.
      return [];
    }
  };
  const folders = [
    '',
    'connectors',
    'systems',
    'overlays',
    'filters',
    'mappings',
    'expectations',
    'lookups',
    'libraries',
    ...names('roles', 'folders'),
  ];
  return folders.flatMap((path) => names(path, 'files'));
}
