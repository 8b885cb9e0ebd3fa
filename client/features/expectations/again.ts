import type { CancellationToken, Disposable, Event } from 'vscode';

/** Runs now and after every change, never twice at once, until `token` is cancelled. */
export async function runAgainAndAgain(run: () => Promise<void>, changed: Event<void>, token: CancellationToken): Promise<void> {
  while (!token.isCancellationRequested) {
    // Listens from before the run on, so that a change during it is not missed.
    const { promise: next, resolve } = Promise.withResolvers<undefined>();
    const listening: readonly Disposable[] = [changed(() => resolve(undefined)), token.onCancellationRequested(() => resolve(undefined))];
    await run();
    await next;
    for (const one of listening) one.dispose();
  }
}
