import { describe, expect, test } from 'vitest';
import { expectationsOf, judge, messages, people } from './support.ts';

describe('rows, calls and completeness', () => {
  test.each([4, { min: 4 }, { max: 4 }, { min: 1, max: 4 }])('%j rows are met by four', (rows) => {
    expect(messages({ rows })).toEqual([]);
  });

  test.each([
    [5, 'There are 4 rows; expected: 5.'],
    [{ min: 5 }, 'There are 4 rows; expected: at least 5.'],
    [{ max: 3 }, 'There are 4 rows; expected: at most 3.'],
    [{ min: 5, max: 9 }, 'There are 4 rows; expected: 5 to 9.'],
  ])('%j rows are not', (rows, message) => {
    expect(messages({ rows })).toEqual([message]);
  });

  test('one row is no rows', () => {
    expect(messages({ rows: 0 }, people.slice(0, 1))).toEqual(['There is 1 row; expected: 0.']);
  });

  test('expected and actual are written alike', () => {
    expect(judge({ rows: 5 })['rows']).toMatchObject([{ expected: '5', actual: '4' }]);
  });

  test('calls', () => {
    expect(messages({ calls: { max: 3 } })).toEqual([]);
    expect(messages({ calls: { max: 2 } })).toEqual(['The table took 3 calls; expected: at most 2.']);
  });

  test('complete, or why not', () => {
    expect(messages({ complete: true })).toEqual([]);
    expect(messages({ complete: true }, people, { complete: false, notes: ['Two pages were alike.'] })).toEqual([
      'The table is not proven complete: Two pages were alike.',
    ]);
    expect(messages({ complete: true }, people, { complete: false })[0]).toContain('the end of the rows was not known');
  });
});

describe('columns', () => {
  test('a column that is named must have a value somewhere', () => {
    expect(messages({ columns: ['id', 'name', 'tags'] })).toEqual([]);
    const empty = people.map((row) => ({ ...row, tags: '[]', name: '' }));
    expect(messages({ columns: ['id', 'name', 'tags'] }, empty)).toEqual([
      '"name" has a value in none of 4 rows; expected: a value in at least one row.',
      '"tags" has a value in none of 4 rows; expected: a value in at least one row.',
    ]);
    expect(messages({ columns: { name: true } }, empty)).toHaveLength(1);
    expect(messages({ columns: ['id'] }, [])).toEqual(['There is no row, so none has a value in "id".']);
  });

  test('a column that was not collected', () => {
    const [message] = messages({ columns: ['nmae'] });
    expect(message).toBe(
      'No column "nmae" was collected. Did you mean "name"? There are: id, name, hours, active, since, tags and apiKey.',
    );
  });

  test('filled: the share of rows with a value', () => {
    expect(messages({ columns: { id: { filled: 1 }, name: { filled: 0.75 }, hours: { filled: 0.5 } } })).toEqual([]);
    expect(messages({ columns: { name: { filled: 0.8 } } })).toEqual([
      '"name" has a value in 3 of 4 rows (75 %); expected: a value in at least 80 % of the rows.',
    ]);
    expect(messages({ columns: { name: { filled: 0.1 } } }, [])).toHaveLength(1);
  });

  test('filled 0 says that the column may be empty', () => {
    const empty = people.map((row) => ({ ...row, since: null }));
    expect(messages({ columns: { since: { type: 'date' } } }, empty)).toHaveLength(1);
    expect(messages({ columns: { since: { filled: 0, type: 'date' } } }, empty)).toEqual([]);
    expect(messages({ columns: { since: { filled: 0, type: 'date' } } }, [])).toEqual([]);
  });

  test('unique; empty values do not count', () => {
    expect(messages({ columns: { id: { unique: true }, apiKey: { unique: true } } })).toEqual([]);
    expect(messages({ columns: { name: { unique: true } } })).toEqual(['One value of "name" stands in several rows: "Ada" (2 rows).']);
  });

  test.each([
    ['hours', 'number', []],
    ['active', 'boolean', []],
    ['tags', 'list', []],
    ['since', 'date', ['"since" is no date in one row: "n/a".']],
    ['since', 'datetime', ['"since" is no datetime in 2 rows: "2024-02-29", "n/a".']],
    ['name', 'number', ['"name" is no number in 2 rows: "Ada" (2 rows), "Bob".'.replace('2 rows', '3 rows')]],
    ['name', 'list', ['"name" is no list in 3 rows: "Ada" (2 rows), "Bob".']],
  ] as const)('%s is a %s: %j', (column, type, expected) => {
    expect(messages({ columns: { [column]: { type } } })).toEqual(expected);
  });

  test('a day that does not exist is no date', () => {
    const rows = ['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '0000'].map((since, i) => ({ id: String(i), since }));
    expect(messages({ columns: { since: { type: 'date' } } }, rows)[0]).toContain('is no date in 5 rows');
  });

  test('matches: every value that is there', () => {
    expect(messages({ columns: { id: { matches: String.raw`^p\d$` }, name: { matches: '^[A-Z]' } } })).toEqual([]);
    expect(messages({ columns: { id: { matches: '^p[12]$' } } })).toEqual(['"id" does not match ^p[12]$ in 2 rows: "p3", "p4".']);
  });

  test('oneOf compares as samples do', () => {
    expect(
      messages({
        columns: {
          name: { oneOf: ['Ada', 'Bob'] },
          active: { oneOf: [true, false] },
          hours: { oneOf: [40, 20.5, '12345678901234567890'] },
        },
      }),
    ).toEqual([]);
    expect(messages({ columns: { name: { oneOf: ['Bob', 'Cleo'] } } })).toEqual([
      '"name" is none of "Bob" and "Cleo" in 2 rows: "Ada" (2 rows).',
    ]);
  });

  test('many wrong values are counted and a few named', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ id: `x${i}` }));
    expect(messages({ columns: { id: { matches: '^p' } } }, rows)).toEqual([
      '"id" does not match ^p in 40 rows: "x0", "x1", "x2", "x3", "x4", ….',
    ]);
  });

  test('several failures of one column stand at their own places', () => {
    const { table, text } = expectationsOf({ columns: { name: { filled: 1, unique: true, matches: '^B' } } });
    expect(table.expectations).toHaveLength(1);
    const failures = judge({ columns: { name: { filled: 1, unique: true, matches: '^B' } } })['columns/name'] ?? [];
    expect(failures.map(({ span }) => text.slice(span.offset, span.offset + span.length))).toEqual(['"filled"', '"unique"', '"matches"']);
  });
});

