import type { RunLimits } from '../../run/records.ts';
import { filterEnding } from '../../run/runs/outcome-of.ts';
import { kept } from '../../run/runs/record-run.ts';
import { compileReference, filterRows, type FilterQuery } from '../../run/filter/filter-rows.ts';
import {
  openFrom,
  parseCount,
  parsePairs,
  repeatable,
  withCommonOptions,
  withExamples,
  type AddCommand,
  type CommonOptions,
} from '../command.ts';
import { systemClock, today } from '../../run/system-clock.ts';
import { environmentOf, recordingOf, rowSetOf } from '../history.ts';
import type { Io } from '../io.ts';
import { rowsAsJson, rowsAsTable } from '../output/rows.ts';
import { plain } from '../output/table.ts';
import { withCollected } from '../vault.ts';

interface FilterOptions extends CommonOptions {
  readonly param?: readonly string[];
  readonly sql?: boolean;
  readonly explain?: boolean;
  readonly limit?: string;
}

/** `sollist filter <name>`: runs a filter over the vault, or shows what it compiles to. */
export const addFilter: AddCommand = (program, io) => {
  const command = program
    .command('filter')
    .argument('<name>', 'a filter, or Name[lookup]')
    .description('run a filter over the vault, or show its SQL');
  withCommonOptions(command)
    .option('--param <name=value>', 'a value for a parameter; may be repeated', repeatable)
    .option('--sql', 'print the SQL instead of running it')
    .option('--explain', 'print the SQL and how SQLite would run it')
    .option('--limit <rows>', 'print at most so many rows')
    .action((name: string, options: FilterOptions) => filter(name, options, io));
  withExamples(command, [
    ['sollist filter Employees --limit 10', 'the first ten rows'],
    ['sollist filter "Employees[without_account]"', 'what a lookup leaves'],
    ['sollist filter "Staff of a department" --param department=Sales', 'with a parameter'],
  ]);
};

async function filter(name: string, options: FilterOptions, io: Io): Promise<void> {
  const limit = options.limit === undefined ? Infinity : parseCount(options.limit, '--limit');
  const parameters = [...parsePairs(options.param ?? [], '--param')].map(([parameter, value]) => ({
    name: { text: parameter, span: { offset: 0, length: 0 } },
    value,
  }));
  const open = openFrom(options, io);
  // A wrong name is said before a missing vault: that it is missing may be the smaller trouble.
  const compiled = compileReference(open, name, parameters, today());
  if (options.sql === true && options.explain !== true) {
    io.stdout(sqlOf(compiled));
    return;
  }
  if (options.explain === true) {
    withCollected(open, (vault) => {
      const made = filterRows(open, vault, name, parameters, today());
      io.stdout(`${sqlOf(made)}\n${made.explain().join('\n')}\n`);
    });
    return;
  }
  const { typedColumns, sql } = compiled;
  const inputs = { filter: name, parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name.text, parameter.value])) };
  const limits: RunLimits = limit < Infinity ? { rows: limit } : {};
  const startedAt = systemClock.now();
  const rows = await kept(
    { kind: 'filter', subject: name, ...environmentOf(open), limits, inputs, startedAt },
    recordingOf(open, io, options),
    () => withCollected(open, (vault) => take(filterRows(open, vault, name, parameters, today()).rows(), limit)),
    (made) => ({
      report: { filter: name, milliseconds: systemClock.now() - startedAt, rowSet: rowSetOf(typedColumns, made), sql },
      ...filterEnding(made.length),
    }),
  );
  io.stdout(options.format === 'json' ? rowsAsJson(typedColumns, rows) : rowsAsTable(typedColumns, rows, io.colour && options.color));
  if (options.format === 'text' && options.quiet !== true) io.stderr(`${rows.length} row${rows.length === 1 ? '' : 's'}.\n`);
}

/** The SQL, and below it the values of its question marks. */
function sqlOf({ sql, values }: FilterQuery): string {
  return `${sql}\n${values.map((value, index) => `-- ?${index + 1} = ${plain(JSON.stringify(value))}\n`).join('')}`;
}

function take<Row>(rows: Iterable<Row>, limit: number): readonly Row[] {
  const taken: Row[] = [];
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= limit) break;
  }
  return taken;
}
