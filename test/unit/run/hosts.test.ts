import { expect, test } from 'vitest';
import { resolveConnection, type ResolvedConnection } from '../../../engine/run/connection.ts';
import { checkHost, isLoopback } from '../../../engine/run/http/hosts.ts';
import type { HttpRequest } from '../../../engine/run/http/message.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { connectorOf, systemOf } from './support.ts';

function connection(baseUrl: string, allowed: readonly string[] = []): ResolvedConnection {
  const connector = connectorOf({ rest: { config: { baseUrl }, authOptions: { allowedHosts: ['api.example', '{region}.example:8443'] } } });
  const system = { ...systemOf('s', [], { region: 'eu', password: 'hush-hush' }), allowedHosts: allowed };
  return resolveConnection(connector, system, { env: {}, secrets: new Map() });
}

function check(
  to: string,
  more: Partial<HttpRequest> = {},
  from: ResolvedConnection = connection('https://main.example:444', ['[::1]:9']),
): string | undefined {
  try {
    checkHost({ role: 'get', operation: 'op', table: 't', verb: 'GET', url: to, headers: {}, ...more }, from, createRedactor(from.secrets));
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  'https://main.example:444/x',
  'https://MAIN.example:444',
  'https://api.example',
  'https://api.example:9999/',
  'https://eu.example:8443',
  'http://[::1]:9/',
])('%s is allowed', (url) => {
  expect(check(url)).toBeUndefined();
});

test.each([
  'https://main.example/',
  'https://main.example:445/',
  'https://evil.example/',
  'https://eu.example/',
  'https://api.example.evil.example/',
  'https://main.example:444@evil.example/',
  'https://me:pw@main.example:444/',
  'ftp://api.example/',
  'file:///etc/passwd',
  '/relative',
  '',
])('%s is refused', (url) => {
  expect(check(url)).toBe('host-refused');
});

test('credentials over plain http go to this machine only', () => {
  const plain = connection('http://main.example');
  const authorization = { headers: { authorization: 'Basic x' } };
  expect(check('http://main.example/', {}, plain)).toBeUndefined();
  expect(check('http://main.example/', authorization, plain)).toBe('host-refused');
  expect(check('http://main.example/', { role: 'authenticate' }, plain)).toBe('host-refused');
  expect(check('http://main.example/?key=hush-hush', {}, plain)).toBe('host-refused');
  expect(check('http://main.example/', { headers: { 'x-key': 'hush-hush' } }, plain)).toBe('host-refused');
  expect(check('https://api.example/', authorization, plain)).toBeUndefined();
  expect(check('http://[::1]:9/', authorization)).toBeUndefined();
});

test('what counts as this machine', () => {
  expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'a.localhost'].every(isLoopback)).toBe(true);
  expect(['127.0.0.1.evil.example', 'localhost.evil.example', '128.0.0.1', '0.0.0.0', '[::2]'].some(isLoopback)).toBe(false);
});
