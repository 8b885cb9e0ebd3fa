import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cancelled, SollistError } from '../../../engine/run/error.ts';
import type { TraceEntry } from '../../../engine/run/records.ts';
import { fitReport } from '../../../engine/run/runs/fit-report.ts';
import { createTraceKeeper, keepTraces } from '../../../engine/run/runs/keep-traces.ts';
import { kept, recordRun, type Recording, type RunHead } from '../../../engine/run/runs/record-run.ts';
import { openRunStore } from '../../../engine/run/runs/store.ts';
import { filterRun, noon, scratch, traceEntry } from './runs-support.ts';

const head: RunHead = { kind: 'filter', subject: 'Employees', inputs: { filter: 'Employees', parameters: {} } };
const report = filterRun(0).report;

function recording(folder: string, more: Partial<Recording> = {}): Recording & { readonly trouble: string[] } {
  const trouble: string[] = [];
  let at = noon;
  return {
    folder,
    keep: 50,
    secrets: [],
    now: () => (at += 5),
    random: Math.random,
    onTrouble: (message) => void trouble.push(message),
    trouble,
    ...more,
  };
}

describe('a run is kept', () => {
  test('with its end, whatever that was', async () => {
    using place = scratch();
    const how = recording(place.folder);
    const refused = new SollistError('not-collected', 'hr.persons has not been collected yet.', { subject: 'hr' });
    await kept(
      head,
      how,
      () => report,
      () => ({ report, state: 'ok', result: '1 row' }),
    );
    await expect(
      kept(
        head,
        how,
        () => {
          throw refused;
        },
        () => ({ report, state: 'ok', result: '' }),
      ),
    ).rejects.toThrow(refused);
    recordRun(head, how).failed(cancelled());
    recordRun(head, how).failed(new Error('socket hang up'), true);
    recordRun(head, how).failed(new TypeError('x is not a function'));
    const store = openRunStore(place.folder, how.now);
    const runs = store
      .list()
      .runs.map(({ id }) => store.read(id))
      .reverse();
    expect(runs.map(({ state }) => state)).toEqual(['ok', 'failed', 'cancelled', 'cancelled', 'failed']);
    expect(runs[0]).toMatchObject({ report, result: '1 row' });
    expect(runs[1]).toMatchObject({ result: refused.message, failure: { code: 'not-collected', subject: 'hr' } });
    expect(runs[4]?.failure).toMatchObject({ code: 'bug', message: expect.stringContaining('x is not a function') as unknown });
    for (const run of runs) expect(run.endedAt).toBeGreaterThan(run.startedAt);
    expect(how.trouble).toEqual([]);
  });

  test('from its start on: the process may be ended before it ends', () => {
    using place = scratch();
    const run = recordRun(head, recording(place.folder));
    const [file = ''] = readdirSync(place.runs).filter((name) => name.endsWith('.json'));
    expect(JSON.parse(readFileSync(join(place.runs, file), 'utf8'))).toMatchObject({
      state: 'failed',
      running: process.pid,
      failure: { code: 'engine-ended' },
    });
    run.ended({ report, state: 'ok', result: '1 row' });
    expect(readFileSync(join(place.runs, file), 'utf8')).not.toContain('running');
  });

  test('without a secret, in whatever form and place it came', () => {
    using place = scratch();
    const secret = 'p4ss "word"/&';
    const pin = '48151623';
    const how = recording(place.folder, { secrets: [secret, pin] });
    const run = recordRun({ ...head, subject: `of ${secret}`, inputs: { parameters: { who: secret } } }, how);
    const rows = [[secret], [encodeURIComponent(secret)], [Buffer.from(secret).toString('base64')], [Number(pin)], [7]];
    const columns = [{ name: 'id', type: 'text' }];
    run.ended({
      report: { filter: secret, milliseconds: 1, sql: `-- ${secret}`, rowSet: { columns, rows, total: rows.length } },
      state: 'ok',
      result: `found ${secret}`,
    });
    recordRun(head, how).failed(new SollistError('x', `no ${secret}`, { subject: secret }));
    for (const name of readdirSync(place.runs).filter((each) => each.endsWith('.json'))) {
      const text = readFileSync(join(place.runs, name), 'utf8');
      for (const form of [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
        pin,
      ])
        expect(text).not.toContain(form);
      expect(text).toContain('***');
    }
    const store = openRunStore(place.folder, how.now);
    const [, first] = store.list().runs;
    expect(store.read(first?.id ?? '').report).toMatchObject({ rowSet: { rows: [['***'], ['***'], ['***'], ['***'], [7]] } });
  });

  test('up to the number the workspace wants; 0 wants none', async () => {
    using place = scratch();
    const how = recording(place.folder, { keep: 3 });
    for (let run = 0; run < 5; run++)
      await kept(
        head,
        how,
        () => report,
        () => ({ report, state: 'ok', result: `${run}` }),
      );
    expect(
      openRunStore(place.folder, how.now)
        .list()
        .runs.map(({ result }) => result),
    ).toEqual(['4', '3', '2']);
    using none = scratch();
    expect(recordRun(head, recording(none.folder, { keep: 0 })).ended({ report, state: 'ok', result: '' })).toBeUndefined();
    expect(readdirSync(none.folder)).toEqual([]);
  });

  test('and where it cannot be, says so once and runs all the same', async () => {
    using place = scratch();
    mkdirSync(join(place.folder, '.sollist'));
    writeFileSync(place.runs, 'no folder');
    const how = recording(place.folder);
    expect(
      await kept(
        head,
        how,
        () => report,
        () => ({ report, state: 'ok', result: '1 row' }),
      ),
    ).toBe(report);
    expect(how.trouble).toEqual([expect.stringMatching(/^The run was not kept in \.sollist\/runs: /)]);
  });
});

