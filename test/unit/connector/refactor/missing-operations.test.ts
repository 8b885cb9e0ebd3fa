import { describe, expect, test } from 'vitest';
import { addOperations, missingOperations } from '../../../../engine/model/connector/refactor/missing-operations.ts';
import { applySoundly, connectorOf, openTable, tableValue } from './support.ts';

const get = (path: string, more: object = {}): object => ({ method: 'get', call: { mode: 'normal', path }, ...more });

/** What is added to a table, by name. */
function added(tables: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const text = connectorOf(tables);
  const { connector, table } = openTable(text, name);
  const missing = missingOperations(connector, table);
  if (missing.length > 0) applySoundly(text, [addOperations(text, table, missing)]);
  return Object.fromEntries(missing.map((one) => [one.name, one.value]));
}

const users = {
  operations: { users_get: get('/users/{page_number}?active=true') },
  key: 'id',
  resources: { id: 'string*', userName: 'string*', etag: 'etag', password: 'string^' },
};

describe('the missing operations', () => {
  test('of a table with a get have its path without query and page, and its key', () => {
    expect(added({ users }, 'users')).toEqual({
      user_create: {
        method: 'post',
        call: { mode: 'normal', path: '/users' },
        semantics: 'create',
        resource_allowance_default: 'optional',
        resource_prohibited: ['id', 'etag'],
      },
      user_update: {
        method: 'put',
        call: { mode: 'normal', path: '/users/{id}' },
        semantics: 'update',
        resource_allowance_default: 'optional',
        resource_mandatory: ['id'],
        resource_prohibited: ['etag'],
      },
      user_delete: {
        method: 'delete',
        call: { mode: 'normal', path: '/users/{id}' },
        semantics: 'delete',
        resource_allowance_default: 'prohibited',
        resource_mandatory: ['id'],
      },
    });
  });

  test('a key that people choose is needed to create a row', () => {
    expect(added({ users: { ...users, key: 'userName' } }, 'users')['user_create']).toMatchObject({ resource_mandatory: ['userName'] });
  });

  test('of an iterated table name the row it belongs to', () => {
    const groups = { operations: { groups_get: get('/groups') }, key: 'id', resources: { id: 'string*' } };
    const labels = {
      operations: {
        labels_get: {
          method: 'get',
          call: { mode: 'iteration', table: 'groups', iterator: 'id', path: '/groups/{iterator}/labels', base: { group_id: '{iterator}' } },
        },
      },
      key: 'label',
      resources: { group_id: '_nim*', label: 'string*' },
    };
    expect(added({ groups, labels }, 'labels')).toMatchObject({
      label_create: { call: { path: '/groups/{group_id}/labels' }, resource_mandatory: ['group_id', 'label'] },
      label_update: { call: { path: '/groups/{group_id}/labels/{label}' }, resource_mandatory: ['group_id', 'label'] },
      label_delete: { call: { path: '/groups/{group_id}/labels/{label}' }, resource_mandatory: ['group_id', 'label'] },
    });
  });

  test('are called and sent as those of the other tables', () => {
    const groups = {
      operations: {
        GroupsList: get('/groups'),
        GroupAdd: { method: 'post', call: { path: '/groups' }, semantics: 'create' },
        GroupUpdate: { method: 'patch', call: { path: '/groups/{id}' }, semantics: 'update', resource_mandatory: ['id'] },
        GroupRemove: { method: 'delete', call: { path: '/groups/{id}' }, semantics: 'delete', resource_mandatory: ['id'] },
      },
      key: 'id',
      resources: { id: 'string*' },
    };
    const made = added({ groups, people: { ...users, operations: { PeopleList: get('/people') } } }, 'people');
    expect(made).toMatchObject({ PersonAdd: {}, PersonUpdate: { method: 'patch' }, PersonRemove: {} });
  });

  test('follow the other writes of the table rather than its get', () => {
    const device = { method: 'put', call: { path: '/v2/device/{serial}' }, semantics: 'update', resource_mandatory: ['serial'] };
    const devices = {
      operations: { devices_get: get('/v1/devices'), device_update: device },
      key: 'id',
      resources: { id: 'string*', serial: 'string*' },
    };
    expect(added({ devices }, 'devices')).toMatchObject({
      device_create: { call: { path: '/v1/devices' } },
      device_delete: { call: { path: '/v2/device/{serial}' }, resource_mandatory: ['serial'] },
    });
  });

  test('never make a delete of all rows', () => {
    const update = { method: 'put', call: { path: '/users' }, body: { id: '{id}' }, semantics: 'update', resource_mandatory: ['id'] };
    const made = added({ users: { ...users, operations: { users_get: get('/users'), user_update: update } } }, 'users');
    expect(made['user_delete']).toMatchObject({ call: { path: '/users/{id}' } });
    const { connector, table } = openTable(
      connectorOf({ users: { operations: { g: get('/users') }, resources: { name: 'string*' } } }),
      'users',
    );
    expect(missingOperations(connector, table).map(({ kind }) => kind)).toEqual(['create']);
  });

  test('never are those of the row that others belong to', () => {
    const through = { mode: 'iteration', table: 'groups', iterator: 'id', path: '/groups/{iterator}', base: { group_id: '{iterator}' } };
    const members = {
      operations: { members_get: { method: 'get', call: through } },
      key: 'group_id',
      resources: { group_id: '_nim*', value: 'string*' },
    };
    const groups = { operations: { groups_get: get('/groups') }, key: 'id', resources: { id: 'string*' } };
    expect(added({ groups, members }, 'members')).toEqual({});
  });

  test('a get is made as the others are', () => {
    const wrapped = (name: string): object => get(`/api/${name}`, { processing_options: { output_field: name } });
    const made = added(
      {
        users: { operations: { users_get: wrapped('users') }, key: 'id', resources: { id: 'string*' } },
        groups: {
          operations: {
            group_delete: { method: 'delete', call: { path: '/api/groups/{id}' }, semantics: 'delete', resource_mandatory: ['id'] },
          },
          key: 'id',
          resources: { id: 'string*' },
        },
        roles: { operations: {}, key: 'id', resources: { id: 'string*' } },
      },
      'groups',
    );
    expect(made['groups_get']).toEqual({
      method: 'get',
      call: { mode: 'normal', path: '/api/groups' },
      processing_options: { output_field: 'groups' },
    });
  });

  test('a get below another table is an iteration over it', () => {
    const remove = {
      method: 'delete',
      call: { path: '/groups/{group_id}/owners/{id}' },
      semantics: 'delete',
      resource_mandatory: ['group_id', 'id'],
    };
    const made = added(
      {
        groups: { operations: { groups_get: get('/groups') }, key: 'id', resources: { id: 'string*' } },
        owners: { operations: { owner_delete: remove }, key: 'id', resources: { id: 'string*', group_id: '_nim*' } },
      },
      'owners',
    );
    expect(made['owners_get']).toMatchObject({
      call: { mode: 'iteration', table: 'groups', iterator: 'id', path: '/groups/{iterator}/owners', base: { group_id: '{iterator}' } },
    });
  });

  test('nothing is missing where all is there, nor known of constant rows', () => {
    const { connector, table } = openTable(
      connectorOf({
        kinds: {
          operations: { kinds_get: { method: 'get', call: { mode: 'constant', values: [{ id: 'a' }] } } },
          key: 'id',
          resources: { id: 'string*' },
        },
      }),
      'kinds',
    );
    expect(missingOperations(connector, table)).toEqual([]);
  });
});

