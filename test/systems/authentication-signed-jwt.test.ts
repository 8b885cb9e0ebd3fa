import { createPublicKey } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { expect, test } from 'vitest';
import { mostTokens } from '../../engine/run/http/auth/tokens.ts';
import { startServer, type Answer, type SeenRequest, type TestServer } from '../support/http-server.ts';
import { startOidc } from '../support/oidc-server.ts';
import { selfSigned } from '../support/self-signed.ts';
import { steadyClock } from '../support/steady-clock.ts';
import { collect, connectorOf, systemOf, testRun, type TestRun } from '../unit/run/support.ts';

const own = selfSigned();
const stranger = selfSigned('stranger');
const apiKey = new TextEncoder().encode('what the api signs its own tokens with');

const claims = {
  iss: { name: 'clientId' },
  scope: { name: 'scope' },
  aud: { name: 'endpoint' },
  exp: { name: 'oneHour' },
  iat: { name: 'now' },
  sub: { name: 'tenantId' },
};
const postData = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: { name: 'JWT' } };

interface Seen {
  readonly claims: JWTPayload;
  readonly form: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, unknown>>;
}

/**
 * An API that is strict: its token address checks signature, audience, issuer and times of what is handed in, and gives a token with the
 * scope and subject asked for; `/read…` wants the scope `read`, `/mail/<user>` the scope `mail` and the user's own token.
 */
async function jwtApi(
  options: { readonly seconds?: number; readonly unknown?: readonly string[] } = {},
): Promise<
  TestServer & { readonly seen: readonly Seen[]; /** The number of a token that does not work. */ readonly fault: { refuse: number } }
> {
  const seen: Seen[] = [];
  const fault = { refuse: 0 };
  const server = await startServer(async (request) => answer(request));
  const { url } = server;
  const answer = async ({ path, body, headers }: SeenRequest): Promise<Answer> => {
    if (path === '/token') return issue(Object.fromEntries(new URLSearchParams(body)));
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const { payload } = await jwtVerify(token, apiKey, { audience: url }).catch(() => ({ payload: undefined }));
    if (!payload || payload['n'] === fault.refuse) return { status: 401, json: { error: 'invalid_token' } };
    const [, first = '', user = ''] = path.split('/');
    if (!String(payload['scope']).split(' ').includes(first)) return { status: 403, json: { error: 'insufficient_scope' } };
    if (first === 'mail' && payload.sub !== user) return { status: 403, json: { error: 'not yours' } };
    return { json: first === 'read' ? ['ann', 'bob', 'cyd'].map((id) => ({ id })) : [{ id: `mail of ${user}` }] };
  };
  const issue = async (form: Readonly<Record<string, string>>): Promise<Answer> => {
    const assertion = form['assertion'] ?? form['client_assertion'] ?? '';
    try {
      const { payload } = await jwtVerify(assertion, own.publicKey, {
        audience: `${url}/token`,
        issuer: 'robot@app',
        algorithms: ['RS256'],
      });
      seen.push({ claims: payload, form, header: { ...decodeProtectedHeader(assertion) } });
      if (options.unknown?.includes(payload.sub ?? '') === true)
        return { status: 400, json: { error: 'invalid_grant', error_description: 'Not a valid user' } };
      const scope = typeof payload['scope'] === 'string' ? payload['scope'] : (form['scope'] ?? '');
      const token = await new SignJWT({ scope, sub: payload.sub ?? '', n: seen.length })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(url)
        .setExpirationTime('1h')
        .sign(apiKey);
      return { json: { access_token: token, token_type: 'Bearer', expires_in: options.seconds ?? 3600 } };
    } catch (error) {
      return { status: 400, json: { error: 'invalid_grant', error_description: `${String(error)} in ${assertion}` } };
    }
  };
  return Object.assign(server, { seen, fault });
}

