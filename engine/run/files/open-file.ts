import { open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseFile, sourceOf } from '../../model/files/choose-file.ts';
import { headSize, type DataFolders, type Head } from '../../model/files/data-folder.ts';
import { filePath } from '../../model/files/files-connector.ts';
import type { FilesSource } from '../../model/files/source.ts';
import { SollistError } from '../error.ts';
import { folderPath, listFiles, whyUnreadable } from './data-reader.ts';

/** The folder of a system, as a collection finds it. */
export interface OpenFolder {
  readonly path: string;
  readonly source: FilesSource;
  readonly names: readonly string[];
  /** Texts that stand in for files: unsaved editors. */
  readonly unsaved: ReadonlyMap<string, string>;
}

/** The file of a table, open. */
export interface OpenFile {
  /** As a person knows it. */
  readonly name: string;
  readonly head: Head;
  /** Absent for the text of an editor. */
  readonly handle?: FileHandle;
  /** Why there is no file, where the table is there and empty without one. */
  readonly missing?: string;
  /** What is worth knowing about which file it is, in words. */
  readonly remarks: readonly string[];
  /** Why what was read may not be all of it; undefined where the file is as it was when it was opened. */
  whatChanged(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Looks into the folder. Throws `folder-missing`, `file-unreadable`. */
export function openFolder(root: string, source: FilesSource, data: DataFolders): OpenFolder {
  const path = folderPath(root, source.folder.text);
  const heads = [...(data.get(source.folder.text)?.files.values() ?? [])];
  const unsaved = new Map(heads.flatMap(({ name, head }): [string, string][] => (head?.kind === 'text' ? [[name, head.text]] : [])));
  try {
    return { path, source, names: listFiles(path), unsaved };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && source.tables.some(({ whenMissing }) => whenMissing !== undefined))
      return { path, source, names: [], unsaved };
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new SollistError(
        'folder-missing',
        `The folder ${source.folder.text} is not there. Check "folder", and that what makes the files has run.`,
        {
          cause: error,
        },
      );
    throw new SollistError('file-unreadable', `The folder ${source.folder.text} cannot be read: ${whyUnreadable(error)}.`, {
      cause: error,
    });
  }
}

/** Opens the file of a table. Throws `file-missing`, `file-ambiguous`, `file-unreadable`. */
export async function openTable({ path, source, names, unsaved }: OpenFolder, table: string): Promise<OpenFile> {
  const choice = chooseFile(source, table, names);
  const folder = source.folder.text;
  if (choice.kind === 'several') {
    throw new SollistError(
      'file-ambiguous',
      `The table ${table} could be read from ${choice.files.join(' or ')} in ${folder}. Say which under files.tables.${table}.file.`,
    );
  }
  const missing = sourceOf(source, table)?.whenMissing;
  if (choice.kind === 'none' && missing !== undefined) return { ...inMemory(filePath(source, `${table}.csv`), ''), remarks: [], missing };
  if (choice.kind === 'none') {
    const pattern = source.tables.find(({ name }) => name.text === table)?.file?.text;
    const what = pattern === undefined ? `no file ${table}.csv, ${table}.tsv or ${table}.txt` : `no file that fits "${pattern}"`;
    throw new SollistError(
      'file-missing',
      `${folder} has ${what}, so the table ${table} is as it was. Check that what makes the files has run.`,
    );
  }
  const name = filePath(source, choice.file);
  const remarks = choice.of === 1 ? [] : [`${choice.of} files fit the pattern; the last by name, ${choice.file}, was read.`];
  const text = unsaved.get(choice.file);
  if (text !== undefined) {
    return {
      ...inMemory(name, text),
      remarks: [...remarks, `The text of ${name} in the editor was read, which may not be saved.`],
    };
  }
  const full = join(path, choice.file);
  try {
    return await openDisk(full, name, remarks);
  } catch (error) {
    throw new SollistError('file-unreadable', `${name} cannot be read: ${whyUnreadable(error)}. The table ${table} is as it was.`, {
      cause: error,
    });
  }
}

function inMemory(name: string, text: string): Omit<OpenFile, 'remarks'> {
  return {
    name,
    head: { kind: 'text', text },
    whatChanged: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}

async function openDisk(full: string, name: string, remarks: readonly string[]): Promise<OpenFile> {
  // Before it is opened: a pipe would wait for somebody who writes.
  if (!(await stat(full)).isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
  const handle = await open(full, 'r');
  try {
    const before = await handle.stat();
    const bytes = new Uint8Array(Math.min(before.size, headSize));
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = (await handle.read(bytes, length, bytes.length - length, length)).bytesRead;
    return {
      name,
      handle,
      remarks,
      head: { kind: 'bytes', bytes: bytes.subarray(0, length), whole: before.size <= length },
      async whatChanged() {
        const now = await stat(full).catch(() => undefined);
        if (now?.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs) return undefined;
        const what =
          now === undefined ? 'was taken away' : now.size === before.size ? 'was written' : `went from ${before.size} to ${now.size} bytes`;
        return `${name} ${what} while it was read: it may hold more, or something else. Collect again when it is finished.`;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
