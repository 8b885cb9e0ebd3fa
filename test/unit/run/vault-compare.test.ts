import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { commitRows } from './vault-support.ts';

let vault: Vault;
beforeEach(() => (vault = openVault(':memory:')));
afterEach(() => vault.close());

test('by key: what is new, gone, changed and the same, with the cells of both sides', () => {
  const at = Date.UTC(2026, 10, 22, 8, 15, 7);
  const before = commitRows(
    vault,
    [
      ['1', 'Ann', 5],
      ['2', 'Bob', 6],
      ['3', 'Cem', null],
      ['4', 'Dee', 7],
    ],
    { columns: ['id', 'name', '#age'], key: 'id', at },
  );
  const after = commitRows(
    vault,
    [
      ['2', 'Bob', 6],
      ['3', 'Cem', 8],
      ['4', 'Di', 7],
      ['5', 'Eve', 9],
    ],
    { columns: ['id', 'name', '#age'], key: 'id', at: at + 86_400_000 },
  );
  expect(vault.compare(before, after)).toEqual({
    before: '2026-11-22 08:15:07Z',
    after: '2026-11-23 08:15:07Z',
    key: ['id'],
    columns: [
      { name: 'id', type: 'text' },
      { name: 'name', type: 'text' },
      { name: 'age', type: 'number' },
    ],
    columnsNew: [],
    columnsGone: [],
    counts: { same: 1, changed: 2, new: 1, gone: 1 },
    rows: [
      { change: 'gone', before: ['1', 'Ann', 5] },
      { change: 'changed', before: ['3', 'Cem', null], after: ['3', 'Cem', 8] },
      { change: 'changed', before: ['4', 'Dee', 7], after: ['4', 'Di', 7] },
      { change: 'new', after: ['5', 'Eve', 9] },
    ],
  });
});

test('columns that came and went are named, and are no difference of a row', () => {
  const before = commitRows(vault, [['1', 'x', 'y']], { columns: ['id', 'old', 'Kept'], key: 'id' });
  const after = commitRows(vault, [['1', 'y', 'z']], { columns: ['ID', 'kept', '__proto__'], key: 'ID' });
  expect(vault.compare(before, after)).toMatchObject({
    key: ['ID'],
    columns: [{ name: 'ID' }, { name: 'kept' }, { name: '__proto__' }, { name: 'old' }],
    columnsNew: ['__proto__'],
    columnsGone: ['old'],
    counts: { same: 1, changed: 0 },
    rows: [],
  });
  const other = commitRows(vault, [['1', 'changed', 'z']], { columns: ['ID', 'kept', '__proto__'], key: 'ID' });
  expect(vault.compare(before, other).rows).toEqual([
    { change: 'changed', before: ['1', 'y', null, 'x'], after: ['1', 'changed', 'z', null] },
  ]);
});

test.each([
  ['without a key', undefined, [['a'], ['a'], ['b']]],
  ['where the key is not unique', 'id', [['a'], ['a'], ['b']]],
  ['where a row has no key', 'id', [['a'], [''], ['b']]],
])('%s whole rows are compared, as many times as they are there', (_, key, rows) => {
  const before = commitRows(vault, rows, { ...(key !== undefined && { key }) });
  const after = commitRows(vault, [['a'], ['c'], ['c']], { ...(key !== undefined && { key }) });
  const { key: by, counts, rows: shown } = vault.compare(before, after);
  expect(by).toEqual([]);
  expect(counts).toEqual({ same: 1, changed: 0, new: 2, gone: 2 });
  expect(shown.filter(({ change }) => change === 'new')).toEqual([
    { change: 'new', after: ['c'] },
    { change: 'new', after: ['c'] },
  ]);
  expect(shown.filter(({ change }) => change === 'gone')).toHaveLength(2);
});

test('a number is not the same as the text that shows it, and null not as nothing', () => {
  const before = commitRows(
    vault,
    [
      ['1', 7],
      ['2', null],
    ],
    { columns: ['id', '#n'], key: 'id' },
  );
  const after = commitRows(
    vault,
    [
      ['1', '7'],
      ['2', ''],
    ],
    { columns: ['id', '#n'], key: 'id' },
  );
  expect(vault.compare(before, after).counts).toEqual({ same: 0, changed: 2, new: 0, gone: 0 });
});

test('multi-values are compared as sets, with a key and without', () => {
  const columns = ['id', '*groups'];
  const rows = (...lists: readonly (string | null)[]): readonly (readonly (string | null)[])[] => lists.map((list, i) => [`${i}`, list]);
  const older = rows('["a","b"]', '["a"]', '[]', null, 'no list');
  const newer = rows('["b","a","a"]', '["a","c"]', null, null, 'no list');
  const keyed = { columns, key: 'id' };
  const compared = vault.compare(commitRows(vault, older, keyed), commitRows(vault, newer, keyed));
  expect(compared.counts).toEqual({ same: 3, changed: 2, new: 0, gone: 0 });
  expect(compared.rows).toEqual([
    { change: 'changed', before: ['1', '["a"]'], after: ['1', '["a","c"]'] },
    { change: 'changed', before: ['2', '[]'], after: ['2', null] },
  ]);
  const whole = vault.compare(commitRows(vault, older, { columns }), commitRows(vault, newer, { columns }));
  expect(whole.counts).toEqual({ same: 3, changed: 0, new: 2, gone: 2 });
  expect(whole.rows).toContainEqual({ change: 'new', after: ['1', '["a","c"]'] });
});

test('versions with no column in common have nothing in common', () => {
  const before = commitRows(vault, [['1']], { columns: ['a'] });
  const after = commitRows(vault, [['1'], ['2']], { columns: ['b'] });
  expect(vault.compare(before, after)).toMatchObject({
    counts: { same: 0, changed: 0, new: 2, gone: 1 },
    columnsNew: ['b'],
    columnsGone: ['a'],
  });
});

test('of each kind some are shown within the limit, and all are counted', () => {
  const ids = (from: number, to: number): string[][] => Array.from({ length: to - from }, (_, i) => [String(from + i).padStart(6, '0')]);
  const before = commitRows(vault, ids(0, 3_000), { key: 'id' });
  const after = commitRows(vault, ids(1, 10_000), { key: 'id' });
  const { counts, rows } = vault.compare(before, after, { limit: 10 });
  expect(counts).toEqual({ same: 2_999, changed: 0, new: 7_000, gone: 1 });
  expect(rows.map(({ change }) => change)).toEqual(['gone', ...new Array<string>(9).fill('new')]);
  expect(vault.compare(before, after, { limit: 1_000_000 }).rows).toHaveLength(5_000);
});

test('as many columns as the vault holds can be compared, and long cells do not fill memory', () => {
  const columns = Array.from({ length: 2_000 }, (_, i) => `c${i}`);
  const row = (last: string): string[] => columns.map((_, i) => (i === 1_999 ? last : `v${i}`));
  const before = commitRows(vault, [row('old')], { table: 'wide', columns, key: 'c0' });
  const after = commitRows(vault, [row('new')], { table: 'wide', columns, key: 'c0' });
  expect(vault.compare(before, after).counts.changed).toBe(1);

  const long = 'x'.repeat(500_000);
  const first = commitRows(vault, [], { columns: ['id', 'text'], key: 'id' });
  const second = commitRows(
    vault,
    Array.from({ length: 100 }, (_, i) => [String(i), long]),
    { columns: ['id', 'text'], key: 'id' },
  );
  const compared = vault.compare(first, second);
  expect(compared.counts.new).toBe(100);
  expect(compared.rows.length).toBeLessThan(40);
});
