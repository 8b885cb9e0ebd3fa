import { importLimits, type ImportLimits, type ImportNimParameters } from '../../../engine/host/protocol.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';

type Files = ImportNimParameters['files'];

/** A folder to be read; paths are relative to it, with forward slashes, and empty for the folder itself. */
export interface ReadableFolder {
  /** As messages name it. */
  readonly shown: string;
  list(path: string): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }[]>;
  /** In bytes. */
  size(path: string): Promise<number>;
  text(path: string): Promise<string>;
}

/** The JSON files of a folder and those below it. Throws `no-export` for too many files, and `file-too-large` before more is read than all may have. */
export async function jsonFiles(folder: ReadableFolder, limits: Omit<ImportLimits, 'depth'> = importLimits): Promise<Files> {
  const found: Files[number][] = [];
  let [entries, bytes] = [0, 0];
  const tooMany = (most: number, what: string): SollistFailure =>
    new SollistFailure('no-export', `${folder.shown} holds more than ${String(most)} ${what}. Choose NIM's own configuration folder.`);
  const into = async (path: string, depth: number): Promise<void> => {
    for (const { name, kind } of await folder.list(path)) {
      if (++entries > limits.entries) throw tooMany(limits.entries, 'files and folders');
      const inner = path === '' ? name : `${path}/${name}`;
      if (kind === 'folder' && depth < importLimits.depth) await into(inner, depth + 1);
      if (kind !== 'file' || !name.toLowerCase().endsWith('.json')) continue;
      if (found.length >= limits.files) throw tooMany(limits.files, 'JSON files');
      bytes += await folder.size(inner);
      if (bytes > limits.bytes)
        throw new SollistFailure(
          'file-too-large',
          `The JSON files in ${folder.shown} are too large together to be NIM's configuration. Choose NIM's own configuration folder.`,
        );
      found.push({ path: inner, text: await folder.text(inner) });
    }
  };
  await into('', 0);
  return found;
}
