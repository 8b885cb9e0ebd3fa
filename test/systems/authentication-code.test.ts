import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createTokenMemory } from '../../engine/run/http/auth/token-memory.ts';
import type { RunContext, SignInRequest } from '../../engine/run/context.ts';
import { browse, type Browsed } from '../support/browser.ts';
import { startServer } from '../support/http-server.ts';
import { startOidc, type OidcServer } from '../support/oidc-server.ts';
import { steadyClock } from '../support/steady-clock.ts';
import { collect, connectorOf, systemOf, testRun, type Collected, type TestRun } from '../unit/run/support.ts';

const app = {
  client_id: 'app',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
  scope: 'openid offline_access read list groups',
};

function connector(
  server: Pick<OidcServer, 'authUrl' | 'loginUrl'>,
  url: string,
  scopes: readonly string[] = ['openid', 'read', 'list'],
): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get', call: { path: '/api/read' } } } },
        b: {
          resources: { id: 'string*' },
          operations: {
            b_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'a', iterator: 'id', path: '/api/list/{iterator}' },
              maxSessionCount: 3,
            },
          },
        },
      },
    },
    rest: {
      config: { baseUrl: url, authentication: 'authorization_code_grant' },
      authOptions: {
        authUrl: server.authUrl,
        loginUrl: `${server.loginUrl}?response_type=code&client_id={client_id}&redirect_uri={redirect_uri}&scope={scopes}`,
        scopes,
      },
    },
  });
}

/** A run whose person follows the address as a browser would. */
interface Signing {
  readonly run: TestRun;
  readonly clock: ReturnType<typeof steadyClock>;
  readonly requests: SignInRequest[];
  readonly pages: Promise<Browsed>[];
}

let open: Promise<unknown>[] = [];
afterEach(async () => {
  await Promise.allSettled(open);
  open = [];
});

function signing(
  options: Partial<Pick<RunContext, 'tokens'>> & {
    readonly clock?: ReturnType<typeof steadyClock>;
    readonly person?: (request: SignInRequest) => Promise<Browsed> | undefined;
  } = {},
): Signing {
  const { clock = steadyClock(), person = ({ address }: SignInRequest) => browse(address), tokens } = options;
  const requests: SignInRequest[] = [];
  const pages: Promise<Browsed>[] = [];
  const run = testRun();
  const signIn = (request: SignInRequest): void => {
    requests.push(request);
    const page = person(request);
    if (page) pages.push(page);
    if (page) open.push(page);
  };
  return { clock, requests, pages, run: { ...run, context: { ...run.context, clock, signIn, ...(tokens && { tokens }) } } };
}

const system = systemOf('hr', ['a', 'b'], { client_id: 'app' });
const states = ({ report }: Collected): readonly string[] => report.tables.map(({ state }) => state);

test('a person signs in with PKCE; the page says to go back, and one sign-in serves all calls and the next run', async () => {
  await using server = await startOidc([app]);
  const tokens = createTokenMemory();
  const first = signing({ tokens });
  const collected = await collect(connector(server, server.url), system, first.run);
  expect(states(collected)).toEqual(['collected', 'collected']);
  expect(first.requests).toHaveLength(1);
  const [request] = first.requests;
  const asked = new URL(request?.address ?? '');
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'app',
    scope: 'openid read list',
    redirect_uri: request?.redirectUri,
    code_challenge_method: 'S256',
  });
  expect(new URL(request?.redirectUri ?? '').hostname).toBe('127.0.0.1');
  expect(server.tokenRequests.map(({ form }) => form['grant_type'])).toEqual(['authorization_code']);
  expect(server.tokenRequests[0]?.form['code_verifier']).toMatch(/^[\w-]{43}$/);

  const page = await first.pages[0];
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('go back to the editor') as string });
  expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
  // The way back is closed again.
  await expect(fetch(request?.redirectUri ?? '')).rejects.toThrow();

  const second = signing({ tokens });
  expect(states(await collect(connector(server, server.url), system, second.run))).toEqual(['collected', 'collected']);
  expect(second.requests).toEqual([]);
  expect(server.tokenRequests).toHaveLength(1);
  expect(new Set(server.calls.map(({ token }) => token)).size).toBe(1);
});

test('a token that ends is renewed by the refresh token, which is turned over each time', async () => {
  await using server = await startOidc([app]);
  const tokens = createTokenMemory();
  const clock = steadyClock();
  const run = (): Signing => signing({ tokens, clock });
  await collect(connector(server, server.url), system, run().run);
  for (let i = 0; i < 2; i++) {
    clock.pass(571_000);
    const later = run();
    expect(states(await collect(connector(server, server.url), system, later.run))).toEqual(['collected', 'collected']);
    expect(later.requests).toEqual([]);
  }
  const grants = server.tokenRequests.map(({ form, status }) => [form['grant_type'], status]);
  expect(grants).toEqual([
    ['authorization_code', 200],
    ['refresh_token', 200],
    ['refresh_token', 200],
  ]);
  // The server refuses one that was used before.
  expect(new Set(server.tokenRequests.map(({ form }) => form['refresh_token'])).size).toBe(3);
  expect(new Set(server.calls.map(({ token }) => token)).size).toBe(3);
});

