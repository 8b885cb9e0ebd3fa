import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { readVault } from '../../../engine/run/vault/read-vault.ts';
import type { Query, Staging, Vault } from '../../../engine/run/vault/vault.ts';
import { rowsOf } from './support.ts';
import { makeOldVault, whole as evidence } from './vault-support.ts';

let folder: string;
let path: string;
const open: Vault[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-vault-'));
  path = join(folder, 'new', 'vault.db');
});
afterEach(() => {
  for (const vault of open.splice(0)) vault.close();
  rmSync(folder, { recursive: true });
});

function vaultAt(where = path): Vault {
  const vault = openVault(where);
  open.push(vault);
  return vault;
}

function stageIds(vault: Vault, ids: readonly string[], table = 'persons'): Staging {
  const staging = vault.stage('hr', table, [{ name: 'id', type: 'text' }], ['id', 'not there']);
  staging.add(ids.map((id) => [id]));
  return staging;
}

/** The vault's own tables, when nothing else is in it. */
const ownTables = ['answers', 'attempts', 'runs', 'sqlite_sequence', 'stagings', 'versions'];

const tablesOf = (vault: Vault): unknown[] =>
  [...vault.query({ sql: "select name from sqlite_schema where type = 'table' order by name", parameters: [] })].map(({ name }) => name);

test.each([':memory:', 'a file'])('rows are invisible until they are committed, and replace the table whole (%s)', (where) => {
  const vault = vaultAt(where === 'a file' ? path : where);
  const first = stageIds(vault, ['a', 'b']);
  expect(vault.tables()).toEqual([]);
  first.commit(evidence);
  expect(rowsOf(vault, 'hr', 'persons')).toEqual([{ id: 'a' }, { id: 'b' }]);
  const second = stageIds(vault, ['c', 'c', 'd', '', '']);
  expect(second.count).toBe(5);
  expect(second.duplicates('id')).toEqual({ count: 2, samples: ['c'] });
  expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(2);
  second.commit({ ...evidence, rows: 5 });
  expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(5);
  expect(vault.table('hr', 'persons')).toEqual({
    system: 'hr',
    table: 'persons',
    columns: [{ name: 'id', type: 'text' }],
    evidence: { ...evidence, rows: 5 },
    version: 2,
  });
  stageIds(vault, ['x']).discard();
  second.discard();
  expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(5);
  expect(vault.explain({ sql: 'select * from "hr.persons" where id = ?', parameters: ['c'] }).join()).toMatch(
    /USING (COVERING )?INDEX index~/,
  );
});

test('tables committed together are seen together or not at all', () => {
  const vault = vaultAt();
  const a = stageIds(vault, ['1'], 'a');
  const b = stageIds(vault, ['2'], 'b');
  expect(() =>
    vault.together(() => {
      a.commit(evidence);
      throw new Error('in between');
    }),
  ).toThrow('in between');
  expect(vault.tables()).toEqual([]);
  a.discard();
  b.discard();
  expect(tablesOf(vault)).toEqual(ownTables);
});

test('what a crashed run left is dropped, what a living one stages is not', () => {
  const running = vaultAt();
  const staging = stageIds(running, ['kept']);
  const raw = new Database(path);
  raw.exec(
    `create table "hr.persons~staging-1-1" (id); insert into stagings values ('hr.persons~staging-1-1', '999999999 gone'), ('hr.never~staging', '${process.pid} gone')`,
  );
  raw.close();
  const second = vaultAt();
  expect(tablesOf(second)).toEqual([...ownTables.slice(0, -1), expect.stringMatching(/^staging~\w+-1$/), 'versions']);
  staging.commit(evidence);
  expect(rowsOf(second, 'hr', 'persons')).toEqual([{ id: 'kept' }]);
  stageIds(running, ['forgotten']);
  running.close();
  expect(tablesOf(second)).toEqual(['answers', 'attempts', 'hr.persons', ...ownTables.slice(2)]);
});

test('names are only names, whatever they hold', () => {
  const vault = vaultAt();
  const names = ['a"b', "it's", '); drop table versions; --', 'ü', '', 'select', '[x]', '`y`', 'rowid', '__proto__', 'a b', '\ud800'];
  const staging = vault.stage(
    's"x',
    't.y"; --',
    names.map((name) => ({ name, type: 'text' as const })),
    names,
  );
  staging.add([names.map((_, i) => `v${i}`)]);
  staging.commit(evidence);
  const [row] = [...vault.query({ sql: 'select * from "s""x.t.y""; --"', parameters: [] })];
  expect(Object.keys(row ?? {})).toEqual(names.map((name) => name.toWellFormed()));
  expect(vault.table('s"x', 't.y"; --')?.columns).toHaveLength(names.length);
});

