import { boundHeap } from '../run/bounded-heap.ts';
import { assertRuntime } from '../run/runtime.ts';

try {
  assertRuntime();
  boundHeap();
  // Loaded only now: on an old Node, loading undici or SQLite would end the process without a word.
  void Promise.all([import('./process-io.ts'), import('./run-cli.ts')]).then(async ([{ createProcessIo }, { runCli }]) => {
    const { io, finish } = createProcessIo();
    finish(await runCli(process.argv.slice(2), io));
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
