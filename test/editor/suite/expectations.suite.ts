import { equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { open, replace, revertAll, folder, uriOf } from './support.ts';

const path = 'expectations/hr.json';

const text = `{
  "tables": {
    "departments": {
      "complete": true,
      "columns": ["id", "name"],
      "rows": 1
    }
  }
}
`;

/** The tests the editor knows of the file, each as its names from the system down. */
async function testsInFile(): Promise<readonly (readonly string[])[]> {
  const found = await vscode.commands.executeCommand<readonly (readonly string[])[]>('vscode.testing.getTestsInFile', uriOf(path));
  return found.map((names) => names.slice(2));
}

/** What the editor calls a test. */
function idOf(...names: readonly string[]): string {
  return ['sollist', uriOf(path).toString(), ...names].join('\0');
}

/** Runs with the default profile, and waits for the verdict of one test: whether it has an error to look at. */
async function run(...names: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand('vscode.runTestsById', 2, idOf(...names));
}

function hasError(...names: readonly string[]): Thenable<boolean> {
  return vscode.commands.executeCommand<boolean>('vscode.peekTestError', idOf(...names));
}

/** Records the system with the command line of the package. */
async function record(system: string): Promise<void> {
  const extension = vscode.extensions.getExtension('sollist.sollist')?.extensionPath ?? '';
  await promisify(execFile)(
    process.execPath,
    [join(extension, 'dist/engine/sollist.cjs'), 'collect', system, '--record', '--workspace', folder(), '--environment', 'elsewhere'],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
  );
}

describe('expectations in the Test Explorer', () => {
  before(async () => {
    mkdirSync(dirname(uriOf(path).fsPath), { recursive: true });
    writeFileSync(uriOf(path).fsPath, text);
    await open(path);
  });

  after(async () => {
    await revertAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(uriOf('expectations').fsPath, { recursive: true, force: true });
    rmSync(uriOf('recordings').fsPath, { recursive: true, force: true });
  });

  it('are found below their system and table', async () => {
    await waitFor('the tests of the file', async () => (await testsInFile()).length >= 6);
    const found = (await testsInFile()).map((names) => names.join('/')).sort();
    equal(
      found.join('\n'),
      ['', 'departments', 'departments/columns/id', 'departments/columns/name', 'departments/complete', 'departments/rows'].join('\n'),
    );
  });

  it('follow what is typed, saved or not', async () => {
    const document = await open(path);
    await replace(document, '"rows": 1', '"rows": 1, "calls": { "max": 50 }');
    await waitFor('the new expectation', async () => (await testsInFile()).some((names) => names.at(-1) === 'calls'));
    await revertAll();
    await waitFor('it to be gone', async () => !(await testsInFile()).some((names) => names.at(-1) === 'calls'));
  });

  it('without a recording they end in an error that says how to make one, and none passes', async () => {
    await run('departments');
    await waitFor('the error at the table', () => hasError('departments'));
    await run('departments', 'complete');
    await waitFor('the error at the expectation', () => hasError('departments', 'complete'));
  });

  it('on a recording, what holds passes and what does not shows its difference', async () => {
    await record('hr');
    await run();
    await waitFor('the failure', () => hasError('departments', 'rows'));
    await waitFor(
      'the others to have passed',
      async () => !(await hasError('departments', 'complete')) && !(await hasError('departments', 'columns/id')),
    );
  });

  it('a failure goes away when the file is right', async () => {
    const document = await open(path);
    await replace(document, '"rows": 1', '"rows": { "min": 1 }');
    await run('departments', 'rows');
    await waitFor('no error any more', async () => !(await hasError('departments', 'rows')));
    await revertAll();
  });

  it('go with their file', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(uriOf(path).fsPath);
    await waitFor('no tests', async () => (await testsInFile()).length === 0);
  });

  it('Save as Expectations writes a first file, and never over one that is there', async () => {
    const target = { folder: folder(), system: 'hr', from: 'live' };
    const setting = vscode.workspace.getConfiguration('sollist');
    await setting.update('environment', 'elsewhere', vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand('sollist.saveExpectations', target);
      const shown = vscode.window.activeTextEditor?.document;
      equal(shown?.uri.fsPath, uriOf(path).fsPath);
      match(shown.getText(), /"departments": \{\n {6}"rows": \{ "min": /);
      const kept = '{ "tables": { "departments": { "rows": 1 } } }';
      writeFileSync(uriOf(path).fsPath, kept);
      await vscode.commands.executeCommand('sollist.saveExpectations', target);
      equal(Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString(), kept);
      ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff, 'no difference is shown');
    } finally {
      await setting.update('environment', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
});
