import { filterEffect as effectOf } from '../../run/filter/effect/filter-effect.ts';
import { systemClock } from '../../run/system-clock.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import type { Run } from './run.ts';

/** Shows what an edit of a filter changes. */
export const filterEffect: Run<'filterEffect'> = async (wish, { open, signal, onProgress }) => {
  onProgress({ message: `Running ${wish.filter} as it is and as it was` });
  const vault = openVault(vaultPath(open));
  try {
    return await effectOf(open, vault, wish, {
      signal,
      now: () => systemClock.now(),
      today: todayIn(open),
      ...(wish.limit !== undefined && { limit: wish.limit }),
    });
  } finally {
    vault.close();
  }
};
