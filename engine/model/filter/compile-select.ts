import type { CompileContext } from './compile-context.ts';
import { compileExpression, compileSortKey, typeOf } from './compile-expression.ts';
import { momentKey, timeOf } from './compile-days.ts';
import { compileJoins, conditionsOf, tableSql } from './compile-join.ts';
import { dayOrder, guardedKind, typed } from './compile-typed.ts';
import { problemColumn } from './compiled.ts';
import { sharedTimes } from './shared-times.ts';
import { emptySql, identifier, joinSql, logicSql, numeral, sql, type Sql } from './sql.ts';
import type { BoundColumn } from './bound.ts';
import type { Expression, SortNode } from './tree.ts';

/** How much of a filter one SELECT does. */
export interface SelectSql {
  /** Conditions on rows that scripts are done with: exclude and lookup. */
  readonly dropped: (context: CompileContext) => readonly Sql[];
  readonly sorted: boolean;
  readonly limit?: number;
  /** Rows have a `problemColumn`. */
  readonly flawed: boolean;
}

/** A filter without scripts: joins, where, exclude, lookup, groups, one row per value, sorting, limit. */
export function compileSelect(given: CompileContext, part: SelectSql): Sql {
  const { bound } = given;
  const { select } = bound;
  if (!select) return emptySql;
  const { source, conditions, head } = compileSource(given);
  const shared = sharedTimes(bound);
  const context: CompileContext = shared.size > 0 ? { ...given, shared } : given;
  const dropped = part.dropped(context);
  const where = [...conditions, ...(bound.aggregated ? [] : dropped)];
  const having = [...conditionsOf(context, select.having), ...(bound.aggregated ? dropped : [])];
  const groups = select.groupBy.map((group) => compileSortKey(given, group));
  const rows = joinSql(
    [
      source,
      ...(where.length > 0 ? [sql`WHERE ${logicSql(where, 'and')}`] : []),
      ...(groups.length > 0 ? [sql`GROUP BY ${joinSql(groups, 'comma')}`] : []),
      ...(having.length > 0 ? [sql`HAVING ${logicSql(having, 'and')}`] : []),
    ],
    'line',
  );
  return sql`${head}${chooseRows(context, rows, part, sql`NULL`)}`;
}

/** What comes before a filter's outputs: where its rows come from and which of them count. */
export interface SourceSql {
  readonly source: Sql;
  readonly conditions: readonly Sql[];
  /** WITH, where the source needs it. */
  readonly head: Sql;
}

export function compileSource(context: CompileContext): SourceSql {
  const { from, joins: bound, select } = context.bound;
  if (!from) return { source: emptySql, conditions: [], head: emptySql };
  const { joins, conditions, definitions } = compileJoins(context, bound);
  return {
    source: joinSql([sql`FROM ${tableSql(context, from)}`, ...joins], 'line'),
    conditions: [...conditionsOf(context, select?.where), ...conditions],
    head: definitions.length > 0 ? sql`WITH RECURSIVE ${joinSql(definitions, 'commaLine')}\n` : emptySql,
  };
}

/** Outputs, one row per value, sorting and limit over `source`, which begins with FROM. */
export function chooseRows(context: CompileContext, source: Sql, part: SelectSql, problem: Sql): Sql {
  const { select } = context.bound;
  const outputs: readonly Output[] = [
    ...context.bound.columns.map((column) => ({ name: column.name, value: outputSql(context, column) })),
    ...(part.flawed ? [{ name: problemColumn, value: problem }] : []),
  ];
  const orderBy = part.sorted ? context.bound.orderBy : [];
  // Of the rows with one value the first in the order asked for stays, whoever sorts the rows at last.
  const rows = select?.distinctOn
    ? onePerValue(context, source, outputs, { on: select.distinctOn, sorted: part.sorted })
    : plainSelect(context, source, outputs, { distinct: select?.distinct === true, orderBy });
  return part.limit === undefined ? rows : sql`${rows}\nLIMIT ${numeral(part.limit)}`;
}

interface Output {
  readonly name: string;
  readonly value: Sql;
}

function outputSql(context: CompileContext, column: BoundColumn): Sql {
  return column.expression ? compileExpression(context, column.expression) : context.scriptSql(column);
}

function plainSelect(
  context: CompileContext,
  source: Sql,
  outputs: readonly Output[],
  { distinct, orderBy }: { readonly distinct: boolean; readonly orderBy: readonly SortNode[] },
): Sql {
  const columns = outputs.map(({ name, value }) => sql`${value} AS ${identifier(name)}`);
  const order = orderBy.length > 0 ? sql`\nORDER BY ${sortKeys(context, orderBy)}` : emptySql;
  return sql`SELECT ${distinct ? sql`DISTINCT ` : emptySql}${joinSql(columns, 'commaLine')}\n${source}${order}`;
}