test('names that SQLite cannot tell apart are refused by name', () => {
  const vault = vaultAt();
  const column = (name: string): { readonly name: string; readonly type: 'text' } => ({ name, type: 'text' });
  expect(() => vault.stage('s', 't', [column('Mail'), column('mail')])).toThrow(
    expect.objectContaining({ code: 'vault-name-clash', message: expect.stringContaining('"Mail" and "mail"') as string }),
  );
  expect(() => vault.stage('s', 't', [column('É'), column('é')]).discard()).not.toThrow();
  expect(() => vault.stage('s', 't', [])).toThrow(expect.objectContaining({ code: 'vault-name-clash' }));
  expect(() =>
    vault.stage(
      's',
      't',
      Array.from({ length: 2001 }, (_, i) => column(`c${i}`)),
    ),
  ).toThrow(expect.objectContaining({ code: 'vault-name-clash' }));
  stageIds(vault, ['1']).commit(evidence);
  expect(() => stageIds(vault, ['1'], 'Persons')).toThrow(expect.objectContaining({ code: 'vault-name-clash' }));
  stageIds(vault, ['1'], 'a.b').commit(evidence);
  expect(() => vault.stage('hr.a', 'b', [column('id')])).toThrow(expect.objectContaining({ code: 'vault-name-clash' }));
  const [one, other] = [stageIds(vault, ['1'], 'new'), stageIds(vault, ['1'], 'NEW')];
  one.commit(evidence);
  expect(() => other.commit(evidence)).toThrow(expect.objectContaining({ code: 'vault-name-clash' }));
  expect(rowsOf(vault, 'hr', 'new')).toHaveLength(1);
});

test('cells come back as they went in', () => {
  const vault = vaultAt();
  const staging = vault.stage('s', 't', [
    { name: 'text', type: 'text' },
    { name: 'number', type: 'number' },
    { name: 'yes', type: 'boolean' },
  ]);
  const rows = [
    ['007', 7, 1],
    ['1e5', '12345678901234567890', 0],
    ['', '007', null],
    [null, 9007199254740991, 'maybe'],
    ['👩‍🚀', 0.1, null],
  ] as const;
  staging.add(rows);
  staging.commit(evidence);
  expect(rowsOf(vault, 's', 't').map((row) => Object.values(row))).toEqual(rows);
});

test.each([
  'drop table "hr.persons"',
  'delete from versions',
  'insert into stagings values (1,1) returning *',
  'update versions set name = 1',
  'pragma query_only = 0',
  "attach database 'x.db' as x",
  'begin',
  'vacuum',
  'select 1; drop table versions',
  'with x as (select 1) delete from versions',
  'explain select 1',
  'not sql',
  '',
])('a query cannot do this: %s', (sql) => {
  for (const vault of [vaultAt(), vaultAt(':memory:')]) {
    stageIds(vault, ['1']).commit(evidence);
    expect(() => [...vault.query({ sql, parameters: [] })]).toThrow(expect.objectContaining({ code: 'query-failed' }));
    expect(() => vault.explain({ sql, parameters: [] })).toThrow(expect.objectContaining({ code: 'query-failed' }));
    expect(vault.tables()).toHaveLength(1);
  }
});

test('a column of the catalog that was not collected is told from one that no table should have', () => {
  const text = { type: 'text' } as const;
  const catalog = {
    tables: [
      { system: 'crm', table: 'persons', columns: [{ name: 'mail', ...text }] },
      { system: 'hr', table: 'persons', columns: ['id', 'city', 'address.city'].map((name) => ({ name, ...text })) },
    ],
  };
  for (const vault of [vaultAt(), vaultAt(':memory:')]) {
    stageIds(vault, ['1']).commit(evidence);
    const failure = (column: string, work: (query: Query) => unknown = (query) => [...vault.query(query)]): unknown => {
      try {
        return work({ sql: `select p."${column}" from "hr.persons" as p`, parameters: [], catalog });
      } catch (error) {
        return error;
      }
    };
    const notCollected = {
      code: 'not-collected',
      subject: 'hr',
      message: expect.stringMatching(/^hr\.persons was collected without its column "address\.city"\./) as string,
    };
    expect(failure('address.city')).toMatchObject(notCollected);
    expect(failure('address.city', (query) => vault.explain(query))).toMatchObject(notCollected);
    // Nothing that an author could collect.
    for (const slip of ['nope', 'mail']) expect(failure(slip)).toMatchObject({ code: 'query-failed' });
    expect(failure('id')).toEqual([{ id: '1' }]);
  }
});

test('a query may stream while a table is replaced under it', () => {
  const vault = vaultAt();
  stageIds(
    vault,
    Array.from({ length: 100 }, (_, i) => `old${i}`),
  ).commit(evidence);
  const rows = vault.query({ sql: 'select id from "hr.persons"', parameters: [] });
  expect(rows.next().value).toEqual({ id: 'old0' });
  stageIds(vault, ['new']).commit(evidence);
  expect([...rows]).toHaveLength(99);
  expect(rowsOf(vault, 'hr', 'persons')).toEqual([{ id: 'new' }]);
});

