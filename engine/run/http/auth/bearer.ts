import type { Clock } from '../../context.ts';
import type { HttpResponse, Interceptor } from '../message.ts';
import { authenticationFailed, withHeader } from './kind.ts';

/** A token as a request carries it. Kept in memory only. */
export interface Token {
  readonly header: string;
  /** Milliseconds since 1970; absent where the server does not say. */
  readonly expiresAt?: number;
}

/** A token is renewed so long before its end, in milliseconds, or at half its life where that is shorter. */
const margin = 30_000;

/**
 * Adds a bearer token. It is fetched once for all calls that wait for it, renewed before its end, and once more when an answer says that
 * it is not valid; when that does not help, `authentication-failed`.
 */
export function bearer(options: {
  readonly system: string;
  readonly clock: Clock;
  readonly inputs: readonly string[];
  readonly fetchToken: (signal: AbortSignal) => Promise<Token>;
  readonly expired: (response: HttpResponse) => boolean;
  readonly describe: (response: HttpResponse) => string;
  readonly signal: AbortSignal;
}): Interceptor {
  let current: { readonly token: Promise<Token>; readonly renewAt: number } | undefined;

  const fetchAnew = (): Promise<Token> => {
    // The run's signal, not a call's: the token serves all calls.
    const token = options.fetchToken(options.signal);
    const fetched = { token, renewAt: Infinity };
    current = fetched;
    token.then(
      ({ expiresAt }) => {
        if (current !== fetched || expiresAt === undefined) return;
        const now = options.clock.now();
        current = { token, renewAt: expiresAt - Math.min(margin, (expiresAt - now) / 2) };
      },
      () => {
        if (current === fetched) current = undefined;
      },
    );
    return token;
  };
  const valid = (): Promise<Token> => (current && options.clock.now() < current.renewAt ? current.token : fetchAnew());

  return (next) => async (request, signal) => {
    const token = await valid();
    const first = await next(withHeader(request, 'authorization', token.header), signal);
    if (!options.expired(first)) return first;
    // Another call may have renewed it meanwhile.
    const latest = await valid();
    const renewed = latest.header === token.header ? await fetchAnew() : latest;
    const second = await next(withHeader(request, 'authorization', renewed.header), signal);
    if (second.status !== 401) return second;
    throw authenticationFailed(
      options.system,
      `${request.operation} was refused even with a fresh token (status 401)`,
      options.inputs,
      options.describe(second),
    );
  };
}
