import { describe, expect, test } from 'vitest';
import { catalogOf, type Catalog } from '../../../engine/model/system/catalog.ts';
import type { KeyColumn } from '../../../engine/model/system/key-columns.ts';
import { findBetween, findRelations } from '../../../engine/run/relations/find-relations.ts';
import type { FoundRelations, RelationCandidate } from '../../../engine/run/relations/relation-report.ts';
import { systemClock } from '../../../engine/run/system-clock.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { vaultWith, type GivenTable } from './vault-with.ts';

const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const departments: GivenTable = {
  columns: { id: 'text', name: 'text', parent: 'text', level: 'number' },
  rows: Array.from({ length: 30 }, (_, i) => [guid(i), `Department ${i}`, i === 0 ? null : guid(Math.floor(i / 3)), i % 4]),
};
const persons: GivenTable = {
  columns: { personId: 'text', mail: 'text', unit: 'text', chief: 'text', active: 'boolean', kind: 'text' },
  rows: Array.from({ length: 200 }, (_, i) => [
    `P${i}`,
    `p${i}@x.example`,
    guid(i % 30),
    i === 0 ? null : `p${Math.floor(i / 7)}@X.example`,
    i % 2,
    'person',
  ]),
};

const keys: readonly KeyColumn[] = [
  { system: 'hr', table: 'departments', column: 'id', kind: 'key' },
  { system: 'hr', table: 'persons', column: 'personId', kind: 'key' },
  { system: 'hr', table: 'persons', column: 'mail', kind: 'reference' },
];

const catalog = (relations: Catalog['relations'] = []): Catalog =>
  catalogOf(
    ['departments', 'persons', 'contracts'].map((table) => ({ system: 'hr', table, columns: [] })),
    relations,
  );

function find(vault: Vault, of = catalog()): FoundRelations {
  try {
    return findRelations(vault, of, keys, 'hr', { now: systemClock.now });
  } finally {
    vault.close();
  }
}

const words = ({ from, to, score, best }: RelationCandidate): string =>
  `${from.table}.${from.column} → ${to.table}.${to.column} ${score}${best ? ' best' : ''}`;

test('columns whose values are keys of another table, or of their own', () => {
  const { candidates, notCollected, stopped } = find(vaultWith({ 'hr.departments': departments, 'hr.persons': persons }));
  expect(candidates.map(words)).toEqual([
    'persons.unit → departments.id 100 best',
    'departments.parent → departments.id 100 best',
    // Only without regard to case, which no join has.
    'persons.chief → persons.mail 0',
  ]);
  expect(candidates[2]).toMatchObject({
    target: 'reference',
    folded: 29,
    values: 29,
    unmatched: expect.arrayContaining(['p0@X.example']) as unknown,
  });
  expect([notCollected, stopped]).toEqual([['hr.contracts'], false]);
});

test('what the data model says already is known', () => {
  const relation = {
    kind: 'reference' as const,
    from: { system: 'hr', table: 'persons', column: 'unit' },
    to: { system: 'hr', table: 'departments', column: 'id' },
  };
  const { candidates } = find(vaultWith({ 'hr.departments': departments, 'hr.persons': persons }), catalog([relation]));
  expect(candidates.map(({ known }) => known)).toEqual([true, false, false]);
});

test('a share of the values, with those that are not found', () => {
  const some: GivenTable = { columns: { personId: 'text', unit: 'text' }, rows: Array.from({ length: 40 }, (_, i) => [`P${i}`, guid(i)]) };
  const first = find(vaultWith({ 'hr.departments': departments, 'hr.persons': some })).candidates.find(
    ({ from }) => from.column === 'unit',
  );
  expect(first).toMatchObject({ score: 75, values: 40, found: 30, best: false });
  expect(first?.unmatched).toEqual([30, 31, 32, 33, 34].map(guid));
});

