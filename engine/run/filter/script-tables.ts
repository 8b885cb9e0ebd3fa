import type { CompiledStage } from '../../model/filter/compiled.ts';
import type { Catalog } from '../../model/system/catalog.ts';
import type { Workspace } from '../../model/workspace/workspace.ts';
import { SollistError } from '../error.ts';
import { askVault } from '../scripts/ask-vault.ts';
import type { CreateScriptRunner, ScriptGlobal } from '../scripts/script-runner.ts';
import type { ComputedTable } from '../vault/vault.ts';

let create: CreateScriptRunner | undefined;

/** Loads the sandbox of scripts, once a process, where filters of a workspace have any; awaited before filters run. */
export async function prepareScripts({ filters }: Pick<Workspace, 'filters'>): Promise<void> {
  const inFilters = [...filters.values()].some(({ model }) => model.tree?.select?.items.some(({ kind }) => kind === 'script-item'));
  if (create || !inFilters) return;
  const { loadScripts } = await import('../scripts/load-scripts.ts');
  create = await loadScripts();
}

/** The sandbox that `prepareScripts` loaded. */
export function scriptSandbox(): CreateScriptRunner {
  if (!create) throw new SollistError('bug', 'Scripts were to run before their sandbox was loaded. Please report it.');
  return create;
}

/** Rows of a run whose script failed, also those that something after it left out. */
export interface FailedScripts {
  rows: number;
}

/** What runs the scripts of a filter between its two SELECTs. */
export function scriptTable(
  { table, source, columns, stage }: CompiledStage,
  {
    catalog,
    globals,
    timeZone,
    failed,
  }: {
    readonly catalog: Catalog;
    readonly globals: ReadonlyMap<string, ScriptGlobal>;
    /** By its name in the IANA database. */
    readonly timeZone: string;
    readonly failed?: FailedScripts;
  },
): ComputedTable {
  return {
    name: table,
    columns,
    source,
    open(exists) {
      const runner = scriptSandbox()(stage, {
        globals,
        timeZone,
        exists: askVault(catalog, exists),
      });
      return {
        compute(rows) {
          const scripted = runner.run(rows);
          // Once a row is scripted nobody else looks at it, and a million copies would cost as much as the scripts.
          rows.forEach((row, i) => {
            const made = scripted[i];
            for (const value of made?.values ?? []) row.push(value);
            row.push(made?.problem ?? null);
            if (failed && typeof made?.problem === 'string') failed.rows++;
          });
          return rows;
        },
        close: () => runner.dispose(),
      };
    },
  };
}
