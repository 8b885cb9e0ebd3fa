import { defineConfig } from 'vitest/config';

/** The rungs that share this runner; `scripts/test.ts` runs them one by one in this order. */
const rungs = ['unit', 'protocol', 'systems', 'webview', 'editor', 'manifest', 'package'];

/** Rungs that start servers, browsers or editors take longer, and never run two files at once: the machine is small. */
const slow = new Set(['editor', 'package', 'webview']);

export default defineConfig({
  test: {
    projects: rungs.map((name) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        testTimeout: slow.has(name) ? 180_000 : 20_000,
        hookTimeout: slow.has(name) ? 300_000 : 30_000,
        fileParallelism: !slow.has(name),
      },
    })),
  },
});
