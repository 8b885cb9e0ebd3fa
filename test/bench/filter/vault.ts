import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogOf, type Catalog, type Relation } from '../../../engine/model/system/catalog.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { evidenceOf } from '../../support/evidence.ts';

/** To be changed with anything below: a vault of another version is made anew. */
const version = 1;

export const sizes = { persons: 200_000, accounts: 300_000, members: 2_000_000, groups: 5_000, departments: 3_000 };

interface Made {
  readonly system: string;
  readonly table: string;
  readonly key?: string;
  readonly columns: readonly (readonly [string, ColumnType])[];
  /** As a collection indexes them: keys, references and relations. */
  readonly indexes: readonly string[];
  readonly count: number;
  readonly row: (index: number) => readonly Cell[];
}

const names = ['Anna', 'Johannes', 'Müller', 'de Vries', 'Jansen', 'Özdemir', 'Hannah', 'Strauß', 'Lopez', 'Bianca'];
const day = (n: number): string => `20${10 + (n % 16)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;

const tables: readonly Made[] = [
  {
    system: 'hr',
    table: 'departments',
    key: 'id',
    columns: [['id', 'number'], ['name', 'text'], ['parentId', 'number']], // oxfmt-ignore
    indexes: ['id', 'parentId'],
    count: sizes.departments,
    row: (i) => [i + 1, `Department ${i + 1}`, i === 0 ? null : Math.floor((i - 1) / 3) + 1],
  },
  {
    system: 'hr',
    table: 'persons',
    key: 'id',
    columns: [['id', 'text'], ['firstName', 'text'], ['lastName', 'text'], ['mail', 'text'], ['departmentId', 'number'], ['status', 'text'], ['active', 'boolean'], ['startDate', 'date'], ['salary', 'number']], // oxfmt-ignore
    indexes: ['id', 'departmentId'],
    count: sizes.persons,
    row: (i) => [`p${i}`, names[i % 7] ?? '', `${names[(i * 3) % 10] ?? ''} ${i % 4999}`, i % 9 === 0 ? null : `person.${i}@example.test`, 1 + (i % sizes.departments), i % 5 === 0 ? 'left' : 'active', i % 5 === 0 ? 0 : 1, day(i), i % 50 === 0 ? 'n/a' : 2_000 + (i % 4_000)], // oxfmt-ignore
  },
  {
    system: 'ad',
    table: 'accounts',
    key: 'id',
    columns: [['id', 'text'], ['userName', 'text'], ['employeeNumber', 'text'], ['enabled', 'boolean'], ['description', 'text']], // oxfmt-ignore
    indexes: ['id', 'employeeNumber'],
    count: sizes.accounts,
    row: (i) => [
      `u${i}`,
      `user${i}`,
      i % 3 === 2 ? null : `p${Math.floor(i * 0.6)}`,
      i % 11 === 0 ? 0 : 1,
      `account number ${i} of the directory`,
    ],
  },
  {
    system: 'ad',
    table: 'groups',
    key: 'id',
    columns: [['id', 'text'], ['displayName', 'text']], // oxfmt-ignore
    indexes: ['id'],
    count: sizes.groups,
    row: (i) => [`g${i}`, `Group ${i}`],
  },
  {
    system: 'ad',
    table: 'members',
    columns: [['group', 'text'], ['member', 'text']], // oxfmt-ignore
    indexes: ['group', 'member'],
    count: sizes.members,
    row: (i) => [`g${(i * 7) % sizes.groups}`, `u${Math.floor((i * 1.61803) % (sizes.accounts * 0.9))}`],
  },
];

const relation = (kind: Relation['kind'], from: string, to: string): Relation => {
  const ref = (text: string): Relation['from'] => {
    const [system = '', table = '', column = ''] = text.split('.');
    return { system, table, column };
  };
  return { kind, from: ref(from), to: ref(to) };
};

export const catalog: Catalog = catalogOf(
  tables.map(({ system, table, key, columns }) => ({
    system,
    table,
    ...(key !== undefined && { key }),
    columns: columns.map(([name, type]) => ({ name, type })),
  })),
  [
    relation('reference', 'hr.persons.departmentId', 'hr.departments.id'),
    relation('reference', 'hr.departments.parentId', 'hr.departments.id'),
    relation('reference', 'ad.members.group', 'ad.groups.id'),
    relation('reference', 'ad.members.member', 'ad.accounts.id'),
    relation('inter-system', 'hr.persons.id', 'ad.accounts.employeeNumber'),
  ],
);

/** The path of the vault, which is built by the first run and kept in the temporary folder. */
export function largeVault(): string {
  const folder = join(tmpdir(), 'sollist-bench-filter');
  const path = join(folder, `vault-${version}.db`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const making = `${path}.${process.pid}`;
  console.log('Building a vault of 200,000 persons, 300,000 accounts and 2,000,000 memberships …');
  const vault = openVault(making);
  for (const { system, table, columns, indexes, count, row } of tables) {
    const staging = vault.stage(
      system,
      table,
      columns.map(([name, type]) => ({ name, type })),
      indexes,
    );
    for (let from = 0; from < count; from += 5_000)
      staging.add(Array.from({ length: Math.min(5_000, count - from) }, (_, i) => row(from + i)));
    staging.index();
    staging.commit(evidenceOf(count));
  }
  vault.close();
  renameSync(making, path);
  for (const rest of ['-wal', '-shm']) rmSync(`${making}${rest}`, { force: true });
  return path;
}
