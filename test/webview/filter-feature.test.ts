import { describe, expect, test } from 'vitest';
import { keyColumns } from '../../client/features/filter-run/key-columns.ts';
import { valuesOf } from '../../client/features/filter-run/remembered.ts';
import { whyEmpty } from '../../client/features/filter-run/why-empty.ts';
import { tellingColumns } from '../../client/webviews/run/filter/telling-columns.ts';
import { whyHere, whyNot } from './samples-filter.ts';

describe('what dropped everything', () => {
  test('is gathered from the first rows of the start table, by place in the text', async () => {
    const asked: string[] = [];
    const other = { ...whyNot, droppedBy: 1 };
    const found = await whyEmpty(['a', 'b', 'c', 'd'], (key) => {
      asked.push(key);
      return Promise.resolve(key === 'b' ? other : key === 'd' ? whyHere : whyNot);
    });
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    expect(found.tried).toBe(4);
    expect(found.drops.map(({ step, keys }) => [step.kind, keys])).toEqual([
      ['condition', ['a', 'c']],
      ['join', ['b']],
    ]);
  });

  test('is not guessed where no row can be followed', async () => {
    const found = await whyEmpty([], () => Promise.reject(new Error('not asked')));
    expect(found.drops).toEqual([]);
    expect(found.sentence).toMatch(/empty, was not collected, or no key/);
  });
});

describe('by what a row is named', () => {
  const statistics = {
    rows: 500,
    looked: 500,
    columns: [
      { name: 'id', filled: 500, distinct: 500, samples: ['P1'] },
      { name: 'employeeNumber', filled: 500, distinct: 499, samples: ['001'] },
      { name: 'firstName', filled: 500, distinct: 134, samples: ['Zoë'] },
      { name: 'badge', filled: 20, distinct: 20, samples: ['B7'] },
      { name: 'token', filled: 500, distinct: 500, samples: [], secret: true },
      { name: 'mail', filled: 473, distinct: 400, more: true, samples: ['zoe@example.test'] },
    ],
  };

  test('what the filter shows comes first, then the key, then what else tells rows apart', () => {
    const found = keyColumns('id', statistics, new Set(['employeeNumber', 'firstName', 'token']));
    expect(found.map(({ column }) => column)).toEqual(['employeeNumber', 'id', 'mail']);
    expect(found[0]?.values).toEqual(['001']);
  });

  test('a table nobody collected still has its key', () => {
    expect(keyColumns('id', undefined, new Set())).toEqual([{ column: 'id', values: [] }]);
    expect(keyColumns(undefined, undefined, new Set())).toEqual([]);
  });
});

test('remembered values are taken only as far as a parameter can have them', () => {
  expect(valuesOf({ a: 'x', b: 1, c: null, d: false, e: { f: 1 }, g: [1] })).toEqual({ a: 'x', b: 1, c: null, d: false });
  for (const wrong of [undefined, null, 'x', 7, [1]]) expect(valuesOf(wrong)).toEqual({});
});

describe('a row is named by', () => {
  const columns = [
    { name: 'name', type: 'text' },
    { name: 'number', type: 'text' },
  ] as const;

  test('the key, else a column that tells all rows apart, else all its cells', () => {
    const rows = [
      ['Ann', '1'],
      ['Ann', '2'],
    ] as const;
    expect(tellingColumns(columns, rows, 'name')).toEqual([0]);
    expect(tellingColumns(columns, rows, undefined)).toEqual([1]);
    expect(tellingColumns(columns, [...rows, ['Bo', '2']], 'gone')).toEqual([0, 1]);
    expect(
      tellingColumns(
        columns,
        [
          ['Ann', null],
          ['Ann', '2'],
        ],
        undefined,
      ),
    ).toEqual([0, 1]);
  });
});
