import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { SollistError } from '../error.ts';

const chunk = 1024 * 1024;
/** Not there on Windows, where no file waits for somebody to write into it. */
const neverWait = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

/**
 * The text of a JSON file of at most `largest` bytes, of which `folder` may be all that is read. Waits for nobody: a pipe, a device or a file of the operating
 * system that has no end is refused. Throws `file-unreadable` and `file-too-large`.
 */
export function readNimText(path: string, largest: number, folder?: string): string {
  return decode(readBytes(path, largest, folder), path);
}

function readBytes(path: string, largest: number, folder: string | undefined): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | neverWait);
    const stat = fstatSync(file);
    if (!stat.isFile())
      throw new SollistError('file-unreadable', `${path} is no file, but a pipe or a device. Name the JSON file that NIM wrote.`);
    if (stat.size > largest) throw tooLarge(path, stat.size, folder);
    const parts: Uint8Array[] = [];
    // What a file says of its size need not be so: files of the operating system say 0 and go on for ever.
    for (let length = 0; ;) {
      const part = new Uint8Array(chunk);
      const read = readSync(file, part, 0, chunk, null);
      if (read === 0) return Buffer.concat(parts);
      length += read;
      if (length > largest) throw tooLarge(path, length, folder);
      parts.push(part.subarray(0, read));
    }
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw new SollistError('file-unreadable', `${path} cannot be read. Check the path and its rights.`, { cause: error });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function tooLarge(path: string, size: number, folder: string | undefined): SollistError {
  const what =
    folder === undefined
      ? `${path} has ${Math.round(size / 1024 / 1024)} MB or more: too large to be an export. Name the JSON file that NIM wrote.`
      : `The JSON files in ${folder} are too large together to be NIM's configuration. Name NIM's own configuration folder.`;
  return new SollistError('file-too-large', what);
}

/** As UTF-8, or as what Windows PowerShell writes; other bytes are not guessed at, since names in the export would change. */
function decode(bytes: Uint8Array, path: string): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const message = `${path} is not written in UTF-8, so its letters cannot be told. Export it from NIM again, or save it as UTF-8.`;
    throw new SollistError('file-unreadable', message, { cause: error });
  }
}
