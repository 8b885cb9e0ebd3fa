import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';

// The command line from a clone: builds if need be, silently, then runs it in the folder the author called npm from.
const [command] = process.argv.slice(2);
if (command === 'demo') {
  await import('./demo.ts');
} else {
  await ensureBuilt();
  // As the editor starts the engine.
  const flags = ['--max-semi-space-size=4'];
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, '../dist/engine/sollist.cjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  });
  // The child hears Ctrl+C itself and ends in its own time; this process only waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 2)));
}