test('a token that was taken back is renewed once for parallel calls; when that is refused, too, a person signs in again', async () => {
  await using server = await startOidc([app]);
  const tokens = createTokenMemory();
  await collect(connector(server, server.url), system, signing({ tokens }).run);
  await server.revoke();
  const second = signing({ tokens });
  expect(states(await collect(connector(server, server.url), system, second.run))).toEqual(['collected', 'collected']);
  expect(second.requests).toEqual([]);
  expect(server.tokenRequests).toHaveLength(2);

  // Used by somebody else: the server takes back all that came of it.
  await server.revoke();
  const { refresh_token: used = '' } = server.tokenRequests[1]?.form ?? {};
  await fetch(server.authUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: used, client_id: 'app' }),
  });
  const third = signing({ tokens });
  expect(states(await collect(connector(server, server.url), system, third.run))).toEqual(['collected', 'collected']);
  expect(third.requests).toHaveLength(1);
  expect(server.tokenRequests.slice(2).map(({ form, status }) => [form['grant_type'], status])).toEqual([
    ['refresh_token', 400],
    ['refresh_token', 400],
    ['authorization_code', 200],
  ]);
});

test('two runs at once wait for one sign-in, also when the one that began it is cancelled', async () => {
  await using server = await startOidc([app]);
  const tokens = createTokenMemory();
  let go: () => void = () => undefined;
  const person = new Promise<void>((resolve) => (go = resolve));
  const late = ({ address }: SignInRequest): Promise<Browsed> => person.then(() => browse(address));
  const one = signing({ tokens, person: late });
  const two = signing({ tokens, person: late });
  const both = [one, two].map(({ run }) => collect(connector(server, server.url), system, run));
  await expect.poll(() => one.requests.length + two.requests.length).toBe(1);
  go();
  for (const collected of await Promise.all(both)) expect(states(collected)).toEqual(['collected', 'collected']);
  expect(server.tokenRequests).toHaveLength(1);

  const fresh = createTokenMemory();
  const given = signing({ tokens: fresh, person: () => undefined });
  const kept = signing({ tokens: fresh });
  const cancelledRun = collect(connector(server, server.url), system, given.run);
  await expect.poll(() => given.requests.length).toBe(1);
  const keptRun = collect(connector(server, server.url), system, kept.run);
  given.run.abort();
  expect(states(await cancelledRun)).toEqual(['cancelled', 'not-reached']);
  expect(states(await keptRun)).toEqual(['collected', 'collected']);
});

test('who refuses, who comes too late, and where nobody can be asked: each has its own sentence, and no second page is opened', async () => {
  await using server = await startOidc([app]);
  server.person = 'refuses';
  const refusing = signing();
  const refused = await collect(connector(server, server.url), system, refusing.run);
  expect(refused.table('a').error).toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringContaining('was refused in the browser') as string,
  });
  expect(refused.table('b').state).toBe('not-reached');
  expect(refusing.requests).toHaveLength(1);
  expect((await refusing.pages[0])?.text).not.toContain('<b>');

  const slow = signing({ person: () => undefined });
  const waiting = collect(connector(server, server.url), system, slow.run);
  await expect.poll(() => slow.clock.waiting).toBe(1);
  slow.clock.pass(5 * 60_000);
  expect((await waiting).table('a').error).toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringContaining('nobody signed in within 5 minutes') as string,
  });
  await expect(fetch(slow.requests[0]?.redirectUri ?? '')).rejects.toThrow();

  const alone = await collect(connector(server, server.url), system, testRun());
  expect(alone.table('a').error).toMatchObject({
    code: 'sign-in-needed',
    message: expect.stringContaining('in the editor, or in a terminal') as string,
  });
});

test('a run that is cancelled while it waits ends at once and closes the way back', async () => {
  await using server = await startOidc([app]);
  const waiting = signing({ person: () => undefined });
  const run = collect(connector(server, server.url), system, waiting.run);
  await expect.poll(() => waiting.requests.length).toBe(1);
  waiting.run.abort();
  expect(states(await run)).toEqual(['cancelled', 'not-reached']);
  await expect(fetch(waiting.requests[0]?.redirectUri ?? '')).rejects.toThrow();
  expect(server.tokenRequests).toEqual([]);
});

