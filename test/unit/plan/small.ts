import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import { planMappingNamed, type PlannedMapping, type PlanOptions } from '../../../engine/run/plan/plan-mapping.ts';
import type { PlannedChange } from '../../../engine/run/plan/plan.ts';
import type { Cell, Evidence } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import type { OpenWorkspace } from '../../../engine/run/workspace/open-workspace.ts';
import { evidenceOf } from '../../support/evidence.ts';

export const smallFolder = join(import.meta.dirname, '../../fixtures/plan/small');

/** Tables as `vault.json` gives them. */
export type Tables = Readonly<
  Record<
    string,
    {
      readonly columns: Readonly<Record<string, ColumnType>>;
      readonly rows: readonly (readonly Cell[])[];
      readonly evidence?: Partial<Evidence>;
    }
  >
>;

export const smallTables = JSON.parse(readFileSync(join(smallFolder, 'vault.json'), 'utf8')) as Tables;

/** The small workspace; `changed` are files as text or JSON, in place of or beside its own. */
export function openSmall(changed: Readonly<Record<string, unknown>> = {}): OpenWorkspace {
  const files = new Map<string, string>();
  for (const path of readdirSync(smallFolder, { recursive: true, encoding: 'utf8' })) {
    if (/\.(json|filter)$/.test(path)) files.set(path.replaceAll('\\', '/'), readFileSync(join(smallFolder, path), 'utf8'));
  }
  for (const [path, content] of Object.entries(changed)) files.set(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { folder: smallFolder, files, workspace: createWorkspaceReader()(files) };
}

/** A file of the small workspace with some of its properties replaced. */
export function changedFile(path: string, changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { [path]: { ...(JSON.parse(readFileSync(join(smallFolder, path), 'utf8')) as object), ...changes } };
}

/** A vault in memory that holds these tables, each complete unless its evidence says otherwise. */
export function vaultOf(tables: Tables = smallTables): Vault {
  const vault = openVault(':memory:');
  for (const [name, { columns, rows, evidence }] of Object.entries(tables)) {
    const [system = '', table = ''] = name.split('.');
    const staging = vault.stage(
      system,
      table,
      Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    );
    staging.add(rows);
    const time = Date.UTC(2026, 4, 10, 8);
    staging.commit(evidenceOf(rows.length, { startedAt: time, endedAt: time, ...evidence }));
  }
  return vault;
}

/** The tables with one of them changed. */
export function withTable(name: string, change: Partial<Tables[string]>): Tables {
  const table = smallTables[name];
  if (!table) throw new Error(`no table ${name}`);
  return { ...smallTables, [name]: { ...table, ...change } };
}

export const secretValues = { DIR_PASSWORD: 'pass-word-of-dir', SOLLIST_SECRET_DIR_KEY: 'key-of-dir' } as const;

export const options: PlanOptions = {
  env: secretValues,
  today: '2026-05-10',
  allowIncomplete: new Set(),
  signal: new AbortController().signal,
};

/** Plans one mapping of the small workspace. */
export function planSmall(
  mapping: string,
  given: { readonly files?: Readonly<Record<string, unknown>>; readonly tables?: Tables; readonly allow?: readonly string[] } = {},
): PlannedMapping {
  const vault = vaultOf(given.tables);
  try {
    return planMappingNamed(openSmall(given.files), vault, mapping, { ...options, allowIncomplete: new Set(given.allow) });
  } finally {
    vault.close();
  }
}

/** The change of one key. */
export function changeOf({ plan }: PlannedMapping, key: string): PlannedChange {
  const change = plan.changes.find((candidate) => candidate.key === key);
  if (!change) throw new Error(`no change for ${key}; there are ${plan.changes.map((candidate) => candidate.key).join(', ')}`);
  return change;
}