describe('small whole numbers', () => {
  const groups: GivenTable = { columns: { id: 'number', name: 'text' }, rows: Array.from({ length: 50 }, (_, i) => [i, `Group ${i}`]) };
  const numeric: readonly KeyColumn[] = [{ system: 'hr', table: 'groups', column: 'id', kind: 'key' }];
  const look = (column: string): RelationCandidate | undefined => {
    const vault = vaultWith({
      'hr.groups': groups,
      'hr.persons': { columns: { [column]: 'number' }, rows: Array.from({ length: 100 }, (_, i) => [i % 20]) },
    });
    const found = findRelations(vault, catalog(), numeric, 'hr', { now: systemClock.now });
    vault.close();
    return found.candidates[0];
  };

  test('fit many keys, and prove nothing', () => {
    expect(look('failures')).toMatchObject({ score: 100, best: false, doubt: 'small whole numbers, which fit many keys' });
  });

  test('unless the name says what is meant', () => {
    expect(look('groupId')).toMatchObject({ score: 100, best: true });
    expect(look('groupId')).not.toHaveProperty('doubt');
  });
});

test('texts and numbers are unlike, and no best candidates', () => {
  const vault = vaultWith({
    'hr.groups': { columns: { id: 'number' }, rows: [[1001], [2002], [3003], [900100]] },
    'hr.persons': { columns: { groupId: 'text' }, rows: [['1001'], ['900100']] },
  });
  const found = findRelations(vault, catalog(), [{ system: 'hr', table: 'groups', column: 'id', kind: 'key' }], 'hr', {
    now: systemClock.now,
  });
  expect(found.candidates).toMatchObject([{ types: ['text', 'number'], score: 0, folded: 2, best: false }]);
  vault.close();
});

test('between two systems any column counts that tells rows apart, and columns of secrets never', () => {
  const vault = vaultWith({
    'hr.persons': persons,
    'ad.users': {
      columns: { objectGuid: 'text', employee: 'text', mail: 'text', title: 'text', password: 'text' },
      rows: Array.from({ length: 180 }, (_, i) => [guid(9000 + i), `P${i}`, `p${i}@x.example`, 'person', `P${i}`]),
    },
  });
  const { candidates } = findBetween(
    vault,
    catalog(),
    { system: 'hr', table: 'persons' },
    { system: 'ad', table: 'users' },
    { now: systemClock.now },
  );
  expect(candidates.map(words).sort()).toEqual([
    'persons.chief → users.mail 0',
    'persons.mail → users.mail 90 best',
    'persons.personId → users.employee 90 best',
  ]);
  expect(
    findBetween(vault, catalog(), { system: 'hr', table: 'persons' }, { system: 'ad', table: 'groups' }, { now: systemClock.now }),
  ).toEqual({ candidates: [], notCollected: ['ad.groups'], stopped: false });
  vault.close();
});

test('time that is up stops the search and is said', () => {
  let now = 0;
  const vault = vaultWith({ 'hr.departments': departments, 'hr.persons': persons });
  const found = findRelations(vault, catalog(), keys, 'hr', { now: () => (now += 10), milliseconds: 5 });
  expect(found).toMatchObject({ candidates: [], stopped: true });
  vault.close();
});

test('of a large table some rows from all over it are looked at', () => {
  const rows = Array.from({ length: 400_000 }, (_, i) => [guid(i % 5_000), i < 200_000 ? `A${i}` : guid(i % 5_000), `x${i}`]);
  const vault = vaultWith({
    'hr.departments': { columns: { id: 'text' }, rows: Array.from({ length: 5_000 }, (_, i) => [guid(i)]), indexes: ['id'] },
    'hr.contracts': { columns: { departmentId: 'text', half: 'text', other: 'text' }, rows },
  });
  const { candidates } = findRelations(vault, catalog(), keys, 'hr', { now: systemClock.now });
  expect(candidates[0]).toMatchObject({ from: { column: 'departmentId' }, score: 100, sampled: true, best: true });
  // The first half of the rows has other values than the second.
  const half = candidates.find(({ from }) => from.column === 'half');
  expect(half?.score ?? 0).toBeLessThan(90);
  vault.close();
});
