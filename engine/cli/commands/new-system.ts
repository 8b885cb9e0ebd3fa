import { join } from 'node:path';
import type { Command } from 'commander';
import { internalName } from '../../model/internal/internal-system.ts';
import { makeSystem, type MadeSystem } from '../../model/new-system/make-system.ts';
import { secretVariable } from '../../run/connection.ts';
import { SollistError } from '../../run/error.ts';
import { pick, refuseBroken } from '../../run/workspace/open-workspace.ts';
import { openFrom, withCommonOptions, withExamples, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { createStyle } from '../output/style.ts';
import { plain } from '../output/table.ts';
import { writeNewFile } from '../write-new-file.ts';

interface NewSystemOptions extends CommonOptions {
  readonly name?: string;
  /** False with --no-scenario. */
  readonly scenario?: string | boolean;
  readonly force?: boolean;
}

/** `sollist new system <connector>`: starts a system from a scenario of its connector. */
export function addNewSystem(parent: Command, io: Io): void {
  const command = parent
    .command('system')
    .argument('<connector>', 'a connector of the workspace: its file name, without .json')
    .description('start a system: tables, relations and connection values from a scenario of its connector');
  withCommonOptions(command)
    .option('--name <name>', 'the name of the system (default: that of the connector, in small letters)')
    .option('--scenario <name>', 'a scenario of the connector (config_scenarios) (default: the only one)')
    .option('--no-scenario', 'every table of the connector, whatever its scenarios say')
    .option('--force', 'write over a file that is there')
    // What both commands take, the outer one takes: `--format`, `--force`, `--workspace`.
    .action((connector: string, _: unknown, self: Command) => create(connector, self.optsWithGlobals<NewSystemOptions>(), io));
  withExamples(command, [
    ['sollist new system Google', 'systems/google.json, as the only scenario of the connector has it'],
    ['sollist new system Google --name mail --no-scenario', 'systems/mail.json with every table'],
  ]);
}

function create(type: string, options: NewSystemOptions, io: Io): void {
  const open = openFrom(options, io);
  const file = pick('unknown-connector', 'connector', 'connectors', open.workspace.connectors, type);
  refuseBroken(open, file.path, file.document.problems);
  const name = options.name ?? type.toLowerCase().replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  checkName(name);
  const { scenario } = options;
  const made = makeSystem({
    name,
    type,
    connector: file.model,
    ...(typeof scenario === 'string' && { scenario }),
    ...(scenario === false && { scenario: false }),
  });
  if (made.kind === 'refused') throw new SollistError('no-system', `${made.message} (--scenario, --no-scenario)`);
  const path = `systems/${name}.json`;
  writeNewFile({
    path: join(open.folder, path),
    shown: path,
    text: made.text,
    force: options.force === true,
    otherwise: 'Choose another --name',
  });
  io.stdout(printed(made, path, options, io));
  if (options.format === 'text' && options.quiet !== true)
    io.stderr(`Next: fill in the connection, then "sollist check ${path}" and "sollist collect ${name} --plan".\n`);
}

function checkName(name: string): void {
  if (name === internalName || /^sqlite_/i.test(name) || !/^[^\p{Cc}/\\:*?"<>|]+$/u.test(name) || /^\.|[. ]$/.test(name))
    throw new SollistError('usage', `--name: a system cannot be called "${name}".`);
}

function printed(made: MadeSystem, path: string, options: NewSystemOptions, io: Io): string {
  const { name, scenario, tables, toFill, secrets, notes } = made;
  if (options.format === 'json') {
    return `${JSON.stringify({ version: 1, path, name, ...(scenario !== undefined && { scenario }), tables, toFill, secrets, notes }, undefined, 2)}\n`;
  }
  const style = createStyle(io.colour && options.color);
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\n${style.bold(title)}\n${lines.map((line) => `  · ${plain(line)}\n`).join('')}`;
  const from = scenario === undefined ? 'every table of the connector' : `scenario ${plain(scenario)}`;
  return [
    `${style.bold(plain(path))} ${style.dim(`${from}: ${tables.length} ${tables.length === 1 ? 'table' : 'tables'}`)}\n`,
    list('To fill in', toFill),
    list(
      'Secrets',
      secrets.map(({ value, secret }) => `${value}: the secret "${secret}" (in the editor, or ${secretVariable(secret)})`),
    ),
    list('To check', notes),
  ].join('');
}
