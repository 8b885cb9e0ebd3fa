import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { folder, open } from './support.ts';

const persons = (): object => ({ folder: folder(), system: 'hr', connector: join(folder(), 'connectors/hr.json'), table: 'persons' });

/** The runs on the disk, the newest first. */
function kept(): readonly RunSummary[] {
  const runs = join(folder(), '.sollist/runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .map((name) => JSON.parse(readFileSync(join(runs, name), 'utf8')) as RunSummary);
}

/** The titles of the run panels that are open. */
function panels(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
}

describe('runs and their history, in the editor', () => {
  const setting = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sollist');

  before(async () => {
    await open('connectors/hr.json');
    await setting().update('environment', 'elsewhere', vscode.ConfigurationTarget.Workspace);
    rmSync(join(folder(), '.sollist/runs'), { recursive: true, force: true });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setting().update('environment', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('a dry run stands in the history with its environment and limits, and its panel says what it is', async () => {
    await vscode.commands.executeCommand('sollist.dryRun', persons());
    deepEqual(panels(), ['Dry run of hr.persons']);
    const [run, ...others] = kept();
    deepEqual(others, []);
    equal(run?.subject, 'hr.persons');
    equal(run.environment, 'elsewhere');
    deepEqual(run.limits, { rows: 200, calls: 20 });
  });

  it('a collection opens the panel with its report, and is kept', async () => {
    equal(await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'hr', table: 'departments' }), true);
    deepEqual(panels(), ['Collection of hr']);
    const [run] = kept();
    equal(run?.kind, 'collect');
    equal(run.state, 'ok');
    match(run.result, /^1 table, \d+ rows, complete$/);
  });

  it('a run is opened as it was, marked with its time', async () => {
    const run = kept().find(({ kind }) => kind === 'dry-run');
    ok(run);
    await vscode.commands.executeCommand('sollist.runs.open', { folder: folder(), id: run.id });
    equal(panels().length, 1);
    match(panels()[0] ?? '', /^Dry run of hr\.persons, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('a run is run again with its own limits, not with those of now', async () => {
    const first = kept().find(({ kind }) => kind === 'dry-run');
    ok(first);
    await setting().update('dryRun.rows', 3, vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand('sollist.runs.again', { folder: folder(), id: first.id });
    } finally {
      await setting().update('dryRun.rows', undefined, vscode.ConfigurationTarget.Workspace);
    }
    const [again] = kept();
    equal(again?.kind, 'dry-run');
    ok(again.id > first.id);
    deepEqual(again.limits, first.limits);
    deepEqual(panels(), ['Dry run of hr.persons']);
  });

  it('two runs of a table are compared, chosen or with the one before', async () => {
    const [after, before] = kept().filter(({ kind }) => kind === 'dry-run');
    ok(after && before);
    const nodes = [after, before].map(({ id }) => ({ folder: folder(), id }));
    await vscode.commands.executeCommand('sollist.runs.compare', nodes[0], nodes);
    deepEqual(panels(), ['Dry run of hr.persons, compared']);
    await vscode.commands.executeCommand('sollist.runs.open', nodes[0]);
    await vscode.commands.executeCommand('sollist.runs.compareWithPrevious', nodes[0]);
    deepEqual(panels(), ['Dry run of hr.persons, compared']);
  });

  it('a run is pinned, unpinned and taken away', async () => {
    const [run] = kept();
    ok(run);
    const node = { folder: folder(), id: run.id };
    const isPinned = (): boolean | undefined => kept().find(({ id }) => id === run.id)?.pinned;
    await vscode.commands.executeCommand('sollist.runs.pin', node);
    equal(isPinned(), true);
    await vscode.commands.executeCommand('sollist.runs.unpin', node);
    equal(isPinned(), false);
    await vscode.commands.executeCommand('sollist.runs.delete', node);
    equal(isPinned(), undefined);
  });

  it('a run that failed is kept as loudly, and opened with its sentence', async () => {
    await vscode.commands.executeCommand('sollist.runFilter', vscode.Uri.file(join(folder(), 'filters/Employees.filter')), 'Employees', {});
    const [run] = kept();
    equal(run?.kind, 'filter');
    // Whether the other suites had collected by then decides how it ended.
    ok(['ok', 'failed', 'incomplete'].includes(run.state));
    await vscode.commands.executeCommand('sollist.previewMapping', vscode.Uri.file(join(folder(), 'sollist.json')), 'No such mapping');
    const [failed] = kept();
    equal(failed?.state, 'failed');
    match(failed.result, /There is no mapping "No such mapping"/);
    await vscode.commands.executeCommand('sollist.runs.open', { folder: folder(), id: failed.id });
    match(panels()[0] ?? '', /^Preview of No such mapping, /);
  });

  it('an older version of a table is loaded again, and compared with the current one', async () => {
    const collect = (): Thenable<unknown> =>
      vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'hr', table: 'departments' });
    equal(await collect(), true);
    await vscode.commands.executeCommand('sollist.compareVersion', { folder: folder(), system: 'hr', table: 'departments' });
    await waitFor('the comparison of versions', () => panels().includes('Versions of hr.departments'));
  });

  it('a collection is recorded, collected from its recording, and its faults are rehearsed', async () => {
    const target = { folder: folder(), system: 'hr', table: 'departments' };
    equal(await vscode.commands.executeCommand('sollist.recordCollection', target), true);
    ok(existsSync(join(folder(), 'recordings/hr')), 'there is no recording');
    equal(await vscode.commands.executeCommand('sollist.replayCollection', target), true);
    const [replayed] = kept();
    deepEqual(replayed?.source, { kind: 'replay', recording: 'recordings/hr' });
    await vscode.commands.executeCommand('sollist.rehearse', { ...target, faults: ['empty-source'] });
    const [rehearsed] = kept();
    equal(rehearsed?.kind, 'rehearsal');
    deepEqual(panels(), ['Rehearsal of hr']);
    rmSync(join(folder(), 'recordings'), { recursive: true });
  });

  it('the requests of a collection are planned as a document, and nothing is called', async () => {
    await vscode.commands.executeCommand('sollist.planCollection', { folder: folder(), system: 'hr' });
    const shown = await waitFor('the plan to be shown', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'sollist-request'),
    );
    const text = shown.document.getText();
    match(text, /^# What a collection of hr would ask for\. Nothing was called\./);
    match(text, /### persons \(persons_get\)/);
    match(text, /GET http:\/\/\S+\/api\/v1\/persons/);
  });
});
