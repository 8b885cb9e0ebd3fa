import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateTable } from '../../../engine/model/expectations/evaluate.ts';
import { readExpectations } from '../../../engine/model/expectations/read-expectations.ts';
import { titleOf } from '../../../engine/model/expectations/titles.ts';
import { parseJson } from '../../../engine/model/text/json.ts';
import { checkFile } from '../../../engine/model/workspace/check-file.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { columns, people } from './support.ts';

const path = 'expectations/hr.json';

const whole = `{
  // What must stay true.
  "tables": {
    "persons": {
      "rows": { "min": 400, "max": 600 },
      "calls": { "max": 50 },
      "complete": true,
      "columns": { "id": { "filled": 1, "unique": true, "matches": "^p" }, "name": { "filled": 0.95 }, "since": { "filled": 0, "type": "date" }, "active": true, "tags": { "oneOf": ["a", 1, true] } },
      "samples": [{ "where": { "id": "p1" }, "values": { "name": "Ada", "tags": ["a", "b"] } }],
      "absent": [{ "id": "x", "name": null }],
    },
    "departments": { "columns": ["id"], "rows": 12 },
  },
}
`;

const connector = {
  schema: {
    crud_objects: Object.fromEntries(
      ['persons', 'departments'].map((table) => [
        table,
        {
          operations: { [`${table}_get`]: { method: 'get', call: { mode: 'normal', path: `/${table}` } } },
          key: 'id',
          resources: Object.fromEntries(columns.map(({ name }) => [name, 'string*'])),
        },
      ]),
    ),
  },
  rest: { config: { baseUrl: 'http://127.0.0.1' } },
};

function problems(text: string, system = 'hr'): readonly string[] {
  const files = new Map([
    ['sollist.json', '{}'],
    ['connectors/hr.json', JSON.stringify(connector)],
    ['systems/hr.json', '{ "connector": "hr", "tables": { "persons": {}, "departments": {} } }'],
    [`expectations/${system}.json`, text],
  ]);
  const workspace = createWorkspaceReader()(files);
  return checkFile(workspace, `expectations/${system}.json`).map(({ code, severity, span }) => {
    return `${severity} ${code} ${text.slice(span.offset, span.offset + span.length)}`;
  });
}

test('a whole file has no problems, and titles say what is expected', () => {
  expect(problems(whole)).toEqual([]);
  const { tables } = readExpectations('hr', parseJson(whole, { strict: false }).root);
  expect(tables.flatMap(({ name, expectations }) => expectations.map((one) => `${name.text}/${one.id}: ${titleOf(one)}`))).toEqual([
    'persons/rows: rows: 400 to 600',
    'persons/calls: calls: at most 50',
    'persons/complete: complete',
    'persons/columns/id: column id: in 100 % of the rows, unique, matches ^p',
    'persons/columns/name: column name: in 95 % of the rows',
    'persons/columns/since: column since: may be empty, date',
    'persons/columns/active: column active',
    'persons/columns/tags: column tags: one of "a", 1 and true',
    'persons/samples/0: sample id = "p1": name = "Ada", tags = ["a","b"]',
    'persons/absent/0: absent id = "x", name = nothing',
    'departments/columns/id: column id',
    'departments/rows: rows: 12',
  ]);
});

describe('problems', () => {
  const table = (body: string): string => `{ "tables": { "persons": ${body} } }`;

  test.each([
    ['{ "rows": { "min": 0 } }', ['warning expectation-always-met { "min": 0 }']],
    ['{ "rows": { "min": 0, "max": 5 } }', []],
    ['{ "rows": 0 }', []],
    ['{ "calls": { "min": 0 } }', ['warning expectation-always-met { "min": 0 }']],
    ['{ "rows": { "min": 6, "max": 4 } }', ['error expectation-never-met { "min": 6, "max": 4 }']],
    ['{ "columns": { "id": { "filled": 0 } } }', ['warning expectation-always-met "id"']],
    ['{ "columns": { "id": { "filled": 0, "unique": true } } }', []],
    ['{ "columns": { "id": { "matches": "(a" } } }', ['error bad-pattern "matches"']],
    ['{ "columns": { "id": { "matches": "" } } }', ['error wrong-value ""']],
    ['{ "columns": { "id": { "filled": 95 } } }', ['error wrong-value 95']],
    ['{ "columns": { "id": { "type": "text" } } }', ['error unknown-value "text"']],
    ['{ "columns": { "idd": true } }', ['error unknown-column "idd"']],
    ['{ "columns": ["id", "idd"] }', ['error unknown-column "idd"']],
    ['{ "columns": ["id", "id"] }', ['error wrong-value "columns"']],
    ['{ "columns": [] }', ['error wrong-value "columns"']],
    ['{ "samples": [{ "where": { "idd": 1 }, "values": { "nam": 2 } }] }', ['error unknown-column "idd"', 'error unknown-column "nam"']],
    ['{ "samples": [{ "values": { "id": "1" } }] }', ['error missing-property {']],
    ['{ "absent": [{ "idd": 1 }] }', ['error unknown-column "idd"']],
    ['{}', ['warning empty-object "persons"']],
    ['{ "row": 5 }', ['error unknown-property "row"']],
    ['{ "complete": false }', ['error unknown-value false']],
  ])('%s: %j', (body, expected) => {
    expect(problems(table(body))).toEqual(expected);
  });

  test('a table the system does not collect', () => {
    expect(problems('{ "tables": { "person": { "rows": 1 } } }')).toEqual(['error unknown-table "person"']);
  });

  test('a file that is named after no system', () => {
    expect(problems(table('{ "rows": 1 }'), 'hrr')).toEqual(['error unknown-system {']);
  });
});

test('a text damaged anywhere is read, checked and evaluated without fail, within its bounds', () => {
  const read = createWorkspaceReader();
  fc.assert(
    fc.property(
      fc.nat(whole.length - 1),
      fc.nat({ max: 30 }),
      fc.oneof(
        fc.constantFrom('', '"', '{', '}', '[', ',', '"rows": -1e400', 'null', '\\u00', '"__proto__": {}'),
        fc.string({ maxLength: 6 }),
      ),
      (at, cut, written) => {
        const text = whole.slice(0, at) + written + whole.slice(at + cut);
        const workspace = read(
          new Map([
            ['sollist.json', '{}'],
            [path, text],
          ]),
        );
        for (const { span } of checkFile(workspace, path)) {
          expect(span.offset).toBeGreaterThanOrEqual(0);
          expect(span.offset + span.length).toBeLessThanOrEqual(Math.max(text.length, 1));
        }
        for (const table of workspace.expectations.get('hr')?.model.tables ?? []) {
          const verdicts = evaluateTable(
            table,
            { rows: people.length, calls: 1, complete: false, notes: [], columns },
            { rows: () => people, repeated: () => ({ count: 0, samples: [] }) },
          );
          for (const { expectation, failures } of verdicts) {
            expect(titleOf(expectation)).not.toBe('');
            for (const { span } of failures) expect(span.offset + span.length).toBeLessThanOrEqual(text.length);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});
