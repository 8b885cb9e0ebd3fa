import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The little of oidc-provider that is used here; the package has no types of its own. */
interface Kept {
  readonly isValid: boolean;
  readonly scopes?: ReadonlySet<string>;
  readonly accountId?: string;
  destroy(): Promise<void>;
}
interface Model {
  find(value: string): Promise<Kept | undefined>;
}
interface Provider {
  readonly AccessToken: Model;
  readonly ClientCredentials: Model;
  readonly Grant: new (properties: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  callback(): RequestListener;
  interactionDetails(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ prompt: { name: string }; params: Record<string, string> }>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
}

/** A request for a token as the server saw it. */
export interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
  readonly status: number;
}

/** A real OAuth server with an API behind it: `/api/<scope>` wants a token with that scope, and answers with three rows. */
export interface OidcServer extends AsyncDisposable {
  readonly url: string;
  readonly authUrl: string;
  readonly loginUrl: string;
  readonly tokenRequests: readonly TokenRequest[];
  /** Sign-in pages that were shown. */
  readonly logins: readonly URLSearchParams[];
  readonly calls: readonly { readonly path: string; readonly token: string; readonly status: number }[];
  /** Makes every token issued so far invalid. */
  revoke(): Promise<void>;
  /** What the person does on the page; signs in unless said otherwise. */
  person: 'signs in' | 'refuses';
}

export const apiScopes = ['read', 'list', 'groups'];

/** Starts it with these clients, on a free port of loopback. */
export async function startOidc(clients: readonly object[], more: object = {}): Promise<OidcServer> {
  // By a name the compiler does not look up.
  const name: string = 'oidc-provider';
  const { default: ProviderClass } = (await import(name)) as { readonly default: new (issuer: string, options: object) => Provider };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new ProviderClass(`${url}/oidc`, {
    adapter: memory(),
    clients,
    scopes: ['openid', 'offline_access', ...apiScopes],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['only for a test'] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `${url}/interaction/${uid}` },
    ttl: {
      IdToken: 600,
      AccessToken: 600,
      ClientCredentials: 600,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
      AuthorizationCode: 60,
    },
    ...more,
  });
  const callback = provider.callback();
  const issued: string[] = [];
  const tokenRequests: TokenRequest[] = [];
  const logins: URLSearchParams[] = [];
  const calls: { path: string; token: string; status: number }[] = [];
  const own = { person: 'signs in' as OidcServer['person'] };

  const findToken = async (value: string): Promise<Kept | undefined> =>
    (await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value));

  const serveApi = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const kept = token === '' ? undefined : await findToken(token);
    const scope = path.split('/')[2] ?? '';
    const status = kept?.isValid !== true ? 401 : kept.scopes?.has(scope) === true ? 200 : 403;
    calls.push({ path, token, status });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        status === 200
          ? [1, 2, 3].map((id) => ({ id: `${path}-${id}` }))
          : { error: status === 401 ? 'invalid_token' : 'insufficient_scope' },
      ),
    );
  };
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') logins.push(new URLSearchParams(params));
    if (own.person === 'refuses') {
      await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'Ann said <b>no</b>' });
      return;
    }
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId: 'ann' } });
      return;
    }
    const grant = new provider.Grant({ accountId: 'ann', clientId: params['client_id'] });
    grant.addOIDCScope(params['scope'] ?? '');
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  const serveOidc = (request: IncomingMessage, response: ServerResponse, path: string): void => {
    request.url = (request.url ?? '').slice('/oidc'.length);
    Object.assign(request, { originalUrl: `/oidc${request.url}` });
    if (path === '/oidc/token') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      const written: Buffer[] = [];
      const end = response.end.bind(response);
      response.end = ((chunk?: unknown, ...rest: unknown[]) => {
        if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) written.push(Buffer.from(chunk));
        const text = Buffer.concat(written).toString();
        const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
        for (const part of ['access_token', 'refresh_token']) if (typeof answer[part] === 'string') issued.push(answer[part]);
        tokenRequests.push({
          form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
          authorization: request.headers.authorization,
          status: response.statusCode,
        });
        return (end as (...all: unknown[]) => ServerResponse)(chunk, ...rest);
      }) as ServerResponse['end'];
    }
    callback(request, response);
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', url).pathname;
    if (path.startsWith('/oidc/')) {
      serveOidc(request, response, path);
      return;
    }
    const served = path.startsWith('/interaction/') ? interact(request, response) : serveApi(request, response, path);
    served.catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return Object.assign(own, {
    url,
    authUrl: `${url}/oidc/token`,
    loginUrl: `${url}/oidc/auth`,
    tokenRequests,
    logins,
    calls,
    async revoke() {
      for (const value of issued) await (await findToken(value))?.destroy();
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Keeps what the provider asks to keep, in memory: codes are used once, and a grant takes its tokens with it. */
function memory(): (model: string) => object {
  interface Entry {
    payload: Record<string, unknown>;
    readonly expires: number;
  }
  const kept = new Map<string, Entry>();
  const find = (test: (payload: Record<string, unknown>) => boolean, prefix: string): Record<string, unknown> | undefined =>
    [...kept].find(([key, { payload }]) => key.startsWith(prefix) && test(payload))?.[1].payload;
  return (model) => ({
    upsert(id: string, payload: Record<string, unknown>, seconds: number) {
      kept.set(`${model}:${id}`, { payload, expires: Date.now() + seconds * 1000 });
      return Promise.resolve();
    },
    find(id: string) {
      const found = kept.get(`${model}:${id}`);
      return Promise.resolve(found && found.expires > Date.now() ? found.payload : undefined);
    },
    findByUid: (uid: string) => Promise.resolve(find((payload) => payload['uid'] === uid, `${model}:`)),
    findByUserCode: () => Promise.resolve(undefined),
    consume(id: string) {
      const found = kept.get(`${model}:${id}`);
      if (found) found.payload = { ...found.payload, consumed: Math.floor(Date.now() / 1000) };
      return Promise.resolve();
    },
    destroy(id: string) {
      kept.delete(`${model}:${id}`);
      return Promise.resolve();
    },
    revokeByGrantId(grantId: string) {
      for (const [key, { payload }] of kept) if (payload['grantId'] === grantId) kept.delete(key);
      return Promise.resolve();
    },
  });
}
