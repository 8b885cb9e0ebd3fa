import type { ColumnType } from '../../model/connector/connector.ts';
import { catalogColumnType, type TableScript } from '../../model/script/table-scripts.ts';
import type { System } from '../../model/system/system.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import type { Evidence } from '../records.ts';
import { askVault } from '../scripts/ask-vault.ts';
import { loadScripts } from '../scripts/load-scripts.ts';
import { scriptGlobals } from '../scripts/script-globals.ts';
import { tableDigests } from '../scripts/table-digests.ts';
import type { CreateScriptRunner, ScriptServices } from '../scripts/script-runner.ts';
import { rowExistsIn } from '../vault/row-exists.ts';
import type { RowExists, StagedColumn, Staging, Vault } from '../vault/vault.ts';
import { timeZoneOf } from '../workspace/time-zone.ts';

/**
 * The vault, as a collection of a system fills it: rows of tables with script columns get them on their way. A row whose script fails has
 * null there, and the table says so. `now`: what `new Date()` is for scripts; `exists`: what they ask, if not the vault that is filled.
 */
export async function withTableScripts(
  vault: Vault,
  system: System,
  workspace: Pick<Workspace, 'libraries' | 'settings' | 'catalog'>,
  now: number,
  exists: RowExists = rowExistsIn(vault),
): Promise<Vault> {
  const scripts = new Map(system.tables.flatMap(({ name, scripts = [] }) => (scripts.length > 0 ? [[name.text, scripts] as const] : [])));
  if (scripts.size === 0) return vault;
  const create = await loadScripts();
  const services: ScriptServices = {
    now,
    timeZone: timeZoneOf({ workspace }),
    globals: scriptGlobals(workspace),
    exists: askVault(workspace.catalog, exists),
  };
  const stage: Vault['stage'] = (owner, table, columns, indexes) => {
    const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
    const own = owner === system.name ? (scripts.get(table) ?? []).filter(({ name }) => !taken.has(name.text.toLowerCase())) : [];
    if (own.length === 0) return vault.stage(owner, table, columns, indexes);
    const more = own.map((script) => ({ name: script.name.text, type: catalogColumnType(script) }));
    return computing(vault.stage(owner, table, [...columns, ...more], indexes), own, {
      table,
      columns,
      create,
      services,
      digests: tableDigests(own, workspace),
    });
  };
  return Object.assign(Object.create(vault) as Vault, { stage });
}

interface Around {
  readonly table: string;
  readonly columns: readonly StagedColumn[];
  readonly create: CreateScriptRunner;
  readonly services: ScriptServices;
  readonly digests: NonNullable<Evidence['scripts']>;
}

/** A staging that adds to each row what scripts make of it. */
function computing(staging: Staging, scripts: readonly TableScript[], { table, columns, create, services, digests }: Around): Staging {
  const runner = create(
    {
      inputs: columns.map(({ name, type }, index) => ({ alias: table, column: name, type: type satisfies ColumnType, index })),
      presences: [],
      columns: scripts.map(({ name, type, code }) => ({ name: name.text, type, code })),
    },
    services,
  );
  let failed = 0;
  let first: string | undefined;
  const done: Pick<Staging, 'commit' | 'hold' | 'discard'> = {
    commit: (evidence, ...arrival) => {
      runner.dispose();
      return staging.commit({ ...evidence, scripts: digests }, ...arrival);
    },
    hold: (evidence, ...arrival) => {
      runner.dispose();
      return staging.hold({ ...evidence, scripts: digests }, ...arrival);
    },
    discard: () => {
      runner.dispose();
      staging.discard();
    },
  };
  return {
    columns: staging.columns,
    get count() {
      return staging.count;
    },
    duplicates: (key) => staging.duplicates(key),
    index: () => staging.index(),
    ...done,
    add(rows) {
      const made = runner.run(rows);
      for (const { problem } of made) {
        if (problem === null) continue;
        failed++;
        first ??= problem;
      }
      staging.add(rows.map((row, i) => [...row, ...(made[i]?.values ?? scripts.map(() => null))]));
    },
    get notes() {
      if (first === undefined) return [];
      return [`Scripts failed in ${failed === 1 ? '1 row, which has' : `${failed} rows, which have`} nothing there. The first: ${first}`];
    },
  };
}
