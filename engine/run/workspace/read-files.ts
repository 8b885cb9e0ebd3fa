import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { identifyFile } from '../../model/workspace/file-kind.ts';
import { SollistError } from '../error.ts';

/** The other door for who may only enter here: what lies in the folders that systems read their tables from. */
export { createDataReader, type DataReader } from '../files/data-reader.ts';

/** A file larger than this is not an author's work; reading it would only make everything slow. */
const largest = 20 * 1024 * 1024;

/** Texts that stand in for those on the disk: unsaved editors. */
export type Overlay = readonly { readonly path: string; readonly text: string }[];

/** The folder with `sollist.json` at or above `start`; undefined when there is none. */
export function findWorkspaceFolder(start: string): string | undefined {
  let folder = start;
  for (;;) {
    if (isWorkspaceFolder(folder)) return folder;
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
}

/** Whether a folder is that of a workspace; one that cannot be looked into is none. */
export function isWorkspaceFolder(folder: string): boolean {
  return statOf(join(folder, 'sollist.json'))?.isFile() === true;
}

/** What stands at a path; undefined for nothing, and for what cannot be looked at: a link to itself, a folder that is not ours to enter. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * Every file of a workspace that is one of ours, by path relative to `folder`, with the overlay's texts in place of the disk's.
 * Throws `file-unreadable` for a file that is there and cannot be read.
 */
export function readFiles(folder: string, overlay: Overlay = []): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const path of candidates(folder)) if (identifyFile(path)) files.set(path, readText(folder, path));
  for (const { path, text } of overlay) if (identifyFile(path)) files.set(path, text);
  return files;
}

function candidates(folder: string): readonly string[] {
  const flat = ['connectors', 'systems', 'overlays', 'filters', 'mappings', 'expectations', 'lookups', 'libraries'].flatMap((name) =>
    list(folder, name),
  );
  const models = directories(folder, 'roles').flatMap((name) => list(folder, `roles/${name}`));
  return [...list(folder, ''), ...flat, ...models];
}

function entries(folder: string, path: string): ReturnType<typeof readFolder> {
  try {
    return readFolder(join(folder, path));
  } catch (error) {
    // A folder that is not there holds no files. One that may not be read may hold some, and must not be passed over.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    const message = `${path || folder} cannot be read. Check that it is a folder and that you may read it.`;
    throw new SollistError('file-unreadable', message, { cause: error });
  }
}

function readFolder(path: string): readonly { readonly name: string; readonly file: boolean }[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    // A link is what it points to; pipes, devices and links to nothing are neither file nor folder.
    const kind = entry.isSymbolicLink() ? statOf(join(path, entry.name)) : entry;
    return kind?.isFile() === true || kind?.isDirectory() === true ? [{ name: entry.name, file: kind.isFile() }] : [];
  });
}

function list(folder: string, path: string): readonly string[] {
  return entries(folder, path)
    .filter(({ file }) => file)
    .map(({ name }) => (path === '' ? name : `${path}/${name}`));
}

function directories(folder: string, path: string): readonly string[] {
  return entries(folder, path)
    .filter(({ file }) => !file)
    .map(({ name }) => name);
}

/** The text of one file. Throws `file-too-large` and `file-unreadable`. */
export function readText(folder: string, path: string): string {
  try {
    const stat = statSync(join(folder, path));
    if (!stat.isFile()) throw new SollistError('file-unreadable', `${path} is no file that could be read.`);
    const { size } = stat;
    if (size > largest)
      throw new SollistError('file-too-large', `${path} is ${Math.round(size / 1024 / 1024)} MB: too large to be a file of a workspace.`);
    return readFileSync(join(folder, path), 'utf8');
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw new SollistError('file-unreadable', `${path} cannot be read. Check that it is a file and that you may read it.`, {
      cause: error,
    });
  }
}
