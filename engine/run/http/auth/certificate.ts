import { SignJWT, type JWTPayload } from 'jose';
import * as oauth from 'oauth4webapi';
import { bearer } from './bearer.ts';
import { clientOf } from './client-credentials.ts';
import type { AuthContext, AuthKind } from './kind.ts';
import { readSigningKey, type SigningKey } from './signing-key.ts';
import { formOf, renderTree } from './template-tree.ts';
import { askForToken, tokenAddress, type Asking } from './token-request.ts';
import { renewalOf, type Token, type Wanted } from './tokens.ts';
import { tokenValues, type TokenValue } from './values.ts';

const inputs = ['client_id', 'certificate'];

/**
 * A token signed with a private key (RS256) is exchanged for one of the API (RFC 7523). Its claims are `authOptions.JWT`, and the request
 * `authOptions.postData`; where the connector leaves them out, see `assertionDefaults`.
 */
export const certificate: AuthKind = (context) => {
  const { connection } = context;
  const asking = { address: tokenAddress(context), inputs };
  const key = readSigningKey(connection.variables.get('certificate') ?? '', connection.system);
  return bearer(context, {
    inputs,
    uses: { scopes: true, subject: true },
    fetchToken: (wanted, signal) => fetchToken(context, { ...asking, subject: wanted.subject }, key, wanted, signal),
  });
};

async function fetchToken(context: AuthContext, asking: Asking, key: SigningKey, wanted: Wanted, signal: AbortSignal): Promise<Token> {
  const { redactor, clock, connector } = context;
  const { postData } = connector.rest.auth;
  const client = clientOf(context);
  const assertion = await sign(context, key, wanted);
  redactor.learn(assertion);
  const value = tokenValues(context, wanted, assertion);
  const form = formOf(postData ? renderTree(postData, value) : assertionDefaults(context, value).postData);
  try {
    const {
      value: token,
      seconds,
      secrets,
    } = await askForToken(context, asking, signal, {
      client,
      ask: (_, options) =>
        options[oauth.customFetch]?.(asking.address.href, {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
          body: form,
          redirect: 'manual',
          signal,
        }) ?? Promise.reject(new Error('the request has a way')),
      read: (server, response) => oauth.processGenericTokenEndpointResponse(server, client, response),
    });
    return { value: token, ...renewalOf(seconds, clock), secrets: [...secrets, assertion] };
  } catch (error) {
    redactor.forget(assertion);
    throw error;
  }
}

async function sign(context: AuthContext, { key, header }: SigningKey, wanted: Wanted): Promise<string> {
  const { jwt } = context.connector.rest.auth;
  const value = tokenValues(context, wanted);
  const written = jwt ? renderTree(jwt, value) : assertionDefaults(context, value).claims;
  const claims = Object.entries(written as Readonly<Record<string, unknown>>).filter(([, claim]) => claim !== null);
  const payload: JWTPayload = {
    ...Object.fromEntries(claims.map(([name, claim]) => [name, dates.has(name) ? asNumber(claim) : claim])),
    ...(wanted.subject !== undefined && { sub: wanted.subject }),
  };
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...header }).sign(key);
}

/**
 * Assumed where the connector leaves out `JWT` or `postData`: the token is made by the client, about itself, for the token address, and is
 * handed in as a grant (RFC 7523, 2.1); for `azure` it stands for the client's secret (2.2), which is what that service takes.
 */
function assertionDefaults(
  { connector }: AuthContext,
  value: TokenValue,
): { readonly claims: Readonly<Record<string, unknown>>; readonly postData: Readonly<Record<string, unknown>> } {
  const claims = {
    iss: value('clientId'),
    sub: value('clientId'),
    aud: value('endpoint'),
    iat: value('now'),
    nbf: value('now'),
    exp: value('oneHour'),
    jti: value('guid'),
  };
  const scope = value('scope') === '' ? {} : { scope: value('scope') };
  const isAzure = connector.rest.callHandling?.text === 'azure';
  return {
    claims,
    postData: isAzure
      ? {
          grant_type: 'client_credentials',
          client_id: value('clientId'),
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: value('JWT'),
          ...scope,
        }
      : { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: value('JWT'), ...scope },
  };
}

const dates: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf']);

/** A time that a text template wrote as text. */
function asNumber(claim: unknown): unknown {
  return typeof claim === 'string' && /^\d+$/.test(claim) ? Number(claim) : claim;
}
