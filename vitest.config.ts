import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.ts';

interface Rung {
  readonly name: string;
  /** Rungs that start browsers or editors take longer. */
  readonly slow?: boolean;
  /** How many files run at once; the editor has the machine to itself. */
  readonly workers: number | string;
  /** Whether each file has modules of its own; those that keep nothing in them share what is loaded. */
  readonly isolate?: boolean;
}

/** The rungs that share this runner; `scripts/test.ts` runs them one by one in this order. */
const rungs: readonly Rung[] = [
  { name: 'unit', workers: '100%', isolate: false },
  { name: 'protocol', workers: 2 },
  { name: 'systems', workers: 2, isolate: false },
  { name: 'webview', workers: 2, isolate: false, slow: true },
  { name: 'editor', workers: 1, slow: true },
  { name: 'manifest', workers: 1 },
  { name: 'package', workers: 1, slow: true },
];

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: rungs.map(({ name, workers, isolate = true, slow = false }, order) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        setupFiles: ['test/support/seed.ts'],
        testTimeout: slow ? 180_000 : 20_000,
        hookTimeout: slow ? 300_000 : 30_000,
        maxWorkers: workers,
        isolate,
        sequence: { groupOrder: order },
      },
    })),
  },
});
