import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationTokenSource, createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { builtBundles } from '../support/build.ts';
import { initializeParameters, startEditor } from '../support/language-server.ts';

test('says what it can do', async () => {
  await using editor = await startEditor();
  expect(editor.initialized.capabilities).toMatchObject({
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    documentSymbolProvider: true,
    definitionProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', 'refactor.extract', 'source.fixAll.sollist'] },
  });
  expect(editor.initialized.capabilities['completionProvider']).toMatchObject({
    triggerCharacters: expect.arrayContaining(['"', '{', '.', '@']) as unknown,
  });
});

test('refuses requests before it is initialized, and answers afterwards', async () => {
  await using editor = await startEditor({ initialize: false });
  const hover = { textDocument: { uri: editor.uri('sollist.json') }, position: { line: 0, character: 0 } };
  await expect(editor.request('textDocument/hover', hover)).rejects.toMatchObject({ code: -32002 });
  await expect(editor.request('sollist/overview', { folder: editor.folder })).rejects.toMatchObject({ code: -32002 });
  await editor.request('initialize', initializeParameters(editor.folder, false));
  expect(await editor.request('textDocument/hover', hover)).toBeNull();
});

test('survives parameters that are not what the protocol says', async () => {
  await using editor = await startEditor();
  await editor.connection.sendNotification('textDocument/didOpen', { nonsense: true });
  await editor.connection.sendNotification('textDocument/didChange', { textDocument: null, contentChanges: 7 });
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 12 }] });
  expect(await editor.request('textDocument/completion', { textDocument: 5 })).toEqual([]);
  expect(await editor.request('textDocument/hover', {})).toBeNull();
  expect(await editor.request('textDocument/documentSymbol', { textDocument: { uri: 'not an address' } })).toEqual([]);
  await expect(editor.request('sollist/run/dryRun', null)).rejects.toMatchObject({ code: -32602 });
  await expect(editor.request('sollist/run/dryRun', { runId: '1', folder: 'relative', connector: 'x', table: 'y' })).rejects.toMatchObject({
    code: -32602,
  });
  await expect(editor.request('sollist/overview', {})).rejects.toMatchObject({ code: -32602 });
  await expect(editor.request('sollist/run/everything', {})).rejects.toMatchObject({ code: -32601 });
  await editor.open('sollist.json');
  expect(await editor.request('textDocument/documentSymbol', { textDocument: { uri: editor.uri('sollist.json') } })).not.toEqual([]);
});

test('a position beyond the end is the end', async () => {
  await using editor = await startEditor();
  await editor.open('mappings/New accounts.json');
  expect(
    await editor.request('textDocument/completion', {
      textDocument: { uri: editor.uri('mappings/New accounts.json') },
      position: { line: 9999, character: 9999 },
    }),
  ).toBeInstanceOf(Array);
});

test('tells what the workspace holds', async () => {
  await using editor = await startEditor();
  expect(await editor.request('sollist/overview', { folder: editor.folder })).toMatchObject({
    systems: [
      { name: 'directory', tables: ['users', 'users_emails', 'groups', 'members'] },
      { name: 'hr' },
      { name: 'internal', folder: 'lookups' },
    ],
    mappings: [{ name: 'Accounts of leavers' }, { name: 'Changed accounts' }, { name: 'New accounts' }],
    roleModels: [{ name: 'development', roles: [{ name: 'All staff' }, { name: 'IT' }, { name: 'Sales' }] }],
    environments: ['elsewhere'],
  });
});

test('names the secrets a system needs, those of its environments too', async () => {
  await using editor = await startEditor();
  await editor.open('sollist.json');
  await editor.edit('sollist.json', '{ "env": "HR_ADDRESS" }', '{ "secret": "hr-address" }');
  const { systems } = await editor.request<{ systems: readonly { name: string; secrets: readonly string[] }[] }>('sollist/overview', {
    folder: editor.folder,
  });
  expect(systems.map(({ name, secrets }) => [name, secrets])).toEqual([
    ['directory', []],
    ['hr', ['hr-address']],
    ['internal', []],
  ]);
});

test('what is cancelled before its turn is not begun', async () => {
  await using editor = await startEditor();
  const path = 'connectors/directory.json';
  await editor.open(path);
  const parameters = { textDocument: { uri: editor.uri(path) }, position: editor.at(path, '"<|>users"') };
  const token = new CancellationTokenSource();
  const before = Array.from({ length: 20 }, () => editor.request('textDocument/completion', parameters));
  const last = editor.request('textDocument/completion', parameters, token.token).catch((error: unknown) => error);
  token.cancel();
  expect(await last).toMatchObject({ code: -32800 });
  expect(await Promise.all(before)).toHaveLength(20);
});

test('speaks over the channel of a forked process, as the extension starts it', async () => {
  const child = fork(join(await builtBundles(), 'server.cjs'), ['--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  expect(await connection.sendRequest('initialize', initializeParameters('/', false))).toMatchObject({ serverInfo: { name: 'Sollist' } });
  await connection.sendRequest('shutdown');
  await expect(connection.sendRequest('textDocument/hover', {})).rejects.toMatchObject({ code: -32600 });
  await connection.sendNotification('exit');
  expect(await exited).toBe(0);
  connection.dispose();
});
