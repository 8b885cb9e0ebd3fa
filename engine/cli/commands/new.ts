import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Option } from 'commander';
import { makeConnector, type MadeConnector } from '../../model/new-connector/make-connector.ts';
import { SollistError } from '../../run/error.ts';
import { findWorkspaceFolder } from '../../run/workspace/read-files.ts';
import { repeatable, withExamples, workspaceFolder, type AddCommand, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { printNewConnector } from '../output/new-connector.ts';
import { readYaml } from '../read-yaml.ts';
import { writeNewFile } from '../write-new-file.ts';
import { addNewSystem } from './new-system.ts';

interface NewOptions extends CommonOptions {
  readonly from?: string;
  readonly table?: readonly string[];
  readonly authentication?: string;
  readonly paging?: string;
  readonly baseUrl?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** `sollist new <name>`: starts a connector from nothing, an OpenAPI 3 document or a sample answer. */
export const addNew: AddCommand = (program, io) => {
  const command = program
    .command('new')
    .argument('<name>', 'the system type: the name of the file, without .json')
    .description('start a connector from nothing, an OpenAPI 3 document or a sample JSON answer')
    .option('--from <file>', 'an OpenAPI 3 document (JSON or YAML) or the JSON answer of one call')
    .option('--table <name>', 'a table to take or to start with; may be repeated (default: all of a document, users)', repeatable)
    .option('--authentication <kind>', 'the sign-in (default: what the document says, else none)')
    .option('--paging <mode>', 'the paging (default: what the document or answer shows, else none)')
    .option('--base-url <url>', 'the start of every address')
    .option('--out <file>', 'where to write it (default: connectors/<name>.json of the workspace, else <name>.json)')
    .option('--force', 'write over a file that is there')
    .option('--workspace <dir>', 'the workspace folder (default: the one at or above the current folder)')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .option('--quiet', 'no closing line')
    .option('--no-color', 'no colours')
    .action((name: string, options: NewOptions) => create(name, options, io));
  withExamples(command, [
    ['sollist new Intranet --authentication basic_auth --paging skip_take', 'from nothing'],
    ['sollist new Intranet --from openapi.yaml', 'every table of an OpenAPI document'],
    ['sollist new Intranet --from openapi.yaml --table users --table groups', 'two of them'],
    ['sollist new Intranet --from answer.json --table users', 'from an answer of the API'],
    ['sollist new system Intranet', 'a system for a connector that is there'],
  ]);
  addNewSystem(command, io);
};

function create(name: string, options: NewOptions, io: Io): void {
  const made = makeConnector(
    {
      name,
      document: options.from === undefined ? undefined : readDocument(resolve(io.cwd, options.from), options.from),
      tables: options.table,
      authentication: options.authentication,
      paging: options.paging,
      baseUrl: options.baseUrl,
    },
    readYaml,
  );
  if (made.kind === 'refused') {
    throw new SollistError('no-connector', options.from === undefined ? made.message : `${options.from}: ${made.message}`);
  }
  const { path, inWorkspace } = placeOf(made, options, io);
  writeNewFile({ path, text: made.text, force: options.force === true, otherwise: 'Choose another name or --out' });
  const shown = relative(io.cwd, path) || path;
  io.stdout(printNewConnector(made, shown.split(sep).join('/'), options.format, io.colour && options.color));
  if (options.format === 'text' && options.quiet !== true) io.stderr(nextStep(made, shown, inWorkspace));
}

function readDocument(path: string, given: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new SollistError('file-unreadable', `--from: ${given} cannot be read. Check the path.`);
  }
}

function placeOf({ name }: MadeConnector, options: NewOptions, io: Io): { readonly path: string; readonly inWorkspace: boolean } {
  const folder = workspaceFolder(options, io) ?? findWorkspaceFolder(io.cwd);
  if (options.out !== undefined) return { path: resolve(io.cwd, options.out), inWorkspace: false };
  return folder === undefined
    ? { path: join(io.cwd, `${name}.json`), inWorkspace: false }
    : { path: join(folder, 'connectors', `${name}.json`), inWorkspace: true };
}

function nextStep({ name }: MadeConnector, path: string, inWorkspace: boolean): string {
  const check = `sollist check ${/\s/.test(path) ? JSON.stringify(path) : path}`;
  return inWorkspace
    ? `Next: go through "To check", then "${check}", then add systems/<name>.json with "connector": ${JSON.stringify(name)} and its connection.\n`
    : `Next: go through "To check", then "${check}".\n`;
}
