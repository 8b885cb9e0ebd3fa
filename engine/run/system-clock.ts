import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './context.ts';

/** The clock of the machine, for the borders of the engine; everything inside is given one. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal });
  },
};

/** Today as yyyy-mm-dd in the local time zone. */
export function today(clock: Clock = systemClock): string {
  const date = new Date(clock.now());
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
