import { generateKeyPairSync } from 'node:crypto';
import type { RequestHandler } from 'express';
import Provider from 'oidc-provider';
import { sampleSecrets } from './sample-secrets.ts';

const scope = 'hr.read';
const tokenSeconds = 600;

type Kept = { readonly payload: Record<string, unknown>; readonly expires: number };

/** Keeps what the provider asks to keep in memory, for this provider alone. Only what client credentials need works. */
function memoryAdapter(): (model: string) => Readonly<Record<string, unknown>> {
  const kept = new Map<string, Kept>();
  return (model) => ({
    upsert(id: string, payload: Record<string, unknown>, seconds: number) {
      kept.set(`${model}:${id}`, { payload, expires: Date.now() + seconds * 1000 });
      return Promise.resolve();
    },
    find(id: string) {
      const found = kept.get(`${model}:${id}`);
      return Promise.resolve(found && found.expires > Date.now() ? found.payload : undefined);
    },
    destroy(id: string) {
      kept.delete(`${model}:${id}`);
      return Promise.resolve();
    },
  });
}

/**
 * The authorization server of HR: it hands out opaque tokens for client credentials at `<issuer>/token`.
 * Adapter and key are given, since the provider announces its development defaults on standard output.
 */
export function hrAuthorization(issuer: string, secret: string): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return new Provider(issuer, {
    adapter: memoryAdapter(),
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    clients: [
      {
        client_id: sampleSecrets.hrClientId,
        client_secret: secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
        scope,
      },
    ],
    scopes: [scope],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    ttl: { ClientCredentials: tokenSeconds },
  });
}

/** Lets a request through whose bearer token the provider issued, still honours, and gave the scope to read. */
export function requireToken(provider: Provider): RequestHandler {
  return async (request, response, next) => {
    const [, presented] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const token = presented === undefined ? undefined : await provider.ClientCredentials.find(presented);
    if (token?.isValid && token.scopes.has(scope)) {
      next();
      return;
    }
    if (token?.isValid) {
      response.set('WWW-Authenticate', `Bearer realm="HR", error="insufficient_scope", scope="${scope}"`);
      response.status(403).json({ error: 'insufficient_scope', message: `The token lacks the scope ${scope}.` });
      return;
    }
    response.set('WWW-Authenticate', presented === undefined ? 'Bearer realm="HR"' : 'Bearer realm="HR", error="invalid_token"');
    response.status(401).json({ error: 'unauthorized', message: 'A valid bearer token is required.' });
  };
}
