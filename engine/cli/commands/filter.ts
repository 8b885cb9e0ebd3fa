import { filterRows } from '../../run/plan/filter-rows.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, parseCount, parsePairs, repeatable, withCommonOptions, type AddCommand, type CommonOptions } from '../command.ts';
import { today } from '../context.ts';
import { plain, table } from '../output/table.ts';
import { createStyle } from '../output/style.ts';

interface FilterOptions extends CommonOptions {
  readonly param?: readonly string[];
  readonly sql?: boolean;
  readonly explain?: boolean;
  readonly limit?: string;
}

/** `sollist filter <name>`: runs a filter over the vault, or shows what it compiles to. */
export const addFilter: AddCommand = (program, io) => {
  withCommonOptions(program.command('filter').argument('<name>', 'a filter, or Name[lookup]').description('run or show a filter'))
    .option('--param <name=value>', 'a value for a parameter; may be repeated', repeatable)
    .option('--sql', 'print the SQL instead of running it')
    .option('--explain', 'print how SQLite would run it')
    .option('--limit <rows>', 'print at most so many rows')
    .action((name: string, options: FilterOptions) => {
      const open = openFrom(options, io);
      const vault = openVault(vaultPath(open));
      try {
        const parameters = [...parsePairs(options.param ?? [], '--param')].map(([parameter, value]) => ({ name: { text: parameter, span: { offset: 0, length: 0 } }, value }));
        const filter = filterRows(open, vault, name, parameters, today());
        if (options.sql === true || options.explain === true) {
          io.stdout(`${filter.sql}\n`);
          if (options.explain === true) io.stdout(`\n${filter.explain().join('\n')}\n`);
          return;
        }
        const limit = options.limit === undefined ? Infinity : parseCount(options.limit, '--limit');
        const rows = take(filter.rows(), limit);
        if (options.format === 'json') io.stdout(`${JSON.stringify(rows, undefined, 2)}\n`);
        else {
          const style = createStyle(io.colour && options.color);
          const cells = rows.map((row) => filter.columns.map((column) => shown(row[column], style.dim)));
          io.stdout(table([filter.columns.map(style.bold), ...cells]));
          if (options.quiet !== true) io.stderr(`${rows.length} row${rows.length === 1 ? '' : 's'}.\n`);
        }
      } finally {
        vault.close();
      }
    });
};

function take<Row>(rows: Iterable<Row>, limit: number): readonly Row[] {
  const taken: Row[] = [];
  if (limit <= 0) return taken;
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= limit) break;
  }
  return taken;
}

function shown(value: string | number | null | undefined, dim: (text: string) => string): string {
  return value === null || value === undefined ? dim('–') : plain(String(value));
}
