import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import {
  after as behind,
  caret,
  codeOf,
  collectSamples,
  hoverAt,
  labelOf,
  offered,
  open,
  pathOf,
  rangeOf,
  replace,
  revertAll,
  uriOf,
  useRunningSystems,
} from './support.ts';

const path = 'filters/Staff of a department.filter';

/** What the light bulb changes: what is written first, where the caret stands, which action, and what the filter has then. */
const changes: readonly {
  readonly what: string;
  readonly from?: string;
  readonly to: string;
  readonly at: string;
  readonly title: RegExp;
  readonly made: RegExp;
}[] = [
  {
    what: 'writes out a relation',
    to: '',
    at: 'left join directory.us<|>ers',
    title: /^Write out the relation: on /,
    made: /left join directory\.users as u on (u\.externalId = p\.employeeNumber|p\.employeeNumber = u\.externalId)/,
  },
  {
    what: 'makes a value a parameter',
    to: '',
    at: "'act<|>ive'",
    title: /^Make 'active' the parameter @/,
    made: /parameter status text default 'active'[^]*p\.status = @status/,
  },
  {
    what: 'declares a parameter',
    from: '@department',
    to: '@place',
    at: '@pla<|>ce',
    title: /parameter.*@place|Declare.*place/i,
    made: /parameter place text/,
  },
  {
    what: 'writes the table before a column',
    from: 'p.employeeNumber,',
    to: 'employeeNumber,',
    at: 'select employee<|>Number',
    title: /^Write p\.employeeNumber/,
    made: /select p\.employeeNumber,/,
  },
  {
    what: 'mends a misspelt column',
    from: 'p.displayName',
    to: 'p.displayNam',
    at: 'p.display<|>Nam,',
    title: /displayName/,
    made: /p\.displayName,/,
  },
];