describe('the text', () => {
  test.each([
    ['\t', '\n\t\t\t\t\t"user_create": {\n\t\t\t\t\t\t"method": "post",'],
    ['    ', '\n                    "user_create": {\n                        "method": "post",'],
  ])('is indented by %j as the file', (indent, expected) => {
    const text = connectorOf({ users }, indent);
    const { connector, table } = openTable(text, 'users');
    const [create] = missingOperations(connector, table);
    if (!create) throw new Error('A create is missing.');
    const after = applySoundly(text, [addOperations(text, table, [create])]);
    expect(after).toContain(expected);
    // What was there stays as it was, and the file looks as if it were written in one go, but for its short lists.
    expect(JSON.stringify(JSON.parse(after), undefined, indent).replaceAll(/\s/g, '')).toBe(after.replaceAll(/\s/g, ''));
  });

  test('keeps the line ends, and stays on one line where the file is', () => {
    const windows = connectorOf({ users }).replaceAll('\n', '\r\n');
    const made = (text: string): string => {
      const { connector, table } = openTable(text, 'users');
      return applySoundly(text, [addOperations(text, table, missingOperations(connector, table))]);
    };
    expect(made(windows).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(made(connectorOf({ users }, 0).trim())).not.toContain('\n');
  });

  test('gets its operations where there are none, or an empty object', () => {
    for (const operations of [{}, undefined]) {
      const text = connectorOf({ users: { key: 'id', ...(operations && { operations }), resources: { id: 'string*' } } });
      const { connector, table } = openTable(text, 'users');
      const missing = missingOperations(connector, table);
      const after = applySoundly(text, [addOperations(text, table, missing)]);
      expect(Object.keys(tableValue(after, 'users')['operations'] as object)).toEqual([
        'users_get',
        'user_create',
        'user_update',
        'user_delete',
      ]);
      expect(after).toBe(`${JSON.stringify(JSON.parse(after), undefined, 2)}\n`.replaceAll(/\[\s+("\w+")\s+\]/g, '[$1]'));
    }
  });
});
