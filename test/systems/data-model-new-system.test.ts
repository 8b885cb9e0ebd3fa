import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { corpusConnectors } from '../support/corpus.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;

const get = { method: 'get', call: { mode: 'normal' } };
const field = (name: string, more: object = {}): object => ({
  field_name: name,
  field_type: 'string',
  field_source: 'data',
  ref_col: [],
  reference: false,
  ...more,
});
const collection = (name: string, key: string, fields: readonly object[], columns: readonly string[], more: object = {}): object => ({
  col_name: name,
  key,
  display: '',
  source: 'data',
  fields,
  name_values: [{ name: 'properties', value: columns }],
  sys_nn: [],
  ...more,
});

const scenario = {
  name: 'Default',
  name_values: [
    { name: 'tenant_id', value: 'example.org' },
    { name: 'client_secret', value: null },
    { name: 'proxy_address', value: 'proxy.example' },
    { name: 'collections', value: ['users', 'groups', 'members', 'rooms'] },
  ],
  collections: [
    collection(
      'users',
      'mail',
      [field('mail', { reference: true }), field('id', { reference: true }), field('full', { field_source: 'script' })],
      ['id', 'mail', 'extra'],
      { display: 'mail' },
    ),
    collection('users_phones', '', [field('users_id', { ref_col: ['users'] }), field('number')], ['users_id', 'number']),
    collection('groups', 'id', [field('id')], ['id', 'name']),
    collection(
      'members',
      '',
      [field('person', { ref_col: ['users', 'groups'] }), field('team', { ref_col: ['groups'] })],
      ['person', 'team'],
    ),
    collection('Overrides', 'ID', [field('ID')], ['ID'], { source: 'lookup' }),
  ],
};

const connector = (scenarios: readonly object[]): object => ({
  schema: {
    crud_objects: {
      users: {
        key: 'id',
        operations: { users_get: get },
        resources: { id: 'string*', mail: 'string*', extra: 'string', phones: [{ number: 'string*' }] },
      },
      groups: { key: 'id', operations: { groups_get: get }, resources: { id: 'string*', name: 'string*' } },
      members: {
        operations: {
          members_get: get,
          add: { method: 'post', call: { path: 'm' } },
          remove: { method: 'delete', call: { path: 'm' } },
        },
        resources: { person: 'string*', team: 'string*' },
        groupmembership: {
          add_operation: 'add',
          remove_operation: 'remove',
          member_table: 'users',
          group_table: 'groups',
          member_attributes: { id: 'person' },
          group_attributes: { id: 'team' },
        },
      },
      written: { operations: { w: { method: 'post', call: { path: 'w' } } }, resources: { id: 'string*' } },
    },
  },
  rest: {
    config: {
      baseUrl: 'https://{tenant_id}',
      authentication: 'client_credentials',
      call_handling: 'generic',
      test_connection: { url: '/' },
    },
  },
  connection: {
    items: [
      { name: 'page_size', type: 'textbox', label: 'Page size', value: '100' },
      { name: 'region', type: 'textbox', label: 'Region' },
      { name: 'note', type: 'text', text: 'A note' },
    ],
  },
  config_scenarios: scenarios,
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-new-system-'));
  writeFiles(folder, { 'sollist.json': { name: 'test' }, 'connectors/My API.json': connector([scenario]) });
});
afterEach(() => rmSync(folder, { recursive: true }));

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

test('the only scenario gives tables, keys, columns, reference keys and relations; secrets by name, the rest to be filled in', async () => {
  const { code, out } = await sollist('new', 'system', 'My API');
  expect(code).toBe(0);
  expect(read('systems/my-api.json')).toEqual({
    connector: 'My API',
    connection: { tenant_id: 'example.org', client_id: '', client_secret: { secret: 'my-api-client-secret' }, region: '' },
    tables: {
      users: { key: 'mail', display: 'mail', columns: ['id', 'mail', 'extra'], references: ['id'] },
      users_phones: {},
      groups: {},
      members: { relations: { person: ['users', 'groups'], team: 'groups' } },
    },
  });
  expect(out).toContain('scenario Default: 4 tables');
  expect(out).toMatch(/To fill in\n {2}· client_id\n {2}· region\n/);
  expect(out).toContain('client_secret: the secret "my-api-client-secret" (in the editor, or SOLLIST_SECRET_MY_API_CLIENT_SECRET)');
  expect(out).toContain('"users" computes full with scripts');
  expect(out).toContain('a table "rooms", which the connector does not have');
  expect(await sollist('check', 'systems')).toMatchObject({ code: 0 });
});

test('without a scenario every table that can be collected, memberships with their relations', async () => {
  const { out } = await sollist('new', 'system', 'My API', '--no-scenario', '--name', 'api', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    path: 'systems/api.json',
    tables: ['users', 'users_phones', 'groups', 'members'],
    toFill: ['tenant_id', 'client_id', 'region'],
  });
  expect(read('systems/api.json')).toMatchObject({ tables: { users: {}, members: { relations: { person: 'users', team: 'groups' } } } });
  expect(await sollist('check', 'systems')).toMatchObject({ code: 0 });
});

test('of several scenarios one is named; what is there is never written over', async () => {
  writeFiles(folder, { 'connectors/My API.json': connector([scenario, { ...scenario, name: 'Schools' }]) });
  expect(await sollist('new', 'system', 'My API')).toMatchObject({
    code: 2,
    err: 'The connector "My API" has several scenarios: Default, Schools. Say which, or that none is wanted. (--scenario, --no-scenario)\n',
  });
  expect(await sollist('new', 'system', 'My API', '--scenario', 'School')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "Schools"?') as unknown,
  });
  expect(await sollist('new', 'system', 'My API', '--scenario', 'Schools')).toMatchObject({ code: 0 });
  expect(await sollist('new', 'system', 'My API', '--scenario', 'Schools')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is there already') as unknown,
  });
  expect(await sollist('new', 'system', 'My API', '--scenario', 'Schools', '--force')).toMatchObject({ code: 0 });
});

test('names that are no connector or no system are refused, and nothing is written', async () => {
  expect(await sollist('new', 'system', 'MyAPI')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "My API"?') as unknown,
  });
  for (const name of ['internal', '../x', 'a/b', 'sqlite_x']) {
    expect(await sollist('new', 'system', 'My API', '--name', name)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be called') as unknown,
    });
  }
  expect(existsSync(join(folder, 'systems'))).toBe(false);
});

test('a connector may still be called what it likes', async () => {
  expect(await sollist('new', 'Systems')).toMatchObject({ code: 0 });
  expect(readdirSync(join(folder, 'connectors'))).toContain('Systems.json');
});

test.each(corpusConnectors())('a system of the shipped connector $name has no errors', async ({ name, text }) => {
  writeFiles(folder, { [`connectors/${name}`]: text });
  const type = name.replace(/\.json$/, '');
  expect(await sollist('new', 'system', type, '--name', 'shipped')).toMatchObject({ code: 0 });
  const { out } = await sollist('check', 'systems/shipped.json', '--format', 'json');
  expect(
    (JSON.parse(out) as readonly { readonly severity: string; readonly message: string }[]).filter(({ severity }) => severity !== 'hint'),
  ).toEqual([]);
});
