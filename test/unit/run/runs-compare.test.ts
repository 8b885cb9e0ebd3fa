import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../engine/run/records.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { compareRows, type Rows } from '../../../engine/run/runs/compare-rows.ts';
import { compareRuns } from '../../../engine/run/runs/compare-runs.ts';
import { filterRun } from './runs-support.ts';

function rowsOf(names: string, ...rows: readonly (readonly Cell[])[]): Rows {
  return { columns: names.split(' ').map((name) => ({ name, type: 'text' })), rows, total: rows.length };
}

const titles = { before: 'then', after: 'now' };
const byId = { ...titles, keys: ['id'] };

describe('rows are compared', () => {
  test('by their key', () => {
    const made = compareRows(
      rowsOf('id name', ['1', 'Ann'], ['2', 'Bob'], ['3', null]),
      rowsOf('id name', ['3', null], ['2', 'Rob'], ['4', 'Dan']),
      byId,
    );
    expect(made).toEqual({
      ...titles,
      key: ['id'],
      columns: [
        { name: 'id', type: 'text' },
        { name: 'name', type: 'text' },
      ],
      columnsNew: [],
      columnsGone: [],
      counts: { same: 1, changed: 1, new: 1, gone: 1 },
      rows: [
        { change: 'changed', before: ['2', 'Bob'], after: ['2', 'Rob'] },
        { change: 'new', after: ['4', 'Dan'] },
        { change: 'gone', before: ['1', 'Ann'] },
      ],
    });
  });

  test.each([
    [
      'that a row lacks',
      [
        ['1', 'Ann'],
        [null, 'Bob'],
      ],
    ],
    [
      'that is empty in a row',
      [
        ['1', 'Ann'],
        ['', 'Bob'],
      ],
    ],
    [
      'that two rows share',
      [
        ['1', 'Ann'],
        ['1', 'Bob'],
      ],
    ],
  ] as const)('whole where there is a key %s', (_, rows) => {
    const made = compareRows(rowsOf('id name', ...rows), rowsOf('id name', ['1', 'Ann'], ['2', 'Bob']), byId);
    expect(made).toMatchObject({ key: [], counts: { same: 1, changed: 0, new: 1, gone: 1 } });
  });

  test('whole as a bag: twice is not once', () => {
    const made = compareRows(rowsOf('name', ['a'], ['a'], ['b']), rowsOf('name', ['b'], ['a'], ['c']), { ...titles, keys: [] });
    expect(made.counts).toEqual({ same: 2, changed: 0, new: 1, gone: 1 });
    expect(made.rows).toEqual([
      { change: 'new', after: ['c'] },
      { change: 'gone', before: ['a'] },
    ]);
  });

  test('in the columns both sides have; others are named, in the order of now', () => {
    const made = compareRows(rowsOf('phone id name', ['1', 'x', 'Ann']), rowsOf('name id mail', ['Ann', 'x', 'a@x']), byId);
    expect(made).toMatchObject({ columnsNew: ['mail'], columnsGone: ['phone'], counts: { same: 1, changed: 0 } });
    expect(made.columns.map(({ name }) => name)).toEqual(['name', 'id', 'mail', 'phone']);
    const changed = compareRows(rowsOf('phone id name', ['1', 'x', 'Ann']), rowsOf('name id mail', ['Eve', 'x', 'a@x']), byId);
    expect(changed.rows).toEqual([{ change: 'changed', before: ['Ann', 'x', null, '1'], after: ['Eve', 'x', 'a@x', null] }]);
  });

  test('with null apart from an empty text and 0, and a number from its text', () => {
    const values: readonly Cell[] = [null, '', 0, '0'];
    for (const before of values)
      for (const after of values)
        expect(compareRows(rowsOf('id v', ['1', before]), rowsOf('id v', ['1', after]), byId).counts.same).toBe(
          Object.is(before, after) ? 1 : 0,
        );
  });

  test('all, but no more are listed than a person looks at', () => {
    const many = Array.from({ length: 12_000 }, (_, index) => [String(index)]);
    const made = compareRows(rowsOf('id'), rowsOf('id', ...many), byId);
    expect(made.counts.new).toBe(12_000);
    expect(made.rows).toHaveLength(5_000);
  });

  test('so that every row is counted once, and nothing differs from itself', () => {
    const cell = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b', ''));
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 12 });
    fc.assert(
      fc.property(rows, rows, (left, right) => {
        const [before, after] = [rowsOf('id v', ...left), rowsOf('id v', ...right)];
        const { counts } = compareRows(before, after, byId);
        expect(counts.same + counts.changed + counts.new).toBe(right.length);
        expect(counts.same + counts.changed + counts.gone).toBe(left.length);
        expect(compareRows(before, before, byId).rows).toEqual([]);
        const back = compareRows(after, before, byId).counts;
        expect(back).toEqual({ ...counts, new: counts.gone, gone: counts.new });
      }),
    );
  });
});

describe('two runs', () => {
  const withRows = (minute: number, rows: Rows, more: Partial<RunRecord> = {}): RunRecord =>
    filterRun(minute, { report: { filter: 'Employees', milliseconds: 1, sql: '', rowSet: rows }, ...more });

  test('are compared the older first, however they are given', () => {
    const then = withRows(0, rowsOf('id', ['1']));
    const now = withRows(1, rowsOf('id', ['1'], ['2']));
    for (const made of [compareRuns(then, now), compareRuns(now, then)]) {
      expect(made).toMatchObject({ key: ['id'], counts: { same: 1, new: 1, gone: 0 } });
      expect(made.before < made.after).toBe(true);
      expect(made.before).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(made.notes).toBeUndefined();
    }
  });

  test('of a table take its key before the first column', () => {
    const dry = (minute: number, rows: Rows): RunRecord => ({
      ...withRows(minute, rows),
      id: filterRun(minute).id.replace('-filter-', '-dry-run-'),
      kind: 'dry-run',
      inputs: { key: 'id' },
    });
    expect(compareRuns(dry(0, rowsOf('name id', ['Ann', '1'])), dry(1, rowsOf('name id', ['Eve', '1'])))).toMatchObject({
      key: ['id'],
      counts: { changed: 1 },
    });
  });

  test('say what keeps the comparison from being the whole truth', () => {
    const cut = withRows(0, { ...rowsOf('id', ['1']), total: 9 }, { environment: 'test' });
    const limited = withRows(1, rowsOf('id', ['1']), { state: 'incomplete', limits: { rows: 1 }, inputs: { parameters: { a: 1 } } });
    const { notes = [] } = compareRuns(cut, limited);
    expect(notes.join('\n')).toMatch(/first 1 of 9 rows[\s\S]*limited to 1 rows[\s\S]*different environments[\s\S]*different parameters/);
  });

  test('that are about different things, or brought no rows, are refused in a sentence', () => {
    const good = withRows(0, rowsOf('id', ['1']));
    expect(() => compareRuns(good, withRows(1, rowsOf('id'), { subject: 'Leavers' }))).toThrow(/different things/);
    const { report: _, ...failed } = withRows(1, rowsOf('id'), { state: 'failed', result: 'hr answered 503.' });
    expect(() => compareRuns(good, failed)).toThrow(/brought no rows.*hr answered 503/);
    const roles = (minute: number): RunRecord => ({ ...filterRun(minute), kind: 'roles' });
    expect(() => compareRuns(roles(0), roles(1))).toThrow(/has no rows of its own/);
  });
});
