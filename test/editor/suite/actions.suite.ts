import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, diagnostics, open, rangeOf, replace, revertAll } from './support.ts';

const directory = 'connectors/directory.json';

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind?.value);
}

/** Breaks a file and waits for what is said of that. */
async function broken(
  path: string,
  piece: string,
  wrong: string,
  code: string,
): Promise<{ readonly document: vscode.TextDocument; readonly range: vscode.Range }> {
  const document = await open(path);
  await replace(document, piece, wrong);
  const all = await diagnostics(document.uri, code, (found) => found.some((one) => codeOf(one) === code));
  const found = all.find((one) => codeOf(one) === code);
  ok(found);
  return { document, range: found.range };
}

function named(
  actions: readonly vscode.CodeAction[],
  title: string | RegExp,
): { readonly edit: vscode.WorkspaceEdit; readonly title: string; readonly isPreferred: boolean } {
  const found = actions.find((action) => (typeof title === 'string' ? action.title === title : title.test(action.title)));
  ok(found?.edit, `${String(title)} is not among ${actions.map((action) => action.title).join(' | ')}`);
  return { edit: found.edit, title: found.title, isPreferred: found.isPreferred === true };
}

interface Tables {
  readonly schema: {
    readonly crud_objects: Readonly<
      Record<string, { readonly operations: Readonly<Record<string, { readonly semantics?: string; readonly method: string }>> }>
    >;
  };
}

describe('code actions in the editor', () => {
  afterEach(revertAll);

  it('mend a finding, the likeliest repair preferred', async () => {
    const before = (await open(directory)).getText();
    const { document, range } = await broken(directory, '"table": "groups"', '"table": "gruops"', 'unknown-iteration-table');
    const fix = named(await actionsAt(document, range, vscode.CodeActionKind.QuickFix), /groups/);
    equal(fix.isPreferred, true);
    ok(await vscode.workspace.applyEdit(fix.edit));
    equal(document.getText(), before);
    await diagnostics(document.uri, 'none', (all) => all.length === 0);
  });

  it('mend a finding in every other file of ours', async () => {
    for (const [path, piece, wrong, code] of [
      ['mappings/New accounts.json', '"user_create"', '"user_crate"', 'unknown-operation'],
      ['filters/Employees.filter', 'p.firstName', 'p.fistName', 'unknown-column'],
    ] as const) {
      const { document, range } = await broken(path, piece, wrong, code);
      const [fix] = (await actionsAt(document, range, vscode.CodeActionKind.QuickFix)).filter(({ isPreferred }) => isPreferred === true);
      ok(fix?.edit, `no repair of ${code}`);
      ok(await vscode.workspace.applyEdit(fix.edit));
      ok(document.getText().includes(piece), `${path} has not got ${piece} back`);
      await revertAll();
    }
  });

  it('mend all findings of one kind', async () => {
    const document = await open(directory);
    await replace(document, '"resource_mandatory": ["userName", "displayName"]', '"resource_mandatory": ["usrName", "displyName"]');
    const all = await diagnostics(
      document.uri,
      'two',
      (found) => found.filter((one) => codeOf(one) === 'unknown-mandatory-column').length === 2,
    );
    const first = all.find((one) => codeOf(one) === 'unknown-mandatory-column');
    ok(first);
    const fix = named(
      await actionsAt(document, first.range, vscode.CodeActionKind.QuickFix),
      'Fix all "unknown-mandatory-column" in this file',
    );
    ok(await vscode.workspace.applyEdit(fix.edit));
    ok(document.getText().includes('"resource_mandatory": ["userName", "displayName"]'));
  });

  it('add the operations that a table has not got', async () => {
    const document = await open(directory);
    const before = JSON.parse(document.getText()) as Tables;
    const actions = await actionsAt(document, rangeOf(document, '"groups"'), vscode.CodeActionKind.RefactorRewrite);
    for (const kind of ['create', 'update', 'delete']) named(actions, `Add the missing ${kind} operation`);
    ok(await vscode.workspace.applyEdit(named(actions, 'Add all 3 missing operations').edit));
    const after = JSON.parse(document.getText()) as Tables;
    const semantics = Object.values(after.schema.crud_objects['groups']?.operations ?? {}).map((operation) => operation.semantics);
    deepEqual(new Set(semantics), new Set([undefined, 'create', 'update', 'delete']));
    deepEqual(after.schema.crud_objects['users'], before.schema.crud_objects['users']);
    await vscode.commands.executeCommand('editor.action.formatDocument');
  });

  it('take a text out into a connection item', async () => {
    const document = await open(directory);
    const range = rangeOf(document, '/scim/v2/Users');
    const action = named(await actionsAt(document, range, vscode.CodeActionKind.RefactorExtract), /^Extract to connection item "/);
    const name = /"(.+)"/.exec(action.title)?.[1] ?? '';
    ok(await vscode.workspace.applyEdit(action.edit));
    const items = (JSON.parse(document.getText()) as { connection: { items: readonly { name: string; value?: string }[] } }).connection
      .items;
    match(items.find((item) => item.name === name)?.value ?? '', /scim\/v2\/Users/);
    ok(document.getText().includes(`{${name}`), 'nothing uses the new item');
    equal(vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length, 0);
  });

  it('declare a variable that has no value', async () => {
    const { document, range } = await broken(directory, '"http://{tenant_id}"', '"http://{tenant}"', 'unresolved-variable');
    const declare = named(await actionsAt(document, range, vscode.CodeActionKind.QuickFix), /connection item/i);
    ok(await vscode.workspace.applyEdit(declare.edit));
    ok(document.getText().includes('"name": "tenant"'));
    await diagnostics(document.uri, 'none', (all) => !all.some((one) => codeOf(one) === 'unresolved-variable'));
  });

  it('silence a finding where it stands, by a line in sollist.json', async () => {
    const { document, range } = await broken(directory, '"table": "groups"', '"table": "gruops"', 'unknown-iteration-table');
    const suppress = named(await actionsAt(document, range, vscode.CodeActionKind.QuickFix), 'Suppress this finding here');
    ok(await vscode.workspace.applyEdit(suppress.edit));
    const settings = (await open('sollist.json')).getText();
    match(
      settings,
      /"code": "unknown-iteration-table",\s*"file": "connectors\/directory\.json",\s*"at": "\/schema\/crud_objects\/members\//,
    );
    // What stood there stays as it was, its remark too.
    match(settings, /\/\/ The sample systems on other ports/);
    await diagnostics(document.uri, 'none', (all) => !all.some((one) => codeOf(one) === 'unknown-iteration-table'));
  });

  it('turn a code off in the workspace', async () => {
    const { document, range } = await broken(directory, '"table": "groups"', '"table": "gruops"', 'unknown-iteration-table');
    const off = named(
      await actionsAt(document, range, vscode.CodeActionKind.QuickFix),
      'Turn off "unknown-iteration-table" in this workspace',
    );
    ok(await vscode.workspace.applyEdit(off.edit));
    match((await open('sollist.json')).getText(), /"unknown-iteration-table": "off"/);
    await diagnostics(document.uri, 'none', (all) => !all.some((one) => codeOf(one) === 'unknown-iteration-table'));
  });

  it('are none where there is nothing to do', async () => {
    const document = await open(directory);
    deepEqual(
      (await actionsAt(document, rangeOf(document, '"socket_timeout"'))).map(({ title }) => title),
      [],
    );
  });
});
