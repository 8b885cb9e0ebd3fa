import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRunId, makeRunId } from '../../../engine/run/runs/run-id.ts';
import { openRunStore } from '../../../engine/run/runs/store.ts';
import { filterRun, noon, scratch } from './runs-support.ts';

const clock = (): number => noon;

describe('a run', () => {
  test('is read as it was written, and listed without its report', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const run = filterRun(0, { environment: 'test', source: { kind: 'live' }, cut: ['The first 1 of 2 rows were kept.'] });
    store.write(run);
    expect(store.read(run.id)).toEqual(run);
    const { version: _, inputs: __, report: ___, cut: ____, ...summary } = run;
    expect(store.list()).toEqual({ runs: [summary], skipped: [] });
  });

  test('is one JSON file, beside which nothing is left, and which git does not see', () => {
    using place = scratch();
    const run = filterRun(0);
    openRunStore(place.folder, clock).write(run);
    expect(readdirSync(place.runs).sort()).toEqual(['.gitignore', `${run.id}.json`]);
    expect(JSON.parse(readFileSync(join(place.runs, `${run.id}.json`), 'utf8'))).toEqual(run);
    expect(readFileSync(join(place.runs, '.gitignore'), 'utf8')).toMatch(/^\*$/m);
  });

  test('stays when it is pinned, however many come after it', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const runs = [0, 1, 2, 3, 4].map((minute) => filterRun(minute));
    for (const run of runs) store.write(run);
    expect(store.pin(runs[0]?.id ?? '', true)).toMatchObject({ id: runs[0]?.id, pinned: true });
    store.prune(2);
    expect(store.list().runs.map(({ id }) => id)).toEqual([runs[4]?.id, runs[3]?.id, runs[0]?.id]);
    store.pin(runs[0]?.id ?? '', false);
    store.prune(2);
    expect(store.list().runs.map(({ id }) => id)).toEqual([runs[4]?.id, runs[3]?.id]);
  });

  test('is gone when it is taken away, and asking for it says so', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const run = filterRun(0);
    store.write(run);
    store.remove([run.id, filterRun(1).id]);
    expect(store.list().runs).toEqual([]);
    expect(() => store.read(run.id)).toThrow(/There is no run/);
    expect(() => store.pin(run.id, true)).toThrow(/There is no run/);
  });

  test('whose process ended before it did is one that failed; one under way is not listed', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const dead = filterRun(0, { state: 'failed', result: 'The process ended.' });
    const alive = filterRun(1, { state: 'failed', result: 'The process ended.' });
    // No process has this number on any system.
    store.write(dead, { process: 2 ** 30 });
    store.write(alive, { process: process.pid });
    expect(store.list().runs).toMatchObject([{ id: dead.id, state: 'failed' }]);
    expect(() => store.read(alive.id)).toThrow(/still under way/);
    store.write(filterRun(1));
    expect(store.list().runs.map(({ state }) => state)).toEqual(['ok', 'failed']);
  });
});

