import fc from 'fast-check';
import { catalogOf, type Catalog, type Relation } from '../../../engine/model/system/catalog.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import type { Row } from './expression.ts';
import type { Tables } from './joins.ts';
import type { Type } from './query.ts';
import type { Cell } from './values.ts';
import { evidenceOf } from '../evidence.ts';

export interface WorldTable {
  readonly system: string;
  readonly table: string;
  readonly key: string;
  readonly columns: Readonly<Record<string, Type>>;
}

/** Persons and departments are trees, one by text and one by number; members is a link table with odd names. */
export const worldTables: readonly WorldTable[] = [
  {
    system: 'hr',
    table: 'persons',
    key: 'id',
    columns: {
      id: 'text',
      name: 'text',
      mail: 'text',
      dept: 'number',
      age: 'number',
      active: 'boolean',
      since: 'date',
      seen: 'datetime',
      tags: 'list',
      boss: 'text',
    },
  },
  { system: 'hr', table: 'departments', key: 'id', columns: { id: 'number', name: 'text', parent: 'number', lead: 'text' } },
  {
    system: 'ad',
    table: 'users',
    key: 'id',
    columns: {
      id: 'text',
      person: 'text',
      name: 'text',
      score: 'number',
      enabled: 'boolean',
      until: 'date',
      logon: 'datetime',
      roles: 'list',
    },
  },
  { system: 'ad', table: 'groups', key: 'id', columns: { id: 'text', name: 'text' } },
  { system: 'ad', table: 'member ship', key: 'group', columns: { group: 'text', user: 'text' } },
];

const link = (kind: Relation['kind'], from: readonly [string, string, string], to: readonly [string, string, string]): Relation => {
  const ref = ([system, table, column]: readonly [string, string, string]): Relation['from'] => ({ system, table, column });
  return { kind, from: ref(from), to: ref(to) };
};

export const worldRelations: readonly Relation[] = [
  link('reference', ['hr', 'persons', 'dept'], ['hr', 'departments', 'id']),
  link('reference', ['hr', 'persons', 'boss'], ['hr', 'persons', 'id']),
  link('reference', ['hr', 'departments', 'parent'], ['hr', 'departments', 'id']),
  link('reference', ['ad', 'member ship', 'group'], ['ad', 'groups', 'id']),
  link('reference', ['ad', 'member ship', 'user'], ['ad', 'users', 'id']),
  link('inter-system', ['hr', 'persons', 'id'], ['ad', 'users', 'person']),
];

export const worldCatalog: Catalog = catalogOf(
  worldTables.map(({ columns, ...table }) => ({ ...table, columns: Object.entries(columns).map(([name, type]) => ({ name, type })) })),
  worldRelations,
);

/** Texts that systems hold and conditions stumble over; few, so that they meet. */
export const texts = [
  '', 'a', 'A', 'b', 'ab', ' a', 'a ', 'ß', 'SS', 'straße', 'STRASSE', 'é', 'É', 'e\u0301', 'ü', 'Ü', 'i', 'I', 'İ', 'ı', 'ς', 'Σ', '%', '_', 'a%', '*', '?', '[a]',
  "o'x", '"', '\\', '😀', '1', '01', '1.0', 'null', 'true', '2026-05-10', ';--',
] as const; // oxfmt-ignore

