import { expect, test } from 'vitest';
import { draftExpectations, type DraftTable } from '../../../engine/model/expectations/draft.ts';
import { parseJson, valueOf } from '../../../engine/model/text/json.ts';
import { columns, judge, people } from './support.ts';

const table: DraftTable = {
  name: 'persons',
  rows: 4,
  complete: true,
  filled: columns,
  key: 'id',
  display: 'name',
  samples: people.slice(0, 2),
};

function read(text: string): { readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>> } {
  const { root, problems } = parseJson(text, { strict: false });
  expect(problems).toEqual([]);
  return valueOf(root) as ReturnType<typeof read>;
}

test('is met by the data it was made from, and has nothing of secret columns', () => {
  const text = draftExpectations([table], 'the recording of hr', true);
  const persons = read(text).tables['persons'] ?? {};
  expect(persons).toEqual({
    rows: 4,
    complete: true,
    columns: ['id', 'name', 'hours', 'active', 'since', 'tags'],
    samples: [
      { where: { id: 'p1' }, values: { name: 'Ada', hours: 40, active: true } },
      { where: { id: 'p2' }, values: { name: 'Bob', hours: 20.5, active: false } },
    ],
  });
  expect(Object.values(judge(persons)).flat()).toEqual([]);
  expect(text).not.toMatch(/apiKey|hunter2/);
});

test('of a live system the number of rows has some room', () => {
  expect(read(draftExpectations([{ ...table, rows: 480, complete: false }], 'a collection', false)).tables['persons']).toMatchObject({
    rows: { min: 432, max: 528 },
  });
});

test('a table without a key, or with a secret one, has no samples; an empty one only its rows', () => {
  const { key: _, ...keyless } = table;
  expect(read(draftExpectations([keyless], 'x', true)).tables['persons']).not.toHaveProperty('samples');
  expect(read(draftExpectations([{ ...table, key: 'apiKey' }], 'x', true)).tables['persons']).not.toHaveProperty('samples');
  const empty = { ...table, rows: 0, filled: [], samples: [] };
  expect(read(draftExpectations([empty], 'x', true)).tables['persons']).toEqual({ rows: 0, complete: true });
});

test('many columns and odd names stay JSON, in lines that can be read', () => {
  const filled = Array.from({ length: 60 }, (_, i) => ({ name: `column "${i}" \u{1f600}`, type: 'text' as const }));
  const text = draftExpectations([{ ...table, name: 'a"b', filled, samples: [] }], 'the\nrecording', true);
  expect(read(text).tables['a"b']?.['columns']).toEqual(filled.map(({ name }) => name));
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
});
