import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { readVault } from '../../../engine/run/vault/read-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { rowsOf } from './support.ts';
import { commitRows, whole } from './vault-support.ts';

let folder: string;
let path: string;
let vault: Vault;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-versions-'));
  path = join(folder, 'vault.db');
  vault = openVault(path);
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true });
});

const idsOf = (table = 'persons'): unknown[] => rowsOf(vault, 'hr', table).map(({ id }) => id);
const statesOf = (table = 'persons'): string[] => vault.versions('hr', table).map(({ id, state }) => `${id} ${state}`);
const physicalTables = (): number =>
  [...vault.query({ sql: "select name from sqlite_schema where type = 'table' and name like 'version~%'", parameters: [] })].length;

function hold(ids: readonly string[], at: number): number {
  const staging = vault.stage('hr', 'persons', [{ name: 'id', type: 'text' }], ['id']);
  staging.add(ids.map((id) => [id]));
  return staging.hold({ ...whole, rows: ids.length, endedAt: at }, 'too few', { key: 'id' });
}

test('a commit keeps what it replaces, and a version that is loaded is the table again', () => {
  const first = commitRows(vault, [['a'], ['b']], { at: 10, key: 'id' });
  const second = commitRows(vault, [['b'], ['c']], { at: 20, key: 'id' });
  expect(statesOf()).toEqual([`${second} current`, `${first} past`]);
  expect(idsOf()).toEqual(['b', 'c']);
  expect([...vault.query(vault.wholeVersion(first))]).toEqual([{ id: 'a' }, { id: 'b' }]);

  expect(vault.load(first, 99)).toMatchObject([{ id: first, state: 'current', loadedAt: 99 }]);
  expect(idsOf()).toEqual(['a', 'b']);
  expect(vault.table('hr', 'persons')).toMatchObject({ version: first, loadedAt: 99, evidence: { endedAt: 10, rows: 2 } });
  expect(statesOf()).toEqual([`${second} past`, `${first} current`]);
  expect(vault.load(first, 100)).toMatchObject([{ loadedAt: 99 }]);

  vault.load(second, 101);
  expect(idsOf()).toEqual(['b', 'c']);
  expect(vault.versions('hr', 'persons')[1]).not.toHaveProperty('loadedAt');
});

test('the indexes of the current version are there again after loading; a past one has that of its key alone', () => {
  const staging = vault.stage(
    'hr',
    'persons',
    [
      { name: 'id', type: 'text' },
      { name: 'manager', type: 'text' },
    ],
    ['id', 'manager'],
  );
  staging.add([['1', '2']]);
  const first = staging.commit(whole, undefined, { key: 'id' });
  const indexes = (): readonly unknown[] =>
    [...vault.query({ sql: "select tbl_name || ':' || sql as text from sqlite_schema where name like 'index~%'", parameters: [] })].map(
      ({ text }) => String(text).replace(/ON .*\(/, '('),
    );
  expect(indexes()).toHaveLength(2);
  commitRows(vault, [['1']]);
  expect(indexes().filter((index) => String(index).startsWith('version~'))).toHaveLength(1);
  vault.load(first, 1);
  const explained = (column: string): string =>
    vault.explain({ sql: `select * from "hr.persons" where ${column} = ?`, parameters: ['1'] }).join();
  expect(explained('manager')).toContain('INDEX index~');
  expect(explained('id')).toContain('INDEX index~');
});

test('so many versions are kept as asked for; pinned ones do not count, and the file does not grow for ever', () => {
  const rows = Array.from({ length: 2_000 }, (_, i) => [`row ${i} of a table with some text in it`]);
  const first = commitRows(vault, rows, { at: 1, keep: 3 });
  vault.pin(first, true);
  const ids = Array.from({ length: 8 }, (_, i) => commitRows(vault, rows, { at: i + 2, keep: 3 }));
  expect(vault.versions('hr', 'persons').map(({ id }) => id)).toEqual([...ids.slice(-3).reverse(), first]);
  expect(physicalTables()).toBe(3);

  vault.close();
  const size = statSync(path).size;
  vault = openVault(path);
  for (let i = 0; i < 20; i++) commitRows(vault, rows, { at: i + 20, keep: 3 });
  vault.close();
  vault = openVault(path);
  expect(statSync(path).size).toBeLessThan(size * 1.5);

  vault.pin(first, false);
  commitRows(vault, [['x']], { keep: 1 });
  expect(statesOf()).toHaveLength(1);
  expect(physicalTables()).toBe(0);
});

test('test runs with a limit do not push out what the next collection is measured by', () => {
  const good = commitRows(vault, [['a'], ['b']], { keep: 2 });
  for (let i = 0; i < 4; i++) commitRows(vault, [['a']], { keep: 2, limited: true });
  expect(vault.yardstick('hr', 'persons')?.id).toBe(good);
  expect(statesOf()).toEqual(['5 current', `${good} past`]);
  const next = commitRows(vault, [['c']], { keep: 2 });
  expect(vault.yardstick('hr', 'persons')?.id).toBe(next);
  vault.load(good, 1);
  expect(vault.yardstick('hr', 'persons')?.id).toBe(good);
  expect(vault.yardstick('hr', 'never')).toBeUndefined();
});

test('what is held back leaves the table as it was, is noted as an attempt, and can be loaded', () => {
  const good = commitRows(vault, [['a'], ['b']], { at: 10, keep: 3 });
  const held = hold(['a'], 20);
  expect(idsOf()).toEqual(['a', 'b']);
  expect(vault.table('hr', 'persons')?.lastAttempt).toEqual({ state: 'held-back', at: 20, message: 'too few' });
  expect(statesOf()).toEqual([`${held} held-back`, `${good} current`]);
  const again = hold(['b'], 30);
  expect(statesOf()).toEqual([`${again} held-back`, `${good} current`]);

  vault.load(again, 40);
  expect(idsOf()).toEqual(['b']);
  expect(vault.table('hr', 'persons')).not.toHaveProperty('lastAttempt');
  expect(vault.table('hr', 'persons')).toMatchObject({ version: again, loadedAt: 40, evidence: { endedAt: 30 } });

  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 50 });
  vault.load(good, 60);
  expect(vault.table('hr', 'persons')?.lastAttempt?.state).toBe('failed');
});

