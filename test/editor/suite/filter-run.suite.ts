import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { folder, open, replace, revertAll, uriOf } from './support.ts';

const path = 'filters/Staff of a department.filter';
const name = 'Staff of a department';

/** The runs of the filter on the disk, the newest first. */
function kept(): readonly RunRecord[] {
  const runs = join(folder(), '.sollist/runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((file) => /-filter-.*\.json$/.test(file))
    .sort()
    .reverse()
    .map((file) => JSON.parse(readFileSync(join(runs, file), 'utf8')) as RunRecord);
}

function panels(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
}

describe('filters, run in the editor', () => {
  const setting = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sollist');

  before(async () => {
    await open(path);
    await setting().update('environment', 'elsewhere', vscode.ConfigurationTarget.Workspace);
    for (const system of ['hr', 'directory']) await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await revertAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setting().update('environment', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('a filter whose parameters have defaults runs at once, and asks nobody', async () => {
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name);
    deepEqual(panels(), [`Rows of ${name}`]);
    const [run] = kept();
    ok(run);
    deepEqual(run.inputs['parameters'], {});
    match(run.result, /\d+ rows/);
  });

  it('one that needs a value waits in the panel, and nothing runs', async () => {
    const document = await open(path);
    await replace(document, " default 'IT'", '');
    const before = kept().length;
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name);
    await waitFor('the panel', () => panels().includes(`Rows of ${name}`));
    equal(kept().length, before);
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name, { department: 'Finance' });
    const [run] = kept();
    deepEqual(run?.inputs['parameters'], { department: 'Finance' });
    await revertAll();
  });

  it('to explain it, to ask why not and what an edit changes opens its page, and runs nothing', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const before = kept().length;
    for (const command of ['sollist.explainFilter', 'sollist.whyNot', 'sollist.filterEffect']) {
      await vscode.commands.executeCommand(command, uriOf(path), name);
      deepEqual(panels(), [`Rows of ${name}`]);
    }
    equal(kept().length, before);
  });

  it('two runs of it are compared', async () => {
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name, { department: 'IT' });
    const [after, former] = kept();
    ok(after && former);
    const nodes = [after, former].map(({ id }) => ({ folder: folder(), id }));
    await vscode.commands.executeCommand('sollist.runs.compare', nodes[0], nodes);
    await waitFor('the comparison', () => panels().includes(`Rows of ${name}, compared`));
  });
});
