import * as oauth from 'oauth4webapi';
import { bearer } from './bearer.ts';
import type { AuthContext, AuthKind } from './kind.ts';
import { askForToken, tokenAddress, type Asking } from './token-request.ts';
import { renewalOf, type Token, type Wanted } from './tokens.ts';

const inputs = ['client_id', 'client_secret'];

/** OAuth 2.0 client credentials (RFC 6749, 4.4); with `useBasicAuthPost` the client authenticates by HTTP Basic, else in the body. */
export const clientCredentials: AuthKind = (context) => {
  const asking = { address: tokenAddress(context), inputs };
  return bearer(context, {
    inputs,
    uses: { scopes: true, subject: false },
    fetchToken: (wanted, signal) => fetchToken(context, asking, wanted, signal),
  });
};

async function fetchToken(context: AuthContext, asking: Asking, { scopes }: Wanted, signal: AbortSignal): Promise<Token> {
  const client = clientOf(context);
  const { value, seconds, secrets } = await askForToken(context, asking, signal, {
    client,
    ask: (server, options) =>
      oauth.clientCredentialsGrantRequest(
        server,
        client,
        clientAuthentication(context),
        scopes.length > 0 ? { scope: scopes.join(' ') } : {},
        options,
      ),
    read: (server, response) => oauth.processClientCredentialsResponse(server, client, response),
  });
  return { value, ...renewalOf(seconds, context.clock), secrets };
}

export function clientOf({ connection }: AuthContext): oauth.Client {
  return { client_id: connection.variables.get('client_id') ?? '' };
}

/** How the client shows who it is: in a Basic header with `useBasicAuthPost`, else in the body; by its name alone where it has no secret. */
export function clientAuthentication({ connector, connection }: AuthContext): oauth.ClientAuth {
  const secret = connection.variables.get('client_secret') ?? '';
  if (secret === '') return oauth.None();
  return connector.rest.auth.useBasicAuthPost ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}
