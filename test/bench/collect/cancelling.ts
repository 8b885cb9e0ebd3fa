import { join } from 'node:path';
import type { Verdict } from '../figures.ts';
import { collectWithSollist } from './sollist.ts';
import { CancelledAt } from './task.ts';

/** Collections that are cancelled after various times: how long each takes to stop, its staged rows gone. */
export async function measureCancelling(url: string, folder: string): Promise<readonly Verdict[]> {
  const times: number[] = [];
  for (const [index, after] of [50, 400, 1500, 3000].entries()) {
    const path = join(folder, `cancel-${index}.db`);
    const stop = new AbortController();
    let stoppedAt = 0;
    setTimeout(() => {
      stoppedAt = performance.now();
      stop.abort();
    }, after);
    const collect = collectWithSollist({ url, path, kind: { name: 'pages', rows: 1_000_000, size: 1_000 } }, stop.signal);
    await collect().then(
      () => {
        throw new Error('The collection ended before it was cancelled.');
      },
      (error: unknown) => {
        if (!(error instanceof CancelledAt)) throw error;
      },
    );
    times.push(performance.now() - stoppedAt);
  }
  console.log(`\nCancelled after 50, 400, 1500 and 3000 ms; stopped after ${times.map((time) => time.toFixed(0)).join(', ')} ms more`);
  return [{ what: 'a cancelled collection stops', figure: Math.max(...times), unit: 'ms', budget: 1000 }];
}