test('a file that is no vault is refused and left alone', () => {
  const file = join(folder, 'other.db');
  const refused: unknown = expect.objectContaining({
    code: 'vault-unreadable',
    message: expect.stringContaining('Move the file aside') as string,
  });
  writeFileSync(file, 'this is not a database at all, it is a letter');
  expect(() => openVault(file)).toThrow(refused);
  rmSync(file);
  const foreign = new Database(file);
  foreign.exec('create table mine (x)');
  foreign.close();
  expect(() => openVault(file)).toThrow(refused);

  const vault = openVault(path);
  stageIds(
    vault,
    Array.from({ length: 5000 }, (_, i) => `row ${i}`),
  ).commit(evidence);
  vault.close();
  truncateSync(path, 20_000);
  expect(() => {
    const damaged = vaultAt();
    damaged.tables();
    rowsOf(damaged, 'hr', 'persons');
  }).toThrow(expect.objectContaining({ code: expect.stringMatching(/^vault-unreadable$/) as string }));

  const newer = new Database(join(folder, 'newer.db'));
  newer.pragma('application_id = 1397509204');
  newer.pragma('user_version = 99');
  newer.close();
  expect(() => openVault(join(folder, 'newer.db'))).toThrow(
    expect.objectContaining({ code: 'vault-unreadable', message: expect.stringContaining('newer Sollist') as string }),
  );
  expect(() => openVault(folder)).toThrow(expect.objectContaining({ code: 'vault-unwritable' }));
  expect(() => openVault(join(file, 'below.db'))).toThrow(expect.objectContaining({ code: 'vault-unwritable' }));
});

test('two runs in one process stage the same table without touching each other', () => {
  const [one, other] = [vaultAt(), vaultAt()];
  const [first, second] = [stageIds(one, ['one']), stageIds(other, ['other'])];
  first.commit(evidence);
  second.commit(evidence);
  expect(rowsOf(one, 'hr', 'persons')).toEqual([{ id: 'other' }]);
});

test('whole numbers stay whole, as text too, and case folds for all of Unicode', () => {
  const vault = openVault(':memory:');
  const staging = vault.stage('hr', 'numbers', [
    { name: 'n', type: 'number' },
    { name: 't', type: 'text' },
  ]);
  staging.add([
    [5, 7],
    [1.5, 'ÄRGER'],
  ]);
  staging.commit({ ...evidence, rows: 2 });
  const rows = [
    ...vault.query({ sql: `select n || '' as n, t, ? || '' as p, sollist_fold(t) as f from "hr.numbers" order by n`, parameters: [9] }),
  ];
  expect(rows).toEqual([
    { n: '1.5', t: 'ÄRGER', p: '9', f: 'ärger' },
    { n: '5', t: '7', p: '9', f: '7' },
  ]);
  vault.close();
});

test('an attempt that brought nothing is remembered until the table is collected', () => {
  const vault = vaultAt();
  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 1 });
  expect(vault.tables()).toEqual([]);
  stageIds(vault, ['a']).commit(evidence);
  expect(vault.table('hr', 'persons')).not.toHaveProperty('lastAttempt');
  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 5, message: 'why' });
  vault.noteAttempt('hr', 'persons', { state: 'cancelled', at: 7 });
  vault.noteAttempt('hr', 'others', { state: 'failed', at: 8 });
  expect(vault.table('hr', 'persons')?.lastAttempt).toEqual({ state: 'cancelled', at: 7 });
  const aborted = stageIds(vault, ['b']);
  expect(() =>
    vault.together(() => {
      aborted.commit(evidence);
      throw new Error('in between');
    }),
  ).toThrow('in between');
  expect(vault.table('hr', 'persons')?.lastAttempt?.state).toBe('cancelled');
});

test.each([1, 2, 3] as const)('a vault of version %i is read, and learns what it did not know', (version) => {
  makeOldVault(path, version, ['a', 'b']);
  const reader = readVault(path);
  expect(reader?.tables()).toMatchObject([{ system: 'hr', table: 'persons', version: 1, evidence: { rows: 2 } }]);
  expect(reader?.versions()).toMatchObject([{ id: 1, state: 'current', pinned: false, batch: 1 }]);
  expect(reader?.compare(1, 1).counts).toEqual({ same: 2, changed: 0, new: 0, gone: 0 });
  reader?.close();

  const vault = vaultAt();
  expect(tablesOf(vault)).not.toContain('collections');
  expect(rowsOf(vault, 'hr', 'persons')).toEqual([{ id: 'a' }, { id: 'b' }]);
  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 5, message: 'why' });
  expect(vault.table('hr', 'persons')).toMatchObject({ lastAttempt: { state: 'failed', at: 5, message: 'why' } });
  stageIds(vault, ['c']).commit(evidence);
  expect(vault.versions()).toMatchObject([
    { id: 2, state: 'current', evidence: { rows: 1 } },
    { id: 1, state: 'past', evidence: { rows: 2 } },
  ]);
  vault.load(1, 9);
  expect(rowsOf(vault, 'hr', 'persons')).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(vault.explain({ sql: 'select * from "hr.persons" where id = ?', parameters: ['a'] }).join()).toMatch(/INDEX index~1-1/);
});
