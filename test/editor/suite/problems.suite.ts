import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, diagnostics, open, replace, revertAll, uriOf } from './support.ts';

const connector = 'connectors/directory.json';
const code = 'unknown-iteration-table';
const has = (all: readonly vscode.Diagnostic[]): boolean => all.some((one) => codeOf(one) === code);

/** A connector that iterates a table it does not have. */
async function broken(): Promise<vscode.TextDocument> {
  const document = await open(connector);
  await replace(document, '"table": "groups"', '"table": "gruops"');
  await diagnostics(document.uri, code, has);
  return document;
}

/** Puts a `problems` section into sollist.json, unsaved. */
async function settle(problems: string): Promise<vscode.TextDocument> {
  const settings = await open('sollist.json');
  await replace(settings, '"name": "Halden & Brook",', `"name": "Halden & Brook",\n  "problems": ${problems},`);
  return settings;
}

describe('problems in the editor', () => {
  afterEach(revertAll);

  it('have a code that links to its page, and say what to do', async () => {
    const { uri } = await broken();
    const found = vscode.languages.getDiagnostics(uri).find((one) => codeOf(one) === code);
    match(found?.message ?? '', /gruops.*groups/s);
    equal(found?.source, 'sollist');
    equal(found.severity, vscode.DiagnosticSeverity.Error);
    ok(typeof found.code === 'object');
    match(found.code.target.path, /\/docs\/problems\/unknown-iteration-table\.md$/);
    // The page is in the package.
    match((await vscode.workspace.openTextDocument(found.code.target)).getText(), /unknown-iteration-table/);
  });

  it('have the severity that sollist.json gives their code, at once', async () => {
    const { uri } = await broken();
    const settings = await settle(`{ "severities": { "${code}": "hint" } }`);
    await diagnostics(uri, 'a hint', (all) => all.some((one) => codeOf(one) === code && one.severity === vscode.DiagnosticSeverity.Hint));
    await replace(settings, '"hint"', '"off"');
    await diagnostics(uri, 'none', (all) => !has(all));
  });

  it('are silent where sollist.json suppresses them; a suppression of nothing is told', async () => {
    const document = await broken();
    const at = '/schema/crud_objects/members/operations/members_get/call/table';
    const settings = await settle(`{ "suppressed": [{ "code": "${code}", "file": "${connector}", "at": "${at}" }] }`);
    await diagnostics(document.uri, 'none', (all) => !has(all));
    await replace(document, '"table": "gruops"', '"table": "groups"');
    await diagnostics(settings.uri, 'the suppression', (all) => all.some((one) => codeOf(one) === 'unused-suppression'));
  });

  it('are none in the sample workspace', async () => {
    for (const path of [connector, 'connectors/hr.json', 'systems/hr.json', 'mappings/New accounts.json', 'filters/Employees.filter'])
      await open(path);
    // One that is made says that all of them were checked.
    const { uri } = await broken();
    const others = vscode.languages
      .getDiagnostics()
      .filter(([file]) => file.path.startsWith(uriOf('').path) && file.path !== uri.path)
      .flatMap(([, all]) => all);
    deepEqual(
      others.filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning).map(({ message }) => message),
      [],
    );
  });
});
