import { Agent, type Dispatcher } from 'undici';
import { cancelled, SollistError } from '../error.ts';
import { decoded } from './decode.ts';
import { toFailure } from './failure.ts';
import { readBounded, type HttpLimits } from './limits.ts';
import type { HttpRequest, HttpResponse, Send } from './message.ts';

/** The end of the chain: sockets. */
export interface Transport {
  readonly send: Send;
  /** Ends idle connections, and breaks those still in use. */
  close(): Promise<void>;
}

/**
 * Opens a transport for reading. It refuses every request whose operation is not a `get` or part of authentication, whatever its HTTP
 * verb, before a socket is opened; there is deliberately no option that changes this. Redirects are not followed here.
 */
export function openTransport(system: string, limits: HttpLimits): Transport {
  const agent = new Agent({
    connect: { timeout: limits.connect },
    headersTimeout: limits.idle,
    bodyTimeout: limits.idle,
    keepAliveTimeout: 4_000,
    maxHeaderSize: 64 * 1024,
    // One connection a session of an iteration at most; more would only queue at the server.
    connections: 32,
  });

  return {
    async send(request, signal) {
      refuseWrites(request, system);
      if (signal.aborted) throw cancelled();
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new DOMException('too long', 'TimeoutError')), limits.total);
      try {
        return await exchange(agent, request, AbortSignal.any([signal, deadline.signal]), limits, system);
      } catch (error) {
        throw toFailure(deadline.signal.aborted ? deadline.signal.reason : error, request, system, signal);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}

function refuseWrites(request: HttpRequest, system: string): void {
  if (request.role === 'get' || request.role === 'authenticate') return;
  throw new SollistError(
    'write-refused',
    `${system}: ${request.operation} writes, and nothing is written here. Only get operations are sent, whatever their HTTP verb.`,
    {
      subject: request.operation,
    },
  );
}

async function exchange(
  agent: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
  limits: HttpLimits,
  system: string,
): Promise<HttpResponse> {
  const url = new URL(request.url);
  const response = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: request.verb,
    headers: { ...request.headers },
    body: request.body ?? null,
    signal,
  });
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    status: response.statusCode,
    headers,
    body: await readBounded(decoded(response.body, headers['content-encoding']), limits.body, `${system}: ${request.operation}`),
  };
}
