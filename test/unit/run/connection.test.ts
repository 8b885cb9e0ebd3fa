import { expect, test } from 'vitest';
import { resolveConnection, secretVariable } from '../../../engine/run/connection.ts';
import type { ConnectionValue } from '../../../engine/model/system/system.ts';
import { assertRuntime } from '../../../engine/run/runtime.ts';
import { connectorOf, systemOf } from './support.ts';

const connector = connectorOf({
  rest: {
    config: { baseUrl: 'https://{tenant_id}/', authentication: 'client_credentials', headers: { 'x-org': '{org}' } },
    authOptions: { authUrl: 'https://login.example/{tenant_id}/token' },
  },
  connection: {
    items: [
      { name: 'tenant_id', required: true },
      { name: 'page_size', value: 50 },
      { name: 'org', value: 'acme' },
      { name: 'pin', password: true },
    ],
  },
});

const complete: Readonly<Record<string, string | ConnectionValue>> = {
  tenant_id: 'x.example:8443',
  client_id: 'me',
  client_secret: { kind: 'secret', name: 'hr-secret' },
};
const sources = { env: { TENANT: 'env.example', TOKEN: 'env-value', SIZE: '77' }, secrets: new Map([['hr-secret', 'hush']]) };

test('values, defaults, secrets, hosts and addresses', () => {
  const found = resolveConnection(
    connector,
    systemOf('hr', [], { ...complete, pin: 'p1', extra: { kind: 'env', name: 'TOKEN' } }),
    sources,
  );
  expect(Object.fromEntries(found.variables)).toEqual({
    tenant_id: 'x.example:8443',
    page_size: '50',
    org: 'acme',
    client_id: 'me',
    client_secret: 'hush',
    pin: 'p1',
    extra: 'env-value',
  });
  expect([...found.secrets].sort()).toEqual(['env-value', 'hush', 'p1']);
  expect(found).toMatchObject({
    system: 'hr',
    baseUrl: 'https://x.example:8443',
    authUrl: 'https://login.example/x.example:8443/token',
    hosts: [
      { hostname: 'x.example', port: '8443' },
      { hostname: 'login.example', port: '443' },
    ],
  });
});

test('an address or a short number from the environment is no secret, but any other value from there is', () => {
  const connection = { ...complete, tenant_id: { kind: 'env', name: 'TENANT' }, page_size: { kind: 'env', name: 'SIZE' } } as const;
  expect(resolveConnection(connector, systemOf('hr', [], connection), sources).secrets).toEqual(['hush']);
});

test.each([
  [{ ...complete, client_secret: { kind: 'secret', name: 'other' } }, 'secret-missing', 'other', 'SOLLIST_SECRET_OTHER'],
  [{ ...complete, client_secret: { kind: 'env', name: 'NOPE' } }, 'env-missing', 'NOPE', 'systems/hr.json'],
  [{ ...complete, tenant_id: '' }, 'connection-missing', 'tenant_id', 'systems/hr.json'],
  [{ tenant_id: 'x', client_id: 'me' }, 'connection-missing', 'client_secret', 'systems/hr.json'],
] as const)('what is missing is named: %j', (connection, code, subject, hint) => {
  expect(() => resolveConnection(connector, systemOf('hr', [], connection), sources)).toThrow(
    expect.objectContaining({ code, subject, exitCode: 2, message: expect.stringContaining(hint) as string }),
  );
});

test('the environment variable of a secret', () => {
  expect(secretVariable('hr-client secret')).toBe('SOLLIST_SECRET_HR_CLIENT_SECRET');
});

test('an old Node is refused with a sentence', () => {
  for (const version of ['20.11.0', '22.18.9', '18.0.0'])
    expect(() => assertRuntime(version)).toThrow(expect.objectContaining({ code: 'node-too-old' }));
  for (const version of ['22.19.0', '24.0.0', process.versions.node]) expect(() => assertRuntime(version)).not.toThrow();
});
