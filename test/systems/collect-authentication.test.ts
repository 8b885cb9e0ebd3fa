import { expect, test } from 'vitest';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type TestRun } from '../unit/run/support.ts';

const secret = 'p@ss/wörd "1"';
const secrets = new Map([['hr', secret]]);

function connector(
  url: string,
  authentication: string,
  authOptions: Readonly<Record<string, unknown>> = {},
): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get' } } },
        b: {
          resources: { id: 'string*' },
          operations: {
            b_get: { method: 'get', call: { mode: 'iteration', table: 'a', iterator: 'id', path: '/b/{iterator}' }, maxSessionCount: 5 },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, authentication }, authOptions: { authUrl: `${url}/token`, scopes: ['read', 'list'], ...authOptions } },
  });
}

const oauthSystem = systemOf('hr', ['a', 'b'], { client_id: 'me', client_secret: { kind: 'secret', name: 'hr' } });
const basicSystem = systemOf('hr', ['a', 'b'], { user_name: 'me', password: { kind: 'secret', name: 'hr' } });

/** An API behind tokens; each works for `uses` calls. */
function tokenApi(uses = Infinity): (request: SeenRequest) => Answer {
  let issued = 0;
  let used = 0;
  return ({ path, headers }) => {
    if (path === '/token') {
      used = 0;
      return { json: { access_token: `token-${++issued}-opaque`, token_type: 'bearer', expires_in: 3600 } };
    }
    if (headers.authorization !== `Bearer token-${issued}-opaque` || ++used > uses)
      return { status: 401, json: { error: 'invalid_token' } };
    return { json: path === '/a' ? Array.from({ length: 8 }, (_, i) => ({ id: `a${i}` })) : [{ id: path }] };
  };
}

/** The secret in no form it might leave in. */
function expectNoSecret(run: TestRun, ...more: readonly unknown[]): void {
  const shown = JSON.stringify([run.trace, run.progress, ...more]);
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
  ];
  for (const form of [...forms, ...forms.map((each) => Buffer.from(`me:${each}`).toString('base64')), 'opaque'])
    expect(shown).not.toContain(form);
}

