import { cancelled } from '../error.ts';

/**
 * Runs `work` over items, at most `sessions` at a time, in the order of the items. The first failure stops the others and is thrown when
 * they have stopped. `work` answers false to have no further items begun.
 */
export async function iterate<T>(
  items: Iterable<T>,
  sessions: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  // By hand: a joint signal of `AbortSignal.any` looks at its sources whenever it is asked, and it is asked often.
  const stop = new AbortController();
  const joint = stop.signal;
  const onAbort = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const failures: unknown[] = [];
  let more = true;

  const session = async (): Promise<void> => {
    while (more && !joint.aborted) {
      try {
        const next = iterator.next();
        if (next.done === true) return;
        if (!(await work(next.value, joint))) more = false;
      } catch (error) {
        // What the others throw because they were stopped comes after the cause.
        failures.push(error);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, sessions) }, session));
  signal.removeEventListener('abort', onAbort);
  iterator.return?.();
  if (failures.length > 0) throw failures[0];
  if (signal.aborted) throw cancelled();
}
