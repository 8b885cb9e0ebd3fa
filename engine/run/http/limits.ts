import type { Connector } from '../../model/connector/connector.ts';

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
