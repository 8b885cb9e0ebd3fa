import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, type Gunzip } from 'node:zlib';

/** A body as a stream of its plain bytes, for servers that compress unasked; streamed, so that a bound on its size holds. */
export function decoded(body: Readable, encoding: string | undefined): Readable {
  const decoder = decoderOf(encoding?.trim().toLowerCase());
  if (!decoder) return body;
  // An error of either side ends both; whoever reads the decoder sees it.
  return pipeline(body, decoder, () => undefined);
}

function decoderOf(
  encoding: string | undefined,
): Gunzip | ReturnType<typeof createBrotliDecompress> | ReturnType<typeof createInflate> | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