const numbers = [0, 1, 2, 3, 7, -1, 100, 1.5, -2.25, 0.5] as const;
const notNumbers = ['n/a', '', '7', '007', '12345678901234567890'] as const;
const days = [
  '2026-05-09',
  '2026-05-10',
  '2026-05-11',
  '2026-05-17',
  '2024-02-29',
  '2026-12-31',
  '1999-01-01',
  '0001-01-01',
  '9999-12-31',
] as const;
const notDays = [
  '',
  'n/a',
  '0',
  '2026',
  '10.05.2026',
  'now',
  '2026-13-01',
  '2026-05-10 or so',
  '2026-05-10T25:00Z',
  '2026-05-10T24:30',
  '2026-05-10T10:00:00+2',
  '2026-02-30T10:00:00Z',
] as const;
const times = ['2026-05-10T00:00:00Z', '2026-05-10T08:30:00Z', '2026-05-10T10:30:00+02:00', '2026-05-10T08:30:00.000Z', '2026-05-11T00:00:00Z', '2026-05-10 23:59:59', '2026-05-09T23:30:00-02:00', '2026-05-11T00:00:00+02:00', '2026-05-10T08:30', '2026-10-25 02:30:00', '2026-10-25T00:30:00Z', '2026-10-25T23:30:00Z', '2026-03-28T23:30:00.250Z', '2026-05-10T22:00:00.000+0000', '2026-05-09T20:30:00-0330', '2026-05-10T24:00:00', '2026-05-09T24:00Z', '2026-03-29 02:30', '0001-01-01T00:00:00Z', '1880-07-01 12:00', '9999-12-31T23:59:59Z'] as const; // oxfmt-ignore
const notTruths = ['true', 'yes', '1', '', 2] as const;
const lists = ['[]', '["a"]', '["a","b"]', '["b","a","a"]', '["A"]', '["ß","a%"]', '[1,2]'] as const;
const notLists = ['a', '', '{"a":1}'] as const;
const ids = ['p1', 'p2', 'p3', 'p4', 'P1'] as const;
const userIds = ['u1', 'u2', 'u3'] as const;
const groupIds = ['g1', 'g2'] as const;
const departmentIds = [1, 2, 3, 4, 9] as const;

const some = (values: readonly Cell[], odd: readonly Cell[] = []): fc.Arbitrary<Cell> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...values) },
    { weight: 2, arbitrary: fc.constant(null) },
    ...(odd.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...odd) }] : []),
  );

const cells: Readonly<Record<Type, fc.Arbitrary<Cell>>> = {
  text: some(texts),
  number: some(numbers, notNumbers),
  boolean: some([0, 1], notTruths),
  date: some(days, [...notDays, ...times]),
  datetime: some(times, [...notDays, ...days]),
  list: some(lists, notLists),
};

/** Columns that refer to something. */
const references: Readonly<Record<string, fc.Arbitrary<Cell>>> = {
  'persons.id': some(ids),
  'persons.boss': some(ids, ['gone']),
  'persons.dept': some(departmentIds, ['n/a']),
  'departments.id': some(departmentIds),
  'departments.parent': some(departmentIds, [77]),
  'departments.lead': some(ids),
  'users.id': some(userIds),
  'users.person': some(ids, ['']),
  'groups.id': some(groupIds),
  'member ship.group': some(groupIds),
  'member ship.user': some(userIds, ['gone']),
};

/** What constants of a type a filter may hold; days as texts. */
export const constantsOf: Readonly<Record<Exclude<Type, 'list'>, readonly (string | number | boolean)[]>> = {
  text: [...texts, ...ids, 'g1', 'u1'],
  number: numbers,
  boolean: [true, false],
  date: days,
  datetime: [...times, '2026-05-10'],
};

/** Rows of every table: few, with nulls, duplicates, and values that are not of their column's type. */
export const worldArbitrary: fc.Arbitrary<Tables> = fc.record(
  Object.fromEntries(
    worldTables.map(({ system, table, columns }) => {
      const cell = (column: string, type: Type): fc.Arbitrary<Cell> => references[`${table}.${column}`] ?? cells[type];
      const row: fc.Arbitrary<Row> = fc.record(Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, cell(name, type)])));
      // The key of the one tree is unique, as keys are to be; those of the other tables are what systems give.
      const rows =
        table === 'departments'
          ? fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ({ id }) => id })
          : fc.oneof(
              { weight: 9, arbitrary: fc.array(row, { minLength: 2, maxLength: 7, size: 'max' }) },
              { weight: 1, arbitrary: fc.constant([]) },
            );
      return [`${system}.${table}`, rows];
    }),
  ),
);

/** Puts the rows into a vault the way a collection does, keys and references indexed. */
export function fillVault(vault: Vault, tables: Tables): void {
  vault.together(() => {
    for (const { system, table, columns } of worldTables) {
      const names = Object.keys(columns);
      const indexes = [
        ...new Set(
          worldRelations
            .flatMap(({ from, to }) => [from, to])
            .filter((ref) => ref.system === system && ref.table === table)
            .map(({ column }) => column),
        ),
      ];
      const staging = vault.stage(
        system,
        table,
        Object.entries(columns).map(([name, type]) => ({ name, type })),
        indexes,
      );
      const rows = tables[`${system}.${table}`] ?? [];
      staging.add(rows.map((row) => names.map((name) => row[name] ?? null)));
      staging.commit(evidenceOf(rows.length), undefined, { keep: 1 });
    }
  });
}
