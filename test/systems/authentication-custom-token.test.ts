import { expect, test } from 'vitest';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const password = 'p@ss "wörd"/1';
const secrets = new Map([['hr', password]]);
const system = systemOf('hr', ['a'], { tenant_id: 'acme', user_name: 'me', password: { kind: 'secret', name: 'hr' } });

interface Api {
  /** The answer to a token request, where the credentials are right. */
  readonly give: (token: string) => Answer;
  /** How a call shows its token. */
  readonly header?: string;
  readonly value?: (token: string) => string;
}

/** An API whose tokens are got by a request of its own; it wants user and password as JSON or as a form. */
function api({ give, header = 'authorization', value = (token) => `Bearer ${token}` }: Api): (request: SeenRequest) => Answer {
  let issued = 0;
  return ({ path, body, headers, method }) => {
    if (path === '/login') {
      const form =
        headers['content-type'] === 'application/json'
          ? (JSON.parse(body) as Record<string, unknown>)
          : Object.fromEntries(new URLSearchParams(body));
      const login = (form['login'] ?? form) as Record<string, unknown>;
      if (method !== 'POST' || login['user'] !== 'me' || login['word'] !== password)
        return { status: 401, json: { message: `no ${String(login['word'])}` } };
      return give(`opaque-token-${++issued}`);
    }
    return issued > 0 && headers[header] === value(`opaque-token-${issued}`)
      ? { json: [{ id: path }] }
      : { status: 401, json: { error: 'who are you' } };
  };
}

function connector(url: string, authOptions: object, config: object = {}, more: object = {}): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: { crud_objects: { a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get' } } } } },
    rest: {
      config: { baseUrl: url, authentication: 'custom_post_token', ...config },
      authOptions: { authUrl: `${url}/login`, postData: { user: '{user_name}', word: '{password}' }, ...authOptions },
    },
    ...more,
  });
}

test.each([
  ['a path', { tokenPath: 'credentials.token', directToken: true }, (token: string) => ({ json: { credentials: { token } } })],
  ['a list in a path', { tokenPath: 'tokens.0.value' }, (token: string) => ({ json: { tokens: [{ value: token }] } })],
  ['the answer as text', { directToken: true }, (token: string) => ({ text: `${token}\n` })],
  ['the answer as a JSON text', { directToken: true }, (token: string) => ({ json: token })],
  ['nothing said, a usual name', {}, (token: string) => ({ json: { token, expires_in: 60 } })],
  ['nothing said, a text', {}, (token: string) => ({ text: token })],
] as const)('the token stands where the connector says: %s', async (_, options, give) => {
  await using server = await startServer(api({ give }));
  const run = testRun();
  const { table, report } = await collect(connector(server.url, options), system, run, { secrets });
  expect(table('a').error?.message ?? table('a').state).toBe('collected');
  expect(server.requests.map(({ path }) => path)).toEqual(['/login', '/a']);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ user: 'me', word: password });
  expect(run.trace[0]).toMatchObject({ operation: 'authenticate', requestBody: '***' });
  expect(JSON.stringify([run.trace, report])).not.toMatch(/opaque|p@ss/);
});

test('a form where the connector posts forms; the tree may be deeper, and name values without braces', async () => {
  await using server = await startServer(api({ give: (token) => ({ json: { token } }) }));
  const form = await collect(connector(server.url, { tokenPath: 'token' }, { postAsForm: true }), system, testRun(), { secrets });
  expect(form.table('a').state).toBe('collected');
  expect(server.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({ user: 'me', word: password });

  const postData = {
    login: { user: { name: 'userName' }, word: { name: 'password' } },
    tenant: '{tenantId}/x',
    at: { name: 'now' },
    flags: [true, 1, null],
  };
  const run = testRun();
  const deep = await collect(connector(server.url, { tokenPath: 'token', postData }), system, run, { secrets });
  expect(deep.table('a').state).toBe('collected');
  expect(JSON.parse(server.requests[2]?.body ?? '')).toEqual({
    login: { user: 'me', word: password },
    tenant: 'acme/x',
    at: Math.floor(run.context.clock.now() / 1000),
    flags: [true, 1, null],
  });
});

test('a header of the connector that uses {token} carries it, and it alone', async () => {
  await using server = await startServer(
    api({ give: (token) => ({ json: { token } }), header: 'x-session', value: (token) => `T ${token} acme` }),
  );
  const run = testRun();
  const { table, report } = await collect(
    connector(server.url, { tokenPath: 'token' }, { headers: { 'X-Session': 'T {token} {tenant_id}', 'x-other': '{tenant_id}' } }),
    system,
    run,
    { secrets },
  );
  expect(table('a').error?.message ?? table('a').state).toBe('collected');
  expect(server.requests[1]?.headers).toMatchObject({ 'x-session': 'T opaque-token-1 acme', 'x-other': 'acme' });
  expect(server.requests[1]?.headers.authorization).toBeUndefined();
  expect(server.requests[0]?.headers['x-session']).toBeUndefined();
  expect(JSON.stringify([run.trace, report])).not.toContain('opaque');
});

test('a connection item called token is the person’s own, and no token of the engine', async () => {
  await using server = await startServer(api({ give: (token) => ({ json: { token } }) }));
  const items = { connection: { items: [{ name: 'token', value: 'typed-in' }] } };
  await collect(connector(server.url, { tokenPath: 'token' }, { headers: { 'x-key': '{token}' } }, items), system, testRun(), { secrets });
  expect(server.requests[1]?.headers).toMatchObject({ 'x-key': 'typed-in', authorization: 'Bearer opaque-token-1' });
});

test('what the answer says about its life is kept to, and a token that is refused is renewed, at 500 too where that is said', async () => {
  let refuse = 0;
  await using server = await startServer((request) => {
    if (request.path !== '/login' && refuse-- > 0) return { status: 500, json: {} };
    return serve(request);
  });
  const serve = api({ give: (token) => ({ json: { data: { token, expires_in: '100' } } }) });
  const run = testRun();
  const clock = run.context.clock as typeof run.context.clock & { advance(milliseconds: number): void };
  const twice = connectorOf({
    schema: {
      crud_objects: Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [
          name,
          { key: 'id', resources: { id: 'string*' }, operations: { [`${name}_get`]: { method: 'get' } } },
        ]),
      ),
    },
    rest: {
      config: { baseUrl: server.url, authentication: 'custom_post_token' },
      authOptions: {
        authUrl: `${server.url}/login`,
        tokenPath: 'data.token',
        postData: { user: '{user_name}', word: '{password}' },
        treat500AsAuthError: true,
      },
    },
  });
  const all = { ...system, tables: systemOf('hr', ['a', 'b', 'c']).tables };
  const onTrace: NonNullable<typeof run.context.onTrace> = ({ operation }) => {
    // Behind the first table the token is about to end; behind the second the server forgets it.
    if (operation === 'a_get') clock.advance(80_000);
    if (operation === 'b_get') refuse = 1;
  };
  const { report } = await collect(twice, all, { ...run, context: { ...run.context, onTrace } }, { secrets });
  expect(report.tables.map(({ state }) => state)).toEqual(['collected', 'collected', 'collected']);
  expect(server.requests.map(({ path }) => path)).toEqual(['/login', '/a', '/login', '/b', '/c', '/login', '/c']);
});

