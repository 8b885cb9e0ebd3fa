import type { Command } from 'commander';
import { SollistError } from '../../run/error.ts';
import { compareRuns } from '../../run/runs/compare-runs.ts';
import { openRunStore, type RunStore } from '../../run/runs/store.ts';
import { systemClock } from '../../run/system-clock.ts';
import { findWorkspaceFolder } from '../../run/workspace/read-files.ts';
import { parseCount, withCommonOptions, withExamples, workspaceFolder, type AddCommand, type CommonOptions } from '../command.ts';
import type { Io } from '../io.ts';
import { printComparison } from '../output/comparison.ts';
import { printRun, printRuns } from '../output/runs.ts';
import { plain } from '../output/table.ts';

interface ListOptions extends CommonOptions {
  readonly limit?: string;
}

/** `sollist runs`: what was run, here and in the editor. */
export const addRuns: AddCommand = (program, io) => {
  const command = program.command('runs').description('the runs that are kept, newest first; "show" one, "compare" two');
  // "show" and "compare" take these, too.
  withCommonOptions(command)
    .option('--limit <runs>', 'print at most so many')
    .action((options: ListOptions) => list(options, io));
  withExamples(command, [
    ['sollist runs', 'what was run here and in the editor'],
    ['sollist runs show 20261122T081500123Z', 'one run, by the beginning of its id'],
    ['sollist runs compare 20261122T081500 20261123T081502', 'two dry runs of a table, or two runs of a filter'],
  ]);
  command
    .command('show')
    .argument('<id>', 'the id of a run, or its beginning')
    .description('one run as it was')
    .configureHelp({ showGlobalOptions: true })
    .action((id: string, _: unknown, self: Command) => {
      const options: CommonOptions = self.optsWithGlobals();
      const run = find(openHistory(options, io), id);
      io.stdout(printRun(run, options.format, io.colour && options.color));
    });
  command
    .command('compare')
    .argument('<run>', 'the id of a run, or its beginning')
    .argument('<other>', 'the id of another run of the same table or filter')
    .description('what differs between the rows of two runs, the older first')
    .configureHelp({ showGlobalOptions: true })
    .action((a: string, b: string, _: unknown, self: Command) => {
      const options: CommonOptions = self.optsWithGlobals();
      const store = openHistory(options, io);
      const comparison = compareRuns(find(store, a), find(store, b));
      io.stdout(printComparison(comparison, options.format, io.colour && options.color));
    });
};

function list(options: ListOptions, io: Io): void {
  const limit = options.limit === undefined ? Infinity : parseCount(options.limit, '--limit');
  const { runs, skipped } = openHistory(options, io).list();
  io.stdout(printRuns(runs.slice(0, limit), options.format, io.colour && options.color));
  if (options.quiet === true) return;
  for (const { file, why } of skipped) io.stderr(`${plain(file)} ${why}.\n`);
  if (runs.length === 0) io.stderr('Nothing has been run here yet. Start with "sollist collect <system>", or a dry run in the editor.\n');
}

function openHistory(options: CommonOptions, io: Io): RunStore {
  const start = workspaceFolder(options, io) ?? io.cwd;
  const folder = findWorkspaceFolder(start);
  if (folder !== undefined) return openRunStore(folder, () => systemClock.now());
  throw new SollistError(
    'no-workspace',
    `No sollist.json was found in ${start} or any folder above it. Go to a workspace, or name one with --workspace.`,
  );
}

/** The run whose id begins so; the one meant must be the only one. */
function find(store: RunStore, id: string): ReturnType<RunStore['read']> {
  const fitting = store.list().runs.filter((run) => run.id.startsWith(id));
  if (fitting.length <= 1) return store.read(fitting[0]?.id ?? id);
  throw new SollistError(
    'usage',
    `${fitting.length} runs begin with "${id}": ${fitting
      .slice(0, 5)
      .map((run) => run.id)
      .join(', ')}${fitting.length > 5 ? ', …' : ''}. Give more of the id.`,
  );
}
