import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { caret, labelOf, open, pathOf, rangeOf, replace, revertAll } from './support.ts';

const connector = 'connectors/hr.json';
const filter = 'filters/Employees.filter';

describe('the text in the editor', () => {
  afterEach(revertAll);

  it('folds by object, by clause and by remark', async () => {
    const folds = async (path: string): Promise<readonly number[]> => {
      const { uri } = await open(path);
      return (await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri)).map(
        ({ start }) => start,
      );
    };
    const document = await open(connector);
    ok((await folds(connector)).includes(caret(document, '<|>"persons": {').line));
    deepEqual((await folds(filter)).slice(0, 2), [0, 2]);
    ok((await folds('systems/hr.json')).length > 3);
  });

  it('is selected in growing steps: the variable, the text, the property', async () => {
    const document = await open('connectors/directory.json');
    const [innermost] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [caret(document, '"/scim/v2/Groups/{itera<|>tor}"')],
    );
    const steps: string[] = [];
    for (let step = innermost; step; step = step.parent) steps.push(document.getText(step.range));
    const wanted = ['{iterator}', '/scim/v2/Groups/{iterator}', '"/scim/v2/Groups/{iterator}"', '"path": "/scim/v2/Groups/{iterator}"'];
    deepEqual(
      steps.filter((step) => wanted.includes(step)),
      wanted,
      steps.slice(0, 8).join(' → '),
    );
  });

  it('is left alone by the formatter where it is formatted', async () => {
    for (const path of [connector, 'connectors/directory.json', 'systems/hr.json', 'sollist.json', filter])
      deepEqual(await formatting(await open(path)), [], path);
  });

  it('is formatted with small edits where it is not', async () => {
    const document = await open(connector);
    const formatted = document.getText();
    await replace(document, '"method": "get",\n            "call": {', '"method":"get",\n      "call":   {');
    const edits = await formatting(document);
    const longest = Math.max(...edits.map(({ newText, range }) => newText.length + document.getText(range).length));
    ok(edits.length > 0 && edits.length <= 4, `${String(edits.length)} edits`);
    ok(longest < 40, `an edit of ${String(longest)} letters`);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await waitFor('the text to be formatted', () => document.getText() === formatted);
  });

  it('is not formatted while it is half typed', async () => {
    const document = await open(connector);
    await replace(document, '"method": "get",', '"method":"get');
    deepEqual(await formatting(document), []);
  });

  it('has a colour for variables, tables and operations', async () => {
    const document = await open('connectors/directory.json');
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    const tokens = decode(document, data, legend);
    const kindOf = (text: string, line: number): string | undefined => tokens.find((one) => one.text === text && one.line === line)?.type;
    const at = (marked: string): number => caret(document, marked).line;
    equal(kindOf('iterator', at('"/scim/v2/Groups/{<|>iterator}"')), 'parameter');
    equal(kindOf('tenant_id', at('"http://{<|>tenant_id}"')), 'variable');
    equal(kindOf('members', at('<|>"members": {')), 'class');
    equal(kindOf('member_add', at('<|>"member_add": {')), 'method');
  });

  it('links to files and to web pages', async () => {
    const document = await open('systems/hr.json');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const link = links.find(({ range }) => document.getText(range) === 'hr');
    equal(link?.target && pathOf(link.target), connector);
  });
});

describe('the addresses of operations in the editor', () => {
  const setting = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sollist');
  const hints = async (): Promise<readonly vscode.InlayHint[]> => {
    const document = await open(connector);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    return vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
  };

  after(() => setting().update('inlayHints.addresses', undefined, vscode.ConfigurationTarget.Workspace));

  it('are not shown beside their paths unless somebody wants them', async () => {
    deepEqual(await hints(), []);
    await setting().update('inlayHints.addresses', true, vscode.ConfigurationTarget.Workspace);
    const [first] = await waitFor('the hints', async () => {
      const found = await hints();
      return found.length > 0 && found;
    });
    const document = await open(connector);
    ok(first);
    match(labelOf(first), /^GET http:\/\/127\.0\.0\.1:4780\/api\/v1\/persons\?/);
    deepEqual(first.position, rangeOf(document, '"/api/v1/persons"').end);
    await setting().update('inlayHints.addresses', undefined, vscode.ConfigurationTarget.Workspace);
    await waitFor('no hints', async () => (await hints()).length === 0);
  });
});

function formatting({ uri }: vscode.TextDocument): Thenable<readonly vscode.TextEdit[]> {
  return vscode.commands
    .executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', uri, { tabSize: 2, insertSpaces: true })
    .then((edits) => edits ?? []);
}

/** Five numbers each, relative to the token before. */
function decode(
  document: vscode.TextDocument,
  data: Uint32Array,
  { tokenTypes }: vscode.SemanticTokensLegend,
): readonly { readonly line: number; readonly text: string; readonly type: string | undefined }[] {
  let [line, column] = [0, 0];
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [down = 0, right = 0, length = 0, type = 0] = data.subarray(index * 5, index * 5 + 4);
    column = down === 0 ? column + right : right;
    line += down;
    return { line, text: document.lineAt(line).text.slice(column, column + length), type: tokenTypes[type] };
  });
}
