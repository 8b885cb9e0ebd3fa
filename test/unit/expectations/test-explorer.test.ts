import type { TestItem, TestItemCollection, TestRunRequest } from 'vscode';
import { describe, expect, test } from 'vitest';
import { chosenFiles } from '../../../client/features/expectations/chosen.ts';
import { outputOf } from '../../../client/features/expectations/output.ts';
import type { Meaning } from '../../../client/features/expectations/tree.ts';
import { errorVerdicts, verdictsOf } from '../../../client/features/expectations/verdicts.ts';
import type { ExpectationsTested } from '../../../engine/host/protocol.ts';

const place = { line: 3, column: 3, endLine: 3, endColumn: 9 };
const failure = { message: 'There are 4 rows; expected: 5.', expected: '5', actual: '4', place };

const tested: ExpectationsTested = {
  system: 'hr',
  file: 'expectations/hr.json',
  state: 'errored',
  source: { kind: 'live' },
  startedAt: 0,
  endedAt: 1_000,
  tables: [
    {
      table: 'persons',
      state: 'failed',
      place,
      collected: { rows: 4, calls: 1, complete: false },
      expectations: [
        { id: 'rows', title: 'rows: 5', state: 'failed', place, failures: [failure] },
        { id: 'complete', title: 'complete', state: 'passed', place, failures: [] },
      ],
    },
    {
      table: 'contracts',
      state: 'errored',
      place,
      error: 'contracts_get was answered with\n500.',
      expectations: [{ id: 'rows', title: 'rows: 9', state: 'errored', place, failures: [] }],
    },
  ],
  requests: [
    {
      sequence: 1,
      operation: 'persons_get',
      table: 'persons',
      verb: 'GET',
      url: 'http://127.0.0.1/persons\u001b[31m',
      status: 503,
      attempt: 1,
      startedAt: 0,
      milliseconds: 12.4,
      bytes: 20,
      requestHeaders: {},
      responseHeaders: {},
    },
  ],
};

/** Items of the Test Explorer as far as they are looked at here: system → table → expectation. */
function stage(tree: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>) {
  const meanings = new Map<TestItem, Meaning>();
  const read: TestItem[] = [];
  const collection = (items: readonly TestItem[]): TestItemCollection => {
    const some = { size: items.length, forEach: (visit: (item: TestItem) => void) => items.forEach((item) => visit(item)) };
    return some as unknown as TestItemCollection;
  };
  const item = (id: string, meaning: Meaning, children: readonly { parent?: unknown }[] = []): TestItem => {
    const made = { id, children: collection(children as readonly TestItem[]) } as unknown as TestItem;
    for (const child of children) child.parent = made;
    meanings.set(made, meaning);
    return made;
  };
  const roots = Object.entries(tree).map(([system, tables]) =>
    item(
      system,
      { kind: 'file', folder: '/w', path: `expectations/${system}.json`, system },
      Object.entries(tables).map(([table, ids]) =>
        item(
          table,
          { kind: 'table', table },
          ids.map((id) => item(`${table}/${id}`, { kind: 'expectation', table, id })),
        ),
      ),
    ),
  );
  const find = (id: string, among: TestItemCollection = collection(roots)): TestItem | undefined => {
    let found: TestItem | undefined;
    among.forEach((one) => (found ??= one.id === id ? one : find(id, one.children)));
    return found;
  };
  const at = (id: string): TestItem => {
    const found = find(id);
    if (!found) throw new Error(`There is no item ${id}.`);
    return found;
  };
  const choose = (include?: readonly string[], exclude: readonly string[] = []) =>
    chosenFiles(
      {
        meaningOf: (one) => meanings.get(one),
        resolve: (one) => {
          if (one) read.push(one);
          return Promise.resolve();
        },
        touched: () => Promise.resolve(),
        retag: () => undefined,
        closed: () => undefined,
      },
      collection(roots),
      { include: include?.map(at), exclude: exclude.map(at) } as unknown as TestRunRequest,
    );
  return { at, choose, read };
}

const both = { hr: { persons: ['rows', 'complete'], contracts: ['rows'] }, directory: {} };

