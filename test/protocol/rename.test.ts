import type { Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { afterEach, expect, test } from 'vitest';
import { indexLines } from '../../engine/model/text/lines.ts';
import { checkWorkspace } from '../../engine/model/workspace/check-workspace.ts';
import { createWorkspaceReader } from '../../engine/model/workspace/read-workspace.ts';
import { readFiles } from '../../engine/run/workspace/read-files.ts';
import { initializeParameters, startEditor, type TestEditor } from '../support/language-server.ts';

const editors: TestEditor[] = [];
afterEach(async () => {
  for (const editor of editors.splice(0)) await editor[Symbol.asyncDispose]();
});

/** An editor that can rename files, or one that takes plain edits only. */
async function connect(canRenameFiles: boolean): Promise<TestEditor> {
  const editor = await startEditor({ initialize: false });
  editors.push(editor);
  const workspaceEdit = { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] };
  await editor.request('initialize', {
    ...initializeParameters(editor.folder, true),
    capabilities: canRenameFiles ? { workspace: { workspaceEdit } } : {},
  });
  await editor.connection.sendNotification('initialized', {});
  return editor;
}

async function rename(editor: TestEditor, path: string, marked: string, newName: string): Promise<WorkspaceEdit> {
  await editor.open(path);
  return editor.request('textDocument/rename', { textDocument: { uri: editor.uri(path) }, position: editor.at(path, marked), newName });
}

/** The folder's files with the edits of a rename made. */
function applied(editor: TestEditor, changes: NonNullable<WorkspaceEdit['changes']>): ReadonlyMap<string, string> {
  const files = new Map(readFiles(editor.folder));
  for (const [uri, edits] of Object.entries(changes)) {
    const path = decodeURIComponent(uri.slice(editor.uri('').length)).replace(/^\//, '');
    let text = files.get(path) ?? '';
    const lines = indexLines(text);
    const at = ({ line, character }: Range['start']): number => lines.offsetAt({ line, column: character });
    for (const { range, newText } of [...edits].reverse()) text = text.slice(0, at(range.start)) + newText + text.slice(at(range.end));
    files.set(path, text);
  }
  return files;
}

/** Every finding, by file. */
function findings(files: ReadonlyMap<string, string>): readonly string[] {
  return checkWorkspace(createWorkspaceReader()(files)).map(({ path, code }) => `${path}: ${code}`);
}

test('a column in every file; what is wrong is the same afterwards', async () => {
  const editor = await connect(false);
  const edit = await rename(editor, 'connectors/directory.json', '"externalId<|>": "string*",\n          "userName"', 'personnel no');
  const files = Object.keys(edit.changes ?? {}).map((uri) => decodeURIComponent(uri.slice(editor.uri('').length)).replace(/^\//, ''));
  expect(files.sort()).toEqual([
    'connectors/directory.json',
    'filters/Employees.filter',
    'mappings/Changed accounts.json',
    'mappings/New accounts.json',
    'relations.json',
    'systems/directory.json',
  ]);
  const after = applied(editor, edit.changes ?? {});
  expect(after.get('filters/Employees.filter')).toContain('directory.users."personnel no"');
  expect(findings(after)).toEqual(findings(readFiles(editor.folder)));
});

test('what can be renamed is offered; what cannot is refused with a sentence', async () => {
  const editor = await connect(false);
  const path = 'connectors/directory.json';
  await editor.open(path);
  expect(await editor.ask('prepareRename', path, '"member_<|>add": {')).toMatchObject({ placeholder: 'member_add' });
  expect(await editor.ask('prepareRename', path, '"method": "ge<|>t"')).toBeNull();
  await expect(editor.ask('prepareRename', path, '{itera<|>tor}')).rejects.toThrow('{iterator} is a variable of the engine.');
  await editor.open('systems/directory.json');
  await expect(editor.ask('prepareRename', 'systems/directory.json', '"user<|>_name"')).rejects.toThrow('cannot be renamed');
  await expect(rename(editor, path, '"member_<|>add": {', 'member_remove')).rejects.toThrow(
    'There is already an operation "member_remove"',
  );
  await expect(rename(editor, path, '"method": "ge<|>t"', 'x')).rejects.toThrow('There is no name here');
});

test('what is called after its file: the file is renamed, where the editor can', async () => {
  const editor = await connect(true);
  const edit = await rename(editor, 'mappings/New accounts.json', '"Employ<|>ees[', 'Staff');
  expect(
    edit.documentChanges?.map((change) => ('kind' in change ? change.kind : decodeURIComponent(change.textDocument.uri).split('/').at(-1))),
  ).toEqual(['Changed accounts.json', 'New accounts.json', 'rename']);
  expect(edit.documentChanges?.at(-1)).toMatchObject({
    oldUri: editor.uri('filters/Employees.filter'),
    newUri: editor.uri('filters/Staff.filter'),
  });
  // The version of the open document is that of the edit; the other file is not open.
  expect(edit.documentChanges?.map((change) => ('textDocument' in change ? change.textDocument.version : undefined))).toEqual([
    null,
    1,
    undefined,
  ]);

  const plain = await connect(false);
  await expect(rename(plain, 'mappings/New accounts.json', '"Employ<|>ees[', 'Staff')).rejects.toThrow(
    'does not let a server rename files',
  );
});
