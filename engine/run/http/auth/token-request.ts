import * as oauth from 'oauth4webapi';
import { SollistError } from '../../error.ts';
import { checkHost, isLoopback } from '../hosts.ts';
import { textOf, type HttpResponse } from '../message.ts';
import { reasonOf } from '../status.ts';
import { authenticationFailed, subjectRefused, type AuthContext } from './kind.ts';
import { secretsIn } from './token-answer.ts';

/** The address that gives tokens. Throws `connection-missing` (subject: `authUrl`) where the connector names none. */
export function tokenAddress({ connection, connector, redactor }: AuthContext): URL {
  const { authUrl } = connection;
  if (authUrl !== undefined && URL.canParse(authUrl)) return new URL(authUrl);
  const name = connector.rest.authentication?.text ?? 'this authentication';
  throw new SollistError(
    'connection-missing',
    authUrl !== undefined && authUrl !== ''
      ? `${connection.system}: the authUrl "${redactor.text(authUrl)}" is no address. Check it in the connector, and its variables under "connection" in systems/${connection.system}.json.`
      : `${connection.system}: the connector has no authUrl, which ${name} needs. Add it under rest.authOptions.`,
    { subject: 'authUrl' },
  );
}

/** Whose credentials a token request shows, for messages. */
export interface Asking {
  readonly address: URL;
  readonly inputs: readonly string[];
  /** In whose name the token would be. */
  readonly subject?: string | undefined;
}

/** Where a token comes from, without its query. */
function placeOf({ address }: Asking): string {
  return `${address.origin}${address.pathname}`;
}

/** No token, because the answer is not what it should be. */
export function noToken(context: AuthContext, asking: Asking, why: string, said = ''): SollistError {
  return authenticationFailed(context.connection.system, `no token from ${placeOf(asking)}: ${why}`, asking.inputs, said);
}

/** The answer to a request for a token, and the secrets in it, which the redactor has learned. */
export interface TokenResponse extends HttpResponse {
  readonly secrets: readonly string[];
}

/**
 * Sends the request for a token through the chain, so that it is traced, retried and checked like all others, and gives its answer of status
 * 2xx. Throws `authentication-failed`, or `subject-refused` where only the name is at fault.
 */
export async function sendForToken(
  context: AuthContext,
  asking: Asking,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  signal: AbortSignal,
): Promise<TokenResponse> {
  const { connection, redactor, send } = context;
  const url = asking.address.href;
  const response = await send({ role: 'authenticate', operation: 'authenticate', table: '', verb: 'POST', url, ...request }, signal);
  const { status } = response;
  if (status >= 200 && status <= 299) {
    const secrets = secretsIn(textOf(response));
    for (const secret of secrets) redactor.learn(secret);
    return { ...response, secrets };
  }
  if (status === 400 || status === 401 || status === 403) {
    const { code, text } = oauthError(response.body);
    const said = reasonOf(text === '' ? response : { ...response, body: Buffer.from(text) }, redactor);
    if (asking.subject !== undefined && (code === 'invalid_grant' || code === 'access_denied'))
      throw subjectRefused(connection.system, asking.subject, `no token from ${placeOf(asking)} (status ${status})`, said);
    throw noToken(context, asking, `the credentials were not accepted (status ${status})`, said);
  }
  throw new SollistError(
    'authentication-failed',
    `${connection.system}: no token from ${placeOf(asking)}: it answers with status ${status}. Is authUrl in the connector right?`,
    { subject: String(status) },
  );
}

/** A token that an OAuth server gave. */
export interface GrantedToken {
  readonly value: string;
  /** How long it holds, where the server says so. */
  readonly seconds?: number;
  readonly refreshToken?: string;
  /** All of it that must not be shown; the redactor has learned them. */
  readonly secrets: readonly string[];
}

