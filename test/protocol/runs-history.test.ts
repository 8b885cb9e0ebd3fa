import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import type { CollectResult, DryRunReport, FilterReport, ProgressMessage } from '../../engine/host/protocol.ts';
import type { TableVersion } from '../../engine/run/records.ts';
import type { RowsComparison, RunList, RunRecord, RunSummary } from '../../engine/run/run-record.ts';
import { setStage, type Stage } from '../support/sample-systems.ts';

const persons = { connector: 'connectors/hr.json', table: 'persons', system: 'hr', limits: { rows: 5, calls: 2 } };

/** The runs as the editor asks for them. */
function asking({ editor, input }: Stage) {
  const ask = <Result>(name: string, own: object = {}): Promise<Result> => editor.request<Result>(`sollist/run/${name}`, input(own));
  return {
    ask,
    list: async (): Promise<readonly RunSummary[]> => (await ask<RunList>('listRuns')).runs,
    read: <Report>(id = ''): Promise<RunRecord<Report>> => ask('readRun', { id }),
  };
}

test('a dry run is kept as it was: report, inputs, limits, and is told before its answer', async () => {
  await using stage = await setStage();
  const { ask, list, read } = asking(stage);
  const told: ProgressMessage[] = [];
  stage.editor.connection.onNotification('sollist/progress', (message: ProgressMessage) => void told.push(message));
  const report = await ask<DryRunReport>('dryRun', { ...persons, runId: 'one' });
  const recorded = told.filter((message) => message.recorded);
  expect(recorded).toMatchObject([{ runId: 'one', recorded: { kind: 'dry-run', subject: 'hr.persons', state: 'incomplete' } }]);
  const runs = await list();
  expect(runs).toEqual([recorded[0]?.recorded]);
  expect(runs[0]).toMatchObject({ environment: 'elsewhere', limits: { rows: 5, calls: 2 }, result: '5 rows, not complete', pinned: false });
  const run = await read<DryRunReport>(runs[0]?.id);
  expect(run.report).toEqual(report);
  expect(run.inputs).toEqual({ connector: 'connectors/hr.json', table: 'persons', system: 'hr', key: 'id' });
  expect(JSON.stringify(run)).not.toContain(sampleSecrets.hrClientSecret);
});

test('a collection gives its report with its exchanges, and every other run is kept, too', async () => {
  await using stage = await setStage();
  const { ask, list, read } = asking(stage);
  for (const system of ['hr', 'directory']) {
    const collected = await ask<CollectResult>('collect', { system });
    expect(collected.requests.length).toBeGreaterThan(2);
    expect(new Set(collected.requests.map(({ status }) => status))).toEqual(new Set([200]));
  }
  await ask('runFilter', { filter: 'Employees', parameters: {} });
  await ask('previewMapping', { mapping: 'New accounts' });
  await ask('inspectRoles', { model: 'development' });
  await ask('describeVault');
  const runs = await list();
  expect(runs.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'roles development',
    'mapping New accounts',
    'filter Employees',
    'collect directory',
    'collect hr',
  ]);
  for (const { id, kind } of runs) expect((await read(id)).report, kind).toBeDefined();
  const { report } = await read<CollectResult>(runs.at(-1)?.id);
  expect(report?.requests.length).toBeGreaterThan(2);
});

describe('what did not go well', () => {
  test('is kept as loudly: failed with its report, failed without one, cancelled', async () => {
    await using stage = await setStage();
    const { ask, list, read } = asking(stage);
    stage.samples.hr.faults.add({ path: /\/persons/, after: 0, action: { kind: 'status', status: 404 } });
    await ask('dryRun', persons);
    await expect(ask('runFilter', { filter: 'Employees', parameters: {} })).rejects.toMatchObject({ data: { code: 'not-collected' } });
    stage.samples.hr.faults.clear();
    stage.samples.hr.faults.add({ path: /\/persons/, after: 0, action: { kind: 'hang' } });
    const source = new CancellationTokenSource();
    const hanging = stage.editor.request('sollist/run/dryRun', stage.input(persons), source.token);
    const before = stage.samples.hr.log.length;
    await expect.poll(() => stage.samples.hr.log.length).toBeGreaterThan(before);
    source.cancel();
    await expect(hanging).rejects.toMatchObject({ data: { code: 'cancelled' } });
    const runs = await list();
    expect(runs.map(({ kind, state }) => [kind, state])).toEqual([
      ['dry-run', 'cancelled'],
      ['filter', 'failed'],
      ['dry-run', 'failed'],
    ]);
    expect(await read(runs[1]?.id)).toMatchObject({ failure: { code: 'not-collected', subject: 'hr' }, result: runs[1]?.result });
    expect(await read(runs[2]?.id)).toMatchObject({ report: { outcome: { state: 'failed' } } });
  });

  test('is no longer under way when the engine is ended, and the history is still read', async () => {
    await using stage = await setStage();
    const { ask, list } = asking(stage);
    await ask('dryRun', persons);
    const folder = join(stage.editor.folder, '.sollist/runs');
    const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.json'));
    // As a process that was killed leaves it.
    const id = name.replace(/\.json$/, '').replace(/^\d{4}/, '2001');
    const text = readFileSync(join(folder, name), 'utf8').replace(name.slice(0, -5), id);
    writeFileSync(join(folder, `${id}.json`), text.replace('"pinned":false', `"pinned":false,"running":${String(2 ** 30)}`));
    expect((await list()).map((run) => run.id)).toEqual([name.slice(0, -5), id]);
  });
});