function connector(url: string, authOptions: object = { JWT: claims, postData }, more: object = {}): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        users: { key: 'id', resources: { id: 'string*' }, operations: { users_get: { method: 'get', call: { path: '/read' } } } },
        mails: {
          resources: { id: 'string*' },
          operations: {
            mails_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/mail/{iterator}' },
              maxSessionCount: 20,
              authOptions: { scopes: ['mail'], JWT: { sub: '{iterator}' } },
            },
          },
        },
      },
    },
    rest: {
      config: { baseUrl: url, authentication: 'certificate', ...more },
      authOptions: { authUrl: `${url}/token`, scopes: ['read'], ...authOptions },
    },
  });
}

const secrets = new Map([['key', own.privatePem]]);
const certificate = { kind: 'secret', name: 'key' } as const;
const system = systemOf('hr', ['users', 'mails'], { client_id: 'robot@app', tenant_id: 'admin@app', certificate });

function steadyRun(): TestRun & { readonly clock: ReturnType<typeof steadyClock> } {
  const run = testRun();
  const clock = steadyClock();
  return { ...run, clock, context: { ...run.context, clock } };
}

test('a token signed with the private key is exchanged; each operation has its own scopes and each row its own subject', async () => {
  await using server = await jwtApi();
  const run = steadyRun();
  const { report, rows } = await collect(connector(server.url), system, run, { secrets });
  expect(report.tables.map(({ state }) => state)).toEqual(['collected', 'collected']);
  expect(rows('mails').map(({ id }) => id)).toEqual(['mail of ann', 'mail of bob', 'mail of cyd']);
  const seconds = Math.floor(run.clock.now() / 1000);
  // Tokens of parallel calls are asked for in any order.
  expect(server.seen.map(({ claims: { sub, scope } }) => [sub, scope]).toSorted()).toEqual([
    ['admin@app', 'read'],
    ['ann', 'mail'],
    ['bob', 'mail'],
    ['cyd', 'mail'],
  ]);
  expect(server.seen[0]).toEqual({
    claims: { iss: 'robot@app', scope: 'read', aud: `${server.url}/token`, exp: seconds + 3600, iat: seconds, sub: 'admin@app' },
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: expect.any(String) as string },
    header: { alg: 'RS256', typ: 'JWT' },
  });
  const shown = JSON.stringify([run.trace, run.progress, report]);
  for (const secret of ['eyJ', ...own.privatePem.split('\n').slice(1, -2)]) expect(shown).not.toContain(secret);
});

/** A list of so many rows, each of which has a call of its own with the token of all. */
function reads(url: string, rows: number, sessions: number): ReturnType<typeof connectorOf> {
  const values = Array.from({ length: rows }, (_, i) => ({ id: `u${i}` }));
  const call = { mode: 'iteration', table: 'list', iterator: 'id', path: '/read/{iterator}' };
  return connectorOf({
    schema: {
      crud_objects: {
        list: { key: 'id', resources: { id: 'string*' }, operations: { list_get: { method: 'get', call: { mode: 'constant', values } } } },
        reads: { resources: { id: 'string*' }, operations: { reads_get: { method: 'get', call, maxSessionCount: sessions } } },
      },
    },
    rest: {
      config: { baseUrl: url, authentication: 'certificate' },
      authOptions: { authUrl: `${url}/token`, scopes: ['read'], JWT: claims, postData },
    },
  });
}
const readers = systemOf('hr', ['list', 'reads'], { client_id: 'robot@app', tenant_id: 'admin@app', certificate });

test('twenty parallel calls share one token; when it is refused, it is renewed once for all of them', async () => {
  await using server = await jwtApi();
  expect((await collect(reads(server.url, 20, 20), readers, steadyRun(), { secrets })).table('reads').state).toBe('collected');
  expect(server.seen).toHaveLength(1);
  expect(server.requests.filter(({ path }) => path.startsWith('/read/'))).toHaveLength(20);

  server.fault.refuse = 2;
  expect((await collect(reads(server.url, 20, 20), readers, steadyRun(), { secrets })).table('reads').state).toBe('collected');
  // One at the start, and one for the twenty that were refused.
  expect(server.seen).toHaveLength(3);
});

