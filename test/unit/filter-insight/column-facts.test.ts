import { expect, test } from 'vitest';
import { columnFacts, mostDifferent, mostValues, type ColumnFacts } from '../../../engine/run/filter/insight/column-facts.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { whole } from '../run/vault-support.ts';

function facts(values: readonly Cell[], type: ColumnType = 'text', name = 'value'): ColumnFacts | undefined {
  const vault = openVault(':memory:');
  try {
    const staging = vault.stage('hr', 'things', [{ name, type }]);
    staging.add(values.map((value) => [value]));
    staging.commit({ ...whole, rows: values.length });
    const held = vault.table('hr', 'things');
    return held && columnFacts(vault, held, name);
  } finally {
    vault.close();
  }
}

test('the most frequent values first, and what is empty counts as nothing', () => {
  expect(facts(['b', 'a', 'b', null, '', 'c'])).toEqual({
    name: 'value',
    type: 'text',
    looked: 6,
    filled: 4,
    distinct: 3,
    values: [
      { value: 'b', rows: 2 },
      { value: 'a', rows: 1 },
      { value: 'c', rows: 1 },
    ],
  });
  expect(facts([0, 1, 1], 'boolean')).toMatchObject({
    filled: 3,
    distinct: 2,
    values: [
      { value: 1, rows: 2 },
      { value: 0, rows: 1 },
    ],
  });
});

test('values that are long, in several lines, or hold signs that nobody sees are left out; a quote is none of these', () => {
  expect(facts(['x'.repeat(201), 'two\nlines', 'zero\u200bwidth', 'nul\0', "O'Neil"])?.values).toEqual([{ value: "O'Neil", rows: 1 }]);
});

test('of a column of lists, or one that is secret by its name, no value is given', () => {
  expect(facts(['["a"]'], 'list')?.values).toEqual([]);
  expect(facts(['hidden'], 'text', 'client_secret')).toMatchObject({ filled: 1, distinct: 1, values: [], secret: true });
});

test('counting is bounded', () => {
  const many = facts(Array.from({ length: mostDifferent + 5 }, (_, i) => `v${i}`));
  expect(many).toMatchObject({ distinct: mostDifferent, more: true, filled: mostDifferent + 5 });
  expect(many?.values).toHaveLength(mostValues);
});

test('a column that was not collected has none', () => {
  const vault = openVault(':memory:');
  const staging = vault.stage('hr', 'things', [{ name: 'a', type: 'text' }]);
  staging.commit({ ...whole, rows: 0 });
  const held = vault.table('hr', 'things');
  expect(held && columnFacts(vault, held, 'b')).toBeUndefined();
  expect(held && columnFacts(vault, held, 'a')).toMatchObject({ looked: 0, filled: 0, distinct: 0, values: [] });
  vault.close();
});
