import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { prepareScripts } from '../../../engine/run/filter/script-tables.ts';
import type { FilterWhy, WhyRowChoice, WhyStep } from '../../../engine/run/filter/filter-report.ts';
import { filterRows, type FilterRow } from '../../../engine/run/filter/filter-rows.ts';
import { explainRow } from '../../../engine/run/filter/why/explain-row.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import type { OpenWorkspace } from '../../../engine/run/workspace/open-workspace.ts';
import { catalog } from '../filter/catalog.ts';
import { whole } from '../run/vault-support.ts';

export type Rows = Readonly<Record<string, readonly (readonly Cell[])[]>>;

/** The day of every run here. */
export const day = '2026-05-10';

/** Persons, departments and accounts in which every reason occurs why a row is there or is not. */
export const world: Rows = {
  'hr.persons': [
    // employeeNumber firstName lastName mail departmentId status active startDate endDate salary
    ['1', 'Ann', 'Berg', 'ann@school.example', 1, 'active', 1, '2020-01-01', null, 3000],
    ['2', 'Bob', 'Cray', 'bob@school.example', 1, 'active', 1, '2020-01-01', '2026-06-30', 2900],
    ['3', 'Cid', 'Dunn', 'cid@school.example', 2, 'leaver', 0, '2020-01-01', '2026-01-31', 2500],
    ['4', 'Dan', 'Ekes', 'dan@school.example', 9, 'active', 1, '2020-01-01', null, 2600],
    ['5', 'Eve', 'Fohn', null, null, null, 1, '2020-01-01', null, 2700],
    ['E 07 ', 'Fay', 'Gray', 'fay@school.example', 3, 'active', 1, '2020-01-01', null, 2800],
  ],
  'hr.departments': [
    [1, 'IT', null],
    [2, 'Sales', 1],
    [3, 'Care', 1],
  ],
  'directory.users': [
    // id userName employeeNumber mail active
    ['u1', 'ann', '1', 'ann@school.example', 1],
    ['u2', 'bob', '2', 'bob@school.example', 1],
    ['u3', 'bob2', '2', 'bob2@school.example', 0],
    ['u4', 'cid', '3', 'cid@school.example', null],
    ['u6', 'fay', 'e 07', 'fay@school.example', 1],
  ],
  'directory.groups': [
    ['g1', 'Staff'],
    ['g2', 'VPN'],
  ],
  'directory.members': [
    ['g1', 'u1'],
    ['g1', 'u2'],
    ['g2', 'u2'],
    ['gone', 'u3'],
  ],
};

/** A vault in memory with these tables of the catalog; cells in the order of its columns, missing ones null. */
export function vaultOf(rows: Rows = world): Vault {
  const vault = openVault(':memory:');
  for (const { system, table, columns } of catalog.tables) {
    const cells = rows[`${system}.${table}`];
    if (!cells) continue;
    const staging = vault.stage(system, table, columns);
    staging.add(cells.map((row) => columns.map((_, i) => row[i] ?? null)));
    staging.commit({ ...whole, rows: cells.length });
  }
  return vault;
}

/** A workspace with these filters, by name, over the catalog of the filter tests. */
export function openWith(filters: Readonly<Record<string, string>>, settings: object = { name: 'Test' }): OpenWorkspace {
  const files = new Map<string, string>(Object.entries(filters).map(([name, text]) => [`filters/${name}.filter`, text]));
  files.set('sollist.json', JSON.stringify(settings));
  return { folder: '/nowhere', files, workspace: { ...createWorkspaceReader()(files), catalog } };
}

export interface Ask {
  readonly parameters?: Readonly<Record<string, string | number | boolean | null>>;
  readonly session?: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly rows?: Rows;
  readonly others?: Readonly<Record<string, string>>;
  readonly lookup?: string;
}

/** Asks a filter about the row of its start table with this key, or about any row. */
export async function why(text: string, choice: string | WhyRowChoice, ask: Ask = {}): Promise<FilterWhy> {
  const open = openWith({ F: text, ...ask.others }, ask.settings);
  await prepareScripts(open.workspace);
  const vault = vaultOf(ask.rows);
  const reference = ask.lookup === undefined ? 'F' : `F[${ask.lookup}]`;
  const given = { parameters: ask.parameters ?? {}, ...(ask.session && { session: ask.session }) };
  try {
    return explainRow(open, vault, reference, given, typeof choice === 'string' ? { kind: 'table', value: choice } : choice, day);
  } finally {
    vault.close();
  }
}

/** The step that dropped the row; a test fails where there is none. */
export function dropOf({ droppedBy, steps, sentence }: FilterWhy): WhyStep {
  const step = droppedBy === undefined ? undefined : steps[droppedBy];
  if (!step) throw new Error(`Nothing dropped the row: ${sentence}`);
  return step;
}

/** All rows of a filter. */
export async function rowsOf(text: string, ask: Ask = {}): Promise<readonly FilterRow[]> {
  const open = openWith({ F: text, ...ask.others });
  await prepareScripts(open.workspace);
  const vault = vaultOf(ask.rows);
  try {
    return [...filterRows(open, vault, ask.lookup === undefined ? 'F' : `F[${ask.lookup}]`, [], day).rowsWithProblems()];
  } finally {
    vault.close();
  }
}