test('a token is renewed before it ends', async () => {
  await using server = await jwtApi({ seconds: 100 });
  const run = steadyRun();
  const onTrace: NonNullable<TestRun['context']['onTrace']> = (entry) => {
    if (entry.operation === 'reads_get') run.clock.pass(40_000);
  };
  const { table } = await collect(reads(server.url, 4, 1), readers, { ...run, context: { ...run.context, onTrace } }, { secrets });
  expect(table('reads').state).toBe('collected');
  // Calls at 0, 40, 80 and 120 s; the first token would have ended at 100 s.
  const calls = server.requests.map(({ path, headers }) => (path === '/token' ? 'token' : (headers.authorization ?? '')));
  expect(calls[1]).toBe(calls[2]);
  expect(calls[3]).toBe('token');
  expect(calls[4]).not.toBe(calls[1]);
  expect(calls[5]).toBe(calls[4]);
  expect(server.seen).toHaveLength(2);
});

test.each([
  ['a stranger’s key', { key: stranger.privatePem }, {}, 'signature verification failed'],
  ['another audience', {}, { JWT: { ...claims, aud: 'https://elsewhere.example' }, postData }, 'unexpected "aud"'],
  ['another issuer', {}, { JWT: { ...claims, iss: 'somebody' }, postData }, 'unexpected "iss"'],
  ['a time that is over', {}, { JWT: { ...claims, exp: 1000 }, postData }, '"exp" claim timestamp check failed'],
])('%s is refused by the server, and the inputs to check are named', async (_, key, options, said) => {
  await using server = await jwtApi();
  const run = steadyRun();
  const { table, report } = await collect(connector(server.url, { JWT: claims, postData, ...options }), system, run, {
    secrets: new Map([...secrets, ...Object.entries(key)]),
  });
  expect(table('users').error).toMatchObject({ code: 'authentication-failed', subject: 'certificate' });
  expect(table('users').error?.message).toContain('Check client_id and certificate');
  expect(table('users').error?.message).toContain(said);
  expect(JSON.stringify([report, run.trace])).not.toContain('eyJ');
  expect(server.requests).toHaveLength(1);
});

test('a token without the scope is forbidden, which says so', async () => {
  await using server = await jwtApi();
  const { table } = await collect(connector(server.url, { JWT: claims, postData, scopes: ['other'] }), system, steadyRun(), { secrets });
  expect(table('users').error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('scopes') as string });
});

test('one name the client may not act for is that name’s failure, not that of the credentials', async () => {
  await using server = await jwtApi({ unknown: ['bob'] });
  const { table } = await collect(connector(server.url), system, steadyRun(), { secrets });
  const { error, evidence } = table('mails');
  const told = error?.message ?? JSON.stringify(evidence);
  expect(told).toContain('bob');
  expect(error?.code ?? 'subject-refused').toBe('subject-refused');
});

test('of very many subjects only the last ones’ tokens are kept', async () => {
  await using server = await jwtApi();
  const people = Array.from({ length: mostTokens + 20 }, (_, i) => ({ id: `p${i}` }));
  const many = connectorOf({
    schema: {
      crud_objects: {
        users: {
          key: 'id',
          resources: { id: 'string*' },
          operations: { g: { method: 'get', call: { mode: 'constant', values: people } } },
        },
        mails: {
          resources: { id: 'string*' },
          operations: {
            g: {
              method: 'get',
              call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/mail/{iterator}' },
              maxSessionCount: 10,
              authOptions: { scopes: ['mail'], JWT: { sub: '{iterator:no_encode}' } },
            },
          },
        },
      },
    },
    rest: {
      config: { baseUrl: server.url, authentication: 'certificate' },
      authOptions: { authUrl: `${server.url}/token`, JWT: claims, postData },
    },
  });
  const run = steadyRun();
  expect((await collect(many, system, run, { secrets })).table('mails')).toMatchObject({
    state: 'collected',
    evidence: { rows: people.length },
  });
  expect(server.seen).toHaveLength(people.length);
  expect(JSON.stringify(run.trace)).not.toContain('eyJ');
});

