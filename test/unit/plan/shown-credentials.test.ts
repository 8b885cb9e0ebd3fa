import { expect, test } from 'vitest';
import { findOperation, findTable } from '../../../engine/model/connector/connector.ts';
import { previewRequest } from '../../../engine/run/plan/preview-request.ts';
import { connectorOf, systemOf } from '../run/support.ts';

/** The preview of a get operation of a connector with this authentication. */
function preview(
  authentication: string,
  options: { readonly authOptions?: object; readonly headers?: object; readonly own?: object } = {},
): ReturnType<typeof previewRequest> {
  const connector = connectorOf({
    schema: {
      crud_objects: {
        users: {
          key: 'id',
          resources: { id: 'string*' },
          operations: { get: { method: 'get', ...options.own }, add: { method: 'post', call: { path: '/users' }, ...options.own } },
        },
      },
    },
    rest: {
      config: { baseUrl: 'https://{tenant_id}', authentication, headers: options.headers ?? {} },
      authOptions: { authUrl: 'https://{tenantId}/token', loginUrl: 'https://x/login', ...options.authOptions },
    },
  });
  const table = findTable(connector, 'users');
  const operation = table && findOperation(table, 'add');
  if (!operation) throw new Error('it is there');
  return previewRequest({ connector, system: systemOf('crm', [], { tenant_id: 'crm.example' }), table, operation, env: {} });
}

test.each([
  ['none', {}, {}],
  ['basic_auth', {}, { authorization: 'Basic ***' }],
  ['client_credentials', {}, { authorization: 'Bearer ***' }],
  [
    'certificate',
    { authOptions: { JWT: { sub: { name: 'tenantId' } }, postData: { a: '{client_id}', b: { name: 'orgId' } } } },
    { authorization: 'Bearer ***' },
  ],
  ['authorization_code_grant', {}, { authorization: 'Bearer ***' }],
  ['custom_post_token', { authOptions: { postData: { a: '{user_name}' } } }, { authorization: 'Bearer ***' }],
  ['custom_post_token', { headers: { 'X-Session': 'T {token} {tenant_id}' } }, { 'x-session': 'T *** ***' }],
  ['custom_post_token', { headers: { Authorization: 'Token {token}' } }, { authorization: 'Token ***' }],
  ['aeries', {}, { 'aeries-cert': '***' }],
] as const)('%s %j shows %j', (kind, options, expected) => {
  const { request } = preview(kind, options);
  const { accept: _accept, 'content-type': _type, ...headers } = request?.headers ?? {};
  expect(request?.url).toBe('https://crm.example/users');
  expect(headers).toEqual(expected);
});

test('what a token is for is no part of the request that is shown', () => {
  const { request } = preview('certificate', { own: { authOptions: { scopes: ['mail'], JWT: { sub: '{id}' } } } });
  expect(Object.keys(request ?? {}).sort()).toEqual(['body', 'headers', 'url', 'verb']);
});
