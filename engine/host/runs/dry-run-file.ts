import type { FilesSource } from '../../model/files/source.ts';
import type { System } from '../../model/system/system.ts';
import { withLastCollection, type AskedWithLast } from '../../run/collect/last-collection.ts';
import { withTableScripts } from '../../run/collect/table-scripts.ts';
import { collectFiles } from '../../run/files/collect-files.ts';
import { cancelled, SollistError } from '../../run/error.ts';
import { systemClock } from '../../run/system-clock.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { wholeTable } from '../../run/vault/whole-table.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { DryRunParameters, DryRunReport } from '../protocol.ts';
import { rowSetOf } from './row-set.ts';
import { contextOf, type RunScope } from './run.ts';

/** Reads the file of one table into a vault in memory: the dry run of a system of files. */
export async function dryRunFile(
  system: System,
  source: FilesSource,
  parameters: DryRunParameters,
  scope: RunScope,
): Promise<DryRunReport> {
  const { table, limits } = parameters;
  const { folder: root, workspace } = scope.open;
  const vault = openVault(':memory:');
  const last = withLastCollection(vault, () => vaultPath(scope.open));
  try {
    const filled = await withTableScripts(vault, system, workspace, systemClock.now(), last.exists);
    const report = await collectFiles(
      { system, source, root, data: workspace.data, vault: filled, tables: [table], limits },
      contextOf(scope),
    );
    const outcome = report.tables[0];
    if (!outcome) throw new SollistError('unknown-table', `The folder ${source.folder.text} has no file for a table "${table}".`);
    if (outcome.state === 'cancelled' || outcome.state === 'not-reached') throw cancelled();
    const collected = vault.table(system.name, table);
    return {
      system: system.name,
      table,
      startedAt: report.startedAt,
      endedAt: report.endedAt,
      limits,
      outcome,
      rowSet: collected ? rowSetOf(collected.columns, vault.query(wholeTable(system.name, table))) : { columns: [], rows: [], total: 0 },
      requests: [],
      ...askedIn(last),
    };
  } finally {
    last.close();
    vault.close();
  }
}

/** What a dry run reports of the last collection: which tables its scripts asked. */
export function askedIn(last: AskedWithLast): Pick<DryRunReport, 'asked'> {
  const asked = last.asked();
  return asked.length > 0 ? { asked } : {};
}
