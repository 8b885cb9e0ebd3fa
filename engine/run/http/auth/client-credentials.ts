import * as oauth from 'oauth4webapi';
import { SollistError } from '../../error.ts';
import { isLoopback } from '../hosts.ts';
import type { Send } from '../message.ts';
import { reasonOf } from '../status.ts';
import { authenticationFailed, type AuthContext, type AuthKind } from './kind.ts';
import { bearer, type Token } from './bearer.ts';

const inputs = ['client_id', 'client_secret'];

/** OAuth 2.0 client credentials (RFC 6749, 4.4); with `useBasicAuthPost` the client authenticates by HTTP Basic, else in the body. */
export const clientCredentials: AuthKind = (context) => {
  const { connection, connector } = context;
  const { authUrl } = connection;
  if (authUrl === undefined || !URL.canParse(authUrl)) {
    throw new SollistError(
      'connection-missing',
      `${connection.system}: the connector has no authUrl that is an address; client_credentials needs one under rest.authOptions.`,
      { subject: 'authUrl' },
    );
  }
  return bearer({
    system: connection.system,
    clock: context.clock,
    inputs,
    fetchToken: (signal) => fetchToken(context, new URL(authUrl), signal),
    expired: ({ status }) => status === 401 || (status === 500 && connector.rest.auth.treat500AsAuthError),
    describe: (response) => reasonOf(response, context.redactor),
    signal: context.signal,
  });
};

async function fetchToken(context: AuthContext, address: URL, signal: AbortSignal): Promise<Token> {
  const { connection, connector, redactor, clock } = context;
  const { auth } = connector.rest;
  const id = connection.variables.get('client_id') ?? '';
  const secret = connection.variables.get('client_secret') ?? '';
  const failed = (why: string, said = ''): SollistError =>
    authenticationFailed(connection.system, `no token from ${address.origin}${address.pathname}: ${why}`, inputs, said);
  // Part of a Basic header that nothing else would recognise.
  redactor.learn(Buffer.from(`${formEncode(id)}:${formEncode(secret)}`).toString('base64'));

  try {
    const server: oauth.AuthorizationServer = { issuer: address.origin, token_endpoint: address.href };
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      { client_id: id },
      auth.useBasicAuthPost ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret),
      auth.scopes.length > 0 ? { scope: auth.scopes.join(' ') } : {},
      {
        signal,
        [oauth.customFetch]: fetchThrough(context.send, connection.system, (why, said) => failed(why, redactor.text(said))),
        // The library refuses http as such; loopback is where it is safe, and hosts.ts refuses it elsewhere.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only as a warning to those who would use it on a network
        [oauth.allowInsecureRequests]: isLoopback(address.hostname),
      },
    );
    const token = await oauth.processClientCredentialsResponse(server, { client_id: id }, response);
    redactor.learn(token.access_token);
    return {
      header: `Bearer ${token.access_token}`,
      ...(token.expires_in !== undefined && { expiresAt: clock.now() + token.expires_in * 1000 }),
    };
  } catch (error) {
    if (error instanceof SollistError) throw error;
    if (
      error instanceof oauth.OperationProcessingError ||
      error instanceof oauth.ResponseBodyError ||
      error instanceof oauth.WWWAuthenticateChallengeError
    ) {
      throw failed('the answer of the token address is not one OAuth 2 allows', redactor.text(error.message));
    }
    throw error;
  }
}

/** A `fetch` for the OAuth library whose requests run through the chain, so that they are traced, retried and checked like all others. */
function fetchThrough(
  send: Send,
  system: string,
  failed: (why: string, said: string) => SollistError,
): (url: string, options: oauth.CustomFetchOptions<'POST', URLSearchParams>) => Promise<Response> {
  return async (url, options) => {
    const response = await send(
      {
        role: 'authenticate',
        operation: 'authenticate',
        table: '',
        verb: options.method,
        url,
        headers: Object.fromEntries(Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value])),
        body: options.body.toString(),
      },
      options.signal ?? new AbortController().signal,
    );
    const { status } = response;
    if (status === 400 || status === 401 || status === 403)
      throw failed(`the credentials were not accepted (status ${status})`, errorOf(response.body));
    if (status < 200 || status > 299) {
      throw new SollistError(
        'authentication-failed',
        `${system}: no token from ${new URL(url).origin}${new URL(url).pathname}: it answers with status ${status}. Is authUrl in the connector right?`,
        {
          subject: String(status),
        },
      );
    }
    return new Response(Buffer.from(response.body), { status, headers: response.headers });
  };
}

/** `error` and `error_description` of an OAuth error answer. */
function errorOf(body: Uint8Array): string {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof answer !== 'object' || answer === null) return '';
    const parts = ['error', 'error_description'].map((name) => (answer as Record<string, unknown>)[name]);
    return parts
      .filter((part) => typeof part === 'string')
      .join(', ')
      .slice(0, 200);
  } catch {
    return '';
  }
}

function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
