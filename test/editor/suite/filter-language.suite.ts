import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { after as behind, caret, folder, open, rangeOf, replace, revertAll } from './support.ts';

const path = 'filters/Staff of a department.filter';

describe('filters, written in the editor', () => {
  const setting = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sollist');

  before(async () => {
    await open(path);
    await setting().update('environment', 'elsewhere', vscode.ConfigurationTarget.Workspace);
    for (const system of ['hr', 'directory']) await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  afterEach(revertAll);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setting().update('environment', undefined, vscode.ConfigurationTarget.Workspace);
  });

  /** The filter with a script column before `from`. */
  async function withScript(code: string): Promise<vscode.TextDocument> {
    const document = await open(path);
    await replace(document, '\nfrom ', `,\n       script $$ ${code} $$ as made\nfrom `);
    return document;
  }

  it('the formatter lines up its clauses and keeps its remarks', async () => {
    const document = await open(path);
    const formatted = document.getText();
    await replace(document, '\nwhere  ', ' where ');
    await replace(document, '\norder by ', '   order   by ');
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await waitFor('the filter to be formatted', () => document.getText() === formatted);
  });

  it('a function says what it takes', async () => {
    const document = await open(path);
    await replace(document, '\norder by', "\n  and  starts_with(p.displayName, 'A')\norder by");
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      caret(document, "starts_with(p.displayName, <|>'A')"),
    );
    match(help.signatures[0]?.label ?? '', /^starts_with\(/);
    equal(help.activeParameter, 1);
  });

  it('scripts complete tables and columns, and say what is not there', async () => {
    const document = await withScript("return p['displayNamm'] + p['']");
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      caret(document, "+ p['<|>']"),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    ok(labels.includes('employeeNumber'), labels.slice(0, 20).join(', '));
    const codes = (): readonly unknown[] =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ range }) => range.isEqual(rangeOf(document, 'displayNamm')))
        .map(({ code }) => (typeof code === 'object' ? code.value : code));
    await waitFor('the misspelt column to be found', () => codes().includes('script-unknown-column'));
  });

  it('a column that is renamed in the connector is renamed in scripts', async () => {
    const document = await withScript("return p['displayName']");
    const connector = await open('connectors/hr.json');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      connector.uri,
      caret(connector, '"display<|>Name"'),
      'shownName',
    );
    const own = edit.entries().find(([uri]) => uri.toString() === document.uri.toString())?.[1] ?? [];
    const places = own.map(({ range }) => document.getText(range.with(range.start.translate(0, -2))));
    ok(
      places.some((text) => text === "['displayName"),
      places.join(' | '),
    );
  });

  it('a condition that undoes a left join can be moved into it', async () => {
    const document = await open(path);
    await replace(document, "p.status = 'active'", "p.status = 'active'\n  and  u.active = true");
    const at = rangeOf(document, 'u.active = true');
    await waitFor('the condition to be marked', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ range }) => range.intersection(at) !== undefined),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, at);
    const move = actions.find(({ title, edit }) => edit !== undefined && /left join|"on"/i.test(title));
    ok(move?.edit, actions.map(({ title }) => title).join(' | '));
    await vscode.workspace.applyEdit(move.edit);
    match(document.getText(), /left join directory\.users as u on .*u\.active = true/);
  });

  it('each part says how many rows are left, from what was collected', async () => {
    const document = await open(path);
    const whole = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
    let labels: readonly string[] = [];
    await waitFor('the row counts', async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
      labels = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
      return labels.some((label) => /500 rows/.test(label));
    });
    ok(labels.length >= 4, labels.join(' | '));
  });

  it('what the data make of it is said: a condition that nobody meets', async () => {
    const document = await open(path);
    await replace(document, "p.status = 'active'", "p.status = 'Active'");
    await waitFor('the hazard', () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .some(({ code }) => String(typeof code === 'object' ? code.value : code).startsWith('hazard-')),
    );
  });

  it('values that a column has are offered for a comparison', async () => {
    const document = await open(path);
    await replace(document, "p.status = 'active'", 'p.status = ');
    const offered = async (): Promise<readonly string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        behind(document, 'p.status = '),
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    await waitFor("'active' to be offered", async () => (await offered()).includes("'active'"));
  });

  it('a filter that extends another knows its tables, and goes there', async () => {
    const document = await open(path);
    await replace(document, document.getText(), "extends Employees\nselect p.employeeNumber\nwhere  p.status = 'active'\n");
    const [place] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      caret(document, 'extends Emp<|>loyees'),
    );
    ok(place);
    const uri = 'uri' in place ? place.uri : place.targetUri;
    match(uri.path, /Employees\.filter$/);
    await waitFor('no error to be left', () =>
      vscode.languages.getDiagnostics(document.uri).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error),
    );
    deepEqual(
      vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      [],
    );
  });
});
