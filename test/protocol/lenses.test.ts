import type { CodeLens } from 'vscode-languageserver-types';
import { expect, test } from 'vitest';
import { startEditor } from '../support/language-server.ts';

test('what can be run has a lens with the document and the name', async () => {
  await using editor = await startEditor();
  const lenses = async (path: string): Promise<readonly CodeLens[]> => {
    await editor.open(path);
    return editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(path) } });
  };
  const connector = 'connectors/directory.json';
  const dryRuns = await lenses(connector);
  const calls = dryRuns.map(({ command }): readonly unknown[] => [command?.command, ...((command?.arguments ?? []) as unknown[])]);
  expect(calls.filter(([command]) => command === 'sollist.dryRun')).toEqual(
    ['users', 'groups', 'members'].map((table) => ['sollist.dryRun', editor.uri(connector), table]),
  );
  expect(calls.filter(([command]) => command === 'sollist.previewRequest')).toEqual(
    [
      ['users', 'user_create'],
      ['users', 'user_update'],
      ['users', 'user_disable'],
      ['users', 'user_delete'],
      ['members', 'member_add'],
      ['members', 'member_remove'],
    ].map((names) => ['sollist.previewRequest', editor.uri(connector), ...names]),
  );
  expect(dryRuns.find(({ command }) => command?.command === 'sollist.previewRequest')?.range.start).toEqual(
    editor.at(connector, '<|>"user_create"'),
  );
  expect(dryRuns[0]?.range.start).toEqual(editor.at(connector, '<|>"users_get"'));
  expect(dryRuns[0]?.command?.title).toContain('Dry run');

  const mapping = 'mappings/New accounts.json';
  expect((await lenses(mapping))[0]?.command).toMatchObject({
    title: '$(preview) Preview',
    command: 'sollist.previewMapping',
    arguments: [editor.uri(mapping), 'New accounts'],
  });
  const filter = 'filters/Employees.filter';
  expect((await lenses(filter))[0]?.command).toMatchObject({
    title: '$(play) Run',
    command: 'sollist.runFilter',
    arguments: [editor.uri(filter), 'Employees'],
  });
  for (const path of ['roles/development/model.json', 'roles/development/IT.json']) {
    expect((await lenses(path))[0]?.command).toMatchObject({
      command: 'sollist.inspectRoles',
      arguments: [editor.uri(path), 'development'],
    });
  }
  expect(await lenses('sollist.json')).toEqual([]);
});

test('nothing can be run of a connector outside a workspace', async () => {
  await using editor = await startEditor();
  await editor.openText(
    'untitled:lone',
    'sollist-connector',
    '{ "schema": { "crud_objects": { "a": { "operations": { "a_get": { "method": "get", "call": { "mode": "normal" } } } } } } }',
  );
  expect(await editor.request('textDocument/codeLens', { textDocument: { uri: 'untitled:lone' } })).toEqual([]);
});
