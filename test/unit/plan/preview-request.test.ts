import { expect, test } from 'vitest';
import { findOperation, findTable } from '../../../engine/model/connector/connector.ts';
import type { System } from '../../../engine/model/system/system.ts';
import { previewRequest, type RequestPreview } from '../../../engine/run/plan/preview-request.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { connectorOf, systemOf } from '../run/support.ts';

const connector = connectorOf({
  schema: {
    crud_objects: {
      users: {
        key: 'id',
        resources: {
          id: 'string*',
          mail: 'string*',
          active: 'boolean*',
          tags: ['string*'],
          name: { given: 'string*', family: 'string*' },
        },
        operations: {
          users_get: { method: 'get', call: { path: '/users' } },
          user_create: {
            method: 'post',
            call: { path: '/users' },
            semantics: 'create',
            resource_mandatory: ['mail', 'given'],
            resource_prohibited: ['id'],
            body: { kind: 'person', tenant: '{tenant_id}', _nim_merge_attributes_: true },
          },
          user_update: {
            method: 'patch',
            call: { path: '/users/{id}', queryParameters: { by: '{mail:no_encode}' } },
            resource_mandatory: ['id'],
          },
          user_delete: { method: 'delete', call: { path: '/users/{id}' }, semantics: 'delete', resource_mandatory: ['id'] },
          member_remove: {
            method: 'patch',
            call: { path: '/groups/{group}' },
            body: { path: 'members[value eq "{id}"]', raw: '[{id}]' },
            resource_allowance_default: 'prohibited',
          },
        },
      },
    },
  },
  rest: {
    config: {
      baseUrl: 'https://{tenant_id}',
      authentication: 'client_credentials',
      headers: { 'x-api-key': '{client_secret}', 'x-region': '{region}' },
    },
  },
  connection: { items: [{ name: 'region', type: 'textbox' }] },
});

const system = systemOf('crm', ['users'], {
  tenant_id: 'crm.example',
  client_id: 'me',
  client_secret: { kind: 'secret', name: 'crm' },
  region: { kind: 'env', name: 'REGION' },
});

function preview(
  operation: string,
  more: { readonly system?: System; readonly row?: Readonly<Record<string, Cell>> } = {},
): RequestPreview {
  const table = findTable(connector, 'users');
  const found = table && findOperation(table, operation);
  if (!table || !found) throw new Error(`there is no ${operation}`);
  return previewRequest({ connector, table, operation: found, env: {}, ...more });
}

test('without a row each column shows as its name, readable also where values are encoded', () => {
  const { request, notes } = preview('user_create', { system });
  expect(request).toMatchObject({ verb: 'POST', url: 'https://crm.example/users' });
  expect(JSON.parse(request?.body ?? '')).toEqual({ kind: 'person', tenant: 'crm.example', mail: '‹mail›', name: { given: '‹given›' } });
  expect(notes).toEqual(['A mapping may send too: active, tags, family.']);
  expect(preview('user_update', { system }).request?.url).toBe('https://crm.example/users/‹id›?by=‹mail›');
});

test('a row gives its values, in their types; what it lacks keeps its name', () => {
  const row = { id: 'a/b', mail: 'ann@x', given: null, family: 'Lee', active: 1, tags: '["a"]' };
  expect(JSON.parse(preview('user_create', { system, row }).request?.body ?? '')).toMatchObject({
    mail: 'ann@x',
    name: { given: '‹given›' },
  });
  const update = preview('user_update', { system, row }).request;
  expect(update?.url).toBe('https://crm.example/users/a%2Fb?by=ann@x');
  expect(JSON.parse(update?.body ?? '')).toEqual({ mail: 'ann@x', active: true, tags: ['a'], name: { given: '‹given›', family: 'Lee' } });
  const remove = preview('user_delete', { system, row }).request;
  expect(remove).toMatchObject({ verb: 'DELETE', url: 'https://crm.example/users/a%2Fb' });
  expect(remove).not.toHaveProperty('body');
});

test('names stand where a quote or a bracket would refuse a value; a value that is refused is named', () => {
  expect(JSON.parse(preview('member_remove', { system }).request?.body ?? '')).toEqual({ path: 'members[value eq "‹id›"]', raw: '[‹id›]' });
  const blocked = preview('member_remove', { system, row: { id: '" or true' } });
  expect(blocked.request).toBeUndefined();
  expect(blocked.text).toContain('would end');
});

test('credentials are masked, and an environment variable that is not set shows as its name', () => {
  const { request, text } = preview('user_create', { system });
  expect(request?.headers).toMatchObject({ authorization: 'Bearer ***', 'x-api-key': '***', 'x-region': '<REGION>' });
  expect(text).toContain('POST https://crm.example/users\nauthorization: Bearer ***\n');
});

test('without a system, connection values show as their names', () => {
  const { request, notes, system: name } = preview('users_get');
  expect(request).toMatchObject({ verb: 'GET', url: 'https://‹tenant_id›/users' });
  expect(request?.headers['x-region']).toBe('‹region›');
  expect(name).toBeUndefined();
  expect(notes.join()).toContain('No system is given');
});
