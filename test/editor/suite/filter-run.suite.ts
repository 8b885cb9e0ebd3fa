import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { collectSamples, filterRuns, folder, open, replace, revertAll, uriOf, useRunningSystems } from './support.ts';

const path = 'filters/Staff of a department.filter';
const name = 'Staff of a department';

function panels(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
}

describe('filters, run in the editor', () => {
  before(async () => {
    await open(path);
    await useRunningSystems(true);
    await collectSamples();
  });

  after(async () => {
    await revertAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await useRunningSystems(false);
  });

  it('a filter whose parameters have defaults runs at once, and asks nobody', async () => {
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name);
    deepEqual(panels(), [`Rows of ${name}`]);
    const [run] = filterRuns();
    ok(run);
    deepEqual(run.inputs['parameters'], {});
    match(run.result, /\d+ rows/);
  });

  it('one that needs a value waits in the panel, and nothing runs', async () => {
    const document = await open(path);
    await replace(document, " default 'IT'", '');
    const before = filterRuns().length;
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name);
    await waitFor('the panel', () => panels().includes(`Rows of ${name}`));
    equal(filterRuns().length, before);
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name, { department: 'Finance' });
    const [run] = filterRuns();
    deepEqual(run?.inputs['parameters'], { department: 'Finance' });
    await revertAll();
  });

  it('to explain it, to ask why not and what an edit changes opens its page, and runs nothing', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const before = filterRuns().length;
    for (const command of ['sollist.explainFilter', 'sollist.whyNot', 'sollist.filterEffect']) {
      await vscode.commands.executeCommand(command, uriOf(path), name);
      deepEqual(panels(), [`Rows of ${name}`]);
    }
    equal(filterRuns().length, before);
  });

  it('two runs of it are compared', async () => {
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(path), name, { department: 'IT' });
    const [after, former] = filterRuns();
    ok(after && former);
    const nodes = [after, former].map(({ id }) => ({ folder: folder(), id }));
    await vscode.commands.executeCommand('sollist.runs.compare', nodes[0], nodes);
    await waitFor('the comparison', () => panels().includes(`Rows of ${name}, compared`));
  });

  it('rows come from scripts, from parents, from appended filters, and through lookups', async () => {
    equal(await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'internal', table: 'Externals' }), true);
    const badges = await rowsOf('Badges');
    deepEqual(badges.columns, ['number', 'name', 'line']);
    // Joined by the script, cut where it is long, and from the table of the front desk.
    for (const row of [
      ['001014', 'Zoë Rossi'],
      ['X0006', 'Kofi Mensah'],
    ])
      ok(
        badges.rows.some((cells) => row.every((cell, index) => cells[index] === cell)),
        row.join(' '),
      );
    ok(badges.rows.every(([, shown]) => typeof shown === 'string' && shown.length <= 20));
    const staff = await rowsOf('Staff of a department');
    const lacking = await rowsOf('Staff without an account');
    deepEqual(
      lacking.rows.map(([number]) => number).sort(),
      staff.rows.filter(([, , , account]) => account === null).map(([number]) => number),
    );
    const [known, all] = [await rowsOf('Employees[with_account]'), await rowsOf('Employees')];
    ok(known.total > 0 && known.total < all.total, `${String(known.total)} of ${String(all.total)}`);
  });

  it('the text in the editor counts: groups, one row per value, and what the session gives', async () => {
    const settings = await open('sollist.json');
    await replace(settings, '"name": "Halden & Brook",', '"name": "Halden & Brook",\n  "session": { "state": "leaver" },');
    const document = await open(path);
    const text = document.getText();
    const states = `parameter state text from session.state default 'active'
select p.status, count(*) as people from hr.persons as p where p.status = @state group by p.status`;
    await replace(document, text, states);
    const [group, ...others] = (await rowsOf(name)).rows;
    equal(group?.[0], 'leaver');
    ok(Number(group[1]) > 1);
    deepEqual(others, []);
    await replace(document, states, 'select distinct on (d.name) d.name, p.id from hr.persons as p join hr.departments as d');
    const { rows } = await rowsOf(name);
    equal(rows.length, new Set(rows.map(([department]) => department)).size);
    await revertAll();
  });

  it('a script that never ends is stopped, its row says so, and the editor goes on', async () => {
    const document = await open(path);
    await replace(
      document,
      document.getText(),
      "select p.id, script $$ if (p.id === 'P0002') for (;;); return p.id.length $$ as size\nfrom hr.persons as p where p.id in ('P0001', 'P0002')",
    );
    const { rows, problems } = await rowsOf(name);
    deepEqual(rows, [
      ['P0001', 5],
      ['P0002', null],
    ]);
    match(JSON.stringify(problems), /size.*(took|stopped|ms)/);
    await revertAll();
  });
});

/** What a filter gives, run in the panel. */
async function rowsOf(filter: string): Promise<{
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly total: number;
  readonly problems: unknown;
}> {
  await vscode.commands.executeCommand('sollist.runFilter', uriOf(`filters/${filter.replace(/\[.*/, '')}.filter`), filter, {});
  const [run] = filterRuns();
  ok(run?.report, run?.result);
  equal(run.subject, filter);
  const { rowSet, problems } = run.report;
  return { columns: rowSet.columns.map((column) => column.name), rows: rowSet.rows, total: rowSet.total, problems };
}
