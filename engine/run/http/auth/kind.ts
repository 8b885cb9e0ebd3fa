import type { Connector } from '../../../model/connector/connector.ts';
import type { ResolvedConnection } from '../../connection.ts';
import type { Clock, SignInRequest } from '../../context.ts';
import { SollistError } from '../../error.ts';
import type { HttpRequest, Interceptor, Send } from '../message.ts';
import type { Redactor } from '../redact.ts';
import type { TokenMemory } from './token-memory.ts';

/** What a kind of authentication works with. */
export interface AuthContext {
  readonly connector: Connector;
  readonly connection: ResolvedConnection;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** Sends a request of role `authenticate` through the rest of the chain. */
  readonly send: Send;
  readonly signal: AbortSignal;
  /** Shows a person where to sign in; absent where nobody can be asked. */
  readonly signIn?: ((request: SignInRequest) => void) | undefined;
  /** What was signed in for before. */
  readonly tokens: TokenMemory;
}

/** A kind of authentication of the format: makes the interceptor that adds credentials to a request. */
export type AuthKind = (context: AuthContext) => Interceptor;

/** A request with one more header. */
export function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** The failure of credentials: names the inputs to check, never what was in them. */
export function authenticationFailed(system: string, what: string, inputs: readonly string[], said = ''): SollistError {
  const check = inputs.length === 0 ? '' : ` Check ${inputs.join(' and ')} under "connection" in systems/${system}.json.`;
  return new SollistError('authentication-failed', `${system}: ${what}.${check}${said && ` The answer says: ${said}`}`, {
    ...(inputs[0] !== undefined && { subject: inputs.at(-1) ?? inputs[0] }),
  });
}

/** One account among many for which the credentials do not serve; the others may be served all the same. */
export function subjectRefused(system: string, subject: string, what: string, said = ''): SollistError {
  return new SollistError(
    'subject-refused',
    `${system}: ${what} in the name of ${subject}. Is there such an account, and may the client act for it?${said && ` The answer says: ${said}`}`,
    { subject },
  );
}
