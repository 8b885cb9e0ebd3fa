import { filterRows, withLeftOut } from '../../run/filter/filter-rows.ts';
import { keyColumnOf, namedFilter } from '../../run/filter/named-filter.ts';
import { shownSql } from '../../run/filter/shown-sql.ts';
import { takeRows } from '../../run/filter/take-rows.ts';
import { chooseParameters } from '../../run/filter/used-parameters.ts';
import { basisOf } from '../../run/plan/basis.ts';
import { systemClock } from '../../run/system-clock.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Rows shown unless told otherwise, and at most. */
const usualRows = 10_000;
const mostRows = 20_000;

/** Runs a filter over the vault. */
export const runFilter: Run<'runFilter'> = async ({ filter: reference, limit, stream, ...given }, scope) => {
  const { open, signal, onProgress } = scope;
  const startedAt = systemClock.now();
  onProgress({ message: `Reading the vault for ${reference}` });
  const { name, bound } = namedFilter(open, reference);
  const { values, used } = chooseParameters(name, bound.parameters, given, open.workspace.settings.session);
  const vault = openVault(vaultPath(open));
  try {
    const made = filterRows(open, vault, reference, values, todayIn(open));
    const columns = made.typedColumns;
    const readAt = systemClock.now();
    const {
      rows,
      total,
      problems: shown,
      firstRowMilliseconds,
    } = await takeRows(columns, made.rowsWithProblems(), {
      limit: Math.min(Math.max(Math.trunc(limit ?? usualRows), 1), mostRows),
      signal,
      now: () => systemClock.now(),
      onCount: (count) => onProgress({ message: `Reading the vault for ${reference}: ${count} rows`, rows: count }),
      ...(stream === true && {
        onChunk: (from, chunk) => scope.onRows?.({ columns, from, rows: chunk }),
      }),
    });
    const problems = withLeftOut(shown, made);
    const key = keyColumnOf(bound);
    return {
      filter: reference,
      milliseconds: systemClock.now() - startedAt,
      ...(firstRowMilliseconds !== undefined && { firstRowMilliseconds: readAt - startedAt + firstRowMilliseconds }),
      rowSet: { columns, rows, total },
      sql: shownSql(made.query).sql,
      ...(key !== undefined && { key }),
      ...(problems && { problems }),
      restsOn: basisOf(vault, made.tables, open.workspace),
      parameters: used,
    };
  } finally {
    vault.close();
  }
};
