import type { DocumentHighlight, Location } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEditor, type TestEditor } from '../support/language-server.ts';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
});
afterAll(() => editor[Symbol.asyncDispose]());

const directory = 'connectors/directory.json';

/** The files of the places that name what is named at the caret, each with how often. */
async function referencedIn(path: string, marked: string, includeDeclaration = true): Promise<Readonly<Record<string, number>>> {
  await editor.open(path);
  const found = await editor.request<Location[]>('textDocument/references', {
    textDocument: { uri: editor.uri(path) },
    position: editor.at(path, marked),
    context: { includeDeclaration },
  });
  const counts: Record<string, number> = {};
  for (const { uri } of found) {
    const file = decodeURIComponent(uri.slice(editor.uri('').length)).replace(/^\//, '');
    counts[file] = (counts[file] ?? 0) + 1;
  }
  return counts;
}

test('a column, from the connector and from a mapping, in every file', async () => {
  const expected = {
    [directory]: 1,
    'filters/Employees.filter': 2,
    'relations.json': 1,
    'systems/directory.json': 1,
    'mappings/Changed accounts.json': 2,
    'mappings/New accounts.json': 2,
  };
  expect(await referencedIn(directory, '"externalId<|>": "string*",\n          "userName"')).toEqual(expected);
  expect(await referencedIn('mappings/Changed accounts.json', '"compareKey": "external<|>Id"')).toEqual(expected);
  expect(await referencedIn('relations.json', '"external<|>Id"', false)).toEqual({ ...expected, [directory]: undefined });
});

test('a membership table, a filter and a parameter', async () => {
  expect(await referencedIn('roles/development/IT.json', '"mem<|>bers"')).toMatchObject({
    'roles/development/Sales.json': 1,
    [directory]: 1,
  });
  expect(await referencedIn('roles/development/IT.json', '"Staff<|> of a department"')).toEqual({
    'filters/Staff of a department.filter': 1,
    'filters/Staff without an account.filter': 1,
    'roles/development/All staff.json': 1,
    'roles/development/IT.json': 1,
    'roles/development/Sales.json': 1,
  });
  expect(await referencedIn('filters/Staff of a department.filter', '@depart<|>ment')).toMatchObject({
    'filters/Staff of a department.filter': 2,
    'roles/development/IT.json': 1,
  });
});

test('a connector outside every folder names only what is its own', async () => {
  const uri = 'untitled:Untitled-1';
  await editor.openText(uri, 'sollist-connector', editor.text(directory));
  const position = editor.at(uri, '"member_table": "us<|>ers"');
  const found = await editor.request<Location[]>('textDocument/references', {
    textDocument: { uri },
    position,
    context: { includeDeclaration: true },
  });
  expect(found.map((location) => location.uri)).toEqual([uri, uri]);
  expect(await editor.request<Location[]>('textDocument/definition', { textDocument: { uri }, position })).toEqual([
    expect.objectContaining({ uri }),
  ]);
});

test('highlights tell a declaration from its uses', async () => {
  const highlights = await editor.ask<DocumentHighlight[]>('documentHighlight', directory, '"group<|>_id": "_nim*"');
  const lines = editor.text(directory).split('\n');
  const words = highlights.map(({ range, kind }) => [lines[range.start.line]?.slice(range.start.character, range.end.character), kind]);
  expect(words.every(([word]) => word === 'group_id')).toBe(true);
  expect(words.filter(([, kind]) => kind === 3)).toHaveLength(1);
  expect(words.length).toBeGreaterThan(5);
  expect(await editor.ask('documentHighlight', directory, '"method": "ge<|>t"')).toEqual([]);
});
