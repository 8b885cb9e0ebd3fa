import { didYouMean } from '../text/nearest.ts';
import { vaultTableName } from '../system/catalog.ts';
import type { ColumnType } from '../connector/connector.ts';
import type { Problem, Span } from '../text/problem.ts';
import type { BoundFilter, BoundLookup, BoundTable } from './bound.ts';
import { columnSql, type CompileContext } from './compile-context.ts';
import { compileParts } from './compile-select.ts';
import { resolveParameters } from './compile-parameters.ts';
import { atomic } from './compile-expression.ts';
import { identifier, sql, type Sql } from './sql.ts';
import { findUnsupported, tooLarge } from './unsupported.ts';
import { sameName } from './words.ts';

export interface CompileOptions {
  /** Values by parameter name; text is taken for every type. */
  readonly parameters: ReadonlyMap<string, string | number | boolean | null>;
  /** The day of the run, yyyy-mm-dd, in the workspace's time zone. */
  readonly today: string;
  /** The lookup of `Name[lookup]`. */
  readonly lookup?: string;
  /** At most so many rows, whatever the filter says. */
  readonly limit?: number;
}

export interface CompiledColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly span: Span;
}

/** A filter ready to run. `problems` are those of compiling; reading's and binding's are not repeated. */
export interface CompiledFilter {
  /** Absent where the filter has an error, found here or before. */
  readonly query?: { readonly sql: string; readonly parameters: readonly (string | number | null)[] };
  readonly columns: readonly CompiledColumn[];
  /** Every table the query reads, those of the lookup included. */
  readonly tables: readonly { readonly system: string; readonly table: string }[];
  readonly problems: readonly Problem[];
}

/** Makes one SELECT for SQLite out of a bound filter; values are bound in the order of their `?`. Never throws. */
export function compileFilter(bound: BoundFilter, options: CompileOptions): CompiledFilter {
  const start = { offset: bound.document.tree?.select?.span.offset ?? 0, length: 0 };
  const { values, problems: given } = resolveParameters(bound.document.parameters, options.parameters, start);
  const lookup = findLookup(bound, options.lookup, start);
  const problems: Problem[] = [...given, ...findUnsupported(bound), ...lookup.problems];
  const columns = bound.columns.map(({ name, type, span }) => ({ name, type, span }));
  const tables = uniqueTables([...bound.tables, ...(lookup.found ? [lookup.found.table] : [])]);
  const broken = [...bound.document.problems, ...bound.problems, ...problems].some(({ severity }) => severity === 'error');
  if (broken || !bound.from || columns.length === 0) return { columns, tables, problems };
  const context: CompileContext = { bound, values, today: options.today, marks: marksOf(bound), columnSql };
  const compiled = compileParts(context, {
    ...(lookup.found && { lookup: lookupCondition(context, lookup.found) }),
    ...(options.limit !== undefined && { limit: options.limit }),
  });
  const large = tooLarge(compiled, start);
  if (large) return { columns, tables, problems: [...problems, large] };
  return { query: { sql: compiled.text, parameters: compiled.parameters }, columns, tables, problems };
}

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

/** Whether the value occurs in the target column. A null occurs nowhere: include drops it, exclude keeps it. */
function lookupCondition(context: CompileContext, { node, table, column }: BoundLookup): Sql {
  const target = sql`SELECT ${identifier(column.name)} FROM ${identifier(vaultTableName(table.system, table.table))}`;
  const test = sql`${atomic(context, node.column)} IN (${target})`;
  return node.include ? test : sql`(${test}) IS NOT TRUE`;
}

/** The tables that `matched` asks about and that may be missing; each with a column name its own columns do not have. */
function marksOf(bound: BoundFilter): ReadonlyMap<BoundTable, string> {
  const marks = new Map<BoundTable, string>();
  for (const table of bound.matched.values()) {
    if (table.presence === 'always') continue;
    let name = 'sollist:there';
    while (table.catalog?.columns.some((column) => sameName(column.name, name))) name += '.';
    marks.set(table, name);
  }
  return marks;
}

function uniqueTables(tables: readonly BoundTable[]): CompiledFilter['tables'] {
  const unique = new Map(tables.map(({ system, table }) => [vaultTableName(system, table), { system, table }]));
  return [...unique.values()];
}