/** Asks for a token by the rules of OAuth 2 (RFC 6749, 5). */
export async function askForToken(
  context: AuthContext,
  asking: Asking,
  signal: AbortSignal,
  protocol: {
    readonly client: oauth.Client;
    readonly ask: (server: oauth.AuthorizationServer, options: oauth.TokenEndpointRequestOptions) => Promise<Response>;
    readonly read: (server: oauth.AuthorizationServer, response: Response) => Promise<oauth.TokenEndpointResponse>;
    /** Who issued the answer, where that is known. */
    readonly issuer?: string;
  },
): Promise<GrantedToken> {
  const { address } = asking;
  const { connection, redactor } = context;
  // Asked here too, before the library refuses http in words of its own.
  checkHost(
    { role: 'authenticate', operation: 'authenticate', table: '', verb: 'POST', url: address.href, headers: {} },
    connection,
    redactor,
  );
  let secrets: readonly string[] = [];
  const server: oauth.AuthorizationServer = { issuer: protocol.issuer ?? address.origin, token_endpoint: address.href };
  const options: oauth.TokenEndpointRequestOptions = {
    signal,
    [oauth.customFetch]: async (_, { headers, body }) => {
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      // Id and secret in one, in the library's own encoding: nothing else would recognise them.
      const basic = /^Basic (.+)$/.exec(lower['authorization'] ?? '')?.[1];
      if (basic !== undefined) redactor.learn(basic);
      const answer = await sendForToken(context, asking, { headers: lower, body: body.toString() }, signal);
      secrets = answer.secrets;
      return new Response(readable(answer.body), { status: answer.status, headers: answer.headers });
    },
    // The library refuses http as such; loopback is where it is safe, and hosts.ts refuses it elsewhere.
    // oxlint-disable-next-line typescript/no-deprecated -- marked so only as a warning to those who would use it on a network
    [oauth.allowInsecureRequests]: isLoopback(address.hostname),
  };
  try {
    const {
      access_token: value,
      expires_in: seconds,
      refresh_token: refreshToken,
    } = await protocol.read(server, await protocol.ask(server, options));
    if (!secrets.includes(value)) redactor.learn(value);
    return {
      value,
      ...(seconds !== undefined && { seconds }),
      ...(refreshToken !== undefined && { refreshToken }),
      secrets: [...new Set([value, ...secrets])],
    };
  } catch (error) {
    if (error instanceof SollistError) throw error;
    if (
      error instanceof oauth.OperationProcessingError ||
      error instanceof oauth.UnsupportedOperationError ||
      error instanceof oauth.ResponseBodyError ||
      error instanceof oauth.WWWAuthenticateChallengeError
    ) {
      throw noToken(context, asking, 'the answer of the token address is not one OAuth 2 allows', redactor.text(error.message));
    }
    throw error;
  }
}

/**
 * Who the person is does not matter here, so the token that says so is not checked either: that would need what no connector names. A token without a type
 * is taken for a bearer's, and a life that is no number of seconds is not known: servers leave out the one, and are careless with the other.
 */
function readable(body: Uint8Array): string {
  const text = Buffer.from(body).toString('utf8');
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) return text;
    const { token_type: type, expires_in: seconds } = answer as Readonly<Record<string, unknown>>;
    const isLife = (typeof seconds === 'number' || (typeof seconds === 'string' && seconds.trim() !== '')) && Number(seconds) >= 0;
    return JSON.stringify({
      ...answer,
      id_token: undefined,
      token_type: type ?? 'bearer',
      expires_in: isLife ? Number(seconds) : undefined,
    });
  } catch {
    return text;
  }
}

/** `error` and `error_description` of an OAuth error answer (RFC 6749, 5.2). */
function oauthError(body: Uint8Array): { readonly code: string; readonly text: string } {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof answer !== 'object' || answer === null) return { code: '', text: '' };
    const [code, description] = ['error', 'error_description'].map((name) => (answer as Record<string, unknown>)[name]);
    const text = [code, description].filter((part) => typeof part === 'string').join(', ');
    return { code: typeof code === 'string' ? code : '', text };
  } catch {
    return { code: '', text: '' };
  }
}
