import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { readVault } from '../../../engine/run/vault/read-vault.ts';
import type { ComputedTable, Query, Vault } from '../../../engine/run/vault/vault.ts';
import { commitRows } from './vault-support.ts';

let folder = '';
let vault: Vault;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-computed-'));
  vault = openVault(join(folder, 'vault.db'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `hr.persons` with a column that doubles the number, and says how often it was asked and ended. */
function doubled(asked: { opened: number; closed: number; rows: number }, table = 'made'): ComputedTable {
  return {
    name: table,
    columns: ['id', 'twice'],
    source: { sql: 'SELECT "id" FROM "hr.persons" ORDER BY CAST("id" AS INTEGER)', parameters: [] },
    open(exists) {
      asked.opened++;
      return {
        compute(rows): readonly (readonly Cell[])[] {
          asked.rows += rows.length;
          return rows.map(([id = null]) => [id, exists('hr', 'persons', 'id', id) ? Number(id) * 2 : null]);
        },
        close: () => {
          asked.closed++;
        },
      };
    },
  };
}

const counts = (): { opened: number; closed: number; rows: number } => ({ opened: 0, closed: 0, rows: 0 });
const all = (query: Query, from: Pick<Vault, 'query'> = vault): unknown[][] => [...from.query(query)].map((row) => Object.values(row));
const some = (n: number): string[][] => Array.from({ length: n }, (_, i) => [String(i + 1)]);

describe('tables that are computed while a statement reads them', () => {
  it('can be sorted, joined and limited, and ask the same vault', () => {
    commitRows(vault, some(5));
    const asked = counts();
    const sql =
      'SELECT "id", "twice" FROM "made" WHERE "twice" > 4 AND "id" IN (SELECT "id" FROM "hr.persons") ORDER BY "twice" DESC LIMIT ?';
    expect(all({ sql, parameters: [2], computed: [doubled(asked)] })).toEqual([
      ['5', 10],
      ['4', 8],
    ]);
    expect(asked).toEqual({ opened: 1, closed: 1, rows: 5 });
  });
  it('end with the statement, also where it ends early', () => {
    commitRows(vault, some(5_000));
    const asked = counts();
    const rows = vault.query({ sql: 'SELECT "twice" FROM "made"', parameters: [], computed: [doubled(asked)] });
    expect(rows.next().value).toEqual({ twice: 2 });
    rows.return?.();
    expect(asked.closed).toBe(1);
    expect(asked.rows).toBeLessThan(200);
    // Nothing holds the vault any more: another version can come into use, and is read.
    commitRows(vault, [['7']]);
    expect(all({ sql: 'SELECT "twice" FROM "made"', parameters: [], computed: [doubled(asked)] })).toEqual([[14]]);
  });
  it('are read by themselves where nothing else is to be done', () => {
    commitRows(vault, some(2_500));
    const asked = counts();
    const direct = [{ name: '__proto__', place: 1 }];
    const rows = [...vault.query({ sql: 'SELECT nothing', parameters: [], computed: [doubled(asked)], direct })];
    expect(rows).toHaveLength(2_500);
    expect(Object.entries(rows[2_499] ?? {})).toEqual([['__proto__', 5_000]]);
    expect(asked).toEqual({ opened: 1, closed: 1, rows: 2_500 });
  });
  it('are the same over a vault that is only read', () => {
    commitRows(vault, some(3));
    const reader = readVault(join(folder, 'vault.db'));
    const query = { sql: 'SELECT sum("twice") AS "s" FROM "made"', parameters: [], computed: [doubled(counts())] };
    expect(reader && all(query, reader)).toEqual([[12]]);
    reader?.close();
  });
  it('are not mixed with rows of a later collection', () => {
    commitRows(vault, some(3));
    const table = doubled(counts());
    // Made ready after the first one, which must then notice that a collection came between.
    const late: ComputedTable = {
      ...doubled(counts(), 'late'),
      get columns() {
        commitRows(vault, some(4));
        return table.columns;
      },
    };
    const query = { sql: 'SELECT "twice" FROM "made" ORDER BY 1', parameters: [] };
    expect(() => all({ ...query, computed: [table, late] })).toThrow('A collection changed the vault');
    expect(all({ ...query, computed: [table] })).toEqual([[2], [4], [6], [8]]);
  });
  it('pass errors on', () => {
    commitRows(vault, some(3));
    const failing: ComputedTable = {
      ...doubled(counts()),
      open: () => {
        throw new Error('cannot begin');
      },
    };
    expect(() => all({ sql: 'SELECT "twice" FROM "made"', parameters: [], computed: [failing] })).toThrow('cannot begin');
  });
});
