import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SeenAnswer } from '../../../engine/model/connector/knowledge.ts';
import type { Cell, ColumnStatistics } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { readVault } from '../../../engine/run/vault/read-vault.ts';
import { mostRowsLookedAt, statisticsOf } from '../../../engine/run/vault/statistics.ts';
import type { StagedColumn, Vault } from '../../../engine/run/vault/vault.ts';
import { makeOldVault } from './vault-support.ts';
import { evidenceOf } from '../../support/evidence.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-statistics-'));
  path = join(folder, 'vault.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const evidence = evidenceOf(0, { startedAt: 1, endedAt: 2 });
const seen: SeenAnswer = { rows: 2, paths: [{ path: ['a', 'b.c'], types: ['text'], filled: 1, of: 2, samples: ['x'] }] };

function fill(vault: Vault, columns: readonly StagedColumn[], rows: readonly (readonly Cell[])[], answer?: SeenAnswer): void {
  const staging = vault.stage('hr', 'persons', columns);
  staging.add(rows);
  staging.commit({ ...evidence, rows: rows.length }, answer);
}

function columnsOf(columns: readonly StagedColumn[], rows: readonly (readonly Cell[])[]): readonly ColumnStatistics[] {
  const vault = openVault(':memory:');
  try {
    fill(vault, columns, rows);
    const held = vault.table('hr', 'persons');
    if (!held) throw new Error('the table is there');
    return statisticsOf(vault, held).columns;
  } finally {
    vault.close();
  }
}

test('how a table is filled', () => {
  const statistics = columnsOf(
    [
      { name: 'na"me', type: 'text' },
      { name: 'active', type: 'boolean' },
      { name: 'count', type: 'number' },
      { name: 'password', type: 'text' },
      { name: 'empty', type: 'text' },
    ],
    [
      ['Ann', 1, 0, 's3cret', null],
      ['Bob', 0, 7, 's3cret', ''],
      ['', null, 7, null, null],
      ['x'.repeat(500), 1, null, 'other', null],
    ],
  );
  expect(statistics).toEqual([
    { name: 'na"me', filled: 3, distinct: 3, samples: ['Ann', 'Bob', `${'x'.repeat(59)}…`] },
    { name: 'active', filled: 3, distinct: 2, samples: ['true', 'false'] },
    { name: 'count', filled: 3, distinct: 2, samples: ['0', '7'] },
    { name: 'password', filled: 3, distinct: 2, samples: [], secret: true },
    { name: 'empty', filled: 0, distinct: 0, samples: [] },
  ]);
  expect(JSON.stringify(statistics)).not.toContain('s3cret');
});

test('a large table is looked at in part, a wide one whole', () => {
  const many = Array.from({ length: mostRowsLookedAt + 50 }, (_, i): readonly Cell[] => [i < mostRowsLookedAt ? `v${i}` : null]);
  const vault = openVault(':memory:');
  fill(vault, [{ name: 'id', type: 'text' }], many);
  const held = vault.table('hr', 'persons');
  expect(held && statisticsOf(vault, held)).toMatchObject({
    rows: mostRowsLookedAt + 50,
    looked: mostRowsLookedAt,
    columns: [{ filled: mostRowsLookedAt, distinct: 1000, more: true }],
  });
  vault.close();
  const wide = Array.from({ length: 1200 }, (_, i): StagedColumn => ({ name: `c${i}`, type: 'text' }));
  expect(columnsOf(wide, [wide.map(({ name }) => name)]).map(({ filled, samples }) => [filled, ...samples])).toEqual(
    wide.map(({ name }) => [1, name]),
  );
});

test('what the answers held is swapped together with the table, and a table collected without leaves none', () => {
  const vault = openVault(path);
  const columns = [{ name: 'id', type: 'text' }] as const;
  fill(vault, columns, [['1']], seen);
  expect(vault.answers()).toEqual([{ system: 'hr', table: 'persons', at: 2, answer: seen }]);
  const staging = vault.stage('hr', 'persons', columns);
  expect(() =>
    vault.together(() => {
      staging.commit(evidence, { rows: 0, paths: [] });
      throw new Error('in between');
    }),
  ).toThrow('in between');
  staging.discard();
  expect(vault.answers()[0]?.answer).toEqual(seen);
  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 9 }, 'items');
  vault.noteAttempt('hr', 'never', { state: 'failed', at: 9 }, 'data.it"em');
  vault.noteAttempt('hr', 'other', { state: 'failed', at: 9 });
  expect(vault.answers()).toEqual([
    { system: 'hr', table: 'never', at: 9, answer: { rows: 0, paths: [], wrapped: 'data.it"em' } },
    { system: 'hr', table: 'persons', at: 9, answer: { ...seen, wrapped: 'items' } },
  ]);
  fill(vault, columns, [['1']]);
  expect(vault.answers().map(({ table }) => table)).toEqual(['never']);
  vault.close();
});

