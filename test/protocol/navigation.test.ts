import type { DocumentSymbol, Location } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor[Symbol.asyncDispose]());

/** `file:text of the line from there on` of the declaration of a name. */
async function declared(path: string, marked: string): Promise<string> {
  await editor.open(path);
  const [location] = await editor.ask<Location[]>('definition', path, marked);
  if (!location) return '';
  const file = decodeURIComponent(location.uri.slice(editor.uri('').length)).replace(/^\//, '');
  await editor.open(file);
  return `${file}:${(editor.text(file).split('\n')[location.range.start.line] ?? '').slice(location.range.start.character)}`;
}

test('from a mapping to its filter, its columns and its operation', async () => {
  const mapping = 'mappings/New accounts.json';
  expect(await declared(mapping, '"Employees[with<|>out_account]"')).toContain('filters/Employees.filter:without_account exclude');
  expect(await declared(mapping, '{ "column": "depart'.replace('depart', 'job<|>Title'))).toContain('filters/Employees.filter:');
  expect(await declared(mapping, '"user_<|>create"')).toBe('connectors/directory.json:"user_create": {');
  expect(await declared(mapping, '"dire<|>ctory"')).toContain('systems/directory.json:');
});

test('from a role to the membership table and the parameter', async () => {
  expect(await declared('roles/development/IT.json', '"mem<|>bers"')).toBe('connectors/directory.json:"members": {');
  expect(await declared('roles/development/IT.json', '"depart<|>ment": "IT"')).toBe(
    "filters/Staff of a department.filter:department text default 'IT'",
  );
});

test('inside a connector', async () => {
  expect(await declared('connectors/directory.json', '"table": "gro<|>ups"')).toBe('connectors/directory.json:"groups": {');
});

test('from a filter to its own names, a table and a column', async () => {
  const filter = 'filters/Staff of a department.filter';
  expect(await declared(filter, '= @depart<|>ment')).toBe(`${filter}:department text default 'IT'`);
  expect(await declared(filter, '<|>p.displayName')).toBe(`${filter}:p`);
  expect(await declared(filter, 'hr.per<|>sons')).toBe('systems/hr.json:"persons": {');
  expect(await declared(filter, 'p.display<|>Name')).toContain('connectors/hr.json:"displayName"');
});

test('document symbols of every kind of file', async () => {
  const names = async (path: string): Promise<readonly string[]> => {
    await editor.open(path);
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: editor.uri(path) } });
    return symbols.map(({ name }) => name);
  };
  expect(await names('connectors/directory.json')).toEqual(expect.arrayContaining(['users', 'groups', 'members']));
  expect(await names('systems/hr.json')).toEqual(['$schema', 'connector', 'connection', 'tables']);
  expect(await names('filters/Staff of a department.filter')).toEqual([
    '@department',
    'employeeNumber',
    'displayName',
    'department',
    'accountId',
    'p',
    'd',
    'u',
  ]);
  expect(await names('filters/Employees.filter')).toEqual(expect.arrayContaining(['without_account', 'with_account']));
});
