import { expect, test } from 'vitest';
import { runAgainAndAgain } from '../../../client/features/expectations/again.ts';

/** Something that can be listened to, as far as it is looked at here. */
function emitter() {
  const listeners = new Set<() => void>();
  const event = (listener: () => void) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  const fire = (): void => [...listeners].forEach((listener) => listener());
  return { event: event as never, fire, listeners };
}

/** Lets everything that waits go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function stage() {
  const changed = emitter();
  const cancelled = emitter();
  const token = { isCancellationRequested: false, onCancellationRequested: cancelled.event };
  let runs = 0;
  let atOnce = 0;
  let most = 0;
  let finish: () => void = () => undefined;
  const run = async (): Promise<void> => {
    runs++;
    most = Math.max(most, ++atOnce);
    await new Promise<void>((resolve) => (finish = resolve));
    atOnce--;
  };
  const ended = runAgainAndAgain(run, changed.event, token);
  return {
    counts: () => ({ runs, most }),
    finish: () => {
      finish();
      return settle();
    },
    change: () => {
      changed.fire();
      return settle();
    },
    async cancel() {
      token.isCancellationRequested = true;
      cancelled.fire();
      finish();
      await ended;
      return changed.listeners.size + cancelled.listeners.size;
    },
  };
}

test('runs once, and again after a change', async () => {
  const staged = stage();
  await staged.finish();
  expect(staged.counts()).toEqual({ runs: 1, most: 1 });
  await staged.change();
  expect(staged.counts().runs).toBe(2);
  expect(await staged.cancel()).toBe(0);
});

test('changes during a run make one more, after it', async () => {
  const staged = stage();
  await staged.change();
  await staged.change();
  expect(staged.counts().runs).toBe(1);
  await staged.finish();
  expect(staged.counts()).toEqual({ runs: 2, most: 1 });
  await staged.finish();
  expect(staged.counts().runs).toBe(2);
  expect(await staged.cancel()).toBe(0);
});

test('ends where it waits, and in the middle of a run', async () => {
  const waiting = stage();
  await waiting.finish();
  expect(await waiting.cancel()).toBe(0);
  expect(waiting.counts().runs).toBe(1);
  const running = stage();
  expect(await running.cancel()).toBe(0);
  expect(running.counts().runs).toBe(1);
});