/** `distinct on`: of the rows with one value the first in the order asked for; among equals by all columns, so that it is always the same. */
function onePerValue(
  context: CompileContext,
  source: Sql,
  outputs: readonly Output[],
  { on, sorted }: { readonly on: Expression; readonly sorted: boolean },
): Sql {
  const { orderBy } = context.bound;
  const sorts = orderBy.map((sort) => ({ ...rankKey(context, sort.expression), descending: sort.descending }));
  const partition = compileSortKey(context, on);
  // What the rows of a value have in common, and what they are sorted by already, tells none of them apart.
  const decided = [partition, ...sorts.map(({ decides }) => decides)];
  const ties = outputs.map(({ value }) => value).filter((value) => !decided.some((one) => isSame(one, value)));
  const ranks = [...sorts.map(({ value, descending }) => (descending ? sql`${value} DESC` : value)), ...ties];
  const ranking = ranks.length > 0 ? sql` ORDER BY ${joinSql(ranks, 'comma')}` : emptySql;
  // Rows are sorted as those of any other filter are; what can be had of an output column is not carried along a second time.
  const keys = orderBy.map(({ expression, descending }, i) => {
    // The moment of a point in time is asked for of the rows that stay.
    const isTime = typeOf(context, expression) === 'datetime';
    const value = isTime ? compileExpression(context, expression) : compileSortKey(context, expression);
    const place = outputs.findIndex((output) => isSame(output.value, value));
    const carried = place < 0;
    const name = identifier(carried ? `s${i + 1}` : `c${place + 1}`);
    return { value, descending, carried, name, key: isTime ? momentKey(context, name) : name };
  });
  const inner = [
    ...outputs.map(({ value }, i) => sql`${value} AS ${identifier(`c${i + 1}`)}`),
    ...keys.flatMap(({ value, carried, name }) => (carried && sorted ? [sql`${value} AS ${name}`] : [])),
    sql`row_number() OVER (PARTITION BY ${partition}${ranking}) AS "rank"`,
  ];
  const outer = outputs.map(({ name }, i) => sql`${identifier(`c${i + 1}`)} AS ${identifier(name)}`);
  const order = keys.map(({ key, descending }) => (descending ? sql`${key} DESC` : key));
  const rows = sql`SELECT ${joinSql(outer, 'commaLine')}\nFROM (\nSELECT ${joinSql(inner, 'commaLine')}\n${source}\n)\nWHERE "rank" = 1`;
  return sorted && order.length > 0 ? sql`${rows}\nORDER BY ${joinSql(order, 'comma')}` : rows;
}

function isSame(a: Sql, b: Sql): boolean {
  return (
    a.text === b.text && a.parameters.length === b.parameters.length && a.parameters.every((parameter, i) => parameter === b.parameters[i])
  );
}

/**
 * The order decides which row counts here, so that a value that is not of its column's type comes before all others, as null does. `decides`: whose
 * values it tells apart.
 */
function rankKey(context: CompileContext, expression: Expression): { readonly value: Sql; readonly decides: Sql } {
  const meaning = expression.kind === 'column' ? context.bound.meanings.get(expression) : undefined;
  if (meaning?.kind === 'output' && meaning.column.expression) return rankKey(context, meaning.column.expression);
  if (typeOf(context, expression) === 'datetime') {
    const value = timeOf(context, expression);
    return { value, decides: value };
  }
  const kind = meaning && guardedKind(typeOf(context, expression));
  if (kind === 'day') {
    const decides = compileExpression(context, expression);
    return { value: dayOrder(decides), decides };
  }
  const value = kind ? typed(context, expression, kind) : compileSortKey(context, expression);
  return { value, decides: value };
}

export function sortKeys(context: CompileContext, orderBy: readonly SortNode[]): Sql {
  const keys = orderBy.map(({ expression, descending }) => {
    const key = compileSortKey(context, expression);
    return descending ? sql`${key} DESC` : key;
  });
  return joinSql(keys, 'comma');
}

/** The smaller of the filter's own limit and that of the run. */
export function limitOf(written: unknown, given: number | undefined): number | undefined {
  const own = typeof written === 'number' ? written : undefined;
  const run = given === undefined ? undefined : Math.max(0, Math.floor(given));
  return own === undefined ? run : run === undefined ? own : Math.min(own, run);
}
