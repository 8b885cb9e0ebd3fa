import type { CompletionItem } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor[Symbol.asyncDispose]());

/** What is offered at the caret after a piece of a file was replaced in the open document. */
async function offered(path: string, piece: string, marked: string): Promise<readonly CompletionItem[]> {
  await editor.open(path);
  try {
    await editor.edit(path, piece, marked.replace('<|>', ''));
    return await editor.ask<CompletionItem[]>('completion', path, marked);
  } finally {
    await editor.close(path);
  }
}

async function labels(path: string, piece: string, marked: string): Promise<readonly string[]> {
  return (await offered(path, piece, marked)).map(({ label }) => label);
}

const directory = 'connectors/directory.json';

test('in a connector: tables, columns of the iterated table, operations, variables, properties', async () => {
  expect(await labels(directory, '"table": "groups"', '"table": "<|>"')).toEqual(expect.arrayContaining(['users', 'groups', 'members']));
  expect(await labels(directory, '"iterator": "id"', '"iterator": "<|>"')).toEqual(expect.arrayContaining(['id', 'displayName']));
  expect(await labels(directory, '"remove_operation": "member_remove"', '"remove_operation": "<|>"')).toEqual([
    'member_add',
    'member_remove',
  ]);
  expect(await labels(directory, '"path": "/scim/v2/Users/{id}"', '"path": "/scim/v2/Users/{<|>"')).toEqual(
    expect.arrayContaining(['{id}', '{userName}']),
  );
  expect(await labels(directory, '"method": "patch",', '"<|>": "",')).toEqual(expect.arrayContaining(['method', 'processing_options']));
});

const mapping = 'mappings/New accounts.json';

test('in a mapping: filters and lookups, tables, operations, columns of both sides', async () => {
  expect(await labels(mapping, '"filter": "Employees[without_account]"', '"filter": "<|>"')).toEqual([
    'Badges',
    'Employees',
    'Employees[without_account]',
    'Employees[with_account]',
    'External badges',
    'Leavers with an account',
    'Staff of a department',
    'Staff without an account',
  ]);
  expect(await labels(mapping, '"system": "directory"', '"system": "<|>"')).toEqual(['directory', 'hr']);
  expect(await labels(mapping, '"table": "users"', '"table": "<|>"')).toEqual(expect.arrayContaining(['users', 'groups']));
  expect(await labels(mapping, '"operation": "user_create"', '"operation": "<|>"')).toEqual([
    'user_create',
    'user_update',
    'user_disable',
    'user_delete',
  ]);
  expect(await labels(mapping, '"column": "jobTitle"', '"column": "<|>"')).toEqual(
    expect.arrayContaining(['employeeNumber', 'department']),
  );
  expect(await labels(mapping, '"compareKey": "externalId"', '"compareKey": "<|>"')).toEqual(
    expect.arrayContaining(['externalId', 'userName']),
  );
});

test('a new attribute: the target columns that are not mapped yet, with the whole entry', async () => {
  const items = await offered(mapping, '"title": { "column": "jobTitle" },', '"<|>"');
  const names = items.map(({ label }) => label);
  expect(names).toContain('title');
  expect(names).not.toContain('userName');
  // Prohibited by the operation.
  expect(names).not.toContain('id');
  expect(items.find(({ label }) => label === 'title')?.textEdit).toMatchObject({ newText: '"title": { "column": "$1" },' });
});

test('in a system: connectors, tables and connection items that are missing, columns', async () => {
  const system = 'systems/hr.json';
  expect(await labels(system, '"connector": "hr"', '"connector": "<|>"')).toEqual(['directory', 'hr']);
  expect(await labels(system, '"display": "displayName"', '"display": "<|>"')).toEqual(expect.arrayContaining(['lastName', 'displayName']));
  expect(await labels(system, '"client_id": "sollist",', '"<|>"')).toEqual(expect.arrayContaining(['client_id']));
  const connection = await offered(system, '"client_secret": { "env": "HR_CLIENT_SECRET" },', '"<|>"');
  expect(connection.map(({ label }) => label)).not.toContain('client_id');
  expect(connection.map(({ textEdit }) => textEdit?.newText)).toContain('"client_secret": { "secret": "$1" },');
  expect(await labels('systems/directory.json', '"users_emails": {},', '"<|>"')).toContain('users_emails');
});

test('in a role: parameters of its filter, and the filter columns that can name members', async () => {
  const role = 'roles/development/IT.json';
  expect(await labels(role, '"department": "IT"', '"<|>"')).toEqual(['department']);
  expect(await labels(role, '"member": "accountId"', '"member": "<|>"')).toEqual([
    'employeeNumber',
    'displayName',
    'department',
    'accountId',
  ]);
  expect(await labels(role, '"membership": "members"', '"membership": "<|>"')).toEqual(['members']);
});

test('where no name belongs, what the schema allows', async () => {
  expect(await labels('systems/hr.json', '"connection": {', '"<|>": {')).toContain('allowedHosts');
});

test('in a filter: tables, related ones first, and columns', async () => {
  const filter = 'filters/Staff of a department.filter';
  const tables = await offered(filter, 'left join directory.users as u', 'left join <|>');
  expect(
    [...tables]
      .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
      .map(({ label }) => label)
      .slice(0, 4),
  ).toContain('directory.users');
  expect(tables.find(({ label }) => label === 'directory.users')?.textEdit?.newText).toBe('directory.users as u');
  expect(await labels(filter, "p.status = 'active'", 'p.<|>')).toEqual(expect.arrayContaining(['status', 'employeeNumber']));
});

test('in a lone connector', async () => {
  const uri = 'untitled:lone';
  await editor.openText(uri, 'sollist-connector', '{ "<|>" }'.replace('<|>', ''));
  expect((await editor.ask<CompletionItem[]>('completion', uri, '{ "<|>" }')).map(({ label }) => label)).toContain('schema');
});
