import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { after, codeOf, diagnostics, open, replace } from './support.ts';

const connector = 'sollist-connector';

describe('a connector in the editor', () => {
  it('gets a diagnostic with a code while it is typed, from one server, and loses it when mended', async () => {
    const document = await open('connectors/directory.json', connector);
    await replace(document, '"iterator": "id"', '"iterator": "groupId"');
    const found = await diagnostics(document.uri, 'the unknown iterator', (all) => all.some((one) => codeOf(one) === 'unknown-iterator'));
    deepEqual(
      found.map(({ source }) => source),
      found.map(() => 'sollist'),
      'another server spoke about the connector',
    );
    const [broken] = found;
    ok(broken);
    equal(document.getText(broken.range), '"groupId"');
    equal(broken.severity, vscode.DiagnosticSeverity.Error);
    await replace(document, '"iterator": "groupId"', '"iterator": "id"');
    await diagnostics(document.uri, 'none', (all) => all.length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('completes the iterator with the columns of the iterated table', async () => {
    const document = await open('connectors/directory.json', connector);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      after(document, '"iterator": "'),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const column of ['id', 'displayName', 'externalId'])
      ok(
        labels.some((label) => label.replaceAll('"', '') === column),
        `${column} is not among ${labels.join(', ')}`,
      );
    equal(labels.length, new Set(labels).size, `offered twice: ${labels.join(', ')}`);
  });

  it('says on hover what a property means', async () => {
    const document = await open('connectors/directory.json', connector);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      after(document, '"output_fi'),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
    match(text, /answer|rows/i);
  });

  it('has an outline of tables and operations', async () => {
    const document = await open('connectors/hr.json', connector);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const names = flatten(symbols).map(({ name }) => name);
    for (const name of ['persons', 'departments', 'contracts', 'persons_get'])
      ok(names.includes(name), `${name} is not in the outline: ${names.join(', ')}`);
  });

  it('offers a dry run on each get operation', async () => {
    const document = await open('connectors/hr.json', connector);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const runs = lenses.filter(({ command }) => command?.command === 'sollist.dryRun');
    deepEqual(
      runs.map(({ command }) => (command!.arguments as [string, string])[1]),
      ['persons', 'departments', 'contracts'],
    );
  });

  it('is known by its content where there is no workspace', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'sollist-lone-')), 'Anything.json');
    writeFileSync(
      file,
      JSON.stringify({
        schema: { crud_objects: { people: { operations: { get: { method: 'get' } }, key: 'nothing', resources: { id: 'string*' } } } },
        rest: { config: { baseUrl: 'https://x.example' } },
      }),
    );
    const document = await vscode.workspace.openTextDocument(file);
    await waitFor('the lone file to be a connector', () =>
      vscode.workspace.textDocuments.some(({ fileName, languageId }) => fileName === file && languageId === connector),
    );
    await diagnostics(document.uri, 'the unknown key', (all) => all.some((one) => codeOf(one) === 'unknown-key-column'));
  });
});

describe('the other files in the editor', () => {
  it('know each other: a mapping that names an unknown filter is told which is near', async () => {
    const document = await open('mappings/New accounts.json', 'sollist-json');
    await replace(document, 'Employees[without_account]', 'Employes[without_account]');
    const found = await diagnostics(document.uri, 'the unknown filter', (all) => all.some((one) => codeOf(one) === 'unknown-filter'));
    match(found.map(({ message }) => message).join('\n'), /Employees/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await diagnostics(document.uri, 'none', (all) => all.length === 0);
  });

  it('a filter is checked against the tables there are', async () => {
    const document = await open('filters/Employees.filter', 'sollist-filter');
    await replace(document, 'p.jobTitle', 'p.jobTitel');
    const found = await diagnostics(document.uri, 'the unknown column', (all) => all.some((one) => codeOf(one) === 'unknown-column'));
    match(found.map(({ message }) => message).join('\n'), /jobTitle/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

function flatten(symbols: readonly vscode.DocumentSymbol[]): readonly vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flatten(symbol.children)]);
}
