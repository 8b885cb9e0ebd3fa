import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProgressMessage, RunInput } from '../../engine/host/protocol.ts';
import { createRunner, type Runner } from '../../engine/host/runner.ts';
import { writeFiles } from '../support/write-files.ts';

let folder: string;
let runner: Runner;
const told: ProgressMessage[] = [];

const pupils = 'select p.id, p.name from school.persons as p\n';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-filter-host-'));
  told.length = 0;
  const rows = Array.from({ length: 2_500 }, (_, i) => `${i + 1},Pupil ${i + 1}`);
  writeFiles(folder, {
    'sollist.json': { name: 'Test', session: { userName: 'ann' } },
    'systems/school.json': { files: { folder: 'data' }, tables: { persons: { key: 'id' } } },
    'data/persons.csv': `id,name\n${rows.join('\n')}\n`,
    'filters/Pupils.filter': pupils,
    'filters/Crossed.filter': 'select a.id, b.id as other from school.persons as a join school.persons as b on true\n',
    'filters/Mine.filter':
      "parameter me text from session.userName\nselect p.id, @me as me from school.persons as p where p.id = '7'\nlookup known include id in school.persons.id\n",
  });
  runner = createRunner({ env: {}, onProgress: (message) => told.push(message) });
  await runner.collect({ ...input(), system: 'school' }, never);
  told.length = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;

function input(overlay: RunInput['overlay'] = []): RunInput {
  return { runId: 'r', folder, overlay, secrets: {} };
}

describe('runFilter', () => {
  test('streams the first rows early and the others up to the limit, counts all, and keeps the run', async () => {
    const report = await runner.runFilter({ ...input(), filter: 'Pupils', parameters: {}, limit: 1_000, stream: true }, never);
    const chunks = told.flatMap(({ chunk }) => chunk ?? []);
    expect(chunks.map(({ from, rows }) => [from, rows.length])).toEqual([
      [0, 200],
      [200, 800],
    ]);
    expect(chunks.flatMap(({ rows }) => rows)).toEqual(report.rowSet.rows);
    expect(report).toMatchObject({
      rowSet: { total: 2_500, columns: [{ name: 'id' }, { name: 'name' }] },
      key: 'id',
      restsOn: [{ system: 'school', table: 'persons', rows: 2_500, complete: true }],
      parameters: [],
    });
    expect(report.firstRowMilliseconds).toBeLessThanOrEqual(report.milliseconds);
    const recorded = told.find((message) => message.recorded)?.recorded;
    expect(await runner.readRun({ ...input(), id: recorded?.id ?? '' }, never)).toMatchObject({
      inputs: { filter: 'Pupils', parameters: {}, key: 'id' },
    });
  });

  test('does not stream unless it is asked to, and shows no more than it may', async () => {
    const report = await runner.runFilter({ ...input(), filter: 'Pupils', parameters: {}, limit: 0 }, never);
    expect(report.rowSet.rows).toHaveLength(1);
    expect(told.some(({ chunk }) => chunk !== undefined)).toBe(false);
  });

  test('can be cancelled while rows are counted', async () => {
    const controller = new AbortController();
    const run = createRunner({
      env: {},
      onProgress: ({ chunk }) => {
        if (chunk) controller.abort();
      },
    }).runFilter({ ...input(), filter: 'Crossed', parameters: {}, limit: 300, stream: true }, controller.signal);
    await expect(run).rejects.toMatchObject({ data: { code: 'cancelled' } });
  });
});

test('describeFilter: what a form needs', async () => {
  expect(await runner.describeFilter({ ...input(), filter: 'Mine' }, never)).toEqual({
    filter: 'Mine',
    path: 'filters/Mine.filter',
    parameters: [{ name: 'me', type: 'text', session: 'userName', sessionValue: 'ann' }],
    lookups: ['known'],
    tables: [{ alias: 'p', system: 'school', table: 'persons', key: 'id' }],
    columns: [
      { name: 'id', type: 'text' },
      { name: 'me', type: 'text' },
    ],
  });
  const overlay = [{ path: 'sollist.json', text: '{"name": "Test", "session": {"USERNAME": "bob"}}' }];
  expect(await runner.describeFilter({ ...input(overlay), filter: 'Mine' }, never)).toMatchObject({
    parameters: [{ sessionValue: 'bob' }],
  });
});

test('explainFilter: the SQL with its values, and the plan of SQLite', async () => {
  const found = await runner.explainFilter({ ...input(), filter: 'Mine[known]', parameters: {} }, never);
  expect(found.sql).toMatch(/^SELECT/);
  expect(found.values).toContain('ann');
  expect(found.plan.join('\n')).toMatch(/SCAN|SEARCH/);
});

