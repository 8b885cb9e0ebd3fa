import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { GivenFile, GivenNim } from '../../model/nim/import-given.ts';
import { importLimits, type ImportLimits } from '../../model/nim/limits.ts';
import { SollistError } from '../error.ts';
import { readNimText } from './read-nim-text.ts';

/** Reads the file or folder that is to be imported. Throws a `SollistError` that says what is wrong with it. */
export function readNim(path: string, most: Pick<ImportLimits, 'files' | 'entries'> = importLimits): Omit<GivenNim, 'connectors'> {
  const stat = look(path);
  if (!stat) throw new SollistError('file-unreadable', `There is no ${path}. Check the path.`);
  const name = basename(resolve(path)) || path;
  if (!stat.isDirectory()) return { name, kind: 'file', files: [{ path: name, text: readNimText(path, importLimits.bytes) }] };
  const files: GivenFile[] = [];
  let left = importLimits.bytes;
  for (const inner of walk(path, most.entries)) {
    if (files.length >= most.files)
      throw new SollistError('no-export', `${path} holds more than ${most.files} JSON files. Name NIM's own configuration folder.`);
    const text = readNimText(join(path, inner), left, path);
    left -= Buffer.byteLength(text);
    files.push({ path: inner, text });
  }
  return { name, kind: 'folder', files };
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new SollistError('file-unreadable', `${path} cannot be looked at. Check the path and its rights.`, { cause: error });
  }
}

/** The JSON files below a folder, by path relative to it. */
function walk(folder: string, most: number): readonly string[] {
  const found: string[] = [];
  let entries = 0;
  const into = (path: string, depth: number): void => {
    for (const entry of entriesOf(join(folder, path))) {
      if (++entries > most)
        throw new SollistError('no-export', `${folder} holds more than ${most} files and folders. Name NIM's own configuration folder.`);
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      // Links are not followed: they may lead anywhere, and around.
      if (entry.isDirectory() && depth < importLimits.depth) into(inner, depth + 1);
      else if (entry.isFile() && entry.name.toLowerCase().endsWith('.json')) found.push(inner);
    }
  };
  into('', 0);
  return found;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // It may hold filters, and must not be passed over.
    throw new SollistError('file-unreadable', `${folder} cannot be looked into. Check the path and its rights.`, { cause: error });
  }
}