describe('the folder', () => {
  test('that is not there yet has no runs, and is not made by looking', () => {
    using place = scratch();
    expect(openRunStore(place.folder, clock).list()).toEqual({ runs: [], skipped: [] });
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test('with damaged, foreign and huge files still gives its runs, and names the others', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const good = filterRun(9);
    store.write(good);
    const hostile: Readonly<Record<string, string>> = {
      'notes.txt': 'mine',
      '../escape.json': '{}',
      [`${filterRun(1).id}.json`]: '',
      [`${filterRun(2).id}.json`]: '{"version":1}\n',
      [`${filterRun(3).id}.json`]: `${JSON.stringify(filterRun(4))}\n`,
      [`${filterRun(5).id}.json`]: `${JSON.stringify({ ...filterRun(5), startedAt: 1e300 })}\n`,
      [`${filterRun(6).id}.json`]: `${'['.repeat(50_000)}}\n`,
      [`${filterRun(7).id}.json`]: `${JSON.stringify({ ...filterRun(7), state: 'splendid' })}\n`,
    };
    for (const [name, text] of Object.entries(hostile)) writeFileSync(join(place.runs, name), text);
    const huge = join(place.runs, `${filterRun(8).id}.json`);
    writeFileSync(huge, '');
    truncateSync(huge, 20 * 1024 * 1024);
    symlinkSync('/etc/passwd', join(place.runs, `${filterRun(10).id}.json`));
    mkdirSync(join(place.runs, `${filterRun(11).id}.json`));
    const { runs, skipped } = store.list();
    expect(runs.map(({ id }) => id)).toEqual([good.id]);
    expect(skipped).toHaveLength(Object.keys(hostile).length - 1 + 3);
    for (const { file, why } of skipped) {
      expect(file).toMatch(/^\.sollist\/runs\/./);
      expect(why).toMatch(/^(is|has|cannot) .{5}/);
    }
    for (const minute of [1, 2, 3, 5, 6, 7, 8, 10, 11]) {
      expect(() => store.read(filterRun(minute).id), String(minute)).toThrow(/Delete the file, and run again/);
    }
  });

  test('takes a run whose end is missing, or whose report is another one, for damaged', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    const [cut, wrong] = [filterRun(0), filterRun(1)];
    store.write(cut);
    const path = join(place.runs, `${cut.id}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20));
    store.write({ ...wrong, report: { filter: 'Employees', milliseconds: 1, rowSet: { columns: [], rows: [['1']], total: 1 }, sql: '' } });
    expect(store.list()).toMatchObject({
      runs: [{ id: wrong.id }],
      skipped: [{ why: expect.stringContaining('end is missing') as unknown }],
    });
    expect(() => store.read(cut.id)).toThrow(/no JSON/);
    expect(() => store.read(wrong.id)).toThrow(/report/);
  });

  test('that is a file gives no runs, and refuses one in a sentence', () => {
    using place = scratch();
    mkdirSync(join(place.folder, '.sollist'));
    writeFileSync(place.runs, 'no folder');
    const store = openRunStore(place.folder, clock);
    expect(store.list()).toMatchObject({ runs: [], skipped: [{ file: '.sollist/runs' }] });
    expect(() => store.write(filterRun(0))).toThrow(/cannot be written/);
  });

  test.skipIf(process.getuid?.() === 0)('that may not be written refuses a run in a sentence', () => {
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    store.write(filterRun(0));
    chmodSync(place.runs, 0o500);
    expect(() => store.write(filterRun(1))).toThrow(/cannot be written/);
    chmodSync(place.runs, 0o700);
    expect(store.list().runs).toHaveLength(1);
  });

  test('is freed of what an ended process left half written, but not of what one writes now', () => {
    using place = scratch();
    const store = openRunStore(place.folder, () => Date.now());
    store.write(filterRun(0));
    const [old, fresh] = [join(place.runs, '.123-0a0b0c0d.tmp'), join(place.runs, '.124-0a0b0c0d.tmp')];
    for (const path of [old, fresh]) writeFileSync(path, '{');
    utimesSync(old, 1, 1);
    store.prune(50);
    expect(readdirSync(place.runs).filter((name) => name.endsWith('.tmp'))).toEqual(['.124-0a0b0c0d.tmp']);
    expect(store.list().runs).toHaveLength(1);
  });
});

describe('an id', () => {
  test('sorts by time and is part of no path but its own', () => {
    expect(makeRunId('dry-run', Date.UTC(2026, 10, 22, 8, 15, 0, 123), 0.25)).toBe('20261122T081500123Z-dry-run-4000');
    expect(isRunId(makeRunId('roles', noon, 0.999999))).toBe(true);
    for (const id of ['', '../x', '20261122T081500123Z-dry-run-4000/../x', '20261122T081500123Z-other-4000', `${filterRun(0).id}\n`])
      expect(isRunId(id), id).toBe(false);
    using place = scratch();
    const store = openRunStore(place.folder, clock);
    for (const id of ['../../etc/passwd', '']) {
      expect(() => store.read(id)).toThrow(/There is no run/);
      expect(() => store.write({ ...filterRun(0), id })).toThrow(/There is no run/);
      expect(() => store.remove([id])).toThrow(/There is no run/);
    }
  });
});
