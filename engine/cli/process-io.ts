import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Io } from './io.ts';
import { wantsColour } from './output/style.ts';

/** The Io of the real process, and what to do with the exit code. */
export function createProcessIo(): { readonly io: Io; readonly finish: (exitCode: number) => void } {
  const controller = new AbortController();
  let interrupted = false;
  process.on('SIGINT', () => {
    // The first Ctrl+C asks politely; the second means it.
    if (interrupted) process.exit(130);
    interrupted = true;
    controller.abort();
  });
  process.on('SIGTERM', () => controller.abort());
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  const terminal = process.stderr.isTTY && process.stdin.isTTY;
  return {
    io: {
      stdout: (text) => void process.stdout.write(text),
      stderr: (text) => void process.stderr.write(text),
      env: process.env,
      cwd: process.cwd(),
      interactive: process.stderr.isTTY,
      colour: wantsColour(process.env, process.stdout.isTTY),
      signal: controller.signal,
      ...(terminal && { ask: askHidden }),
    },
    finish: (exitCode) => {
      process.exitCode = exitCode;
      // Sockets kept alive for reuse must not keep a finished command waiting.
      process.stdout.write('', () => process.exit(exitCode));
    },
  };
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise<string>((resolve) => lines.question('', resolve));
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