describe('what is tested', () => {
  test.each([
    [undefined, [], ['hr: persons/rows persons/complete contracts/rows', 'directory: ']],
    [['hr'], [], ['hr: persons/rows persons/complete contracts/rows']],
    [['persons'], [], ['hr: persons/rows persons/complete']],
    [['persons/rows', 'persons', 'persons/rows'], [], ['hr: persons/rows persons/complete']],
    [['hr'], ['persons'], ['hr: contracts/rows']],
    [['hr'], ['persons/rows', 'contracts'], ['hr: persons/complete']],
    [undefined, ['hr'], ['directory: ']],
  ])('%j without %j', async (include, exclude, expected) => {
    const files = await stage(both).choose(include, exclude);
    expect(files.map(({ system, leaves }) => `${system}: ${leaves.map(({ item }) => item.id).join(' ')}`)).toEqual(expected);
  });

  test('a file that nobody has looked at is read first', async () => {
    const { choose, read, at } = stage(both);
    await choose();
    expect(read).toEqual([at('directory')]);
  });
});

describe('verdicts', () => {
  async function verdicts(include: readonly string[], outcome: ExpectationsTested = tested): Promise<readonly string[]> {
    const { choose, at } = stage(both);
    const [file] = await choose(include);
    if (!file) throw new Error('Nothing was chosen.');
    return verdictsOf(file, outcome, new Set(include.map(at))).map((verdict) => {
      const more =
        verdict.state === 'errored'
          ? `: ${verdict.message}`
          : verdict.state === 'failed'
            ? `: ${verdict.failures.map(({ message }) => message).join()}`
            : '';
      return `${verdict.state} ${verdict.item.id}${more}`;
    });
  }

  test('an error stands once, at its table; nothing below it passes', async () => {
    expect(await verdicts(['hr'])).toEqual([
      'failed persons/rows: There are 4 rows; expected: 5.',
      'passed persons/complete',
      'skipped contracts/rows',
      'errored contracts: contracts_get was answered with\n500.',
    ]);
  });

  test('or at the expectation, where only that was asked for', async () => {
    expect(await verdicts(['contracts/rows'])).toEqual(['errored contracts/rows: contracts_get was answered with\n500.']);
  });

  test('what kept everything from being judged stands at the system', async () => {
    const outcome = { ...tested, error: { code: 'no-recording', message: 'Make one.' } };
    expect(await verdicts(['hr'], outcome)).toEqual([
      'skipped persons/rows',
      'skipped persons/complete',
      'skipped contracts/rows',
      'errored hr: Make one.',
    ]);
    expect(await verdicts(['persons'], outcome)).toEqual([
      'skipped persons/rows',
      'skipped persons/complete',
      'errored persons: Make one.',
    ]);
    expect(await verdicts(['persons/rows', 'persons/complete'], outcome)).toEqual([
      'errored persons/rows: Make one.',
      'errored persons/complete: Make one.',
    ]);
  });

  test('what was edited away meanwhile is skipped, not passed', async () => {
    expect(await verdicts(['persons'], { ...tested, tables: [] })).toEqual(['skipped persons/rows', 'skipped persons/complete']);
  });

  test('a file without expectations has its error, too', async () => {
    const { choose, at } = stage(both);
    const [file] = await choose(['directory']);
    const found = errorVerdicts(at('directory'), file?.leaves ?? [], 'Expects nothing.', new Set([at('directory')]));
    expect(found).toMatchObject([{ state: 'errored', message: 'Expects nothing.' }]);
  });
});

describe('output', () => {
  test('failures with their lines, and the requests of a run that did not pass', () => {
    expect(outputOf(tested).split('\r\n')).toEqual([
      'hr, live: errored in 1.00 s',
      '  persons, 4 rows in 1 call, not proven complete',
      '    ✗ rows: 5: There are 4 rows; expected: 5. (expectations/hr.json:3:3)',
      '  contracts: contracts_get was answered with 500.',
      '  Requests:',
      '    GET http://127.0.0.1/persons\ufffd[31m → 503, 12 ms, 20 bytes, attempt 2',
      '',
      '',
    ]);
  });

  test('nobody reads how a test passed; why nothing was judged stands once', () => {
    expect(outputOf({ ...tested, state: 'passed', tables: [] })).toBe('hr, live: passed in 1.00 s\r\n\r\n');
    const error = { code: 'no-recording', message: 'Make one.' };
    const tables = tested.tables.map((table) => ({ ...table, error: error.message, expectations: [] }));
    expect(outputOf({ ...tested, error, tables, requests: [] }).match(/Make one\./g)).toHaveLength(1);
  });
});
