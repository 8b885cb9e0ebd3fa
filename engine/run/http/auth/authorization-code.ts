import * as oauth from 'oauth4webapi';
import { SollistError } from '../../error.ts';
import { bearer } from './bearer.ts';
import { grantOf, signInByBrowser } from './browser-sign-in.ts';
import { clientAuthentication, clientOf } from './client-credentials.ts';
import { scopesOf } from './inputs.ts';
import { authenticationFailed, type AuthContext, type AuthKind } from './kind.ts';
import type { Grant, GrantSlot } from './token-memory.ts';
import { askForToken, tokenAddress, type Asking } from './token-request.ts';
import { orCancelled, type Token } from './tokens.ts';

const inputs = ['client_id', 'client_secret'];

/**
 * A person signs in through the browser (RFC 6749, 4.1, with PKCE). What that gave is kept in memory and renewed by its refresh token, so that
 * it is done once and not for every run. Assumed: the person is asked once for the scopes of the connector and of all its get operations, since
 * a token for each operation would be a sign-in for each.
 */
export const authorizationCode: AuthKind = (context) => {
  const { connector, connection, tokens } = context;
  const asking = { address: tokenAddress(context), inputs };
  const scopes = allScopes(context);
  // Of another client, or for other hosts, it is another sign-in: an edited connector must not carry a token elsewhere.
  const key = JSON.stringify([
    connection.system,
    asking.address.href,
    connector.rest.auth.loginUrl?.text ?? '',
    connection.variables.get('client_id') ?? '',
    scopes,
    connection.hosts,
  ]);
  const slot = tokens.slot(key);
  const own = new Set<string>();
  return bearer(context, {
    inputs,
    uses: { scopes: false, subject: false },
    fetchToken: (_, signal, refused) => tokenOf({ context, asking, scopes, slot, own }, signal, refused),
  });
};

interface Signing {
  readonly context: AuthContext;
  readonly asking: Asking;
  readonly scopes: readonly string[];
  readonly slot: GrantSlot;
  /** Tokens that this run has signed in for: when one of these is refused, signing in again is no help. */
  readonly own: Set<string>;
}

/** The grant that is there, else a renewed one, else a new one; whoever needs it at the same time waits for the same. */
async function tokenOf(signing: Signing, signal: AbortSignal, refused: Token | undefined): Promise<Token> {
  const { slot, context } = signing;
  for (;;) {
    const { grant, pending } = slot;
    if (pending) {
      try {
        await orCancelled(pending, signal);
      } catch (error) {
        // The run that began it was cancelled, and this one was not.
        if (signal.aborted || !(error instanceof SollistError) || error.code !== 'cancelled') throw error;
      }
      continue;
    }
    if (grant && grant.accessToken !== refused?.value && context.clock.now() < (grant.renewAt ?? Infinity)) return asToken(grant, context);
    slot.pending = anew(signing, grant, signal)
      .then((next) => (slot.grant = next))
      .finally(() => (slot.pending = undefined));
    return asToken(await slot.pending, context);
  }
}

/** Learned also where another run has signed in. */
function asToken({ accessToken, refreshToken, renewAt }: Grant, { redactor }: AuthContext): Token {
  redactor.learn(accessToken);
  if (refreshToken !== undefined) redactor.learn(refreshToken);
  return { value: accessToken, ...(renewAt !== undefined && { renewAt }), secrets: [] };
}

async function anew({ context, asking, scopes, slot, own }: Signing, before: Grant | undefined, signal: AbortSignal): Promise<Grant> {
  if (before?.refreshToken !== undefined) {
    const renewed = await refresh(context, asking, before, before.refreshToken, signal);
    if (renewed) return renewed;
    slot.grant = undefined;
  } else if (before && own.has(before.accessToken) && context.clock.now() < (before.renewAt ?? Infinity)) {
    throw authenticationFailed(context.connection.system, 'the API refuses the token of a sign-in that was just made (status 401)', inputs);
  }
  context.redactor.learn(before?.accessToken ?? '');
  const grant = await signInByBrowser(context, asking, scopes, signal);
  own.add(grant.accessToken);
  return grant;
}

/** Undefined where the refresh token is not accepted any more: then a person signs in again. */
async function refresh(
  context: AuthContext,
  asking: Asking,
  before: Grant,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Grant | undefined> {
  const client = clientOf(context);
  context.redactor.learn(refreshToken);
  try {
    const answer = await askForToken(context, asking, signal, {
      client,
      ask: (server, options) => oauth.refreshTokenGrantRequest(server, client, clientAuthentication(context), refreshToken, options),
      read: (server, response) => oauth.processRefreshTokenResponse(server, client, response),
    });
    return grantOf(answer, context, before);
  } catch (error) {
    if (error instanceof SollistError && error.code === 'authentication-failed' && !signal.aborted) return undefined;
    throw error;
  }
}

function allScopes({ connector, connection }: AuthContext): readonly string[] {
  const own = connector.tables.flatMap(({ operations }) =>
    operations.flatMap(({ role, auth }) => (role === 'get' ? (auth?.scopes ?? []).map(({ text }) => text) : [])),
  );
  return [...new Set([...scopesOf(connector, connection.variables), ...own.filter((scope) => !scope.includes('{'))])];
}
