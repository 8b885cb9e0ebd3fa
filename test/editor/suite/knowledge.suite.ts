import { equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { folder, hoverAt, labelOf, open, revertAll, textOf, typed, uriOf } from './support.ts';

const directory = 'connectors/directory.json';

async function lenses(path: string): Promise<readonly vscode.Command[]> {
  const { uri } = await open(path);
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return found.flatMap(({ command }) => (command ? [command] : []));
}

describe('what runs have shown, in the editor', () => {
  // The sample systems of a test listen on free ports; this environment takes the addresses from variables.
  const setting = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sollist');

  before(async () => {
    await open(directory);
    await setting().update('environment', 'elsewhere', vscode.ConfigurationTarget.Workspace);
  });

  after(async () => {
    await setting().update('environment', undefined, vscode.ConfigurationTarget.Workspace);
  });

  afterEach(revertAll);

  it('before any run, lenses offer one and hovers know no values', async () => {
    const titles = (await lenses(directory)).map(({ title }) => title);
    ok(titles.includes('$(play) Dry run'));
    ok(!titles.some((title) => title.includes('rows')), titles.join(', '));
    ok(!(await hoverAt(directory, '"external<|>Id": "string*"')).includes('Filled in'));
  });

  it('previews the request of a write from its lens, with method and address, and sends nothing', async () => {
    const lens = (await lenses(directory)).find(
      ({ command, arguments: given }) => command === 'sollist.previewRequest' && given?.[2] === 'user_update',
    );
    ok(lens, 'there is no lens for the request of user_update');
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments as unknown[]));
    const shown = await waitFor('the request to be shown', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'sollist-request'),
    );
    const text = shown.document.getText();
    match(text, new RegExp(`PATCH http://${process.env['DIRECTORY_ADDRESS'] ?? ''}/scim/v2/Users/`));
    match(text, /authorization: Basic \*\*\*/i);
    // Notes are broken to fit half a window.
    match(text.replaceAll(/\n#\s+/g, ' '), /nothing is sent/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('after a collection, lenses have rows and age', async () => {
    equal(await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'directory' }), true);
    const title = await waitFor('the rows of users in its lens', async () => {
      const all = await lenses(directory);
      return all.find(
        ({ command, arguments: given, title }) => command === 'sollist.dryRun' && given?.[1] === 'users' && /rows/.test(title),
      )?.title;
    });
    match(title, /^\d+ rows · (just now|1 min ago)$/);
    ok(existsSync(uriOf('.sollist').fsPath));
  });

  it('hovers have sample values, and how often a column is filled', async () => {
    const text = await waitFor('what the column holds', async () => {
      const said = await hoverAt(directory, '"external<|>Id": "string*"');
      return said.includes('Filled in') && said;
    });
    match(text, /Column `externalId`[^]*Filled in \d+ of \d+ rows[^]*e\.g\. `[^`]+`[^]*collected (just now|1 min ago) from `directory`/);
    match(await hoverAt(directory, '"use<|>rs": {'), /\d+ rows, collected [^]* complete\./);
  });

  it('completion offers what the answer held and the connector does not declare', async () => {
    const list = await typed(
      directory,
      '"displayName": "string*",\n          "title"',
      '"displayName": "string*",\n          "<|>",\n          "title"',
      ({ uri }, at) => vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at),
    );
    const seen = list.items.filter(({ detail }) => detail?.startsWith('seen in') === true);
    ok(
      seen.some((item) => labelOf(item) === 'schemas'),
      seen.map(labelOf).join(', '),
    );
    for (const { documentation } of seen) match(textOf(documentation), /In the last answer at `/);
  });

  it('an action declares all of that', async () => {
    const document = await open(directory);
    const at = document.positionAt(document.getText().indexOf('"groups": {') + 1);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
      vscode.CodeActionKind.RefactorRewrite.value,
    );
    const declare = actions.find(({ title }) => /^Declare the (column|\d+ columns) found in the last answer$/.test(title));
    ok(declare?.edit, actions.map(({ title }) => title).join(', '));
    ok(await vscode.workspace.applyEdit(declare.edit));
    const groups = (JSON.parse(document.getText()) as { schema: { crud_objects: { groups: { resources: object } } } }).schema.crud_objects
      .groups;
    ok('meta' in groups.resources || 'schemas' in groups.resources, Object.keys(groups.resources).join(', '));
  });

  it('a lens that is switched off is not shown', async () => {
    await setting().update('lens.dryRun', false, vscode.ConfigurationTarget.Workspace);
    await waitFor('no lens to run', async () => !(await lenses(directory)).some(({ command }) => command === 'sollist.dryRun'));
    ok((await lenses(directory)).some(({ command }) => command === 'sollist.previewRequest'));
    await setting().update('lens.dryRun', undefined, vscode.ConfigurationTarget.Workspace);
    await waitFor('the lenses to be back', async () => (await lenses(directory)).some(({ command }) => command === 'sollist.dryRun'));
  });
});
