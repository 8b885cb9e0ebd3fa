import { filterLibraryOf } from '../../model/workspace/filter-library.ts';
import { lookInto } from '../../run/filter/insight/look-into.ts';
import type { FilterInsight } from '../../run/filter/insight/insight.ts';
import { systemClock } from '../../run/system-clock.ts';
import { timeZoneOf, todayIn } from '../../run/workspace/time-zone.ts';
import { readVault } from '../../run/vault/read-vault.ts';
import { pick, vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Milliseconds after which no further query begins. */
const patience = 2_000;

const nothing: FilterInsight = { steps: [], hazards: [], stopped: false, missing: [], without: [] };

/** Rows after each part of a filter, and its hazards; nothing where there is no vault. Neither the vault nor the history is touched. */
export const filterInsight: Run<'filterInsight'> = async ({ filter, parameters }, { open, signal }) => {
  const { workspace } = open;
  const { model } = pick('unknown-filter', 'filter', 'filters', workspace.filters, filter);
  const vault = readVault(vaultPath(open));
  if (!vault) return nothing;
  try {
    return await lookInto({
      document: model,
      catalog: workspace.catalog,
      library: filterLibraryOf(workspace),
      vault,
      parameters: new Map(Object.entries(parameters)),
      session: workspace.settings.session,
      today: todayIn(open),
      timeZone: timeZoneOf(open),
      signal,
      now: () => systemClock.now(),
      patience,
    });
  } finally {
    vault.close();
  }
};
