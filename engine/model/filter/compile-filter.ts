import { vaultTableName } from '../system/catalog.ts';
import { type BoundAppend, type BoundFilter, type BoundLookup, type BoundTable, isGroup } from './bound.ts';
import { type BoundColumn, outputOf } from './bound.ts';
import { columnSql, type CompileContext } from './compile-context.ts';
import { atomic, besideLogic } from './compile-expression.ts';
import { truthText } from './compile-text.ts';
import { resolveAppended, resolveParameters } from './compile-parameters.ts';
import { compileSelect, limitOf, sortKeys, type SelectSql } from './compile-select.ts';
import { compileScripted } from './compile-scripted.ts';
import { problemColumn, type CompiledQuery } from './compiled.ts';
import { rowNumberOf } from './row-number.ts';
import { identifier, joinSql, logicSql, numeral, sql, type Sql } from './sql.ts';
import { sameName } from './words.ts';

/** What a run adds to a filter. */
export interface RunParts {
  readonly lookup?: BoundLookup;
  readonly limit?: number;
}

/** A filter as one SELECT. */
export interface FilterSql {
  readonly rows: Sql;
  readonly direct?: NonNullable<CompiledQuery['direct']>;
}

/**
 * Puts the whole SELECT together. Order of work: joins, where, scripts, exclude, lookup, groups, one row per value, appended rows, sorting, limit.
 */
export function compileFilterSql(context: CompileContext, { lookup, limit: given }: RunParts): FilterSql {
  const { bound } = context;
  const limit = limitOf(bound.select?.limit?.value, given);
  const dropped = (within: CompileContext): readonly Sql[] => [
    ...[bound.select?.excludeWhen ?? []].flat().map((when) => unlessFailed(within, (of) => sql`(${besideLogic(of, when)}) IS NOT TRUE`)),
    ...[lookup ?? []].flat().map((one) => unlessFailed(within, (of) => lookupCondition(of, one))),
  ];
  const appended = bound.appends.length > 0;
  const flawed = hasScripts(bound);
  const part: SelectSql = { dropped, sorted: !appended, flawed, ...(!appended && limit !== undefined && { limit }) };
  const own = bound.columns.some(({ script }) => script) ? compileScripted(context, part) : { rows: compileSelect(context, part) };
  return appended ? { rows: withAppended(context, own.rows, { limit, flawed }) } : own;
}

/** Whether rows may carry the problem of a script. */
function hasScripts(bound: BoundFilter): boolean {
  return bound.columns.some(({ script }) => script) || bound.appends.some((append) => hasScripts(append.bound));
}

/**
 * A condition that drops rows, but none for a script that failed: its null says nothing, so the row stays and carries the problem. Otherwise a plan
 * or role would take it for one that is not meant.
 */
function unlessFailed(context: CompileContext, compile: (within: CompileContext) => Sql): Sql {
  const read = new Map<string, Sql>();
  const scriptSql = (column: BoundColumn): Sql => {
    const value = context.scriptSql(column);
    read.set(value.text, value);
    return value;
  };
  const condition = compile({ ...context, scriptSql });
  if (read.size === 0) return condition;
  const none = logicSql(
    [...read.values()].map((value) => sql`${value} IS NULL`),
    'or',
  );
  return sql`(${condition} OR (${identifier(problemColumn)} IS NOT NULL AND (${none})))`;
}

/** Whether the value occurs in the target column. A null occurs nowhere: include drops it, exclude keeps it. */
function lookupCondition(context: CompileContext, { node, table, column }: BoundLookup): Sql {
  const target = sql`SELECT ${identifier(column.name)} FROM ${identifier(vaultTableName(table.system, table.table))}`;
  const test = sql`${atomic(context, node.column)} IN (${target})`;
  return node.include ? test : sql`(${test}) IS NOT TRUE`;
}

