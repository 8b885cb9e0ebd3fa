import type { Clock } from '../../engine/run/context.ts';

/** A clock at the time of the machine, for servers that look at it; it goes on, and waits end, only when a test says so. */
export function steadyClock(): Clock & { pass(milliseconds: number): void; readonly waiting: number } {
  let now = Date.now();
  let waits: { readonly until: number; readonly end: () => void }[] = [];
  return {
    now: () => now,
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const wait = { until: now + milliseconds, end: resolve };
        waits.push(wait);
        signal.addEventListener('abort', () => {
          waits = waits.filter((each) => each !== wait);
          reject(signal.reason as Error);
        });
      }),
    pass(milliseconds) {
      now += milliseconds;
      const over = waits.filter(({ until }) => until <= now);
      waits = waits.filter(({ until }) => until > now);
      for (const { end } of over) end();
    },
    get waiting() {
      return waits.length;
    },
  };
}
