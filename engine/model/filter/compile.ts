import { didYouMean } from '../text/nearest.ts';
import { vaultTableName } from '../system/catalog.ts';
import type { Problem, Span } from '../text/problem.ts';
import type { BoundFilter, BoundLookup, BoundTable } from './bound.ts';
import { columnSql, type CompileContext } from './compile-context.ts';
import { compileFilterSql, marksOf } from './compile-filter.ts';
import { resolveParameters } from './compile-parameters.ts';
import type { CompiledFilter, CompiledStage, LookedUp } from './compiled.ts';
import { sql } from './sql.ts';
import { findUnsupported, tooLarge } from './unsupported.ts';
import { sameName } from './words.ts';

export type { CompiledColumn, CompiledFilter, CompiledQuery, CompiledStage } from './compiled.ts';

export interface CompileOptions {
  /** Values by parameter name; text is taken for every type. */
  readonly parameters: ReadonlyMap<string, string | number | boolean | null>;
  /** The day of the run, yyyy-mm-dd, in the workspace's time zone. */
  readonly today: string;
  /** The workspace's, by its name in the IANA database: a point in time is on the day that it is there. `UTC` where none is given. */
  readonly timeZone?: string;
  /** The lookup of `Name[lookup]`. */
  readonly lookup?: string;
  /** At most so many rows, whatever the filter says. */
  readonly limit?: number;
}

/** Makes one SELECT for SQLite out of a bound filter, and the stages in which scripts run; values are bound in the order of their `?`. Never throws. */
export function compileFilter(bound: BoundFilter, options: CompileOptions): CompiledFilter {
  const start = { offset: bound.document.tree?.select?.span.offset ?? 0, length: 0 };
  const { values, problems: given } = resolveParameters(bound.parameters, options.parameters, start);
  const lookup = findLookup(bound, options.lookup, start);
  const problems: Problem[] = [...given, ...findUnsupported(bound), ...lookup.problems];
  const columns = bound.columns.map(({ name, type, span }) => ({ name, type, span }));
  const tables = uniqueTables([...tablesRead(bound), ...(lookup.found ? [lookup.found.table] : [])]);
  const broken = [...bound.document.problems, ...bound.problems, ...problems].some(({ severity }) => severity === 'error');
  if (broken || !bound.from || columns.length === 0) return { columns, tables, problems };
  const stages: CompiledStage[] = [];
  const lookedUp: LookedUp[] = [];
  const scriptSql = (): typeof nothing => nothing;
  const { today, timeZone = 'UTC' } = options;
  const context: CompileContext = { bound, values, today, timeZone, marks: marksOf(bound), columnSql, scriptSql, stages, lookedUp };
  const { rows, direct } = compileFilterSql(context, {
    ...(lookup.found && { lookup: lookup.found }),
    ...(options.limit !== undefined && { limit: options.limit }),
  });
  const large = [rows, ...stages.map(({ source }) => ({ text: source.sql, parameters: source.parameters }))].flatMap(
    (one) => tooLarge(one, start) ?? [],
  );
  if (large.length > 0) return { columns, tables, problems: [...problems, ...large] };
  return {
    query: { sql: rows.text, parameters: rows.parameters, stages, lookedUp, narrowed: isNarrowed(bound), ...(direct && { direct }) },
    columns,
    tables,
    problems,
  };
}

function isNarrowed({ select, appends }: BoundFilter): boolean {
  const own = select?.limit !== undefined || select?.distinctOn !== undefined || select?.distinct === true;
  return own || appends.some(({ bound }) => isNarrowed(bound));
}

const nothing = sql`NULL`;

function findLookup(
  bound: BoundFilter,
  name: string | undefined,
  span: Span,
): { readonly found?: BoundLookup; readonly problems: readonly Problem[] } {
  if (name === undefined) return { problems: [] };
  const found = bound.lookups.find(({ node }) => sameName(node.name.text, name));
  if (found) return { found, problems: [] };
  const nodes = bound.document.tree?.lookups ?? [];
  // One whose target is unknown was reported when it was bound.
  if (nodes.some((node) => sameName(node.name.text, name))) return { problems: [] };
  const names = nodes.map((node) => node.name.text);
  const known = names.length === 0 ? ' It has none.' : ` It has: ${names.join(', ')}.`;
  return {
    problems: [
      { code: 'unknown-lookup', severity: 'error', message: `The filter has no lookup "${name}".${didYouMean(name, names)}${known}`, span },
    ],
  };
}

function tablesRead(bound: BoundFilter): readonly BoundTable[] {
  return [...bound.tables, ...bound.appends.flatMap((append) => tablesRead(append.bound))];
}

function uniqueTables(tables: readonly BoundTable[]): CompiledFilter['tables'] {
  const unique = new Map(tables.map(({ system, table }) => [vaultTableName(system, table), { system, table }]));
  return [...unique.values()];
}
