import { runCli } from '../../engine/cli/run-cli.ts';
import type { Io } from '../../engine/cli/io.ts';

/** How a command ended and what it said. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `sollist args` in this process, in a folder; what else it is given differs from a terminal-less shell with an empty environment. */
export async function runCommand(args: readonly string[], given: Pick<Io, 'cwd'> & Partial<Io>): Promise<Outcome> {
  const said = { out: '', err: '' };
  const code = await runCli(args, {
    stdout: (text) => (said.out += text),
    stderr: (text) => (said.err += text),
    env: {},
    interactive: false,
    colour: false,
    signal: new AbortController().signal,
    ...given,
  });
  return { code, ...said };
}
