import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSchema, newOwner } from '../../../engine/run/vault/schema.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { readVault } from '../../../engine/run/vault/read-vault.ts';
import { stage } from '../../../engine/run/vault/staging.ts';
import { rowsOf } from './support.ts';
import { commitRows } from './vault-support.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-runs-'));
  path = join(folder, 'vault.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const asked = { system: 'hr', tables: ['persons', 'contracts'], limits: { rows: 5 }, source: { kind: 'live' }, startedAt: 10 } as const;

test('a collection is remembered with what it asked for and what it brought in', () => {
  const vault = openVault(path);
  expect(vault.lastRun('hr')).toBeUndefined();
  const run = vault.beginRun(asked);
  expect(vault.lastRun('hr')).toEqual({ id: run, ...asked, state: 'running', collected: [] });
  expect(() => vault.resumeRun(run)).toThrow(expect.objectContaining({ code: 'collection-running' }));
  commitRows(vault, [['a']], { run });
  vault.endRun(run, 20);
  expect(vault.lastRun('hr')).toMatchObject({ state: 'ended', endedAt: 20, collected: ['persons'] });
  commitRows(vault, [['b']]);
  expect(vault.lastRun('hr')?.collected).toEqual([]);
  vault.forgetRun(run);
  expect(vault.lastRun('hr')).toBeUndefined();
  for (let i = 0; i < 30; i++) vault.endRun(vault.beginRun(asked), i);
  expect([...vault.query({ sql: 'select count(*) as n from runs', parameters: [] })]).toEqual([{ n: 20 }]);
  vault.close();
});

test('one that was killed can be gone on with, and no delete rests on what it did not bring in', () => {
  const first = openVault(path);
  commitRows(first, [['old']], { table: 'contracts' });
  const run = first.beginRun(asked);
  commitRows(first, [['a']], { run });
  first.close();

  const vault = openVault(path);
  expect(vault.lastRun('hr')).toMatchObject({ id: run, state: 'interrupted', collected: ['persons'] });
  expect(vault.table('hr', 'contracts')?.lastAttempt).toMatchObject({
    state: 'cancelled',
    at: 10,
    message: expect.stringContaining('--resume') as string,
  });
  expect(vault.table('hr', 'persons')).not.toHaveProperty('lastAttempt');
  vault.resumeRun(run);
  expect(vault.lastRun('hr')?.state).toBe('running');
  commitRows(vault, [['new']], { table: 'contracts', run });
  expect(vault.table('hr', 'contracts')).not.toHaveProperty('lastAttempt');
  vault.endRun(run, 30);
  vault.close();
});

test('the child tables of one that was killed are older than the attempt, too', () => {
  const first = openVault(path);
  const batch = commitRows(first, [['old']]);
  commitRows(first, [['old']], { table: 'persons_mails', batch });
  commitRows(first, [['old']], { table: 'groups' });
  first.beginRun({ ...asked, tables: ['persons'] });
  first.close();

  const vault = openVault(path);
  for (const table of ['persons', 'persons_mails']) expect(vault.table('hr', table)?.lastAttempt?.state, table).toBe('cancelled');
  expect(vault.table('hr', 'groups')).not.toHaveProperty('lastAttempt');
  vault.close();
});

test('a disk that is full is said so, and the table stays as it was', () => {
  const vault = openVault(path);
  commitRows(vault, [['good']]);
  vault.close();
  const database = new Database(path);
  createSchema(database);
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 20}`);
  const staging = stage(database, path, newOwner(), 1, {
    system: 'hr',
    table: 'persons',
    columns: [{ name: 'id', type: 'text' }],
    indexes: ['id'],
  });
  const full = expect.objectContaining({
    code: 'vault-full',
    message: expect.stringContaining('no room left on the disk') as string,
  }) as Error;
  expect(() => {
    for (let i = 0; i < 100; i++) staging.add(Array.from({ length: 500 }, (_, row) => [`row ${i} ${row} with some text`]));
  }).toThrow(full);
  staging.discard();
  database.close();
  const after = openVault(path);
  expect(rowsOf(after, 'hr', 'persons')).toEqual([{ id: 'good' }]);
  commitRows(after, [['better']]);
  expect(rowsOf(after, 'hr', 'persons')).toEqual([{ id: 'better' }]);
  after.close();
});

test('a staging that cannot be dropped when the vault is closed, on a full disk, say, fails nobody and is dropped later', () => {
  const vault = openVault(path);
  vault.stage('hr', 'persons', [{ name: 'id', type: 'text' }]).add([['a']]);
  const other = new Database(path);
  other.exec("create trigger full before delete on stagings begin select raise(abort, 'no room'); end");
  expect(() => vault.close()).not.toThrow();
  other.exec('drop trigger full');
  openVault(path).close();
  expect(other.prepare('select count(*) from stagings').pluck().get()).toBe(0);
  other.close();
});

test('a folder in place of a vault is told of', () => {
  mkdirSync(path);
  expect(() => readVault(path)).toThrow(expect.objectContaining({ code: 'vault-unwritable' }));
});
