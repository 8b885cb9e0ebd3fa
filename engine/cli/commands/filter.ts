import { todayIn } from '../../run/workspace/time-zone.ts';
import { compileReference, filterRows, type FilterQuery } from '../../run/filter/filter-rows.ts';
import { namedFilter } from '../../run/filter/named-filter.ts';
import { shownSql } from '../../run/filter/shown-sql.ts';
import { prepareScripts } from '../../run/filter/script-tables.ts';
import { chooseParameters, mustBeRead, type GivenValues } from '../../run/filter/used-parameters.ts';
import type { OpenWorkspace } from '../../run/workspace/open-workspace.ts';
import { SollistError } from '../../run/error.ts';
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
import type { Io } from '../io.ts';
import { plain } from '../output/table.ts';
import { withCollected } from '../vault.ts';
import { compareFilter } from './filter-against.ts';
import { listFilters } from './filter-list.ts';
import { runFilter } from './filter-run.ts';
import { explainWhy } from './filter-why.ts';

export interface FilterOptions extends CommonOptions {
  readonly param?: readonly string[];
  readonly session?: readonly string[];
  readonly sql?: boolean;
  readonly explain?: boolean;
  readonly limit?: string;
  readonly out?: string;
  readonly why?: string;
  readonly whyNot?: string;
  readonly against?: string;
  readonly exitCode?: boolean;
}

/** A filter with what was given for it on the command line. */
export interface AskedFilter {
  readonly open: OpenWorkspace;
  readonly name: string;
  readonly given: GivenValues;
  readonly options: FilterOptions;
  readonly limit: number | undefined;
}

/** `sollist filter [name]`: runs a filter over the vault, or says what it compiles to, why a row is there, and what an edit changes. */
export const addFilter: AddCommand = (program, io, done) => {
  const command = program
    .command('filter')
    .argument('[name]', 'a filter, or Name[lookup]; without a name all filters are listed')
    .description('run a filter over the vault, show its SQL, or ask why a row is there');
  withCommonOptions(command, ['text', 'json', 'csv'])
    .option('--param <name=value>', 'a value for a parameter; may be repeated', repeatable)
    .option('--session <name=value>', 'a value for a session variable; may be repeated', repeatable)
    .option('--limit <rows>', 'print at most so many rows')
    .option('--out <file>', 'write the rows to a .csv or .json file instead')
    .option('--sql', 'print the SQL instead of running it')
    .option('--explain', 'print the SQL and how SQLite would run it')
    .option('--why <key=value>', 'say why this row is there: a key, column=value or alias.column=value')
    .option('--why-not <key=value>', 'say why this row is not there: the first thing that dropped it')
    .option('--against <revision>', 'what changed since a commit of git, such as HEAD: rows new, gone and changed')
    .option('--exit-code', 'with --against: end with 4 when rows differ')
    .action(async (name: string | undefined, options: FilterOptions) => done(await filter(name, options, io)));
  withExamples(command, [
    ['sollist filter', 'all filters with their parameters'],
    ['sollist filter Employees --limit 10', 'the first ten rows'],
    ['sollist filter "Employees[without_account]" --out left.csv', 'what a lookup leaves, as a file'],
    ['sollist filter "Staff of a department" --param department=Sales', 'with a parameter'],
    ['sollist filter Employees --why-not 001196', 'what dropped this employee'],
    ['sollist filter Employees --against HEAD', 'what the last edit changed'],
  ]);
};

async function filter(name: string | undefined, options: FilterOptions, io: Io): Promise<number> {
  const limit = options.limit === undefined ? undefined : parseCount(options.limit, '--limit');
  const given: GivenValues = {
    parameters: Object.fromEntries(parsePairs(options.param ?? [], '--param')),
    session: Object.fromEntries(parsePairs(options.session ?? [], '--session')),
  };
  const questions = ['why', 'whyNot', 'against', 'sql', 'explain'] as const;
  const asked = questions.filter((one) => options[one] !== undefined);
  if (asked.length > 1 && !(asked.length === 2 && asked.includes('sql') && asked.includes('explain')))
    throw new SollistError('usage', `Ask one thing at a time: ${asked.map(optionOf).join(' or ')}.`);
  if (options.exitCode === true && options.against === undefined)
    throw new SollistError('usage', '--exit-code goes with --against, such as "--against HEAD --exit-code".');
  const question = asked.includes('explain') ? 'explain' : asked[0];
  if (question !== undefined && options.format === 'csv')
    throw new SollistError(
      'usage',
      `--format csv is for rows; ${optionOf(question)} prints text${question === 'sql' || question === 'explain' ? '' : ' or json'}.`,
    );
  const open = openFrom(options, io);
  if (name === undefined) {
    if (question !== undefined) throw new SollistError('usage', `${optionOf(question)} needs the name of a filter.`);
    return listFilters(open, options, io);
  }
  const filter: AskedFilter = { open, name, given, options, limit };
  // A wrong name is said before a missing vault: that it is missing may be the smaller trouble.
  const { bound } = namedFilter(open, name);
  mustBeRead(name, bound.parameters, Object.keys(given.session ?? {}));
  await prepareScripts(open.workspace);
  const { values } = chooseParameters(name, bound.parameters, given, open.workspace.settings.session);
  const compiled = compileReference(open, name, values, todayIn(open));
  switch (question) {
    case 'sql':
      io.stdout(sqlOf(compiled));
      return 0;
    case 'explain':
      return withCollected(open, (vault) => {
        const made = filterRows(open, vault, name, values, todayIn(open));
        io.stdout(`${sqlOf(made)}\n${made.explain().join('\n')}\n`);
        return 0;
      });
    case 'why':
    case 'whyNot':
      return explainWhy(filter, options[question] ?? '', io);
    case 'against':
      return compareFilter(filter, options.against ?? 'HEAD', io);
    default:
      return runFilter(filter, compiled, io);
  }
}

function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The SQL, and below it the values of its question marks. */
function sqlOf({ query }: FilterQuery): string {
  const { sql, values } = shownSql(query);
  return `${sql}\n${values.map((value, index) => `-- ?${index + 1} = ${plain(JSON.stringify(value))}\n`).join('')}`;
}
