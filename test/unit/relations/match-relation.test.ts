import { expect, test } from 'vitest';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { matchRelation, percent } from '../../../engine/run/relations/match-relation.ts';
import type { RelationMatch } from '../../../engine/run/relations/relation-report.ts';
import { vaultWith } from './vault-with.ts';

const from = { system: 'hr', table: 'persons', column: 'mail' };
const to = { system: 'ad', table: 'users', column: 'upn' };

function match(left: readonly Cell[], right: readonly Cell[], types: readonly [ColumnType, ColumnType] = ['text', 'text']): RelationMatch {
  const vault = vaultWith({
    'hr.persons': { columns: { mail: types[0] }, rows: left.map((value) => [value]) },
    'ad.users': { columns: { upn: types[1] }, rows: right.map((value) => [value]) },
  });
  try {
    return matchRelation(vault, from, to);
  } finally {
    vault.close();
  }
}

test('values and rows of either side alone and of both, rows without a value, samples', () => {
  expect(match(['a', 'a', 'b', 'c', null, ''], ['a', 'b', 'b', 'x', null])).toEqual({
    from,
    to,
    leftOnly: { values: 1, rows: 1, samples: ['c'] },
    common: { values: 2, rows: 3, rightRows: 3, samples: ['a', 'b'] },
    rightOnly: { values: 1, rows: 1, samples: ['x'] },
    leftEmpty: 2,
    rightEmpty: 1,
    score: 66.7,
    folded: { values: 0, samples: [] },
  });
});

test('what would match without blanks and case, for all of Unicode', () => {
  const { common, folded } = match(['Ann ', 'ÉVA', 'bob', 'x'], ['ann', 'éva', 'bob']);
  expect(common.values).toBe(1);
  expect(folded).toEqual({
    values: 2,
    samples: [
      ['"Ann "', '"ann"'],
      ['"ÉVA"', '"éva"'],
    ],
  });
});

test('a text never equals a number, as in a join; what would as texts is told', () => {
  const unlike = match(['5', '7'], [5, 6], ['text', 'number']);
  expect(unlike).toMatchObject({ types: ['text', 'number'], common: { values: 0 }, folded: { values: 1, samples: [['"5"', '"5"']] } });
  expect(match([5], ['5'], ['number', 'number'])).toMatchObject({ common: { values: 0 }, folded: { values: 1 } });
  expect(match([5, 6], [5], ['number', 'number'])).toMatchObject({ common: { values: 1, samples: ['5'] } });
});

test('nothing on a side is nothing in common', () => {
  expect(match([], ['a']).score).toBeUndefined();
  expect(match(['a'], [])).toMatchObject({ score: 0, leftOnly: { values: 1 } });
  expect(match([], ['a'])).toMatchObject({ common: { values: 0, samples: [] }, rightOnly: { values: 1, samples: ['a'] } });
  expect(match([null], [])).toMatchObject({ leftEmpty: 1 });
  expect(match([null, ''], ['a']).score).toBeUndefined();
});

test('names and values of any letters stay names and values', () => {
  const odd = 'a"; drop table "x\'--\u0001😀';
  const vault = vaultWith({ 's.t': { columns: { [odd]: 'text', other: 'text' }, rows: [[odd, odd]] } });
  const side = (column: string): typeof from => ({ system: 's', table: 't', column });
  expect(matchRelation(vault, side(odd), side('other'))).toMatchObject({ score: 100, common: { values: 1 } });
  vault.close();
});

test('secrets are counted and not shown', () => {
  const vault = vaultWith({ 's.t': { columns: { password: 'text', id: 'text' }, rows: [['geheim', 'Geheim']] } });
  const found = matchRelation(vault, { system: 's', table: 't', column: 'password' }, { system: 's', table: 't', column: 'id' });
  expect(found.leftOnly).toEqual({ values: 1, rows: 1, samples: [] });
  expect(found.folded).toEqual({ values: 1, samples: [] });
  vault.close();
});

test('tables and columns that the vault does not have', () => {
  const vault = vaultWith({ 'hr.persons': { columns: { mail: 'text' }, rows: [] } });
  expect(() => matchRelation(vault, from, to)).toThrow(/ad\.users has not been collected.*Collect ad first/);
  expect(() => matchRelation(vault, { ...from, column: 'none' }, from)).toThrow(/without a column "none"/);
  vault.close();
});

test('a share is whole only where it is whole', () => {
  expect([percent(99_999, 100_000), percent(1, 100_000), percent(1, 3), percent(3, 3)]).toEqual([99.9, 0.1, 33.3, 100]);
});
