import { cancelled, SollistError } from '../error.ts';
import { openDispatcher } from './dispatcher.ts';
import { exchange } from './exchange.ts';
import { toFailure } from './failure.ts';
import type { HttpLimits } from './limits.ts';
import type { HttpRequest, Send } from './message.ts';
import type { Route } from './route.ts';

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
export function openTransport(system: string, limits: HttpLimits, route: Route = {}): Transport {
  const dispatcher = openDispatcher(limits, route);

  return {
    async send(request, signal) {
      refuseWrites(request, system);
      if (signal.aborted) throw cancelled();
      try {
        return await exchange(dispatcher, request, signal, limits, `${system}: ${request.operation}`);
      } catch (error) {
        throw toFailure(error, request, system, signal);
      }
    },
    close: () => dispatcher.destroy(),
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
