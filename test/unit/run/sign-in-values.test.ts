import { expect, test } from 'vitest';
import { resolveConnection } from '../../../engine/run/connection.ts';
import type { ConnectionValue } from '../../../engine/model/system/system.ts';
import { authenticationAssumed } from '../../../engine/run/http/auth/assumed.ts';
import { childOf, parseJson } from '../../../engine/model/text/json.ts';
import { renderTree } from '../../../engine/run/http/auth/template-tree.ts';
import { secretsIn } from '../../../engine/run/http/auth/token-answer.ts';
import { connectorOf, systemOf } from './support.ts';

function resolve(
  authentication: string,
  authOptions: object,
  connection: Readonly<Record<string, string | ConnectionValue>>,
  config: object = {},
): ReturnType<typeof resolveConnection> {
  const connector = connectorOf({ rest: { config: { baseUrl: 'https://api.example', authentication, ...config }, authOptions } });
  return resolveConnection(connector, systemOf('hr', [], connection), { env: {}, secrets: new Map() });
}

test.each(['client_credentials', 'certificate', 'authorization_code_grant', 'custom_post_token'])(
  '%s: the address of the token may name inputs in the writing of the sign-in, and its host may be asked',
  (kind) => {
    const values = { tenant_id: 'acme.example', client_id: 'me', client_secret: 's3cr3t', certificate: 'pem' };
    const found = resolve(kind, { authUrl: 'https://login.example/{tenantId}/{tenant_id}/token', allowedHosts: ['{tenantId}'] }, values);
    expect(found.authUrl).toBe('https://login.example/acme.example/acme.example/token');
    expect(found.hosts.map(({ hostname }) => hostname)).toEqual(['api.example', 'login.example', 'acme.example']);
  },
);

test.each([
  ['basic_auth', {}, 'user_name'],
  ['basic_auth', { user_name: 'x' }, 'password'],
  ['client_credentials', { client_id: 'x' }, 'client_secret'],
  ['certificate', { client_id: 'x' }, 'certificate'],
  ['certificate', { certificate: 'pem' }, 'client_id'],
  ['authorization_code_grant', {}, 'client_id'],
  ['aeries', {}, 'certificate'],
] as const)('%s with %j misses %s', (kind, connection, subject) => {
  expect(() => resolve(kind, { authUrl: 'https://login.example/t' }, connection)).toThrow(
    expect.objectContaining({ code: 'connection-missing', subject, message: expect.stringContaining('systems/hr.json') as string }),
  );
});

test.each([
  ['certificate', { JWT: { sub: { name: 'tenantId' } } }, 'tenantId'],
  ['certificate', { postData: { resource: 'https://{resource_host}' } }, 'resource_host'],
  ['custom_post_token', { postData: { deep: [{ key: '{api_key}' }] } }, 'api_key'],
  ['custom_post_token', { scopes: ['{unit}.read'] }, 'unit'],
] as const)('%s: what the token request uses is needed, too: %j', (kind, options, subject) => {
  expect(() => resolve(kind, { authUrl: 'https://login.example/t', ...options }, { client_id: 'me', certificate: 'pem' })).toThrow(
    expect.objectContaining({ code: 'connection-missing', subject }),
  );
});

test('a kind without a token does not care about what is left of another kind', () => {
  expect(
    resolve('basic_auth', { authUrl: 'https://{gone}/t', postData: { a: '{gone}' } }, { user_name: 'x', password: 'y' }).authUrl,
  ).toBeUndefined();
});

test('a header with {token} needs no value of the connection', () => {
  expect(() => resolve('custom_post_token', { authUrl: 'https://x.example' }, {}, { headers: { 'x-session': '{token}' } })).not.toThrow();
  expect(() =>
    resolve(
      'client_credentials',
      { authUrl: 'https://x.example' },
      { client_id: 'a', client_secret: 'b' },
      { headers: { 'x-session': '{token}' } },
    ),
  ).toThrow(expect.objectContaining({ code: 'connection-missing', subject: 'token' }));
});

test('a template tree keeps types, and {"name": …} means a value only where nothing else stands beside it', () => {
  const tree = childOf(
    parseJson(
      '{"t": {"a": {"name": "now"}, "b": {"name": "admin", "pin": 1}, "c": {"name": "{user_name}"}, "d": "{now}s", "e": null, "f": [true, {"name": "gone"}]}}',
      { strict: true },
    ).root,
    't',
  );
  if (!tree) throw new Error('the tree is there');
  const values: Readonly<Record<string, string | number>> = { now: 17, user_name: 'ann' };
  expect(renderTree(tree, (name) => values[name])).toEqual({
    a: 17,
    b: { name: 'admin', pin: 1 },
    c: { name: 'ann' },
    d: '17s',
    e: null,
    f: [true, null],
  });
});

test('of a token answer the secrets are those whose names say so and that no row would hold by chance', () => {
  const answer = {
    access_token: 'a'.repeat(20),
    data: { refreshToken: 'b'.repeat(20), token_type: 'bearer-of-a-very-long-name', client_secret: 'short' },
    token: 'standard',
  };
  expect(secretsIn(JSON.stringify(answer))).toEqual(['a'.repeat(20), 'b'.repeat(20)]);
  expect(secretsIn('no JSON')).toEqual([]);
});

test('what is taken for granted is said', () => {
  const assumed = (authentication: string, authOptions: object = {}, headers: object = {}): readonly string[] =>
    authenticationAssumed(connectorOf({ rest: { config: { authentication, headers }, authOptions } }));
  expect(assumed('client_credentials')).toEqual([]);
  expect(assumed('aeries')).toEqual([expect.stringContaining('AERIES-CERT')]);
  expect(assumed('certificate', { JWT: {} })).toEqual([expect.stringContaining('no postData')]);
  expect(assumed('certificate', { JWT: {}, postData: {} })).toEqual([]);
  expect(assumed('custom_post_token', { tokenPath: 'x' }, { 'x-a': '{token}' })).toEqual([]);
  expect(assumed('custom_post_token')).toHaveLength(2);
});