describe('samples', () => {
  test.each([
    { id: 'p1', name: 'Ada' },
    { id: 'p2', hours: 20.5, active: false },
    { id: 'p3', name: null, hours: null, tags: [] },
    { id: 'p1', tags: ['b', 'a'] },
    { id: 'p2', tags: 'b' },
    { id: 'p4', hours: '12345678901234567890' },
  ])('%j is there', (where) => {
    expect(messages({ samples: [{ where }] })).toEqual([]);
    expect(messages({ samples: [{ where: { id: where.id }, values: where }] })).toEqual([]);
  });

  test.each([
    { id: 'p9' },
    { id: 'P1' },
    { id: 'p1', active: false },
    { id: 'p1', hours: 41 },
    { id: 'p1', tags: ['a'] },
    { id: 'p1', name: null },
    { id: 'p3', name: 'Ada' },
    { id: 'p3', hours: 0 },
  ])('%j is not', (where) => {
    expect(messages({ samples: [{ where }] })[0]).toMatch(/^There is no row with id = "/);
  });

  test('what differs is named, and shown line by line', () => {
    const [failure] = judge({ samples: [{ where: { id: 'p2' }, values: { name: 'Bea', hours: 20.5, active: true } }] })['samples/0'] ?? [];
    expect(failure?.message).toBe('The row with id = "p2" differs: name is "Bob", not "Bea"; active is 0, not true.');
    expect(JSON.parse(failure?.expected ?? '')).toEqual({ id: 'p2', name: 'Bea', hours: 20.5, active: true });
    expect(JSON.parse(failure?.actual ?? '')).toEqual({ id: 'p2', name: 'Bob', hours: 20.5, active: false });
  });

  test('of several rows one is enough, else the nearest is shown', () => {
    expect(messages({ samples: [{ where: { name: 'Ada' }, values: { id: 'p4' } }] })).toEqual([]);
    expect(messages({ samples: [{ where: { name: 'Ada' }, values: { hours: 40, id: 'p7' } }] })).toEqual([
      'The nearest of 2 rows with name = "Ada" differs: id is "p1", not "p7".',
    ]);
  });

  test('a column that was not collected is said, not passed over', () => {
    expect(messages({ samples: [{ where: { id: 'p1' }, values: { nick: null } }] })[0]).toContain('No column "nick" was collected.');
    expect(messages({ absent: [{ nick: 'x' }] })[0]).toContain('No column "nick" was collected.');
  });

  test('absent rows', () => {
    expect(messages({ absent: [{ id: 'p9' }, { id: 'p1', name: 'Bob' }] })).toEqual([]);
    expect(messages({ absent: [{ id: 'p1' }, { name: 'Ada' }] })).toEqual([
      'There is a row with id = "p1"; expected none.',
      'There are 2 rows with name = "Ada"; expected none.',
    ]);
  });
});

test('values of columns that are secret by their name are in no message', () => {
  const table = {
    columns: { apiKey: { filled: 1, unique: true, matches: '^nothing$', oneOf: ['x'], type: 'number' } },
    samples: [{ where: { id: 'p1' }, values: { apiKey: 'y' } }],
    absent: [{ apiKey: 'hunter2-a' }],
  };
  const found = judge(table, [...people, { id: 'p5', apiKey: 'hunter2-a' }]);
  const text = JSON.stringify(found);
  expect(Object.values(found).every((failures) => failures.length > 0)).toBe(true);
  expect(text).toContain('•••');
  expect(text).not.toContain('hunter2');
});

test('long values and line ends do not make long messages', () => {
  const rows = [{ id: `${'x'.repeat(5_000)}\nsecond line` }];
  const [message = ''] = messages({ columns: { id: { matches: '^p' } } }, rows);
  expect(message.length).toBeLessThan(200);
  expect(message).not.toContain('\n');
});

test('rows are not looked at where nothing asks for them', () => {
  const { table } = expectationsOf({ rows: 4, complete: true });
  expect(table.expectations.map(({ id }) => id)).toEqual(['rows', 'complete']);
  expect(judge({ rows: 4, complete: true }, people)).toEqual({ rows: [], complete: [] });
});