describe('a report too large for the history', () => {
  const columns = [{ name: 'text', type: 'text' }];

  test('keeps its first rows and says how many', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [`${index} ${'x'.repeat(500)}`]);
    const children = [{ table: 'emails', parent: 'persons', parentColumn: 'id', rowSet: { columns, rows, total: 30_000 } }];
    const origins = { path: [], rows: rows.map((_, index) => [1, index]) };
    const { report: made, cut } = fitReport('dry-run', {
      rowSet: { columns, rows, total: 20_000 },
      requests: [],
      children,
      rowOrigins: origins,
    });
    const { rowSet, rowOrigins } = made as { rowSet: { rows: unknown[]; total: number }; rowOrigins: { rows: unknown[] } };
    expect(rowSet.total).toBe(20_000);
    expect(rowSet.rows.length).toBeGreaterThan(1000);
    expect(rowSet.rows.length).toBeLessThan(5000);
    expect(rowOrigins.rows).toHaveLength(rowSet.rows.length);
    expect(cut).toEqual([
      `The first ${rowSet.rows.length} of 20000 rows were kept.`,
      expect.stringMatching(/^The first \d+ of 30000 rows of emails were kept\.$/),
    ]);
    expect(JSON.stringify(made).length).toBeLessThan(4_000_000);
  });

  test('keeps every request that failed before many that did not, with short bodies', () => {
    const requests = Array.from({ length: 2000 }, (_, index) =>
      traceEntry(index + 1, { responseBody: 'y'.repeat(60_000), ...(index % 100 === 50 && { status: 503 }) }),
    );
    const { report: made, cut } = fitReport('collect', { requests });
    const { requests: left } = made as { requests: TraceEntry[] };
    expect(left.filter(({ status }) => status === 503)).toHaveLength(20);
    expect(left.map(({ sequence }) => sequence)).toEqual(left.map(({ sequence }) => sequence).toSorted((a, b) => a - b));
    expect([left[0]?.sequence, left.at(-1)?.sequence]).toEqual([1, 2000]);
    expect(cut).toEqual(['Bodies longer than 2048 characters were cut.', `${left.length} of 2000 requests were kept.`]);
    expect(JSON.stringify(made).length).toBeLessThan(2_000_000);
  });

  test('leaves out members who stay before those who do not', () => {
    const member = (change: string, index: number): object => ({ member: `${index}`, display: 'x'.repeat(300), change, reasons: [] });
    const members = Array.from({ length: 20_000 }, (_, index) => member(index % 100 === 0 ? 'remove' : 'stay', index));
    const { report: made, cut } = fitReport('roles', { groups: [{ group: 'all', members }] });
    expect((made as { groups: { members: unknown[] }[] }).groups[0]?.members).toHaveLength(200);
    expect(cut).toEqual(['Members who stay were left out.']);
  });

  test('that cannot be made smaller is not kept at all, and that is said', () => {
    const { report: made, cut } = fitReport('filter', { sql: 'z'.repeat(9_000_000), rowSet: { columns, rows: [], total: 0 } });
    expect(made).toBeUndefined();
    expect(cut).toEqual(['The report was too large to keep (9 MB).']);
  });

  test('is left as it is where it is small', () => {
    expect(fitReport('filter', report)).toEqual({ report, cut: [] });
  });
});

describe('the exchanges of a long run', () => {
  test('take the same room however many there are', () => {
    const keeper = createTraceKeeper(100);
    for (let sequence = 1; sequence <= 50_000; sequence++)
      keeper.add(traceEntry(sequence, { responseBody: 'z'.repeat(5000), ...(sequence % 10 === 0 && { status: 429 }) }));
    const entries = keeper.kept();
    expect(keeper.total).toBe(50_000);
    expect(entries).toHaveLength(400);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map(({ sequence }) => sequence).toSorted((a, b) => a - b));
    expect(Math.max(...entries.map(({ responseBody }) => responseBody?.length ?? 0))).toBe(101);
  });

  test('are all there while there are few', () => {
    const few = Array.from({ length: 300 }, (_, index) => traceEntry(index + 1));
    expect(keepTraces(few, 1000)).toEqual(few);
  });
});
