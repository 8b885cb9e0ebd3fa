import { offsetAt, dayLength } from '../../model/filter/time-zone.ts';
import type { Clock } from '../context.ts';
import { systemClock } from '../system-clock.ts';
import type { OpenWorkspace } from './open-workspace.ts';

type Settled = { readonly workspace: { readonly settings: Pick<OpenWorkspace['workspace']['settings'], 'timeZone'> } };

/** The time zone whose calendar counts, by its name in the IANA database: that of `sollist.json`, else the machine's. */
export function timeZoneOf({ workspace }: Settled): string {
  return workspace.settings.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Today, yyyy-mm-dd, by that calendar. */
export function todayIn(open: Settled, clock: Clock = systemClock): string {
  const now = clock.now();
  const days = Math.floor((now + offsetAt(timeZoneOf(open), now)) / dayLength);
  return new Date(days * dayLength).toISOString().slice(0, 10);
}
