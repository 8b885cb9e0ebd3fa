/** What one of several concurrent workers hands over, in its turn. */
export interface Turn {
  /** Runs `write` now if all earlier turns have ended, else when they have. */
  write(write: () => void): void;
  /** Ends the turn; what later turns have waited to write is written. */
  end(): void;
}

/** Turns in the order they were taken. */
export interface Order {
  /** Takes the next turn; waits while more than `window` turns are open, so that what waits stays small. */
  next(signal: AbortSignal): Promise<Turn>;
}

/**
 * Lets concurrent workers write in the order in which they began, whichever answers first: the same data make the same table, row by row.
 */
export function createOrder(window: number): Order {
  const open: { readonly waiting: (() => void)[]; ended: boolean }[] = [];
  let wake: (() => void)[] = [];

  const advance = (): void => {
    for (let head = open[0]; head !== undefined; head = open[0]) {
      for (const write of head.waiting.splice(0)) write();
      if (!head.ended) break;
      open.shift();
    }
    const woken = wake;
    wake = [];
    for (const go of woken) go();
  };

  return {
    async next(signal) {
      while (open.length >= window && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const go = (): void => {
            signal.removeEventListener('abort', go);
            resolve();
          };
          wake.push(go);
          signal.addEventListener('abort', go);
        });
      }
      const turn = { waiting: [] as (() => void)[], ended: false };
      open.push(turn);
      return {
        write(write) {
          if (open[0] === turn) write();
          else turn.waiting.push(write);
        },
        end() {
          turn.ended = true;
          advance();
        },
      };
    },
  };
}
