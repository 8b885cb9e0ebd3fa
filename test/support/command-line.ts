import { expect } from 'vitest';
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

/** Holds that what a command said is one sentence or two that a person can act on. */
export function expectSentence(text: string): void {
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text).toMatch(/^\S.{20,500}([.?]|The answer says: .+)\n$/);
}
