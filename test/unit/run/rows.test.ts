import { expect, test } from 'vitest';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import { parseAnswer } from '../../../engine/run/collect/answer.ts';
import { toCell } from '../../../engine/run/collect/cells.ts';
import { announcedTotal } from '../../../engine/run/collect/rows-of.ts';
import { createRowMapper } from '../../../engine/run/collect/rows.ts';
import { connectorOf } from './support.ts';

const request = { role: 'get', operation: 'op', table: 't', verb: 'GET', url: 'http://h', headers: {} } as const;
const parse = (text: string, headers: Readonly<Record<string, string>> = {}): unknown =>
  parseAnswer({ status: 200, headers, body: Buffer.from(text, headers['x'] === 'latin1' ? 'latin1' : 'utf8') }, request, 's');

test('numbers keep their digits', () => {
  expect(parse('[12345678901234567890, 9007199254740993, 9007199254740991, 1e999, 52.370216000000001, 1.5, "5e1000"]')).toEqual([
    '12345678901234567890',
    '9007199254740993',
    9007199254740991,
    '1e999',
    52.370216000000001,
    1.5,
    '5e1000',
  ]);
});

test('answers in other alphabets, with a byte order mark, empty, or deep', () => {
  expect(parse('\uFEFF["ü", "فارسی", "👩‍🚀"]')).toEqual(['ü', 'فارسی', '👩‍🚀']);
  expect(parse('["ü"]', { 'content-type': 'application/json; charset=iso-8859-1', x: 'latin1' })).toEqual(['ü']);
  expect(parse('["a"]', { 'content-type': 'application/json; charset=klingon' })).toEqual(['a']);
  expect(parse('  ')).toBeUndefined();
  expect(parse(`["${'['.repeat(500)}\\"${'{'.repeat(500)}"]`)).toHaveLength(1);
  expect(() => parse(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`)).toThrow(expect.objectContaining({ code: 'answer-too-deep' }));
});

test.each([
  ['x', 'text', 'x', []],
  [5, 'text', '5', []],
  [true, 'text', 'true', []],
  ['', 'text', '', []],
  [null, 'text', null, []],
  [undefined, 'number', null, []],
  [{ a: 1 }, 'text', '{"a":1}', ['object']],
  [['a'], 'text', '["a"]', ['list']],
  [5, 'number', 5, []],
  ['42', 'number', 42, []],
  ['-1.5', 'number', -1.5, []],
  ['007', 'number', '007', ['number']],
  ['1250.50', 'number', 1250.5, []],
  ['-2.00', 'number', -2, []],
  ['0.1234567890123456789', 'number', '0.1234567890123456789', ['number']],
  ['12345678901234567890', 'number', '12345678901234567890', []],
  ['many', 'number', 'many', ['number']],
  ['', 'number', null, []],
  [false, 'number', 'false', []],
  [true, 'boolean', 1, []],
  ['FALSE', 'boolean', 0, []],
  [1, 'boolean', 1, []],
  ['maybe', 'boolean', 'maybe', ['boolean']],
  ['2026-01-05T00:00:00Z', 'date', '2026-01-05T00:00:00Z', []],
  [['b', 1], 'list', '["b",1]', []],
  ['a', 'list', '["a"]', []],
  ['', 'list', '[]', []],
  [{ a: 1 }, 'list', '[{"a":1}]', ['object']],
] as const)('%j as %s is %j', (value, type, cell, complaints) => {
  const told: string[] = [];
  expect(toCell(value, type satisfies ColumnType, (what) => void told.push(what))).toBe(cell);
  expect(told).toEqual(complaints);
});

const { tables } = connectorOf({
  schema: {
    crud_objects: {
      p: {
        key: 'guid',
        resources: {
          ids: { guid: 'string*' },
          address: { city: '_:string*' },
          constructor: 'string*',
          phones: [{ number: 'string*', tags: ['string*'], uses: [{ kind: 'string*' }] }],
          fees: { fee: [{ amount: 'number*' }] },
        },
        operations: {},
      },
    },
  },
});

function mapped(
  rows: readonly unknown[],
  wanted: readonly string[] = tables.map(({ name }) => name),
): { readonly cells: unknown; readonly dropped: number; readonly notes: readonly string[] } {
  const targets = tables.map((table) => ({ table, columns: table.columns.filter(({ source }) => source !== 'child-table') }));
  const [root, ...children] = targets;
  if (!root) throw new Error('no root');
  const mapper = createRowMapper(
    root,
    children.filter(({ table }) => wanted.includes(table.name)),
    undefined,
    tables,
  );
  const cells = Object.fromEntries(mapper.map(rows, { base: new Map() }).map(({ table, rows: each }) => [table.name, each]));
  return { cells, dropped: mapper.dropped, notes: mapper.notes('p') };
}

test('nested objects, child tables at every depth, and references to the parent', () => {
  const row = {
    ids: { guid: 'g1' },
    address: { city: 'Ulm' },
    phones: [{ number: '1', tags: ['x'], uses: [{ kind: 'home' }, { kind: 'work' }] }, { number: '2' }],
    fees: { fee: { amount: 5 } },
  };
  expect(mapped([row]).cells).toEqual({
    p: [['g1', 'Ulm', null]],
    p_phones: [
      ['g1', '1', '["x"]'],
      ['g1', '2', null],
    ],
    p_phones_uses: [
      ['g1', 'home'],
      ['g1', 'work'],
    ],
    p_fee: [['g1', 5]],
  });
  expect(mapped([row], ['p', 'p_phones_uses']).cells).toEqual({
    p: [['g1', 'Ulm', null]],
    p_phones_uses: [
      ['g1', 'home'],
      ['g1', 'work'],
    ],
  });
});

test('hostile and odd rows are counted, never followed', () => {
  const odd = [
    null,
    'text',
    5,
    ['x'],
    { ids: 'no object', phones: 'no list', ['__proto__']: { guid: 'x' } },
    JSON.parse('{"__proto__":{"ids":{"guid":"evil"}},"address":{"city":{"deep":1}}}'),
  ];
  const { cells, dropped, notes } = mapped(odd);
  expect(cells).toMatchObject({
    p: [
      [null, null, null],
      [null, '{"deep":1}', null],
    ],
    p_phones: [],
  });
  expect(dropped).toBe(5);
  expect(notes).toEqual(['Column address_city held objects where single values were declared; they are kept as JSON text (1×).']);
});

test.each([
  [{ total: 5 }, 2, 5],
  [{ totalResults: '7' }, 2, 7],
  [{ '@odata.count': 9 }, 2, 9],
  [{ count: 2 }, 2, undefined],
  [{ count: 20 }, 2, 20],
  [{ total: 'many' }, 2, undefined],
  [{ total: -1 }, 2, undefined],
  [[], 0, undefined],
])('the total announced by %j with %i rows is %s', (body, rows, total) => {
  expect(announcedTotal(body, rows)).toBe(total);
});
