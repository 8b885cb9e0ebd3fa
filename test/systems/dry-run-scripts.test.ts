import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CollectResult, DryRunReport } from '../../engine/host/protocol.ts';
import { createRunner } from '../../engine/host/runner.ts';
import type { RunLimits } from '../../engine/run/records.ts';
import { startServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const people = { first: 'nr,team\n1,a\n2,b\n', second: 'nr,team\n1,a\n2,b\n3,a\n' };

/** A workspace whose payroll asks which teams the office has, and which people it had itself. */
function workspace(more: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-dry-scripts-'));
  folders.push(folder);
  const scripts = {
    hasTeam: { code: "return vaultObjectExists('office', 'teams', people.team)", type: 'boolean' },
    known: { code: "return vaultObjectExists('payroll', 'people', people.nr)", type: 'boolean' },
  };
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'systems/payroll.json': { files: { folder: 'data/payroll' }, tables: { people: { key: 'nr', scripts } } },
    'systems/office.json': { files: { folder: 'data/office' }, tables: { teams: { key: 'id' } } },
    'data/payroll/people.csv': people.first,
    'data/office/teams.csv': 'id\na\n',
    ...more,
  });
  return folder;
}

const runner = createRunner({ env: {}, onProgress: () => undefined });
const input = (folder: string) => ({ runId: '1', folder, overlay: [], secrets: {} });
const collect = (folder: string, system: string): Promise<CollectResult> =>
  runner.collect({ ...input(folder), system }, new AbortController().signal);
const dryRun = (folder: string, limits: RunLimits = {}, table = 'people', system = 'payroll'): Promise<DryRunReport> =>
  runner.dryRun({ ...input(folder), connector: 'systems/payroll.json', system, table, limits }, new AbortController().signal);

const vaultOf = (folder: string): string => join(folder, '.sollist', 'vault.db');
const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Values of one column, row by row. */
function cells({ rowSet }: DryRunReport, column: string): readonly unknown[] {
  const at = rowSet.columns.findIndex(({ name }) => name === column);
  return rowSet.rows.map((row) => row[at]);
}

describe('a script that asks the vault, in a dry run', () => {
  test('sees the last collection of other tables, and of its own; the report says of when, and the vault stays as it was', async () => {
    const folder = workspace();
    const { endedAt } = await collect(folder, 'office');
    await collect(folder, 'payroll');
    writeFiles(folder, { 'data/payroll/people.csv': people.second });
    const before = digest(vaultOf(folder));
    const report = await dryRun(folder);
    expect(report.outcome.evidence?.notes).toEqual([]);
    expect(cells(report, 'nr')).toEqual(['1', '2', '3']);
    expect(cells(report, 'hasTeam')).toEqual([1, 0, 1]);
    expect(cells(report, 'known')).toEqual([1, 1, 0]);
    expect(report.asked?.map(({ system, table }) => `${system}.${table}`)).toEqual(['office.teams', 'payroll.people']);
    expect(report.asked?.[0]?.collectedAt).toBeLessThanOrEqual(endedAt);
    expect(digest(vaultOf(folder))).toBe(before);
  });

  test('fails where there is no vault, says what to collect, and makes none', async () => {
    const folder = workspace();
    const report = await dryRun(folder);
    expect(cells(report, 'hasTeam')).toEqual([null, null]);
    expect(report.outcome.evidence?.notes.join()).toContain(
      'office.teams is not in the vault, so nobody knows what is there. Collect office first',
    );
    expect(report.asked).toBeUndefined();
    expect(existsSync(vaultOf(folder))).toBe(false);
  });

  test('fails for a table that was not collected, and for that alone', async () => {
    const folder = workspace();
    await collect(folder, 'office');
    const report = await dryRun(folder);
    expect(cells(report, 'hasTeam')).toEqual([1, 0]);
    expect(cells(report, 'known')).toEqual([null, null]);
    expect(report.outcome.evidence?.notes.join()).toContain('payroll.people is not in the vault');
  });

  test('sees the vault of its environment', async () => {
    const folder = workspace({ 'sollist.json': { name: 'Test', environments: { test: {} } } });
    await collect(folder, 'office');
    await collect(folder, 'payroll');
    const other = await runner.dryRun(
      { ...input(folder), environment: 'test', connector: 'systems/payroll.json', system: 'payroll', table: 'people', limits: {} },
      new AbortController().signal,
    );
    expect(other.asked).toBeUndefined();
    expect(other.outcome.evidence?.notes.join()).toContain('office.teams is not in the vault');
  });

  test('fails with the reason where the vault cannot be read', async () => {
    const folder = workspace();
    writeFiles(folder, { '.sollist/vault.db': 'no database, but long enough to be taken for one' });
    const report = await dryRun(folder);
    expect(report.outcome.state).toBe('collected');
    expect(report.outcome.evidence?.notes.join()).toContain('is damaged or no database');
  });

  test('nobody asks: the vault is not even looked at', async () => {
    const folder = workspace();
    writeFiles(folder, { '.sollist/vault.db': 'no database' });
    const report = await dryRun(folder, {}, 'teams', 'office');
    expect(report.outcome).toMatchObject({ state: 'collected', evidence: { notes: [] } });
  });

  test('of an API, a parent table that a limit cut short is taken together with its last collection', async () => {
    await using server = await startServer(({ path }) =>
      path === '/users'
        ? { json: [{ id: 'u1' }, { id: 'u2' }] }
        : { json: [{ no: `b-${path.slice(-2)}`, of: path.slice(-2), other: 'u2' }] },
    );
    const connector = {
      schema: {
        crud_objects: {
          users: { key: 'id', resources: { id: 'string*' }, operations: { users_get: { method: 'get' } } },
          badges: {
            key: 'no',
            resources: { no: 'string*', of: 'string*', other: 'string*' },
            operations: {
              badges_get: { method: 'get', call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/badges/{iterator}' } },
            },
          },
        },
      },
      rest: { config: { baseUrl: server.url } },
    };
    const code = "return [badges.of, badges.other, 'u3'].map((id) => vaultObjectExists('crm', 'users', id)).join(' ')";
    const folder = workspace({
      'connectors/crm.json': connector,
      'systems/crm.json': { connector: 'crm', connection: {}, tables: { users: {}, badges: { scripts: { there: { code } } } } },
    });
    await collect(folder, 'crm');
    const report = await dryRun(folder, { rows: 1 }, 'badges', 'crm');
    expect(cells(report, 'there')).toEqual(['true true false']);
    expect(report.asked?.map(({ table }) => table)).toEqual(['users']);
  });
});
