import { expect, test } from 'vitest';
import { printCollection } from '../../../engine/cli/output/collection.ts';
import { printProblems } from '../../../engine/cli/output/problems.ts';
import { rowAsJson, rowsAsTable } from '../../../engine/cli/output/rows.ts';
import { wantsColour } from '../../../engine/cli/output/style.ts';
import { plain, table, widthOf } from '../../../engine/cli/output/table.ts';
import type { LocatedProblem } from '../../../engine/run/workspace/check-paths.ts';

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ TERM: 'dumb' }, true, false],
])('colour with %j on a terminal: %s is %s', (env, terminal, wanted) => {
  expect(wantsColour(env, terminal)).toBe(wanted);
});

test('what data say cannot steer a terminal', () => {
  expect(plain('a\u001b[31mb\u009bc\u202ed\re\n\tf\u2028g\u0000')).toBe('a\ufffd[31mb\ufffdc\ufffdd e f g\ufffd');
  expect(plain('דוד Zoë 小林')).toBe('דוד Zoë 小林');
});

test('columns are aligned by what a terminal draws', () => {
  expect([widthOf('小林'), widthOf('é'), widthOf('e\u0301'), widthOf('\u001b[1mab\u001b[22m')]).toEqual([4, 1, 1, 2]);
  expect(
    table(
      [
        ['name', 'n'],
        ['小林', '1'],
        ['abc', '10'],
      ],
      { right: [1] },
    ),
  ).toBe('name   n\n小林   1\nabc   10\n');
  expect(table([['a'.repeat(70), 'b']])).toBe(`${'a'.repeat(59)}…  b\n`);
  expect(table([])).toBe('');
});

const columns = [
  { name: 'flag', type: 'boolean' },
  { name: 'tags', type: 'list' },
  { name: 'n', type: 'number' },
  { name: 't', type: 'text' },
] as const;

test('rows: booleans are true and false, lists are arrays, nothing is a dash', () => {
  const rows = [
    { flag: 1, tags: '["a"]', n: 5, t: 'x' },
    { flag: 0, tags: null, n: 12, t: '\u001b[2J' },
  ];
  expect(rows.map((row): unknown => JSON.parse(rowAsJson(columns, row)))).toEqual([
    { flag: true, tags: ['a'], n: 5, t: 'x' },
    { flag: false, tags: null, n: 12, t: '\u001b[2J' },
  ]);
  expect(rowsAsTable(columns, rows, false)).toBe('flag   tags    n  t\ntrue   ["a"]   5  x\nfalse  –      12  �[2J\n');
});

const problem: LocatedProblem = {
  file: 'a b/c,d.json',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 7,
  severity: 'info',
  code: 'odd',
  message: '100% odd\nreally \u001b[31m',
};

test('problems for people, machines, code scanning and pull requests', () => {
  const result = { problems: [problem, { ...problem, endLine: 3, severity: 'error' as const }], files: 3 };
  const quiet = { colour: false, quiet: false };
  expect(printProblems(result, 'text', quiet)).toBe(
    'a b/c,d.json\n  2:3       info    100% odd really �[31m odd\n  2:3       error   100% odd really �[31m odd\n\n3 files checked: 1 error, 1 info.\n',
  );
  expect(printProblems({ problems: [], files: 1 }, 'text', quiet)).toBe('1 file checked: nothing wrong.\n');
  expect(printProblems({ problems: [], files: 1 }, 'text', { colour: false, quiet: true })).toBe('');
  expect(JSON.parse(printProblems(result, 'json', quiet))).toEqual(result.problems);
  expect(printProblems(result, 'github', quiet)).toBe(
    '::notice file=a b/c%2Cd.json,line=2,endLine=2,col=3,endColumn=7,title=odd::100%25 odd%0Areally \u001b[31m\n::error file=a b/c%2Cd.json,line=2,endLine=3,title=odd::100%25 odd%0Areally \u001b[31m\n',
  );
  const sarif = JSON.parse(printProblems(result, 'sarif', quiet)) as {
    version: string;
    runs: { results: { level: string; ruleIndex: number; locations: unknown[] }[] }[];
  };
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.runs[0]?.results.map(({ level, ruleIndex }) => [level, ruleIndex])).toEqual([
    ['note', 0],
    ['error', 0],
  ]);
  expect(sarif.runs[0]?.results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'a%20b/c%2Cd.json' },
        region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
      },
    },
  ]);
});

test('a collection: each failure once and whole, below the table', () => {
  const error = { code: 'timeout', message: `dir: ${'long '.repeat(60)}end.` };
  const text = printCollection(
    {
      system: 'dir',
      startedAt: 0,
      endedAt: 1500,
      limits: { rows: 1 },
      source: { kind: 'live' },
      tables: [
        { system: 'dir', table: 'users', state: 'failed', error },
        { system: 'dir', table: 'groups', state: 'not-reached' },
        { system: 'dir', table: 'emails', state: 'failed', error },
      ],
    },
    'text',
    false,
  );
  expect(text.split('end.')).toHaveLength(2);
  expect(text).toContain('dir in 1.50 s, at most 1 row a table\n');
  expect(text).toContain(
    '  ✗  users      –      –  failed; the table is as it was\n  ·  groups     –      –  not tried; the table is as it was\n',
  );
});
