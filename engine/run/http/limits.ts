import type { Connector } from '../../model/connector/connector.ts';
import { SollistError } from '../error.ts';

/** How long and how large an exchange may be. Milliseconds and bytes. */
export interface HttpLimits {
  readonly connect: number;
  /** Without a header or a piece of the body for so long, the answer is given up. */
  readonly idle: number;
  /** The longest a whole exchange may take, however busily the server drips. */
  readonly total: number;
  /** Bytes of a body, after decompression. */
  readonly body: number;
}

export const defaultLimits: HttpLimits = { connect: 10_000, idle: 60_000, total: 15 * 60_000, body: 64 * 1024 * 1024 };

/** The limits of a connector: its `socket_timeout` (milliseconds) replaces the idle time. */
export function limitsOf(connector: Connector, override: Partial<HttpLimits> = {}): HttpLimits {
  const { socketTimeout } = connector.rest;
  const idle = socketTimeout !== undefined && socketTimeout > 0 ? socketTimeout : defaultLimits.idle;
  return { ...defaultLimits, idle, total: Math.max(defaultLimits.total, idle), ...override };
}

/** Reads a body whole. Throws `answer-too-large` as soon as it is longer than `limit` bytes, without reading on. */
export async function readBounded(body: AsyncIterable<Uint8Array>, limit: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new SollistError(
        'answer-too-large',
        `${what}: the answer is larger than ${Math.floor(limit / (1024 * 1024))} MB. Ask for smaller pages (page_size), or for fewer columns.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
