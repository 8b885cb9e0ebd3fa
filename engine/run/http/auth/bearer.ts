import type { HttpRequest, HttpResponse, Interceptor } from '../message.ts';
import { reasonOf } from '../status.ts';
import { scopesOf } from './inputs.ts';
import { authenticationFailed, subjectRefused, withHeader, type AuthContext } from './kind.ts';
import { createTokens, orCancelled, type Token, type Wanted } from './tokens.ts';

/** How a kind of authentication gets its tokens, and how a request carries them. */
export interface BearerOptions {
  readonly inputs: readonly string[];
  /** Given the token that was refused, where it is asked for one in its place. */
  readonly fetchToken: (wanted: Wanted, signal: AbortSignal, refused?: Token) => Promise<Token>;
  /** What of a request's wish makes a token another one. */
  readonly uses: { readonly scopes: boolean; readonly subject: boolean };
  /** Default: `Authorization: Bearer …`. */
  readonly carry?: (request: HttpRequest, token: Token) => HttpRequest;
}

/**
 * Adds a token: one for each set of scopes and each name it is for. It is fetched once for all calls that wait for it, renewed before its
 * end, and once more when an answer says that it is not valid; when that does not help, `authentication-failed`, or `subject-refused` where
 * the token is in somebody's name.
 */
export function bearer(context: AuthContext, options: BearerOptions): Interceptor {
  const { connector, connection, clock, redactor } = context;
  const { uses, carry = inAuthorization } = options;
  const general = scopesOf(connector, connection.variables);
  // The run's signal, not a call's: the token serves all calls.
  const tokens = createTokens({ clock, redactor, fetch: (wanted, refused) => options.fetchToken(wanted, context.signal, refused) });

  const wantedOf = ({ auth }: HttpRequest): Wanted => ({
    scopes: (uses.scopes && auth?.scopes) || general,
    ...(uses.subject && auth?.subject !== undefined && { subject: auth.subject }),
  });
  const expired = ({ status }: HttpResponse): boolean => status === 401 || (status === 500 && connector.rest.auth.treat500AsAuthError);

  return (next) => (request, signal) => {
    const wanted = wantedOf(request);
    return tokens.use(wanted, async (source) => {
      const token = await orCancelled(source.current(), signal);
      const first = await next(carry(request, token), signal);
      if (!expired(first)) return first;
      const renewed = await orCancelled(source.renewed(token), signal);
      const second = await next(carry(request, renewed), signal);
      if (second.status !== 401) return second;
      const what = `${request.operation} was refused even with a fresh token (status 401)`;
      const said = reasonOf(second, redactor);
      throw wanted.subject === undefined
        ? authenticationFailed(connection.system, what, options.inputs, said)
        : subjectRefused(connection.system, wanted.subject, what, said);
    });
  };
}

function inAuthorization(request: HttpRequest, { value }: Token): HttpRequest {
  return withHeader(request, 'authorization', `Bearer ${value}`);
}
