import { join } from 'node:path';
import { SollistError } from '../../run/error.ts';
import type { ExpectationsDraft } from '../../run/expect/draft-system.ts';
import { draftSystem } from '../../run/expect/draft-system.ts';
import { stateOf, type SystemTest, type TestReport, type TestState } from '../../run/expect/test-report.ts';
import { testSystem } from '../../run/expect/test-system.ts';
import { systemClock } from '../../run/system-clock.ts';
import { systemToRun, type OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import { openFrom, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { createContext, secretsOf } from '../context.ts';
import { exitCodes, type Io } from '../io.ts';
import { printTests, testErrors } from '../output/tests.ts';
import { fileExists, writeNewFile } from '../write-new-file.ts';

interface TestOptions extends CommonOptions {
  readonly table?: readonly string[];
  readonly live?: boolean;
  readonly write?: boolean;
  readonly force?: boolean;
}

/** `sollist test [system…]`: holds what systems give against what is expected of them. */
export const addTest: AddCommand = (program, io, done) => {
  const command = program
    .command('test')
    .argument('[systems...]', 'systems of the workspace (default: all of which something is expected)')
    .description('hold the data of a system against expectations/<system>.json, on its recording or live');
  withCommonOptions(command, ['text', 'json', 'github', 'junit'])
    .option('--table <table>', 'only this table; may be repeated', repeatable)
    .option('--live', 'ask the system itself instead of its recording')
    .option('--write', 'write a first expectations file from what the system gives')
    .option('--force', 'with --write: write over a file that is there')
    .action(async (names: readonly string[], options: TestOptions) => done(await run(names, options, io)));
  withExamples(command, [
    ['sollist test', 'everything that is expected, on recordings'],
    ['sollist test hr --table persons --live', 'one table of the system itself'],
    ['sollist test hr --write', 'begin: expectations/hr.json from the recording of hr'],
  ]);
};

async function run(names: readonly string[], options: TestOptions, io: Io): Promise<number> {
  const open = openFrom(options, io);
  if (options.write === true) return write(open, names, options, io);
  const systems = names.length > 0 ? [...new Set(names)] : [...open.workspace.expectations.keys()];
  if (systems.length === 0)
    throw new SollistError(
      'no-expectations',
      'Nothing is expected of any system yet: expectations/ has no file. Write a first one with "sollist test <system> --write".',
    );
  if (options.table && systems.length > 1)
    throw new SollistError('usage', '--table needs one system: name the system whose tables are meant.');
  const startedAt = systemClock.now();
  const context = createContext(io, options);
  const tests: SystemTest[] = [];
  try {
    for (const system of systems) {
      const wish = { system, live: options.live === true, ...(options.table && { tables: options.table }) };
      tests.push(await testSystem(open, wish, await sourcesOf(open, system, options, io), context));
    }
  } finally {
    context.clearProgress();
  }
  const report: TestReport = { state: stateOf(tests), startedAt, endedAt: systemClock.now(), systems: tests };
  io.stdout(printTests(report, options.format, io.colour && options.color));
  if (options.format !== 'text') for (const message of testErrors(report)) io.stderr(`${message}\n`);
  return exitOf[report.state];
}

const exitOf: Readonly<Record<TestState, number>> = { passed: exitCodes.ok, failed: exitCodes.problems, errored: exitCodes.couldNotRun };

/** A recording needs no secrets, so nobody is asked for them. */
async function sourcesOf(
  open: OpenWorkspace,
  name: string,
  { live }: TestOptions,
  io: Io,
): Promise<{ readonly env: Io['env']; readonly secrets: ReadonlyMap<string, string> }> {
  if (live !== true || !open.workspace.systems.has(name)) return { env: io.env, secrets: new Map() };
  return { env: io.env, secrets: await secretsOf(systemToRun(open, name).system, io) };
}

async function write(open: OpenWorkspace, names: readonly string[], options: TestOptions, io: Io): Promise<number> {
  const [system, ...others] = names;
  if (system === undefined || others.length > 0)
    throw new SollistError('usage', '--write needs one system: "sollist test <system> --write".');
  const path = `expectations/${system}.json`;
  const otherwise = 'Remove or rename it';
  // Before anything is collected for nothing.
  if (open.files.has(path) && options.force !== true) throw fileExists(path, otherwise);
  const context = createContext(io, options);
  let draft: ExpectationsDraft;
  try {
    const wish = { system, live: options.live === true, ...(options.table && { tables: options.table }) };
    draft = await draftSystem(open, wish, await sourcesOf(open, system, options, io), context);
  } finally {
    context.clearProgress();
  }
  writeNewFile({ path: join(open.folder, draft.path), shown: draft.path, text: draft.text, force: options.force === true, otherwise });
  const tables = `${draft.tables.length} table${draft.tables.length === 1 ? '' : 's'}`;
  io.stdout(`${draft.path}: ${tables}
`);
  for (const { table, why } of draft.left) io.stderr(`${table} was left out: ${why}\n`);
  if (options.quiet !== true)
    io.stderr(`Next: keep in ${draft.path} what must stay true, remove the rest, then "sollist test ${system}".\n`);
  return draft.left.length > 0 ? exitCodes.problems : exitCodes.ok;
}
