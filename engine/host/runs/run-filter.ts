import { filterRows } from '../../run/filter/filter-rows.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { rowSetOf } from './row-set.ts';
import { systemClock, today } from '../../run/system-clock.ts';
import type { Run } from './run.ts';

/** Runs a filter over the vault. */
export const runFilter: Run<'runFilter'> = (parameters, scope) => {
  const startedAt = systemClock.now();
  scope.onProgress({ message: `Reading the vault for ${parameters.filter}` });
  const vault = openVault(vaultPath(scope.open));
  try {
    const values = Object.entries(parameters.parameters).map(([name, value]) => ({
      name: { text: name, span: { offset: 0, length: 0 } },
      value,
    }));
    const filter = filterRows(scope.open, vault, parameters.filter, values, today());
    const rowSet = rowSetOf(filter.typedColumns, filter.rows());
    return { filter: parameters.filter, milliseconds: systemClock.now() - startedAt, rowSet, sql: filter.sql };
  } finally {
    vault.close();
  }
};
