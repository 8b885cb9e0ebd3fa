import { runCollection } from '../../run/collect/run-collection.ts';
import type { CollectionReport, RunLimits } from '../../run/records.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, parseCount, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { createContext, secretsOf } from '../context.ts';
import { exitCodes, type Io } from '../io.ts';
import { failuresOf, printCollection } from '../output/collection.ts';

interface CollectOptions extends CommonOptions {
  readonly table?: readonly string[];
  readonly limit?: string;
}

/** `sollist collect <system>`: runs get operations into the vault. */
export const addCollect: AddCommand = (program, io, done) => {
  const command = program
    .command('collect')
    .argument('<system>', 'a system of the workspace')
    .description('read a system through its API into the vault');
  withCommonOptions(command)
    .option('--table <table>', 'only this table; may be repeated', repeatable)
    .option('--limit <rows>', 'at most so many rows of each table; such a table is never complete')
    .action(async (name: string, options: CollectOptions) => done(await collect(name, options, io)));
  withExamples(command, [
    ['sollist collect hr', 'every table of the system hr'],
    ['sollist collect hr --table persons --limit 20', 'a first look'],
  ]);
};

async function collect(name: string, options: CollectOptions, io: Io): Promise<number> {
  const limits: RunLimits = options.limit === undefined ? {} : { rows: parseCount(options.limit, '--limit') };
  const open = openFrom(options, io);
  const { system } = systemToRun(open, name);
  const path = vaultPath(open);
  const sources = { env: io.env, secrets: await secretsOf(system, io) };
  const context = createContext(io, options);
  const vault = openVault(path);
  try {
    const report = await runCollection(
      open,
      { system: name, limits, ...(options.table && { tables: options.table }) },
      sources,
      vault,
      context,
    );
    context.clearProgress();
    io.stdout(printCollection(report, options.format, io.colour && options.color));
    if (options.format !== 'text') for (const message of failuresOf(report)) io.stderr(`${message}\n`);
    return exitCodeOf(report);
  } finally {
    context.clearProgress();
    vault.close();
  }
}

/** A table that stayed as it was is a failure; one that is not proven complete is a problem, unless that was asked for. */
function exitCodeOf({ tables, limits }: CollectionReport): number {
  if (tables.some(({ state }) => state !== 'collected')) return exitCodes.couldNotRun;
  return limits.rows === undefined && tables.some(({ evidence }) => evidence?.complete !== true) ? exitCodes.problems : exitCodes.ok;
}
