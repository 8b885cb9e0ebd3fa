import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { entryNamed } from '../model/filter/words.ts';
import { didYouMean } from '../model/text/nearest.ts';
import { SollistError } from '../run/error.ts';
import type { DataBasis } from '../run/plan/plan.ts';
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
    .option('--no-color', 'no colours');
}

/** Examples below a command's help; each a command line and what it does. */
export function withExamples(command: Command, examples: readonly (readonly [line: string, does: string])[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  return command.addHelpText('after', `\nExamples:\n${examples.map(([line, does]) => `  ${line.padEnd(width)}  ${does}\n`).join('')}`);
}

/** The folder named by --workspace. It must be there: a folder above a mistyped one could be another workspace. */
export function workspaceFolder(options: Pick<CommonOptions, 'workspace'>, io: Io): string | undefined {
  if (options.workspace === undefined) return undefined;
  const folder = resolve(io.cwd, options.workspace);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new SollistError('no-workspace', `--workspace: there is no folder ${folder}. Check the path.`);
}

export function openFrom(options: CommonOptions, io: Io): OpenWorkspace {
  return openWorkspace(
    workspaceFolder(options, io) ?? io.cwd,
    options.environment === undefined ? {} : { environment: options.environment },
  );
}

/** `k=v` pairs of a repeatable option. */
export function parsePairs(pairs: readonly string[], option: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) throw new SollistError('usage', `${option} takes name=value, but got "${pair}".`);
    const name = pair.slice(0, at);
    // Names of parameters and session variables are the same whatever their case.
    if (entryNamed(values, name)) throw new SollistError('usage', `${option} gives "${name}" twice. Which value is meant?`);
    values.set(name, pair.slice(at + 1));
  }
  return values;
}

/** A whole number of at least 1. */
export function parseCount(text: string, option: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new SollistError('usage', `${option} takes a whole number from 1, but got "${text}".`);
  return value;
}

/** Collects a repeatable option's values. */
export function repeatable(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Refuses an --allow-incomplete that names no table the result rests on: it would allow nothing, and nobody would notice. */
export function mustRestOn(allowed: readonly string[], restsOn: readonly DataBasis[]): void {
  const names = restsOn.map(({ system, table }) => `${system}.${table}`);
  const unknown = allowed.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new SollistError(
    'unknown-table',
    `--allow-incomplete: the result does not rest on "${unknown}".${didYouMean(unknown, names)} It rests on: ${names.join(', ')}.`,
  );
}
