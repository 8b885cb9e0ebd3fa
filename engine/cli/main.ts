import { assertRuntime } from '../run/runtime.ts';
import { createProcessIo } from './process-io.ts';
import { runCli } from './run-cli.ts';

try {
  // Before anything that loads SQLite: on an old Node it would end the process without a word.
  assertRuntime();
  const { io, finish } = createProcessIo();
  void runCli(process.argv.slice(2), io).then(finish);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