/** The rows of other filters behind the own ones, by the names of the columns; then sorting and limit over all of them. */
function withAppended(
  context: CompileContext,
  own: Sql,
  { limit, flawed }: { readonly limit: number | undefined; readonly flawed: boolean },
): Sql {
  const { bound } = context;
  const names = [...bound.columns.map(({ name }) => name), ...(flawed ? [problemColumn] : [])];
  const parts = [
    isPlain(own) ? own : sql`SELECT * FROM (\n${own}\n)`,
    ...bound.appends.map((append) => sql`SELECT ${columnsOf(append, names, bound.columns)} FROM (\n${compileAppended(context, append)}\n)`),
  ];
  const all = joinSql(parts, 'unionAll');
  const sorted =
    bound.orderBy.length === 0
      ? all
      : sql`SELECT ${joinSql(names.map(identifier), 'comma')}\nFROM (\n${all}\n) AS "sollist:all"\nORDER BY ${sortKeys(overOutput(context), bound.orderBy)}`;
  return limit === undefined ? sorted : sql`${sorted}\nLIMIT ${numeral(limit)}`;
}

/** WITH stands only before the first of several SELECTs. */
function isPlain({ text }: Sql): boolean {
  return text.startsWith('SELECT');
}

function columnsOf({ bound }: BoundAppend, names: readonly string[], columns: readonly BoundColumn[]): Sql {
  const added = [...bound.columns.map(({ name }) => name), ...(hasScripts(bound) ? [problemColumn] : [])];
  return joinSql(
    names.map((name) => {
      const same = added.find((one) => one === name) ?? added.find((one) => sameName(one, name));
      if (same === undefined) return sql`NULL`;
      // The column is shown as the type it has here.
      return typeOf(bound.columns, same) === 'boolean' && typeOf(columns, name) === 'text'
        ? sql`${truthText(identifier(same))} AS ${identifier(same)}`
        : identifier(same);
    }),
    'comma',
  );
}

function typeOf(columns: readonly BoundColumn[], name: string): BoundColumn['type'] | undefined {
  return columns.find((column) => column.name === name)?.type;
}

function compileAppended(context: CompileContext, { bound }: BoundAppend): Sql {
  const { shared } = resolveAppended(bound.parameters, context.bound.parameters);
  const given = new Map(shared.map((name) => [name, context.values.get(name.toLowerCase()) ?? null]));
  const { values } = resolveParameters(bound.parameters, given, { offset: 0, length: 0 });
  return compileFilterSql({ ...context, bound, values, marks: marksOf(bound), columnSql }, {}).rows;
}

/** Sorting knows nothing but the output: a column of a table stands for the output column that is it. */
function overOutput(context: CompileContext): CompileContext {
  const { bound } = context;
  const named = (column: BoundColumn): Sql => identifier(column.name);
  const meanings = new Map(bound.meanings);
  const columns = bound.columns.map((column): BoundColumn => ({ name: column.name, type: column.type, span: column.span }));
  for (const [node, meaning] of bound.meanings) {
    const output = meaning.kind === 'output' ? meaning.column : outputOf(bound.meanings, bound.columns, meaning);
    const column = output && columns[bound.columns.indexOf(output)];
    if (column) meanings.set(node, { kind: 'output', column });
  }
  return { ...context, bound: { ...bound, meanings, columns }, scriptSql: named };
}

/** The tables that may be missing and that somebody asks after; each with a column that is null exactly where its row is not there. */
export function marksOf(bound: BoundFilter): ReadonlyMap<BoundTable, string> {
  const read = bound.columns.flatMap(({ script }) => script?.tables ?? []);
  const marks = new Map<BoundTable, string>();
  // Brackets around joins hide what a row has by itself.
  const plain = bound.joins.flatMap(({ source, via, recursion }) => (isGroup(source) || via || recursion ? [] : [source]));
  for (const table of [...bound.matched.values(), ...read]) {
    if (table.presence !== 'always') marks.set(table, plain.includes(table) ? rowNumberOf(table) : 'sollist:there');
  }
  return marks;
}
