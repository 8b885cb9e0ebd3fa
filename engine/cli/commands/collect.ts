import { collectSystem } from '../../run/collect/collect-system.ts';
import { resolveConnection } from '../../run/connection.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, parseCount, repeatable, withCommonOptions, type AddCommand, type CommonOptions } from '../command.ts';
import { createContext, secretsOf } from '../context.ts';
import { exitCodes } from '../io.ts';
import { printCollection } from '../output/collection.ts';

interface CollectOptions extends CommonOptions {
  readonly table?: readonly string[];
  readonly limit?: string;
}

/** `sollist collect <system>`: runs get operations into the vault. */
export const addCollect: AddCommand = (program, io, done) => {
  withCommonOptions(program.command('collect').argument('<system>', 'a system of the workspace').description('run get operations into the vault'))
    .option('--table <table>', 'only this table; may be repeated', repeatable)
    .option('--limit <rows>', 'at most so many rows of each table; such a table is never complete')
    .action(async (name: string, options: CollectOptions) => {
      const open = openFrom(options, io);
      const { system, connector } = systemToRun(open, name);
      const connection = resolveConnection(connector, system, { env: io.env, secrets: await secretsOf(system, io) });
      const context = createContext(io, options);
      const vault = openVault(vaultPath(open));
      try {
        const report = await collectSystem(
          {
            connector,
            system,
            connection,
            vault,
            ...(options.table && { tables: options.table }),
            ...(options.limit !== undefined && { limits: { rows: parseCount(options.limit, '--limit') } }),
          },
          context,
        );
        context.clearProgress();
        io.stdout(printCollection(report, options.format, io.colour && options.color));
        if (report.tables.some(({ state }) => state !== 'collected')) done(exitCodes.couldNotRun);
        else if (options.limit === undefined && report.tables.some(({ evidence }) => evidence?.complete !== true)) done(exitCodes.problems);
      } finally {
        context.clearProgress();
        vault.close();
      }
    });
};
