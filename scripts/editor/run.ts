import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Takes one line of progress; nothing here writes to stdout by itself. */
export type Log = (line: string) => void;

/** How a finished program ended: its exit code, and its last lines for an error message. */
export interface Finished {
  readonly code: number;
  readonly tail: string;
}

/** Options of {@link run}: where, with which environment, and who reads what the program prints. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly log?: Log;
  readonly signal?: AbortSignal;
}

const tailLines = 12;

/** Runs a program to its end. A program that cannot be started ends with code 127 and the reason as its tail. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((finish) => {
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const tail: string[] = [];
    const take = (line: string): void => {
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      options.log?.(line);
    };
    eachLine(child.stdout, take);
    eachLine(child.stderr, take);
    child.once('error', (error) => {
      finish({ code: 127, tail: error.message });
    });
    child.once('close', (code) => {
      finish({ code: code ?? 1, tail: tail.join('\n') });
    });
  });
}

/** Calls `take` for each line of a stream; a stream that breaks off just ends. */
export function eachLine(stream: Readable, take: Log): void {
  stream.on('error', () => undefined);
  createInterface({ input: stream }).on('line', take);
}
