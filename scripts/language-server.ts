import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';

// The language server from a clone: builds if need be, silently, since standard output belongs to the protocol.
await ensureBuilt();
const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/language-server.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 2));
