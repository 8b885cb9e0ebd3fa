import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { SollistError } from '../run/error.ts';
import { openWorkspace, type OpenWorkspace } from '../run/workspace/open-workspace.ts';
import type { Io } from './io.ts';

/** Adds one command; `done` receives its exit code where that is not 0. */
export type AddCommand = (program: Command, io: Io, done: (exitCode: number) => void) => void;

/** What every command takes. */
export interface CommonOptions {
  readonly workspace?: string;
  readonly environment?: string;
  readonly format: string;
  readonly quiet?: boolean;
  /** False with --no-color. */
  readonly color: boolean;
}

/** The options that all commands share, said once. */
export function withCommonOptions(command: Command, formats: readonly string[] = ['text', 'json']): Command {
  return command
    .option('--workspace <dir>', 'the workspace folder (default: the one at or above the current folder)')
    .option('--environment <name>', 'an environment of sollist.json')
    .addOption(new Option('--format <format>', 'how to print the result').choices(formats).default('text'))
    .option('--quiet', 'no progress and no closing line')
    .option('--no-color', 'no colours')
    .showHelpAfterError('Run it with --help to see what it takes.');
}

export function openFrom(options: CommonOptions, io: Io): OpenWorkspace {
  return openWorkspace(options.workspace === undefined ? io.cwd : resolve(io.cwd, options.workspace), {
    ...(options.environment !== undefined && { environment: options.environment }),
  });
}

/** `k=v` pairs of a repeatable option. */
export function parsePairs(pairs: readonly string[], option: string): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new SollistError('usage', `${option} takes name=value, but got "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

/** A whole number of at least 1. */
export function parseCount(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new SollistError('usage', `${option} takes a whole number from 1, but got "${text}".`);
  return value;
}

/** Collects a repeatable option's values. */
export function repeatable(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
