import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
  await editor.open('sollist.json');
});
afterAll(() => editor[Symbol.asyncDispose]());

async function search(query: string): Promise<readonly string[]> {
  const found = await editor.request<WorkspaceSymbol[]>('workspace/symbol', { query });
  return found.map(({ name, containerName }) => `${name} (${containerName ?? ''})`);
}

test('tables, operations, columns and files by letters of their names, the nearest first', async () => {
  const found = await search('user');
  expect(found.slice(0, 3)).toEqual([
    'users (directory)',
    'userName (Employees)'.replace('Employees', 'directory › users'),
    expect.stringContaining('users_'),
  ]);
  expect(found).toContain('user_create (directory › users)');
  expect((await search('usrcr'))[0]).toBe('user_create (directory › users)');
  expect(await search('Staff of')).toEqual(['Staff of a department (filters)']);
  expect(await search('new acc')).toEqual(['New accounts (mappings)']);
  expect(await search('sales')).toContain('Sales (roles › development)');
  expect(await search('no such thing')).toEqual([]);
});

test('no query gives what there is, but no columns', async () => {
  const found = await search('');
  expect(found).toEqual(expect.arrayContaining(['directory (connectors)', 'directory (systems)', 'Employees (filters)']));
  expect(found.join('\n')).not.toContain('displayName');
});

test('a place leads to the name', async () => {
  const [table] = await editor.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'departments' });
  const path = 'connectors/hr.json';
  await editor.open(path);
  expect(table?.location).toMatchObject({ uri: editor.uri(path), range: { start: editor.at(path, '<|>"departments": {') } });
});
