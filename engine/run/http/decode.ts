import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

/** What the chain asks for; a server may send any of them, and others unasked. */
export const acceptedEncodings = 'gzip, br';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

/**
 * The plain bytes of a body, of at most `limit`: a small answer that unpacks to more is `too-large`, and is not unpacked further. Rejects
 * with what zlib says for bytes that are not what `content-encoding` names.
 */
export async function decoded(body: Uint8Array, encoding: string | undefined, limit: number): Promise<Uint8Array | 'too-large'> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  let plain = body;
  // Several are undone in the reverse of the order they were applied in (RFC 9110, 8.4).
  for (const name of names.reverse()) {
    const decode = Object.hasOwn(decoders, name) ? decoders[name as keyof typeof decoders] : undefined;
    // An answer without a body may name an encoding all the same.
    if (!decode || plain.byteLength === 0) continue;
    try {
      plain = await decode(plain, { maxOutputLength: limit });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
      throw error;
    }
  }
  return plain;
}