test('why, with the text of the editor', async () => {
  const overlay = [{ path: 'filters/Pupils.filter', text: `${pupils.trim()} where p.id < '2'` }];
  const row = { kind: 'table', value: 7 } as const;
  expect(await runner.whyRow({ ...input(), filter: 'Pupils', parameters: {}, row }, never)).toMatchObject({ verdict: 'here' });
  const found = await runner.whyNot({ ...input(overlay), filter: 'Pupils', parameters: {}, row }, never);
  expect(found).toMatchObject({
    verdict: 'not-here',
    droppedBy: 1,
    steps: [{ kind: 'start' }, { kind: 'condition', text: "p.id < '2'", holds: 'false' }],
  });
  await expect(runner.whyNot({ ...input(), filter: 'Pupils', parameters: {}, row: { ...row, alias: 'q' } }, never)).rejects.toMatchObject({
    data: { code: 'unknown-table' },
  });
});

test('what the unsaved edit changes', async () => {
  const overlay = [{ path: 'filters/Pupils.filter', text: `${pupils.trim()} where p.id <> '7'` }];
  const effect = await runner.filterEffect({ ...input(overlay), filter: 'Pupils', parameters: {}, against: 'saved' }, never);
  expect(effect).toMatchObject({
    sameText: false,
    comparison: { key: ['id'], counts: { same: 2_499, gone: 1, new: 0, changed: 0 }, rows: [{ change: 'gone', before: ['7', 'Pupil 7'] }] },
  });
});

test('what the unsaved edit changes against the last commit, with the parent of then', async () => {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@school.example', ...args], { cwd: folder, stdio: 'ignore' });
  const ask = (overlay: RunInput['overlay'] = []): ReturnType<Runner['filterEffect']> =>
    runner.filterEffect({ ...input(overlay), filter: 'Child', parameters: {}, against: 'commit' }, never);
  writeFiles(folder, { 'filters/Child.filter': 'extends Pupils\nselect p.id\n' });
  await expect(ask()).rejects.toMatchObject({ data: { code: 'no-git' } });
  git('init');
  await expect(ask()).rejects.toMatchObject({ data: { code: 'no-older-text' } });
  git('add', 'filters');
  git('commit', '-m', 'one');
  expect(await ask()).toMatchObject({ sameText: true, alsoChanged: [], comparison: { counts: { same: 2_500 } } });
  expect(await ask([{ path: 'filters/Pupils.filter', text: `${pupils.trim()} where p.id <> '7'` }])).toMatchObject({
    against: expect.stringMatching(/^HEAD \([0-9a-f]+\)$/) as string,
    sameText: true,
    alsoChanged: ['filters/Pupils.filter'],
    comparison: { counts: { same: 2_499, gone: 1, new: 0, changed: 0 }, rows: [{ change: 'gone', before: ['7'] }] },
  });
});

test('values that begin with what is typed, in the case it is typed in first', async () => {
  writeFiles(folder, { 'data/persons.csv': 'id,name,password\n12,anna,x1\n1,Anna,x2\n2,Ann,x3\n3,Bob,x4\n11,,x5\n4,50%,x6\n' });
  await runner.collect({ ...input(), system: 'school', accept: ['persons'] }, never);
  const like = async (column: string, text: string, table = 'persons'): Promise<readonly string[]> =>
    (await runner.valuesLike({ ...input(), system: 'school', table, column, text }, never)).values;
  expect(await like('name', 'An')).toEqual(['Ann', 'Anna', 'anna']);
  expect(await like('name', 'ann')).toEqual(['anna', 'Ann', 'Anna']);
  expect(await like('id', '1')).toEqual(['1', '11', '12']);
  expect(await like('name', '%')).toEqual([]);
  expect(await like('name', '50%')).toEqual(['50%']);
  expect(await like('name', '')).toEqual([]);
  expect(await like('password', 'x')).toEqual([]);
  expect(await like('nothing', 'x')).toEqual([]);
  expect(await like('id', '1', 'nowhere')).toEqual([]);
});

test('at most fifty values are offered', async () => {
  const { values } = await runner.valuesLike({ ...input(), system: 'school', table: 'persons', column: 'name', text: 'pupil 1' }, never);
  expect(values).toHaveLength(50);
  expect(values.slice(0, 2)).toEqual(['Pupil 1', 'Pupil 10']);
});
