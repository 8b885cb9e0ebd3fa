import { isAscii } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { isDamagedUtf8, type FoundEncoding } from '../../model/files/encoding.ts';

/** Bytes read at a time. */
const pieceSize = 1024 * 1024;

/**
 * Looks for bytes that are not UTF-8 in all of a file that is so far: its head may be ASCII, and a name with an accent stand far behind. Where
 * nothing but the bytes told, such a file is Windows-1252, or a damaged one where it has letters that are UTF-8. `but` is set where the bytes
 * are not what they should be.
 */
export async function scanEncoding(handle: FileHandle, found: FoundEncoding, signal: AbortSignal): Promise<FoundEncoding> {
  if (found.name !== 'utf-8' || found.from === 'assumed') return found.name === 'utf-8' ? { ...found, but: 'windows-1252' } : found;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const piece = Buffer.alloc(pieceSize);
  let hasLetters = false;
  for (let at = found.mark; ;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(piece, 0, pieceSize, at);
    const bytes = piece.subarray(0, bytesRead);
    try {
      decoder.decode(bytes, { stream: bytesRead > 0 });
    } catch {
      if (found.from === 'content' && !hasLetters && !isDamagedUtf8(bytes.toString('latin1')))
        return { ...found, name: 'windows-1252', from: 'assumed' };
      return { ...found, but: 'windows-1252' };
    }
    if (bytesRead === 0) return found;
    hasLetters ||= !isAscii(bytes);
    at += bytesRead;
  }
}
