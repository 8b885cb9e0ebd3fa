import { describe, expect, test } from 'vitest';
import { changedBy, prepareAt, renameAt, type Files } from '../../support/names.ts';
import { connectorPath as path, workspace } from './workspace.ts';

/** A connector of these tables alone. */
function connector(tables: object, more: object = {}): Files {
  return { 'connectors/c.json': JSON.stringify({ schema: { crud_objects: tables }, ...more }, undefined, 1) };
}

describe('renaming a table', () => {
  test('renames child tables and the columns that refer to it, and keeps its requests', () => {
    expect(changedBy(workspace, path, '"table": "us<|>ers"', 'people')).toEqual([
      `${path}: "people": {`,
      `${path}: "users_get": { "method": "get", "call": { "path": "users" } },`,
      `${path}: "table": "people",`,
      `${path}: "member_table": "people",`,
      `${path}: "name_values": [{ "name": "region_code", "value": null }, { "name": "collections", "value": ["people", "people_emails"] }],`,
      `${path}: { "col_name": "people", "key": "id", "display": "userName", "name_values": [{ "name": "properties", "value": ["id", "mail"] }] },`,
      `${path}: { "col_name": "people_emails", "fields": [{ "field_name": "people_id", "ref_col": ["people"] }, { "field_name": "value", "ref_col": [] }] },`,
      `${path}: { "col_name": "members", "sys_nn": [{ "field_a": "user_id", "col_a": "people", "field_b": "group_id", "col_b": "user_aliases" }] }`,
      expect.stringMatching(/^systems\/dir.json: "tables": { "people": {/),
      expect.stringMatching(/^overlays\/dir.json: "people": {/),
      expect.stringContaining('"table": "people", "column": "mail"'),
      'filters/People.filter: from dir.people as u',
      // The table has no alias here, so its name is one.
      'filters/Others.filter: select people.userName from dir.people',
      "filters/Others.filter: where people.mail <> ''",
      'mappings/M.json: "target": { "system": "dir", "table": "people", "operation": "user_create" },',
    ]);
  });

  test('writes out the path where the name was the path, with or without a call', () => {
    const files = connector({
      'my users': {
        operations: {
          all: { method: 'get', call: { mode: 'normal' } },
          add: { method: 'post', call: {} },
          remove: { method: 'delete' },
          change: { method: 'put', call: { path: '/x' } },
          fixed: { method: 'get', call: { mode: 'constant', values: [] } },
        },
        resources: {},
      },
    });
    const after = renameAt(files, 'connectors/c.json', '"my us<|>ers"', 'users');
    const { operations } = (
      JSON.parse((after as Files)['connectors/c.json'] ?? '') as { schema: { crud_objects: { users: { operations: unknown } } } }
    ).schema.crud_objects.users;
    expect(operations).toEqual({
      all: { method: 'get', call: { mode: 'normal', path: 'my%20users' } },
      add: { method: 'post', call: { path: 'my%20users' } },
      remove: { method: 'delete', call: { path: 'my%20users' } },
      change: { method: 'put', call: { path: '/x' } },
      fixed: { method: 'get', call: { mode: 'constant', values: [] } },
    });
  });

  test('a child table keeps the beginning of its name', () => {
    expect(prepareAt(workspace, path, '"users<|>_emails"]')).toBe('users_emails');
    expect(prepareAt(workspace, path, '"em<|>ails": [')).toBe('emails');
    const lines = changedBy(workspace, path, '"users<|>_emails"]', 'users_mails');
    expect(lines).toContain(`${path}: "mails": [{ "value": "string*", "tags": [{ "label": "string*" }] }],`);
    expect(changedBy(workspace, path, '"em<|>ails": [', 'mails')).toEqual(lines);
    expect(changedBy(workspace, path, '"users<|>_emails"]', 'mails')).toBe(
      '"users_emails" is a child table: its name is that of its parent, "_" and the array "emails". The new name must begin with "users_".',
    );
  });
});

describe('renaming a column', () => {
  test('changes its property in resources and every use', () => {
    expect(changedBy(workspace, 'mappings/M.json', '"user<|>Name": {', 'login')).toEqual([
      `${path}: "resource_mandatory": ["login", "address_city"],`,
      `${path}: "keyRefs": ["login"],`,
      `${path}: "login": "string*",`,
      `${path}: "iterator_columns": ["login"],`,
      `${path}: "path": "/users/{iterator}/aliases?name={login}",`,
      `${path}: "member_attributes": { "id": "user_id", "login": "role" },`,
      expect.stringContaining('"display": "login"'),
      expect.stringContaining('"key": "login"'),
      // A column of a filter that bears its name is called otherwise, too, and so are its uses.
      'filters/People.filter: select u.login, u.mail as address, u.custom_badge',
      'filters/People.filter: order by login',
      'filters/Others.filter: select users.login from dir.users',
      'mappings/M.json: "attributes": { "login": { "column": "login" }, "custom_badge": { "column": "custom_badge" } } }',
    ]);
  });

  test('renames what refers to it as a key', () => {
    const lines = changedBy(workspace, path, '"key": "i<|>d",', 'uid');
    expect(lines).toContain(
      `${path}: { "col_name": "users_emails", "fields": [{ "field_name": "users_uid", "ref_col": ["users"] }, { "field_name": "value", "ref_col": [] }] },`,
    );
    expect(lines).toContain(`${path}: "iterator": "uid",`);
    expect(prepareAt(workspace, path, '"field_name": "users<|>_id"')).toBe(
      '"users_id" refers from the child table to its parent: its name is made of the table "users" and its key "id". Rename one of those.',
    );
  });

  test('of one named by its path only the last part', () => {
    const lines = changedBy(workspace, path, '"ci<|>ty"', 'town');
    expect(lines).toEqual([
      String.raw`${path}: "body": { "quote\"d \u00e9": "\"\u0041\" {address_town} {mail}" },`,
      `${path}: "resource_mandatory": ["userName", "address_town"],`,
      `${path}: "address": { "town": "_:string*", "zip": "_:string*" },`,
      'overlays/dir.json: "users": { "resources": { "custom": { "badge": "_:string*" }, "address": { "town": "_:string" } } } } } }',
    ]);
    expect(changedBy(workspace, path, '{address<|>_city}', 'address_town')).toEqual(lines);
    expect(changedBy(workspace, path, '{address<|>_city}', 'home_town')).toContain('The new name must begin with "address_".');
    expect(prepareAt(workspace, path, '"ci<|>ty"')).toBe('city');
    expect(prepareAt(workspace, path, '{address<|>_city}')).toBe('address_city');
  });

  test('that an overlay declares', () => {
    expect(changedBy(workspace, 'mappings/M.json', '"custom<|>_badge": {', 'custom_pass')).toEqual([
      'overlays/dir.json: "users": { "resources": { "custom": { "pass": "_:string*" }, "address": { "city": "_:string" } } } } } }',
      'filters/People.filter: select u.userName, u.mail as address, u.custom_pass',
      'mappings/M.json: "attributes": { "userName": { "column": "userName" }, "custom_pass": { "column": "custom_pass" } } }',
    ]);
  });

  test('writes names as each file wants them', () => {
    const lines = changedBy(workspace, 'overlays/dir.json', '"bad<|>ge"', 'a "b" é');
    expect(lines).toContainEqual(expect.stringContaining(String.raw`{ "a \"b\" é": "_:string*" }`));
    expect(lines).toContain('filters/People.filter: select u.userName, u.mail as address, u."custom_a ""b"" é"');
    expect(lines).toContainEqual(expect.stringContaining(String.raw`"custom_a \"b\" é": { "column": "custom_a \"b\" é" }`));
  });
});

describe('what is refused', () => {
  test.each([
    ['a name that is taken', '"mai<|>l": "string*"', 'userName', 'There is already a column "userName" in the table "users"'],
    ['a table that is there', '"table": "us<|>ers"', 'members', 'There is already a table "members" in the connector "dir"'],
    ['a derived name that is taken', '"em<|>ails": [', 'aliases', 'There is already a column "aliases" in the table "users"'],
    ['no name', '"mai<|>l": "string*"', ' ', 'needs a name'],
    ['no name for an operation', '"alias<|>_add": {', '', 'An operation needs a name'],
    ['an operation that is no word', '"alias<|>_add": {', 'add alias', `"add alias" is not.`],
    ['an operation that is there', '"alias<|>_add": {', 'aliases_get', 'There is already an operation "aliases_get"'],
    ['a variable that could not be read', '{te<|>am:', 'te{am', 'stands in braces'],
    ['an item of the engine’s name', '{te<|>am:', 'page_number', 'is a variable of the engine'],
    ['an item of an input’s name', '{te<|>am:', 'client_id', 'There is already a connection item "client_id"'],
    ['{iterator}', '/users/{iter<|>ator}', 'x', 'It stands for the column "id" of "users"'],
    ['an input', '{tenant<|>_id}', 'host', 'cannot be renamed'],
    ['what would be taken for another thing', '"region<|>_code", "type"', 'mail', undefined],
    ['what would hide another thing', '{te<|>am:', 'mail', 'would no longer mean'],
  ])('%s', (_, marked, name, sentence) => {
    const refused = changedBy(workspace, path, marked, name);
    if (sentence === undefined) expect(refused).not.toBeTypeOf('string');
    else expect(refused).toContain(sentence);
  });

  test('a column that an item would then be hidden by', () => {
    expect(changedBy(workspace, path, '"mai<|>l": "string*"', 'team')).toContain('would no longer mean');
  });

  test('files that cannot be read to their end', () => {
    const half = { ...workspace, 'systems/dir.json': workspace['systems/dir.json']?.replace(/\}$/, '') ?? '' };
    expect(changedBy(half, path, '"table": "us<|>ers"', 'people')).toContain('systems/dir.json, which cannot be read to its end');
    const broken = { ...workspace, [path]: workspace[path]?.replace(/\}\s*$/, '') ?? '' };
    expect(changedBy(broken, path, '"table": "us<|>ers"', 'people')).toContain('This file cannot be read to its end');
  });

  test('a secret and an environment variable, which live outside', () => {
    expect(prepareAt(workspace, 'systems/dir.json', '"reg<|>ion" }')).toContain('kept outside the files');
    expect(prepareAt(workspace, 'sollist.json', '"TE<|>AM"')).toContain('set outside the files');
  });

  test('the page size where the engine takes it by name', () => {
    const items = { connection: { items: [{ name: 'page_size' }] } };
    expect(prepareAt(connector({}, items), 'connectors/c.json', '"page<|>_size"')).toContain('The engine takes the page size');
    const sized = { ...items, rest: { config: { get: { pagination: { page_size: '{page_size}' } } } } };
    expect(changedBy(connector({}, sized), 'connectors/c.json', '"page<|>_size"\n', 'rows')).toEqual([
      'connectors/c.json: "name": "rows"',
      'connectors/c.json: "page_size": "{rows}"',
    ]);
  });
});

describe('renaming the rest', () => {
  test('an operation, a connection item and what a handler hands over', () => {
    expect(changedBy(workspace, 'mappings/M.json', '"user<|>_create"', 'user_add')).toEqual([
      `${path}: "user_add": {`,
      'mappings/M.json: "target": { "system": "dir", "table": "users", "operation": "user_add" },',
    ]);
    expect(changedBy(workspace, 'systems/dir.json', '"region<|>_code"', 'land_code')).toEqual([
      expect.stringContaining('"baseUrl": "https://{tenant_id}/{land_code}"'),
      expect.stringMatching(/https:\/\/\{landCode\}\/token.*"name": "landCode"/),
      expect.stringContaining('{ "name": "land_code", "type"'),
      expect.stringContaining('{ "name": "land_code", "value": null }'),
      expect.stringContaining('"land_code": { "secret": "region" }'),
    ]);
    expect(changedBy(workspace, path, '{te<|>am:', 'squad')).toContain(`${path}: "call": { "path": "/users?team={squad:no_encode}" },`);
    expect(changedBy(workspace, path, '{ow<|>ner}', 'holder')).toHaveLength(2);
  });

  test('names of a filter: a parameter, a lookup, an alias, a column', () => {
    const filter = 'filters/People.filter';
    expect(changedBy(workspace, 'mappings/M.json', '"TO<|>WN"', 'home town')).toEqual([
      `${filter}: parameter "home town" text default 'X'`,
      `${filter}: where u.mail <> @"home town"`,
      'mappings/M.json: { "filter": "People[aliased]", "parameters": { "home town": "Y" },',
    ]);
    expect(changedBy(workspace, 'mappings/M.json', 'People[ali<|>ased]', 'known')).toEqual([
      `${filter}: lookup known include address in dir.user_aliases.alias`,
      'mappings/M.json: { "filter": "People[known]", "parameters": { "TOWN": "Y" },',
    ]);
    expect(changedBy(workspace, filter, 'dir.users as <|>u', 'person')).toEqual([
      `${filter}: select person.userName, person.mail as address, person.custom_badge`,
      `${filter}: from dir.users as person`,
      `${filter}: where person.mail <> @town`,
    ]);
    expect(changedBy(workspace, 'filters/Others.filter', '<|>USERS.mail', 'u')).toEqual([
      'filters/Others.filter: select u.userName from dir.users as u',
      "filters/Others.filter: where u.mail <> ''",
    ]);
    expect(changedBy(workspace, filter, 'mail as add<|>ress', 'post')).toEqual([
      `${filter}: select u.userName, u.mail as post, u.custom_badge`,
      `${filter}: lookup aliased include post in dir.user_aliases.alias`,
    ]);
    // Without "as" a name of its own is written out.
    expect(changedBy(workspace, 'mappings/M.json', '{ "column": "user<|>Name" }', 'login')).toEqual([
      `${filter}: select u.userName as login, u.mail as address, u.custom_badge`,
      `${filter}: order by login`,
      'mappings/M.json: "attributes": { "userName": { "column": "login" }, "custom_badge": { "column": "custom_badge" } } }',
    ]);
    expect(changedBy(workspace, filter, 'mail as add<|>ress', 'userName')).toContain(
      'two columns of filters/People.filter would be called the same',
    );
  });

  test('what is called after its file: the file, and all that name it', () => {
    const after = renameAt(workspace, 'mappings/M.json', '"system": "d<|>ir"', 'Directory 2');
    expect(Object.keys(after)).toEqual(expect.arrayContaining(['systems/Directory 2.json', 'overlays/Directory 2.json', path]));
    expect((after as Files)['filters/Others.filter']).toContain('from "Directory 2".users');
    expect((after as Files)['sollist.json']).toContain('{ "Directory 2": { "team"');
    expect(changedBy(workspace, 'systems/dir.json', '"connector": "d<|>ir"', 'x/y')).toContain('cannot be one');
    expect(changedBy(workspace, 'mappings/M.json', '"Peo<|>ple[', 'Others')).toContain('There is already a filter "Others"');
    // Many disks do not tell these two files apart: the one would take the other's place.
    expect(changedBy(workspace, 'mappings/M.json', '"Peo<|>ple[', 'OTHERS')).toContain('There is already a filter "Others"');
    const moved = renameAt(workspace, 'systems/dir.json', '"connector": "d<|>ir"', 'scim') as Files;
    expect(Object.keys(moved)).toContain('connectors/scim.json');
    expect(moved['systems/dir.json']).toContain('"connector": "scim"');
  });

  test('columns of a star have no place of their own', () => {
    const files: Files = {
      ...workspace,
      'filters/All.filter': 'select u.* from dir.users as u',
      'mappings/N.json':
        '{ "filter": "All", "target": { "system": "dir", "table": "users", "operation": "user_create" }, "attributes": { "mail": { "column": "mail" } } }',
    };
    expect(prepareAt(files, 'mappings/N.json', '{ "column": "ma<|>il" }')).toContain('comes from a *');
    // With the column of the connector they are renamed all the same.
    const after = renameAt(files, path, '"mai<|>l": "string*"', 'email') as Files;
    expect(after['mappings/N.json']).toContain('"email": { "column": "email" }');
  });
});
