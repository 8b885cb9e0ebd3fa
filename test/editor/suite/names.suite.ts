import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { caret, codeOf, diagnostics, open, pathOf, replace, revertAll, uriOf } from './support.ts';

const directory = 'connectors/directory.json';
const externalId = '"externalId<|>": "string*",\n          "userName"';

/** `file: text of the line from there on` of where the name at the caret is declared. */
async function declared(path: string, marked: string): Promise<string> {
  const document = await open(path);
  const [first] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    caret(document, marked),
  );
  if (!first) return '';
  const { uri, range } = 'targetUri' in first ? { uri: first.targetUri, range: first.targetRange } : first;
  const target = await vscode.workspace.openTextDocument(uri);
  return `${pathOf(uri)}: ${target.lineAt(range.start).text.slice(range.start.character)}`;
}

async function renaming(path: string, marked: string, name: string): Promise<vscode.WorkspaceEdit> {
  const document = await open(path);
  return vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, caret(document, marked), name);
}

/** Every finding in every file, as text. */
function findings(): readonly string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, all]) => all.map(({ message, source }) => `${pathOf(uri)}: ${source ?? ''} ${message}`))
    .sort();
}

async function texts(paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map(async (path) => (await vscode.workspace.openTextDocument(uriOf(path))).getText()));
}

describe('names in the editor', () => {
  afterEach(revertAll);

  it('lead to their declaration', async () => {
    equal(await declared(directory, '"table": "gro<|>ups"'), `${directory}: "groups": {`);
    equal(await declared(directory, '"resource_mandatory": ["user<|>Name"'), `${directory}: "userName": "string*",`);
    equal(await declared(directory, '"{page_<|>size}"'), `${directory}: "page_size",`);
    equal(await declared('mappings/New accounts.json', '"user_<|>create"'), `${directory}: "user_create": {`);
    match(await declared('roles/development/IT.json', '"mem<|>bers"'), /^connectors\/directory\.json: "members": \{/);
    match(await declared('filters/Staff of a department.filter', 'p.display<|>Name'), /^connectors\/hr\.json: "displayName"/);
  });

  it('are found in every file that uses them', async () => {
    const document = await open(directory);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      caret(document, externalId),
    );
    deepEqual(new Set(found.map(({ uri }) => pathOf(uri))), new Set(filesOfExternalId));
  });

  it('are highlighted where they stand in the document, the declaration as what it is', async () => {
    const document = await open(directory);
    const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      caret(document, '"group<|>_id": "_nim*"'),
    );
    deepEqual(new Set(found.map(({ range }) => document.getText(range))), new Set(['group_id']));
    ok(found.length > 5, `only ${String(found.length)}`);
    equal(found.filter(({ kind }) => kind === vscode.DocumentHighlightKind.Write).length, 1);
  });

  it('are renamed in all files at once: nothing is wrong afterwards, and renaming back gives the same texts', async () => {
    const before = await texts(filesOfExternalId);
    const quiet = findings();
    const edit = await renaming(directory, externalId, 'personnelNumber');
    deepEqual(new Set(edit.entries().map(([uri]) => pathOf(uri))), new Set(filesOfExternalId));
    ok(await vscode.workspace.applyEdit(edit));
    const [connector, , relations] = await texts(filesOfExternalId);
    ok(connector?.includes('"personnelNumber": "string*"'));
    ok(relations?.includes('"column": "personnelNumber"'));
    // The old name is not known any more: a finding of that says that all files were checked anew, and there is no other.
    const mapping = await open('mappings/Changed accounts.json');
    await replace(mapping, '"compareKey": "personnelNumber"', '"compareKey": "externalId"');
    await diagnostics(mapping.uri, 'the old name', (all) => all.some((one) => codeOf(one) === 'unknown-column'));
    deepEqual(
      findings()
        .filter((one) => !quiet.includes(one))
        .map((one) => one.split(': ')[0]),
      ['mappings/Changed accounts.json'],
    );
    await replace(mapping, '"compareKey": "externalId"', '"compareKey": "personnelNumber"');
    ok(await vscode.workspace.applyEdit(await renaming(directory, '"personnelNumber<|>": "string*"', 'externalId')));
    deepEqual(await texts(filesOfExternalId), before);
  });

  it('take their file along where they are that of a file', async () => {
    const mapping = 'mappings/New accounts.json';
    ok(await vscode.workspace.applyEdit(await renaming(mapping, '"Employ<|>ees[', 'Staff')));
    ok(existsSync(uriOf('filters/Staff.filter').fsPath), 'the file is not there under its new name');
    ok(!existsSync(uriOf('filters/Employees.filter').fsPath));
    ok(await vscode.workspace.applyEdit(await renaming(mapping, '"Sta<|>ff[', 'Employees')));
    ok(existsSync(uriOf('filters/Employees.filter').fsPath));
    equal(
      await declared(mapping, '"Employees[with<|>out_account]"'),
      'filters/Employees.filter: without_account exclude employeeNumber in directory.users.externalId',
    );
  });

  it('that cannot be renamed are refused with a sentence', async () => {
    await rejects(renaming(directory, '"member_<|>add": {', 'member_remove'), /already an operation "member_remove"/);
    await rejects(renaming(directory, '{itera<|>tor}', 'x'), /variable of the engine/);
    const document = await open(directory);
    const prepared = await vscode.commands.executeCommand<{ readonly placeholder: string }>(
      'vscode.prepareRename',
      document.uri,
      caret(document, '"member_<|>add": {'),
    );
    equal(prepared.placeholder, 'member_add');
  });
});

const filesOfExternalId = [
  directory,
  'filters/Employees.filter',
  'relations.json',
  'systems/directory.json',
  'mappings/Changed accounts.json',
  'mappings/New accounts.json',
];
