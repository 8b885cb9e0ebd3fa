import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDataFile } from '../../model/files/choose-file.ts';
import { folderPlace, headSize, noData, type DataFile, type DataFolder, type DataFolders } from '../../model/files/data-folder.ts';
import { wantedFiles, type WantedFolder } from '../../model/files/wanted-folders.ts';
import { byCodeUnit } from '../../model/text/order.ts';

/** Looks into the data folders of one workspace, and reads the beginnings of the files that matter. */
export interface DataReader {
  /**
   * What is there now. Gives the same records for what did not change. `unsaved`: texts that stand in for files, by path relative to the
   * workspace.
   */
  read(wanted: readonly WantedFolder[], unsaved?: readonly { readonly path: string; readonly text: string }[]): DataFolders;
}

interface Known {
  readonly size: number;
  readonly time: number;
  readonly file: DataFile;
}

/** `elsewhere`: whether folders outside the workspace may be looked into; not in one that nobody trusts. */
export function createDataReader(root: string, elsewhere: () => boolean): DataReader {
  const known = new Map<string, Known>();
  let last: DataFolders = noData;

  const fileAt = (path: string, name: string, text: string | undefined): DataFile => {
    const before = known.get(path);
    if (text !== undefined) {
      const head = before?.file.head;
      if (head?.kind === 'text' && head.text === text) return before?.file ?? { name };
      return remember(path, { size: -1, time: -1, file: { name, head: { kind: 'text', text } } });
    }
    try {
      const { size, mtimeMs: time } = statSync(path);
      if (before?.size === size && before.time === time) return before.file;
      return remember(path, { size, time, file: { name, head: readHead(path) } });
    } catch (error) {
      return { name, unreadable: whyUnreadable(error) };
    }
  };
  const remember = (path: string, entry: Known): DataFile => {
    known.set(path, entry);
    return entry.file;
  };

  const folderAt = (wanted: WantedFolder, unsaved: ReadonlyMap<string, string>): DataFolder => {
    const place = folderPlace(wanted.path);
    if (place === 'outside' || (place === 'absolute' && !elsewhere())) return { state: 'unknown', files: new Map() };
    const folder = folderPath(root, wanted.path);
    let names: readonly string[];
    try {
      names = listFiles(folder);
    } catch (error) {
      const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
      return { state: missing ? 'missing' : 'unreadable', files: new Map() };
    }
    const heads = wantedFiles(wanted, names);
    const files = names.map((name): readonly [string, DataFile] => {
      const path = join(folder, name);
      return [name, heads.has(name) ? fileAt(path, name, unsaved.get(path)) : { name }];
    });
    return { state: 'read', files: new Map(files) };
  };

  return {
    read(wanted, unsaved = []) {
      const texts = new Map(unsaved.map(({ path, text }) => [resolve(root, path), text]));
      const next = new Map(
        wanted.flatMap((one) => {
          const found = folderAt(one, texts);
          // Nobody says that there are lookup tables.
          if (one.systems.length === 0 && found.state === 'missing') return [];
          const before = last.get(one.path);
          return [[one.path, before && isSame(before, found) ? before : found] as const];
        }),
      );
      const same = next.size === last.size && [...next].every(([path, folder]) => last.get(path) === folder);
      if (!same) last = next.size === 0 ? noData : next;
      return last;
    },
  };
}

/** Where a data folder is on the disk. */
export function folderPath(root: string, written: string): string {
  return folderPlace(written) === 'absolute' ? written : resolve(root, written.replaceAll('\\', '/'));
}

/** The files of a folder that may hold tables, in order; a link is what it points to. Throws what the disk says. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isDataFile(entry.name))
    .map(({ name }) => name)
    .sort(byCodeUnit);
}

/** Reads the beginning of a file. Throws what the disk says, also for what is no file: a pipe would never end. */
function readHead(path: string): NonNullable<DataFile['head']> {
  const stat = statSync(path);
  if (!stat.isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
  const handle = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(Math.min(stat.size, headSize));
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(handle, bytes, length, bytes.length - length, length);
    return { kind: 'bytes', bytes: bytes.subarray(0, length), whole: stat.size <= length };
  } finally {
    closeSync(handle);
  }
}

/** What the disk says of a file that cannot be read, for a person. */
export function whyUnreadable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'it is not there any more';
    case 'EACCES':
    case 'EPERM':
      return 'you may not read it';
    case 'EBUSY':
      return 'another program keeps it for itself';
    case 'EISDIR':
      return 'it is no file';
    default:
      return `the disk says ${(error as NodeJS.ErrnoException).code ?? 'nothing that helps'}`;
  }
}

function isSame(one: DataFolder, other: DataFolder): boolean {
  if (one.state !== other.state || one.files.size !== other.files.size) return false;
  for (const [name, file] of other.files) {
    const before = one.files.get(name);
    if (before !== file && !(before && !before.head && !file.head && before.unreadable === file.unreadable)) return false;
  }
  return true;
}
