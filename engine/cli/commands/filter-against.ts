import { filterEffect } from '../../run/filter/effect/filter-effect.ts';
import { systemClock } from '../../run/system-clock.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { exitCodes, neverAborted, type Io } from '../io.ts';
import { printComparison } from '../output/comparison.ts';
import { withCollectedAsync } from '../vault.ts';
import type { AskedFilter } from './filter.ts';

/** What the filter gives more, less and otherwise than it did in a commit. */
export async function compareFilter({ open, name, given, options, limit }: AskedFilter, revision: string, io: Io): Promise<number> {
  const effect = await withCollectedAsync(open, (vault) =>
    filterEffect(
      open,
      vault,
      { ...given, filter: name, against: 'commit', revision },
      { signal: neverAborted, now: () => systemClock.now(), today: todayIn(open), ...(limit !== undefined && { limit }) },
    ),
  );
  const { counts } = effect.comparison;
  const differences = counts.new + counts.gone + counts.changed;
  if (options.format === 'json') io.stdout(`${JSON.stringify({ version: 1, ...effect }, undefined, 2)}\n`);
  else {
    io.stdout(printComparison(effect.comparison, 'text', io.colour && options.color));
    if (effect.sameText && effect.alsoChanged.length === 0 && options.quiet !== true)
      io.stderr(`The filter is the same as in ${effect.against}.\n`);
  }
  return options.exitCode === true && differences > 0 ? exitCodes.changes : exitCodes.ok;
}
