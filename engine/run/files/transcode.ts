import { isAscii } from 'node:buffer';
import { lettersOf, type Encoding } from '../../model/files/encoding.ts';

/** Turns the bytes of a file, piece by piece, into UTF-8 bytes; without a piece it gives what is left at the end. */
export type Transcode = (piece?: Buffer) => Buffer;

const nothing = Buffer.alloc(0);

export function createTranscoder(encoding: Encoding): Transcode {
  if (encoding === 'utf-8') return (piece = nothing) => piece;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return (piece) => Buffer.from(piece ? decoder.decode(piece, { stream: true }) : decoder.decode());
  }
  const letters = lettersOf(encoding);
  const high = /[\x80-\xff]/g;
  return (piece = nothing) =>
    isAscii(piece) ? piece : Buffer.from(piece.toString('latin1').replace(high, (letter) => letters[letter.charCodeAt(0)] ?? ''));
}
