import { describe, expect, test } from 'vitest';
import { takeRows, type TakeOptions } from '../../../engine/run/filter/take-rows.ts';
import type { Cell } from '../../../engine/run/records.ts';

const columns = [{ name: 'n' }];

function* numbers(count: number, before?: (n: number) => void): Generator<Readonly<Record<string, Cell>>> {
  for (let n = 0; n < count; n++) {
    before?.(n);
    yield { n, other: 'x', 'sollist:problem': n % 1_000 === 7 ? `row ${n} failed` : null };
  }
}

function options(more: Partial<TakeOptions> = {}): TakeOptions {
  return { limit: 10_000, signal: new AbortController().signal, now: () => 0, ...more };
}

describe('taking rows', () => {
  test('the first are kept, all are counted, and problems are told by their place', async () => {
    const taken = await takeRows(columns, numbers(3_500), options({ limit: 100 }));
    expect(taken.rows).toHaveLength(100);
    expect(taken.rows[3]).toEqual([3]);
    expect(taken.total).toBe(3_500);
    expect(taken.problems).toEqual({
      count: 4,
      rows: [7, 1_007, 2_007, 3_007].map((row) => ({ row, message: `row ${row} failed` })),
    });
  });

  test('the first chunk is small, and together they are the rows that are kept', async () => {
    const chunks: (readonly [number, number])[] = [];
    const taken = await takeRows(
      columns,
      numbers(9_000),
      options({ limit: 5_000, onChunk: (from, rows) => chunks.push([from, rows.length]) }),
    );
    expect(chunks).toEqual([
      [0, 200],
      [200, 2_000],
      [2_200, 2_000],
      [4_200, 800],
    ]);
    expect(taken).toMatchObject({ total: 9_000 });
    expect(taken.firstRowMilliseconds).toBe(0);
  });

  test('rows that come slowly are sent before a chunk is full', async () => {
    let clock = 0;
    const sent: number[] = [];
    await takeRows(
      columns,
      numbers(5, () => (clock += 400)),
      options({ now: () => clock, onChunk: (from, rows) => sent.push(from + rows.length) }),
    );
    expect(sent[0]).toBe(1);
    expect(sent.at(-1)).toBe(5);
  });

  test('it can be cancelled in the midst of rows', async () => {
    const controller = new AbortController();
    let clock = 0;
    let read = 0;
    const rows = numbers(1_000_000, (n) => {
      read = n;
      clock++;
      if (n === 500) setImmediate(() => controller.abort());
    });
    await expect(takeRows(columns, rows, options({ signal: controller.signal, now: () => clock }))).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(read).toBeLessThan(2_000);
  });

  test('nothing', async () => {
    expect(await takeRows(columns, numbers(0), options())).toEqual({ rows: [], total: 0 });
  });
});