test('runs are pinned, compared and taken away', async () => {
  await using stage = await setStage();
  const { ask, list } = asking(stage);
  await ask('dryRun', persons);
  await ask('dryRun', { ...persons, limits: { rows: 7 } });
  const [after, before] = await list();
  expect(await ask<RunSummary>('pinRun', { id: before?.id, pinned: true })).toMatchObject({ id: before?.id, pinned: true });
  expect((await list()).map(({ pinned }) => pinned)).toEqual([false, true]);
  const comparison = await ask<RowsComparison>('compareRuns', { before: after?.id, after: before?.id });
  expect(comparison).toMatchObject({ key: ['id'], counts: { same: 5, new: 2, gone: 0, changed: 0 } });
  expect(comparison.notes?.join(' ')).toContain('limited to 5 rows');
  expect(await ask<RunList>('deleteRuns', { ids: [after?.id] })).toMatchObject({ runs: [{ id: before?.id }] });
  for (const [name, own] of [
    ['readRun', { id: after?.id }],
    ['pinRun', { id: '../../sollist', pinned: true }],
    ['compareRuns', { before: before?.id, after: 'nothing' }],
  ] as const) {
    await expect(ask(name, own), name).rejects.toMatchObject({ code: -32050, data: { code: 'unknown-run' } });
  }
});

test('a history from somebody else may be looked at in an untrusted workspace, and nothing else', async () => {
  await using stage = await setStage({ trusted: false });
  const { ask, list } = asking(stage);
  const folder = join(stage.editor.folder, '.sollist/runs');
  mkdirSync(folder, { recursive: true });
  const id = '20261122T081500123Z-filter-3f2a';
  const run: RunRecord<FilterReport> = {
    version: 1,
    id,
    kind: 'filter',
    subject: 'Employees',
    startedAt: 1,
    endedAt: 2,
    limits: {},
    state: 'ok',
    result: '0 rows',
    pinned: false,
    inputs: {},
    report: { filter: 'Employees', milliseconds: 1, sql: '', rowSet: { columns: [], rows: [], total: 0 } },
  };
  const { report, inputs, ...head } = run;
  const lines = `${JSON.stringify(head).slice(0, -1)},\n"inputs":${JSON.stringify(inputs)},\n"report":${JSON.stringify(report)}}\n`;
  writeFileSync(join(folder, `${id}.json`), lines);
  writeFileSync(join(folder, '20261122T081500123Z-roles-3f2a.json'), '{"report":"<script>"}\n');
  expect(await ask<RunList>('listRuns')).toMatchObject({
    runs: [{ id }],
    skipped: [{ file: '.sollist/runs/20261122T081500123Z-roles-3f2a.json' }],
  });
  expect(await ask('readRun', { id })).toEqual(run);
  expect(await ask('compareRuns', { before: id, after: id })).toMatchObject({ counts: { same: 0 } });
  for (const [name, own] of [
    ['pinRun', { id, pinned: true }],
    ['deleteRuns', { ids: [id] }],
    ['tableVersions', {}],
    ['loadVersion', { version: 1 }],
    ['compareVersions', { before: 1, after: 2 }],
  ] as const) {
    await expect(ask(name, own), name).rejects.toMatchObject({ data: { code: 'untrusted' } });
  }
  expect(await list()).toHaveLength(1);
  expect(readFileSync(join(folder, `${id}.json`), 'utf8')).toBe(lines);
});

test('a table has versions, which are compared and loaded', async () => {
  await using stage = await setStage();
  const { ask } = asking(stage);
  const own = { system: 'hr', table: 'departments' };
  expect(await ask('tableVersions', own)).toEqual([]);
  await expect(ask('loadVersion', { version: 1 })).rejects.toMatchObject({ data: { code: 'not-collected' } });
  await ask('collect', { system: 'hr', tables: ['departments'] });
  await ask('collect', { system: 'hr', tables: ['departments'] });
  const [now, then] = await ask<readonly TableVersion[]>('tableVersions', own);
  expect([now?.state, then?.state]).toEqual(['current', 'past']);
  expect(await ask('compareVersions', { before: then?.id, after: now?.id })).toMatchObject({ counts: { new: 0, gone: 0, changed: 0 } });
  await ask('loadVersion', { version: then?.id });
  const after = await ask<readonly TableVersion[]>('tableVersions', own);
  expect(after.find(({ id }) => id === then?.id)).toMatchObject({ state: 'current', loadedAt: expect.any(Number) as unknown });
  await expect(ask('loadVersion', { version: 4711 })).rejects.toMatchObject({ data: { code: 'unknown-version' } });
});