test('an answer with another state, another path or another method is sent away, says nothing of what it was sent, and changes nothing', async () => {
  await using server = await startOidc([app]);
  const pages: { status: number; text: string }[] = [];
  const run = signing({
    person: async ({ address, redirectUri }) => {
      const hostile = `${redirectUri}?state=other&code=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cimg%3E`;
      for (const [url, method] of [
        [hostile, 'GET'],
        [`${redirectUri}?code=x`, 'GET'],
        [new URL('/favicon.ico', redirectUri).href, 'GET'],
        [`${redirectUri}?state=${new URL(address).searchParams.get('state') ?? ''}&code=x`, 'POST'],
      ] as const) {
        const response = await fetch(url, { method });
        pages.push({ status: response.status, text: await response.text() });
      }
      return browse(address);
    },
  });
  expect(states(await collect(connector(server, server.url), system, run.run))).toEqual(['collected', 'collected']);
  expect(pages.map(({ status }) => status)).toEqual([400, 400, 404, 404]);
  for (const { text } of pages) expect(text).not.toMatch(/alert|<img|other/);
});

test('an answer that says it comes from another server is refused, and its code goes nowhere', async () => {
  await using server = await startOidc([app]);
  const run = signing({
    person: ({ address, redirectUri }) => {
      const state = new URL(address).searchParams.get('state') ?? '';
      return browse(`${redirectUri}?${new URLSearchParams({ state, code: 'stolen', iss: 'https://evil.example' }).toString()}`);
    },
  });
  const collected = await collect(connector(server, server.url), system, run.run);
  expect(collected.table('a').error).toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringContaining('another server') as string,
  });
  expect(server.tokenRequests).toEqual([]);
});

test('a client with a secret, a redirect_uri of the connection, a page that answers without an issuer, and a server that checks the verifier', async () => {
  const secret = 'a-long-client-secret';
  const forms: URLSearchParams[] = [];
  let challenge = '';
  const headers: (string | undefined)[] = [];
  await using server = await startServer(({ path, query, body, headers: sent }) => {
    if (path === '/login') {
      challenge = query.get('code_challenge') ?? '';
      return { status: 302, headers: { location: `${query.get('redirect_uri') ?? ''}?code=the-code&state=${query.get('state') ?? ''}` } };
    }
    if (path !== '/token') return sent.authorization === 'Bearer token-of-a-person' ? { json: [{ id: '1' }] } : { status: 401, json: {} };
    const form = new URLSearchParams(body);
    // What RFC 7636, 4.6 has the server do.
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (proof !== challenge) return { status: 400, json: { error: 'invalid_grant' } };
    forms.push(form);
    headers.push(sent.authorization);
    return { json: { access_token: 'token-of-a-person', token_type: 'Bearer', id_token: 'not.checked.here' } };
  });
  const urls = { authUrl: `${server.url}/token`, loginUrl: `${server.url}/login` };
  const free = await startServer(() => ({ json: {} }));
  await free.stop();
  const redirect = `http://localhost:${new URL(free.url).port}/back`;
  const own = systemOf('hr', ['a'], { client_id: 'app', client_secret: { kind: 'secret', name: 'hr' }, redirect_uri: redirect });
  const run = signing({ person: ({ address }) => browse(address.replaceAll('localhost', '127.0.0.1')) });
  const collected = await collect(connector(urls, server.url), own, run.run, { secrets: new Map([['hr', secret]]) });
  expect(states(collected)).toEqual(['collected']);
  expect(run.requests[0]?.redirectUri).toBe(redirect);
  expect(Object.fromEntries(forms[0] ?? [])).toMatchObject({ code: 'the-code', client_secret: secret });
  expect(headers).toEqual([undefined]);
  for (const known of [secret, 'token-of-a-person', forms[0]?.get('code_verifier') ?? ''])
    expect(JSON.stringify([run.run.trace, collected.report])).not.toContain(known);

  for (const [redirect_uri, part] of [
    ['https://127.0.0.1:8400/x', 'no http address of this machine'],
    ['http://example.com/x', 'no http address of this machine'],
    [`${server.url}/x`, 'another program uses it'],
  ] as const) {
    const failed = await collect(connector(urls, server.url), systemOf('hr', ['a'], { client_id: 'app', redirect_uri }), signing().run);
    expect(failed.table('a').error).toMatchObject({
      code: 'sign-in-failed',
      subject: 'redirect_uri',
      message: expect.stringContaining(part) as string,
    });
  }
});

test('a sign-in page that is not encrypted is refused; a token is not handed to the hosts of an edited connector', async () => {
  await using server = await startOidc([app]);
  const plain = await collect(connector({ ...server, loginUrl: 'http://login.example/auth' }, server.url), system, signing().run);
  expect(plain.table('a').error).toMatchObject({ code: 'host-refused', subject: 'login.example' });

  const tokens = createTokenMemory();
  await collect(connector(server, server.url), system, signing({ tokens }).run);
  await using other = await startServer(() => ({ json: [] }));
  const moved = signing({ tokens, person: () => undefined });
  const run = collect(connector(server, other.url), system, moved.run);
  await expect.poll(() => moved.requests.length).toBe(1);
  moved.run.abort();
  await run;
  expect(other.requests).toEqual([]);
});