test('reading makes no vault, and changes none', () => {
  expect(readVault(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
  const vault = openVault(path);
  fill(vault, [{ name: 'id', type: 'text' }], [['1']], seen);
  vault.close();
  const before = statSync(path).mtimeMs;
  const reader = readVault(path);
  expect(reader?.tables()).toMatchObject([{ system: 'hr', table: 'persons' }]);
  expect(reader?.answers()).toMatchObject([{ answer: seen }]);
  expect([...(reader?.query({ sql: 'select id from "hr.persons"', parameters: [] }) ?? [])]).toEqual([{ id: '1' }]);
  expect(() => [...(reader?.query({ sql: 'delete from answers', parameters: [] }) ?? [])]).toThrow();
  reader?.close();
  expect(statSync(path).mtimeMs).toBe(before);
  expect(readdirSync(folder)).toEqual(['vault.db']);
});

/** Rights do not bind root, so whoever that is becomes somebody else. */
const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

function runs(code: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, ['--input-type=module', '-e', code, ...args], { encoding: 'utf8', stdio: 'pipe', ...somebody });
}

test('a vault in a folder that cannot be written is read all the same', ({ skip }) => {
  const module = new URL('../../../engine/run/vault/read-vault.ts', import.meta.url);
  try {
    runs("import { accessSync } from 'node:fs'; accessSync(process.argv[1]);", fileURLToPath(module));
  } catch {
    skip('nobody but root may read the repository here');
  }
  const vault = openVault(path);
  fill(vault, [{ name: 'id', type: 'text' }], [['1'], ['2']], seen);
  vault.close();
  chmodSync(folder, 0o555);
  try {
    const code = `import { readVault } from ${JSON.stringify(module.href)};
      const vault = readVault(process.argv[1]);
      console.log(JSON.stringify([vault.answers().length, [...vault.query({ sql: 'select id from "hr.persons"', parameters: [] })]]));
      vault.close();`;
    expect(JSON.parse(runs(code, path))).toEqual([1, [{ id: '1' }, { id: '2' }]]);
    expect(readdirSync(folder)).toEqual(['vault.db']);
  } finally {
    chmodSync(folder, 0o755);
  }
});

test('an empty file is a vault without tables; one that is something else is refused', () => {
  new Database(path).close();
  const empty = readVault(path);
  // SQLite makes the file only when something is written.
  expect(existsSync(path) ? empty?.tables() : []).toEqual([]);
  empty?.close();
  const other = join(folder, 'other.db');
  const foreign = new Database(other);
  foreign.exec('create table mine (x)');
  foreign.close();
  expect(() => readVault(other)).toThrow(expect.objectContaining({ code: 'vault-unreadable' }));
});

test.each([1, 2] as const)('a vault of version %i is read as it is, and learns to keep answers when it is next opened', (version) => {
  makeOldVault(path, version, ['1']);

  const reader = readVault(path);
  expect(reader?.tables()).toMatchObject([{ system: 'hr', table: 'persons' }]);
  expect(reader?.answers()).toEqual([]);
  reader?.close();

  const vault = openVault(path);
  expect(vault.tables()).toMatchObject([{ table: 'persons', evidence: { rows: 1 } }]);
  expect(vault.answers()).toEqual([]);
  fill(vault, [{ name: 'id', type: 'text' }], [['2']], seen);
  expect(vault.answers()).toMatchObject([{ table: 'persons', answer: seen }]);
  vault.close();
  const after = new Database(path, { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(4);
  after.close();
});
