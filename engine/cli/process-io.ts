import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Io } from './io.ts';
import { wantsColour } from './output/style.ts';

/** The Io of the real process, and what to do with the exit code. */
export function createProcessIo(): { readonly io: Io; readonly finish: (exitCode: number) => void } {
  let controller: AbortController | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no error.
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(
      `The result could not be written (${error.code ?? error.message}). Nothing was changed; free some space or write elsewhere.\n`,
    );
    process.exit(2);
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
      get signal() {
        controller ??= listenForEnd();
        return controller.signal;
      },
      ...(terminal && { ask: askHidden }),
    },
    finish: (exitCode) => {
      process.exitCode = exitCode;
      // Sockets kept alive for reuse must not keep a finished command waiting.
      // What could not be written is told by an event of its own, which comes before the next turn.
      process.stdout.write('', () => setImmediate(() => process.exit(exitCode)));
    },
  };
}

/** From now on Ctrl+C asks the run to end; a second one ends the process. */
function listenForEnd(): AbortController {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  process.on('SIGTERM', () => controller.abort());
  return controller;
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