test('client credentials: one token for all calls, secret in the body', async () => {
  await using server = await startServer(tokenApi());
  const run = testRun();
  const { report } = await collect(connector(server.url, 'client_credentials'), oauthSystem, run, { secrets });
  expect(report.tables.map(({ state }) => state)).toEqual(['collected', 'collected']);
  const tokens = server.requests.filter(({ path }) => path === '/token');
  expect(tokens).toHaveLength(1);
  expect(tokens[0]?.headers.authorization).toBeUndefined();
  expect(Object.fromEntries(new URLSearchParams(tokens[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'me',
    client_secret: secret,
    scope: 'read list',
  });
  expect(run.trace[0]).toMatchObject({ operation: 'authenticate', status: 200, requestBody: '***' });
  expectNoSecret(run, report);
});

test('client credentials: secret in a Basic header with useBasicAuthPost', async () => {
  await using server = await startServer(tokenApi());
  const run = testRun();
  await collect(connector(server.url, 'client_credentials', { useBasicAuthPost: true }), oauthSystem, run, { secrets });
  const [token] = server.requests;
  const [id = '', password = ''] = Buffer.from(token?.headers.authorization?.split(' ')[1] ?? '', 'base64')
    .toString()
    .split(':');
  expect([id, decodeURIComponent(password.replaceAll('+', ' '))]).toEqual(['me', secret]);
  expect(token?.body).not.toContain('client_secret');
  expectNoSecret(run);
});

test('a token that stops working is renewed once for all parallel calls', async () => {
  await using server = await startServer(tokenApi(5));
  const run = testRun();
  const { report } = await collect(connector(server.url, 'client_credentials'), oauthSystem, run, { secrets });
  expect(report.tables.map(({ state }) => state)).toEqual(['collected', 'collected']);
  expect(server.requests.filter(({ path }) => path === '/token').length).toBeLessThanOrEqual(4);
  expectNoSecret(run, report);
});

test('a wrong secret names the inputs to check, and nothing else is tried', async () => {
  await using server = await startServer(({ body }) => ({
    status: 401,
    json: { error: 'invalid_client', error_description: `no ${new URLSearchParams(body).get('client_secret')}` },
  }));
  const run = testRun();
  const { report } = await collect(connector(server.url, 'client_credentials'), oauthSystem, run, { secrets });
  expect(report.tables[0]?.error).toEqual({
    code: 'authentication-failed',
    subject: 'client_secret',
    message: `hr: no token from ${server.url}/token: the credentials were not accepted (status 401). Check client_id and client_secret under "connection" in systems/hr.json. The answer says: invalid_client, no ***`,
  });
  expect(report.tables[1]).toMatchObject({ state: 'not-reached', error: { code: 'authentication-failed' } });
  expect(server.requests).toHaveLength(1);
  expectNoSecret(run, report);
});

test.for([
  {},
  { token_type: null },
  { token_type: 'Bearer', expires_in: -1 },
  { token_type: 'bearer', expires_in: 'soon' },
  { expires_in: null },
])('a token whose answer says less than OAuth 2 asks for is used all the same: %j', async (more) => {
  await using server = await startServer(({ path, headers }) =>
    path === '/token'
      ? { json: { access_token: 'token-opaque', ...more } }
      : headers.authorization === 'Bearer token-opaque'
        ? { json: path === '/a' ? [{ id: 'a1' }] : [] }
        : { status: 401, json: {} },
  );
  const { table } = await collect(connector(server.url, 'client_credentials'), oauthSystem, testRun(), { secrets });
  expect(table('a').evidence).toMatchObject({ rows: 1, complete: true });
});

test('a refused fresh token, and a token answer that is none, are authentication failures', async () => {
  await using refusing = await startServer(({ path }) =>
    path === '/token' ? { json: { access_token: 'opaque', token_type: 'bearer' } } : { status: 401, json: {} },
  );
  const refused = await collect(connector(refusing.url, 'client_credentials'), oauthSystem, testRun(), { secrets });
  expect(refused.table('a').error).toMatchObject({
    code: 'authentication-failed',
    message: expect.stringContaining('even with a fresh token') as string,
  });
  expect(refusing.requests.map(({ path }) => path)).toEqual(['/token', '/a', '/token', '/a']);

  for (const answer of [
    { text: 'hello' },
    { json: { token: 'x' } },
    { json: { access_token: 'opaque', token_type: 'mac' } },
    { status: 302, headers: { location: 'http://evil.example/' } },
    { status: 500, text: 'x' },
  ] satisfies Answer[]) {
    await using odd = await startServer(() => answer);
    const failed = await collect(connector(odd.url, 'client_credentials'), oauthSystem, testRun(), { secrets });
    expect(failed.table('a').state).toBe('failed');
    expect(failed.table('a').error?.code).toMatch(/^(authentication-failed|redirect-refused)$/);
  }
});

test('basic: credentials on every call, masked everywhere', async () => {
  const expected = `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`;
  await using server = await startServer(({ headers, path }) =>
    headers.authorization === expected ? { json: [{ id: `${path}${headers.authorization}` }] } : { status: 401, text: 'who?' },
  );
  const run = testRun();
  const { report } = await collect(connector(server.url, 'basic_auth'), basicSystem, run, { secrets });
  expect(report.tables[0]?.state).toBe('collected');
  expectNoSecret(run, report);

  const wrong = await collect(connector(server.url, 'basic_auth'), basicSystem, testRun(), { secrets: new Map([['hr', 'wrong']]) });
  expect(wrong.table('a').error).toMatchObject({
    code: 'authentication-failed',
    subject: 'password',
    message: expect.stringContaining('user_name and password') as string,
  });
});

test('without authentication a 401 says so; an unknown kind is named', async () => {
  await using server = await startServer(() => ({ status: 401, json: {} }));
  const open = await collect(connector(server.url, ''), systemOf('hr', ['a']), testRun());
  expect(open.table('a').error?.code).toBe('authentication-failed');
  await expect(collect(connector(server.url, 'kerberos'), systemOf('hr', ['a']), testRun())).rejects.toMatchObject({
    code: 'authentication-unsupported',
    subject: 'kerberos',
  });
  expect(server.requests).toHaveLength(1);
});
