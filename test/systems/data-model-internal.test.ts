import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runCollection, type CollectionWish } from '../../engine/run/collect/run-collection.ts';
import { filterRows } from '../../engine/run/filter/filter-rows.ts';
import type { CollectionReport, Evidence } from '../../engine/run/records.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { wholeTable } from '../../engine/run/vault/whole-table.ts';
import { openWorkspace, type OpenWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import { writeFiles } from '../support/write-files.ts';
import { testRun } from '../unit/run/support.ts';

const folders: string[] = [];
const vaults: Vault[] = [];
afterEach(() => {
  for (const vault of vaults.splice(0)) vault.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function workspaceWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-internal-'));
  folders.push(folder);
  writeFiles(folder, { 'sollist.json': { name: 'Test' }, ...files });
  return folder;
}

interface Collected {
  readonly open: OpenWorkspace;
  readonly report: CollectionReport;
  readonly vault: Vault;
  rows(table: string): readonly Readonly<Record<string, unknown>>[];
  evidence(table: string): Evidence;
}

async function collect(folder: string, wish: Partial<CollectionWish> = {}): Promise<Collected> {
  const vault = openVault(':memory:');
  vaults.push(vault);
  const open = openWorkspace(folder);
  const report = await runCollection(open, { system: 'internal', ...wish }, { env: {}, secrets: new Map() }, vault, testRun().context);
  return {
    open,
    report,
    vault,
    rows: (table) => [...vault.query(wholeTable('internal', table))],
    evidence(table) {
      const outcome = report.tables.find((one) => one.table === table);
      if (!outcome?.evidence) throw new Error(`${table}: ${outcome?.error?.message ?? 'no evidence'}`);
      return outcome.evidence;
    },
  };
}

const flags = 'ID,Create,ExpireDate,Note\nE1,true,2026-01-31,first\nE2,FALSE,,\n';

test('a folder of lookups alone is a system, with the tables of NIM beside them', async () => {
  const { open, rows, evidence, report } = await collect(workspaceWith({ 'lookups/OverrideFlags.csv': flags }));
  expect(open.workspace.systems.get('internal')?.path).toBe('lookups/OverrideFlags.csv');
  expect(report.tables.map(({ table, state }) => [table, state])).toEqual(
    ['OverrideFlags', 'users', 'groups', 'memberships', 'passwords', 'onboarding', 'password_reset'].map((table) => [table, 'collected']),
  );
  expect(rows('OverrideFlags')).toEqual([
    { ID: 'E1', Create: 1, ExpireDate: '2026-01-31', Note: 'first' },
    { ID: 'E2', Create: 0, ExpireDate: null, Note: null },
  ]);
  expect(evidence('OverrideFlags')).toMatchObject({ complete: true, rows: 2 });
  // Nobody knows the users that NIM has itself: no delete may rest on an empty table.
  expect(evidence('users')).toMatchObject({ complete: false, withoutFile: true, rows: 0 });
  expect(evidence('OverrideFlags')).not.toHaveProperty('withoutFile');
  expect(evidence('users').notes.join()).toContain('lookups/users.csv');
});

test('the columns, keys and relations of the tables of NIM stand in the catalog without a file', () => {
  const { workspace } = openWorkspace(workspaceWith({ 'lookups/Any.csv': 'ID\n1\n' }));
  const { tables, relations } = workspace.catalog;
  const users = tables.find(({ system, table }) => system === 'internal' && table === 'users');
  expect(users).toMatchObject({ key: 'ID', display: 'DisplayName' });
  expect(users?.columns.slice(0, 2)).toEqual([
    { name: 'ID', type: 'number' },
    { name: 'Name', type: 'text' },
  ]);
  expect(relations.map(({ from, to }) => `${from.table}.${from.column} ${to.table}.${to.column}`)).toEqual([
    'memberships.AccountID users.ID',
    'memberships.AccountID groups.ID',
    'memberships.GroupID groups.ID',
  ]);
});

test('a workspace without lookups has no internal system', () => {
  expect([...openWorkspace(workspaceWith({ 'filters/A.filter': '' })).workspace.systems.keys()]).toEqual([]);
});

test('files give rows to the tables of NIM; secrets among them are never read', async () => {
  const { rows, evidence } = await collect(
    workspaceWith({
      'lookups/users.csv': 'ID,Name,Enabled\n100000001,admin,true\n',
      'lookups/memberships.csv': 'GroupID;AccountID\n100000002;100000001\n',
      'lookups/passwords.csv': 'id,password_1\n1,geheim-123\n',
    }),
  );
  expect(rows('users')).toEqual([
    expect.objectContaining({ ID: 100000001, Name: 'admin', Enabled: 1, Email: null, DisplayName: null, ExternalID: null }),
  ]);
  expect(rows('memberships')).toEqual([{ GroupID: 100000002, AccountID: 100000001 }]);
  expect(rows('passwords')).toEqual([{ id: '1', password_1: null, password_2: null, password_3: null, password_4: null }]);
  expect(evidence('users').complete).toBe(true);
});

test('a lookup gives types, a key and automatic columns: numbers that go on, GUIDs that stay', async () => {
  const lookup = {
    columns: {
      ID: { type: 'number', auto: true },
      Guid: { type: 'text', auto: true },
      Since: { type: 'date', format: 'dd-MM-yyyy' },
      Code: 'text',
    },
    key: 'ID',
  };
  const first = 'ID,Code,Since\n,007,31-12-2025\n40,8,\n,007,31-12-2025\n7,9,\n';
  const folder = workspaceWith({ 'lookups/Overrides.csv': first, 'lookups/Overrides.json': lookup });
  const before = await collect(folder, { tables: ['Overrides'] });
  expect(before.rows('Overrides')).toMatchObject([
    { ID: 41, Code: '007', Since: '2025-12-31' },
    { ID: 40, Code: '8', Since: null },
    { ID: 42, Code: '007', Since: '2025-12-31' },
    { ID: 7, Code: '9', Since: null },
  ]);
  expect(before.evidence('Overrides')).toMatchObject({ complete: true, duplicates: { count: 0 } });
  expect(before.evidence('Overrides').notes.join('\n')).toContain('2 rows had no value for ID');
  const guids = before.rows('Overrides').map(({ Guid }) => String(Guid));
  expect(new Set(guids).size).toBe(4);
  for (const guid of guids) expect(guid).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);

  writeFiles(folder, { 'lookups/Overrides.csv': `ID,Code,Since\n50,new,\n${first.split('\n').slice(1).join('\n')}` });
  const after = await collect(folder, { tables: ['Overrides'] });
  expect(after.rows('Overrides').map(({ Guid }) => Guid)).toEqual([expect.any(String), ...guids]);
  expect(after.rows('Overrides').map(({ ID }) => ID)).toEqual([50, 51, 40, 52, 7]);
});

test('systems/internal.json adds key, display, references and relations', async () => {
  const { open, vault } = await collect(
    workspaceWith({
      'lookups/Overrides.csv': 'Key,GroupID,Who\n1,5,x\n',
      'systems/internal.json': {
        tables: { Overrides: { key: 'Key', display: 'Who', references: ['Who'], relations: { GroupID: ['groups', 'users'] } } },
      },
    }),
    { tables: ['Overrides'] },
  );
  const { catalog, systems } = open.workspace;
  expect(systems.get('internal')?.path).toBe('systems/internal.json');
  expect(catalog.tables.find(({ table }) => table === 'Overrides')).toMatchObject({ key: 'Key', display: 'Who' });
  expect(catalog.relations.filter(({ from }) => from.table === 'Overrides').map(({ to }) => to.table)).toEqual(['groups', 'users']);
  expect(vault.versions('internal', 'Overrides')[0]?.key).toBe('Key');
});

test('a lookup with errors, or without its rows, is not collected', async () => {
  await expect(
    collect(workspaceWith({ 'lookups/A.csv': 'ID\n1\n', 'lookups/A.json': { columns: { ID: { type: 'boolean', auto: true } } } })),
  ).rejects.toThrow(/lookups\/A\.json:\d+:\d+ must be mended first: Only numbers and texts can be "auto"/);
  const { report } = await collect(workspaceWith({ 'lookups/A.json': { columns: { ID: 'text' } } }), { tables: ['A'] });
  expect(report.tables).toMatchObject([{ state: 'failed', error: { code: 'file-missing' } }]);
});

test("a filter takes the people of a lookup out, and reads NIM's memberships through their link table", async () => {
  const { open, vault } = await collect(
    workspaceWith({
      'lookups/OverrideFlags.csv': flags,
      'lookups/OverrideFlags.json': { columns: { Create: 'boolean' }, key: 'ID' },
      'lookups/users.csv': 'ID,Name,ExternalID\n1,ann,E1\n2,bob,E2\n3,eve,E3\n',
      'lookups/groups.csv': 'ID,Name\n10,Desk\n',
      'lookups/memberships.csv': 'AccountID,GroupID\n1,10\n3,10\n',
      'filters/Plain.filter':
        'select u.Name from internal.users as u anti join internal.OverrideFlags as o on o.ID = u.ExternalID and o.Create = false order by u.Name',
      'filters/Desk.filter':
        'select u.Name from internal.groups as g join internal.users as u via internal.memberships(GroupID, AccountID) order by u.Name',
    }),
  );
  const names = (filter: string): readonly unknown[] =>
    [...filterRows(open, vault, filter, [], '2026-01-01').rows()].map(({ Name }) => Name);
  expect(names('Plain')).toEqual(['ann', 'eve']);
  expect(names('Desk')).toEqual(['ann', 'eve']);
});
