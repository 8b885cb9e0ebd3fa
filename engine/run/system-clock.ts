import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './context.ts';

/** The clock of the machine, for the borders of the engine; everything inside is given one. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal });
  },
};
