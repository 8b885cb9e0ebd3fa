import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { GivenFile, GivenNim } from '../../model/nim/import-given.ts';
import { SollistError } from '../error.ts';

/** Larger than any export that was seen by two orders of magnitude. */
const largest = 256 * 1024 * 1024;
const mostFiles = 20_000;
const deepest = 8;

/** Reads the file or folder that is to be imported. Throws a `SollistError` that says what is wrong with it. */
export function readNim(path: string): Omit<GivenNim, 'connectors'> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new SollistError('file-unreadable', `There is no ${path}. Check the path.`);
  const name = basename(resolve(path));
  if (!stat.isDirectory()) return { name, kind: 'file', files: [{ path: name, text: readText(path) }] };
  const files: GivenFile[] = [];
  walk(path, '', 0, (inner) => {
    if (files.length >= mostFiles)
      throw new SollistError('no-export', `${path} holds more than ${mostFiles} JSON files. Name NIM's own configuration folder.`);
    files.push({ path: inner, text: readText(join(path, inner)) });
  });
  return { name, kind: 'folder', files };
}

function walk(folder: string, path: string, depth: number, found: (path: string) => void): void {
  if (depth > deepest) return;
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    // Links are not followed: they may lead anywhere, and around.
    if (entry.isDirectory()) walk(folder, inner, depth + 1, found);
    else if (entry.isFile() && entry.name.toLowerCase().endsWith('.json')) found(inner);
  }
}

function readText(path: string): string {
  const { size } = statSync(path);
  if (size > largest)
    throw new SollistError('file-too-large', `${path} is ${Math.round(size / 1024 / 1024)} MB: too large to be an export.`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SollistError('file-unreadable', `${path} cannot be read. Check the path and its rights.`, { cause: error });
  }
}