test('where the connector leaves out JWT and postData, they are those of the standard; a certificate is named by its thumbprints', async () => {
  await using server = await jwtApi();
  const both = new Map([['key', `${own.certificatePem}${own.privatePem}`]]);
  await collect(connector(server.url, {}), systemOf('hr', ['users'], { client_id: 'robot@app', certificate }), steadyRun(), {
    secrets: both,
  });
  expect(server.seen[0]?.form).toMatchObject({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', scope: 'read' });
  expect(server.seen[0]?.claims).toMatchObject({
    iss: 'robot@app',
    sub: 'robot@app',
    aud: `${server.url}/token`,
    jti: expect.stringMatching(/^[\w-]{36}$/) as string,
  });
  expect(server.seen[0]?.header).toMatchObject({
    x5t: expect.stringMatching(/^[\w-]{27}$/) as string,
    'x5t#S256': expect.stringMatching(/^[\w-]{43}$/) as string,
  });

  await collect(
    connector(server.url, {}, { call_handling: 'azure' }),
    systemOf('hr', ['users'], { client_id: 'robot@app', certificate }),
    steadyRun(),
    { secrets },
  );
  expect(server.seen[1]?.form).toMatchObject({
    grant_type: 'client_credentials',
    client_id: 'robot@app',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    scope: 'read',
  });
});

test('a service account’s file is key and client id in one', async () => {
  await using server = await jwtApi();
  const file = JSON.stringify({ type: 'service_account', private_key: own.privatePem, private_key_id: 'k1', client_email: 'robot@app' });
  const run = steadyRun();
  const { table } = await collect(connector(server.url), systemOf('hr', ['users'], { tenant_id: 'admin@app', certificate }), run, {
    secrets: new Map([['key', file]]),
  });
  expect(table('users').state).toBe('collected');
  expect(server.seen[0]).toMatchObject({ claims: { iss: 'robot@app' }, header: { kid: 'k1' } });
});

test('a real OAuth server takes the signed token for the client’s secret (private_key_jwt)', async () => {
  const jwk = createPublicKey(own.privatePem).export({ format: 'jwk' });
  await using server = await startOidc([
    {
      client_id: 'robot',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks: { keys: [{ ...jwk, use: 'sig', alg: 'RS256' }] },
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      scope: 'read list',
    },
  ]);
  const options = {
    authUrl: server.authUrl,
    scopes: ['read'],
    postData: {
      grant_type: 'client_credentials',
      client_id: { name: 'clientId' },
      scope: { name: 'scope' },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: { name: 'JWT' },
    },
    JWT: {
      iss: { name: 'clientId' },
      sub: { name: 'clientId' },
      aud: { name: 'endpoint' },
      exp: { name: 'oneHour' },
      iat: { name: 'now' },
      jti: { name: 'guid' },
    },
  };
  const two = connectorOf({
    schema: {
      crud_objects: {
        a: { key: 'id', resources: { id: 'string*' }, operations: { g: { method: 'get', call: { path: '/api/read' } } } },
        b: {
          key: 'id',
          resources: { id: 'string*' },
          operations: { g: { method: 'get', call: { path: '/api/list' }, authOptions: { scopes: ['list'] } } },
        },
      },
    },
    rest: { config: { baseUrl: server.url, authentication: 'certificate' }, authOptions: options },
  });
  const { report } = await collect(two, systemOf('hr', ['a', 'b'], { client_id: 'robot', certificate }), steadyRun(), { secrets });
  expect(report.tables.map(({ state, error }) => error?.message ?? state)).toEqual(['collected', 'collected']);
  expect(server.tokenRequests.map(({ form, status }) => [form['scope'], status])).toEqual([
    ['read', 200],
    ['list', 200],
  ]);

  const wrong = await collect(two, systemOf('hr', ['a'], { client_id: 'robot', certificate }), steadyRun(), {
    secrets: new Map([['key', stranger.privatePem]]),
  });
  expect(wrong.table('a').error?.code).toBe('authentication-failed');
});