test.each([
  [
    'no token where it should be',
    { tokenPath: 'x.y' },
    { json: { secret_thing: 'hidden-value', token: 'hidden-token' } },
    'no token at x.y',
  ],
  ['an object where its place is not said', { directToken: true }, { json: { jwt: 'hidden-token' } }, 'It has: jwt.'],
  ['an empty answer', { directToken: true }, { text: '' }, 'empty'],
  ['a page', { directToken: true }, { text: '<html>\n<p>hidden-value</p>' }, 'none a header could carry'],
  ['a status', {}, { status: 503, text: 'busy' }, 'status 503'],
] as const)('%s is a failure that shows nothing of the answer', async (_, options, answer, said) => {
  await using server = await startServer(() => answer);
  const run = testRun();
  const { table, report } = await collect(connector(server.url, options), system, run, { secrets });
  expect(table('a').error).toMatchObject({ code: 'authentication-failed', message: expect.stringContaining(said) as string });
  expect(JSON.stringify([report, run.trace])).not.toContain('hidden');
});

test('wrong credentials name the inputs that the request uses', async () => {
  await using server = await startServer(api({ give: (token) => ({ json: { token } }) }));
  const run = testRun();
  const { table, report } = await collect(connector(server.url, { tokenPath: 'token' }), system, run, {
    secrets: new Map([['hr', 'wrong-password']]),
  });
  expect(table('a').error).toMatchObject({
    code: 'authentication-failed',
    message: expect.stringContaining('Check user_name and password') as string,
  });
  expect(JSON.stringify([report, run.trace])).not.toContain('wrong-password');
});

test('what the request needs and the connection lacks is named before anything is sent', async () => {
  await using server = await startServer(() => ({ json: {} }));
  for (const [postData, subject] of [
    [{ key: '{api_key}' }, 'api_key'],
    [{ key: { name: 'apiKey' } }, 'apiKey'],
  ] as const)
    await expect(collect(connector(server.url, { postData }), system, testRun(), { secrets })).rejects.toMatchObject({
      code: 'connection-missing',
      subject,
    });
  expect(server.requests).toEqual([]);
});

test('aeries: the certificate in its header, masked everywhere; a wrong one is named', async () => {
  const value = 'abcdef0123456789';
  await using server = await startServer(({ headers, path }) =>
    headers['aeries-cert'] === value ? { json: [{ id: path }] } : { status: 401, text: 'no' },
  );
  const aeries = connectorOf({
    schema: { crud_objects: { a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get' } } } } },
    rest: { config: { baseUrl: server.url, authentication: 'aeries' } },
  });
  const certificate = { kind: 'secret', name: 'hr' } as const;
  const run = testRun();
  const good = await collect(aeries, systemOf('hr', ['a'], { certificate }), run, { secrets: new Map([['hr', value]]) });
  expect(good.table('a')).toMatchObject({ state: 'collected', evidence: { assumed: [expect.stringContaining('AERIES-CERT')] } });
  expect(JSON.stringify([run.trace, good.report])).not.toContain(value);
  expect(run.trace[0]?.requestHeaders['aeries-cert']).toBe('***');
  const bad = await collect(aeries, systemOf('hr', ['a'], { certificate }), testRun(), { secrets: new Map([['hr', 'another-one']]) });
  expect(bad.table('a').error).toMatchObject({ code: 'authentication-failed', subject: 'certificate' });
  await expect(collect(aeries, systemOf('hr', ['a']), testRun())).rejects.toMatchObject({
    code: 'connection-missing',
    subject: 'certificate',
  });
});
