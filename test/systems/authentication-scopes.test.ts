import { expect, test } from 'vitest';
import { startOidc } from '../support/oidc-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const secret = 'a-secret-of-a-client.that-is+long';

function client(method: string): object {
  return {
    client_id: 'robot',
    client_secret: secret,
    token_endpoint_auth_method: method,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: 'read list groups',
  };
}

function connector(
  server: { readonly url: string; readonly authUrl: string },
  more: object = {},
  scopesOfC: readonly string[] = ['groups'],
): ReturnType<typeof connectorOf> {
  const people = Array.from({ length: 20 }, (_, i) => ({ id: `p${i}` }));
  const iteration = { mode: 'iteration', table: 'people', iterator: 'id', path: '/api/groups/{iterator}' };
  const resources = { id: 'string*' };
  return connectorOf({
    schema: {
      crud_objects: {
        people: { key: 'id', resources, operations: { g: { method: 'get', call: { mode: 'constant', values: people } } } },
        a: { key: 'id', resources, operations: { g: { method: 'get', call: { path: '/api/read' } } } },
        b: { key: 'id', resources, operations: { g: { method: 'get', call: { path: '/api/list' }, authOptions: { scopes: ['{unit}'] } } } },
        c: { resources, operations: { g: { method: 'get', call: iteration, maxSessionCount: 20, authOptions: { scopes: scopesOfC } } } },
      },
    },
    rest: {
      config: { baseUrl: server.url, authentication: 'client_credentials' },
      authOptions: { authUrl: server.authUrl, scopes: ['read'], ...more },
    },
    connection: { items: [{ name: 'unit', value: 'list' }] },
  });
}

const system = systemOf('hr', ['people', 'a', 'b', 'c'], { client_id: 'robot', client_secret: { kind: 'secret', name: 'hr' } });
const secrets = new Map([['hr', secret]]);

test.each([
  ['in the body', 'client_secret_post', {}],
  ['in a Basic header', 'client_secret_basic', { useBasicAuthPost: true }],
])('each operation’s scopes have a token of their own, once for twenty parallel calls; the secret goes %s', async (_, method, options) => {
  await using server = await startOidc([client(method)]);
  const run = testRun();
  const { report } = await collect(connector(server, options), system, run, { secrets });
  expect(report.tables.map(({ state, error }) => error?.message ?? state)).toEqual(['collected', 'collected', 'collected', 'collected']);
  expect(server.tokenRequests.map(({ form, status }) => [form['scope'], status])).toEqual([
    ['read', 200],
    ['list', 200],
    ['groups', 200],
  ]);
  expect(server.tokenRequests.every(({ form, authorization }) => 'client_secret' in form === (authorization === undefined))).toBe(true);
  expect(server.calls).toHaveLength(22);
  expect(server.calls.every(({ status }) => status === 200)).toBe(true);
  const shown = JSON.stringify([run.trace, report]);
  for (const { token } of server.calls) expect(shown).not.toContain(token);
  expect(shown).not.toContain(secret);
});

test('a token without the scope of a call is forbidden, and a wrong secret is refused', async () => {
  await using server = await startOidc([client('client_secret_post')]);
  const lacking = await collect(connector(server, {}, ['list']), system, testRun(), { secrets });
  expect(lacking.table('c').error ?? lacking.table('c').evidence?.failedParents?.[0]).toMatchObject({
    message: expect.stringContaining('scopes') as string,
  });
  expect(server.calls.filter(({ status }) => status === 403).length).toBeGreaterThan(0);
  const other = await collect(connector(server), system, testRun(), { secrets: new Map([['hr', 'another-secret']]) });
  expect(other.table('a').error).toMatchObject({ code: 'authentication-failed', subject: 'client_secret' });
});

test('tokens that the server takes back are renewed once for all calls that are refused', async () => {
  await using server = await startOidc([client('client_secret_post')]);
  let taken = false;
  const run = testRun();
  const onTrace: NonNullable<typeof run.context.onTrace> = ({ table }) => {
    if (table !== 'c' || taken) return;
    taken = true;
    void server.revoke();
  };
  const { table } = await collect(connector(server), system, { ...run, context: { ...run.context, onTrace } }, { secrets });
  expect(table('c').state).toBe('collected');
  expect(server.tokenRequests.filter(({ form }) => form['scope'] === 'groups').length).toBeLessThanOrEqual(2);
});