test('a table and its child tables are loaded, pinned and dropped together', () => {
  const both = (id: string, at: number): number => {
    let batch = 0;
    vault.together(() => {
      batch = commitRows(vault, [[id]], { at, keep: 5 });
      commitRows(vault, [[`mail of ${id}`]], { table: 'persons_mails', at, keep: 5, batch });
    });
    return batch;
  };
  const [first] = [both('a', 10), both('b', 20)];
  const child = vault.versions('hr', 'persons_mails')[1];
  expect(child?.batch).toBe(first);
  vault.pin(first, true);
  expect(vault.versions().filter(({ pinned }) => pinned)).toHaveLength(2);
  expect(vault.load(child?.id ?? 0, 1)).toHaveLength(2);
  expect([idsOf(), idsOf('persons_mails')]).toEqual([['a'], ['mail of a']]);
  const second = vault.versions('hr', 'persons')[0]?.id ?? 0;
  vault.drop(second);
  expect(vault.versions()).toHaveLength(2);
  expect(() => vault.drop(first)).toThrow(expect.objectContaining({ code: 'version-in-use' }));
  for (const work of [
    () => vault.load(999, 1),
    () => vault.pin(999, true),
    () => vault.drop(999),
    () => vault.wholeVersion(999),
    () => vault.compare(first, Number.NaN),
  ])
    expect(work).toThrow(expect.objectContaining({ code: 'unknown-version' }));
});

test('names that look like those of versions, stagings or indexes are only names', () => {
  for (const table of ['version~1', 'persons~version-1', 'staging~1', 'index~1-1']) {
    commitRows(vault, [['a']], { table });
    commitRows(vault, [['b']], { table });
    expect(rowsOf(vault, 'hr', table)).toEqual([{ id: 'b' }]);
    const [, past] = vault.versions('hr', table);
    vault.load(past?.id ?? 0, 1);
    expect(rowsOf(vault, 'hr', table)).toEqual([{ id: 'a' }]);
  }
});

test('a version whose rows are read while it is dropped is read to its end', () => {
  const first = commitRows(
    vault,
    Array.from({ length: 500 }, (_, i) => [`old ${i}`]),
  );
  commitRows(vault, [['new']]);
  const rows = vault.query(vault.wholeVersion(first));
  rows.next();
  vault.drop(first);
  expect([...rows]).toHaveLength(499);
  expect(statesOf()).toHaveLength(1);
});

test('two who collect the same table keep both versions, and the last one is current', () => {
  const other = openVault(path);
  const [mine, theirs] = [vault, other].map((each) => each.stage('hr', 'persons', [{ name: 'id', type: 'text' }], ['id']));
  mine?.add([['mine']]);
  theirs?.add([['theirs']]);
  mine?.commit(whole);
  theirs?.commit(whole);
  expect(idsOf()).toEqual(['theirs']);
  expect(statesOf()).toEqual(['2 current', '1 past']);
  other.close();
});

test('a vault that is read only lists and compares', () => {
  commitRows(vault, [['a'], ['b']], { key: 'id', at: 10 });
  commitRows(vault, [['b'], ['c']], { key: 'id', at: 20 });
  const reader = readVault(path);
  const [after, before] = reader?.versions('hr') ?? [];
  expect(reader?.compare(before?.id ?? 0, after?.id ?? 0)).toMatchObject({ key: ['id'], counts: { same: 1, new: 1, gone: 1, changed: 0 } });
  expect(reader?.versions('other')).toEqual([]);
  reader?.close();
});
