import { evaluateTable, type CollectedTable, type Row } from '../../../engine/model/expectations/evaluate.ts';
import type { TableExpectations } from '../../../engine/model/expectations/expectations.ts';
import { readExpectations } from '../../../engine/model/expectations/read-expectations.ts';
import type { Failure } from '../../../engine/model/expectations/result.ts';
import { parseJson } from '../../../engine/model/text/json.ts';

export const columns: CollectedTable['columns'] = [
  { name: 'id', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'hours', type: 'number' },
  { name: 'active', type: 'boolean' },
  { name: 'since', type: 'date' },
  { name: 'tags', type: 'list' },
  { name: 'apiKey', type: 'text' },
];

export const people: readonly Row[] = [
  { id: 'p1', name: 'Ada', hours: 40, active: 1, since: '2024-02-29', tags: '["a","b"]', apiKey: 'hunter2-a' },
  { id: 'p2', name: 'Bob', hours: 20.5, active: 0, since: '2023-12-01T08:00:00Z', tags: '["b"]', apiKey: 'hunter2-b' },
  { id: 'p3', name: '', hours: null, active: null, since: null, tags: '[]', apiKey: null },
  { id: 'p4', name: 'Ada', hours: '12345678901234567890', active: 1, since: 'n/a', tags: '["c"]', apiKey: null },
];

/** What is expected of the table `persons`, read from its part of a file. */
export function expectationsOf(table: object): { readonly table: TableExpectations; readonly text: string } {
  const text = JSON.stringify({ tables: { persons: table } }, undefined, 2);
  const [found] = readExpectations('hr', parseJson(text, { strict: false }).root).tables;
  if (!found) throw new Error('The expectations name no table.');
  return { table: found, text };
}

/** Holds rows against expectations of their table: the failures of each, by its id. */
export function judge(
  table: object,
  rows: readonly Row[] = people,
  about: Partial<CollectedTable> = {},
): Readonly<Record<string, readonly Failure[]>> {
  const collected: CollectedTable = { rows: rows.length, calls: 3, complete: true, notes: [], columns, ...about };
  const verdicts = evaluateTable(expectationsOf(table).table, collected, {
    *rows(wanted) {
      for (const row of rows) yield Object.fromEntries(wanted.map((name) => [name, row[name] ?? null]));
    },
    repeated(column) {
      const counts = new Map<Row[string], number>();
      for (const row of rows)
        if (row[column] !== null && row[column] !== '') counts.set(row[column] ?? null, (counts.get(row[column] ?? null) ?? 0) + 1);
      const more = [...counts].filter(([, times]) => times > 1);
      return { count: more.length, samples: more.slice(0, 3).map(([value, times]) => ({ value, rows: times })) };
    },
  });
  return Object.fromEntries(verdicts.map(({ expectation, failures }) => [expectation.id, failures]));
}

/** The messages of one expectation's failures; empty where it is met. */
export function messages(table: object, rows?: readonly Row[], about?: Partial<CollectedTable>): readonly string[] {
  return Object.values(judge(table, rows, about)).flatMap((failures) => failures.map(({ message }) => message));
}