describe('filters, written in the editor', () => {
  before(async () => {
    await open(path);
    await useRunningSystems(true);
    await collectSamples();
  });
  afterEach(revertAll);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await useRunningSystems(false);
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
    const labels = (await offered(document, caret(document, "+ p['<|>']"))).map(labelOf);
    ok(labels.includes('employeeNumber'), labels.slice(0, 20).join(', '));
    const codes = (): readonly unknown[] =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ range }) => range.isEqual(rangeOf(document, 'displayNamm')))
        .map(codeOf);
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
      labels = hints.map(labelOf);
      return labels.some((label) => /500 rows/.test(label));
    });
    ok(labels.length >= 4, labels.join(' | '));
  });

  it('values that a column has are offered for a comparison', async () => {
    const document = await open(path);
    await replace(document, "p.status = 'active'", 'p.status = ');
    const at = behind(document, 'p.status = ');
    await waitFor("'active' to be offered", async () => (await offered(document, at)).map(labelOf).includes("'active'"));
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

  it('a join is completed with its condition, and functions and parameters where a value may stand', async () => {
    const document = await open(path);
    await replace(document, 'left join directory.users as u', 'left join ');
    const [table] = (await offered(document, behind(document, 'left join '))).filter((item) => labelOf(item).startsWith('directory.users'));
    match(textOfItem(table), /^directory\.users as \S* on .*externalId = p\.employeeNumber|^directory\.users as /);
    await replace(document, 'd.name = @department', 'd.name = ');
    const labels = (await offered(document, behind(document, 'd.name = '))).map(labelOf);
    for (const label of ['@department', 'lower', 'p'])
      ok(
        labels.some((one) => one === label || one.startsWith(`${label}(`)),
        `${label} is not among ${labels.join(', ')}`,
      );
  });

  it('a hover tells the type of a column, how often it is filled and what it holds', async () => {
    await waitFor('what was collected', async () => /Filled in \d+ of \d+ rows/.test(await hoverAt(path, 'p.sta<|>tus')));
    match(await hoverAt(path, 'p.sta<|>tus'), /text[^]*`active`/);
    match(await hoverAt(path, '@depart<|>ment'), /text[^]*IT/);
  });

  it('a name leads to its declaration and to all its uses, in scripts too', async () => {
    const document = await withScript("return p['displayName']");
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      caret(document, "['display<|>Name']"),
    );
    const files = new Set(found.map(({ uri }) => pathOf(uri)));
    for (const file of [path, 'connectors/hr.json', 'filters/Employees.filter', 'filters/Staff without an account.filter'])
      ok(files.has(file), `${file} is not among ${[...files].join(', ')}`);
    equal(found.filter(({ uri }) => pathOf(uri) === path).length, 2);
  });

  it('a parameter is renamed in the filter, in those that extend it and in the roles that give it', async () => {
    const document = await open(path);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      caret(document, '@depart<|>ment'),
      'unit',
    );
    const changed = edit.entries().map(([uri, edits]) => [pathOf(uri), edits.length] as const);
    deepEqual(changed.sort(), [
      [path, 2],
      ['roles/development/All staff.json', 1],
      ['roles/development/IT.json', 1],
      ['roles/development/Sales.json', 1],
    ]);
  });

  it('its words have their colours, and lenses run and explain it', async () => {
    const document = await withScript("return p['displayName']");
    const { uri } = document;
    const { tokenTypes } = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      uri,
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', uri);
    const used = new Set(Array.from({ length: data.length / 5 }, (_, index) => tokenTypes[data[index * 5 + 3] ?? 0]));
    for (const type of ['class', 'property', 'parameter']) ok(used.has(type), `${type} is not among ${[...used].join(', ')}`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
    const commands = lenses.map(({ command }) => command?.command);
    for (const command of ['sollist.runFilter', 'sollist.explainFilter']) ok(commands.includes(command), commands.join(', '));
  });

  for (const { what, from, to, at, title, made } of changes) {
    it(`the light bulb ${what}`, async () => {
      const document = await open(path);
      if (from !== undefined) await replace(document, from, to);
      let titles: readonly string[] = [];
      const { edit } = await waitFor(`the action ${String(title)}`, async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(caret(document, at), caret(document, at)),
        );
        titles = actions.map((action) => action.title);
        return actions.find((action) => title.test(action.title));
      }).catch((error: unknown) => {
        throw new Error(`${String(error)} There are: ${titles.join(' | ')}`);
      });
      ok(edit && (await vscode.workspace.applyEdit(edit)));
      match(document.getText(), made);
    });
  }

  it('what is wrong in it is told where it stands, and mended from there', async () => {
    const document = await open(path);
    await replace(document, 'order by p.employeeNumber', 'oder by p.employeeNumber and (');
    await waitFor('the slip to be told', () =>
      vscode.languages.getDiagnostics(document.uri).some((one) => codeOf(one) === 'syntax' && one.range.start.line >= 11),
    );
  });

  it('a library is known to scripts, and what is wrong in it is told', async () => {
    const library = uriOf('libraries/Names.js');
    await vscode.workspace.fs.writeFile(library, new TextEncoder().encode('return { short: (text) => text.slice(0, 3) }\n'));
    try {
      const document = await withScript("return Names.short(p['lastName']) + Nmes.short('x')");
      const unknown = (): readonly string[] =>
        vscode.languages
          .getDiagnostics(document.uri)
          .filter((one) => codeOf(one) === 'script-unknown-name')
          .map(({ range }) => document.getText(range));
      await waitFor('the misspelt library alone to be unknown', () => unknown().join() === 'Nmes');
      await vscode.workspace.fs.writeFile(library, new TextEncoder().encode('return {'));
      await waitFor('the library to be wrong', () =>
        vscode.languages.getDiagnostics(library).some((one) => codeOf(one) === 'script-syntax'),
      );
    } finally {
      await vscode.workspace.fs.delete(uriOf('libraries'), { recursive: true });
    }
  });
});

/** What an item would write. */
function textOfItem(item: vscode.CompletionItem | undefined): string {
  return typeof item?.insertText === 'string' ? item.insertText : (item?.insertText?.value ?? (item ? labelOf(item) : ''));
}
