import type { CompileContext } from './compile-context.ts';
import { compileExpression, compileSortKey, typeOf } from './compile-expression.ts';
import { compileJoins, conditionsOf, tableSql } from './compile-join.ts';
import { guardedKind, typed } from './compile-typed.ts';
import { emptySql, identifier, joinSql, logicSql, numeral, sql, type Sql } from './sql.ts';
import type { Expression, SortNode } from './tree.ts';

/** What a run adds to a filter. */
export interface RunParts {
  readonly lookup?: Sql;
  readonly limit?: number;
}

/** Puts the whole SELECT together. Order of work: joins, where, lookup, groups, one row per value, sorting, limit. */
export function compileParts(context: CompileContext, run: RunParts): Sql {
  const { bound } = context;
  const select = bound.document.tree?.select;
  if (!select || !bound.from) return emptySql;
  const { joins, conditions, definitions } = compileJoins(context, bound.joins);
  const lookup = run.lookup ? [run.lookup] : [];
  const where = [...conditionsOf(context, select.where), ...conditions, ...(bound.aggregated ? [] : lookup)];
  const having = [...conditionsOf(context, select.having), ...(bound.aggregated ? lookup : [])];
  const groups = select.groupBy.map((group) => compileSortKey(context, group));
  const source = joinSql(
    [
      sql`FROM ${tableSql(context, bound.from)}`,
      ...joins,
      ...(where.length > 0 ? [sql`WHERE ${logicSql(where, 'and')}`] : []),
      ...(groups.length > 0 ? [sql`GROUP BY ${joinSql(groups, 'comma')}`] : []),
      ...(having.length > 0 ? [sql`HAVING ${logicSql(having, 'and')}`] : []),
    ],
    'line',
  );
  const body = select.distinctOn ? onePerValue(context, source) : plainSelect(context, source, select.distinct);
  const limit = limitOf(select.limit?.value, run.limit);
  const head = definitions.length > 0 ? sql`WITH RECURSIVE ${joinSql(definitions, 'commaLine')}\n` : emptySql;
  return limit === undefined ? sql`${head}${body}` : sql`${head}${body}\nLIMIT ${numeral(limit)}`;
}

function plainSelect(context: CompileContext, source: Sql, distinct: boolean): Sql {
  const { columns, orderBy } = context.bound;
  const outputs = columns.flatMap(({ name, expression }) =>
    expression ? [sql`${compileExpression(context, expression)} AS ${identifier(name)}`] : [],
  );
  const order = orderBy.length > 0 ? sql`\nORDER BY ${sortKeys(context, orderBy)}` : emptySql;
  return sql`SELECT ${distinct ? sql`DISTINCT ` : emptySql}${joinSql(outputs, 'commaLine')}\n${source}${order}`;
}

/** `distinct on`: of the rows with one value the first in the order asked for; among equals by all columns, so that it is always the same. */
function onePerValue(context: CompileContext, source: Sql): Sql {
  const { columns, orderBy, document } = context.bound;
  const on = document.tree?.select?.distinctOn;
  if (!on) return emptySql;
  const own = columns.flatMap(({ name, expression }) => (expression ? [{ name, value: compileExpression(context, expression) }] : []));
  const sorts = orderBy.map((sort) => ({ value: rankKey(context, sort.expression), descending: sort.descending }));
  const ranks = [...sorts.map(({ value, descending }) => (descending ? sql`${value} DESC` : value)), ...own.map(({ value }) => value)];
  const inner = [
    ...own.map(({ value }, i) => sql`${value} AS ${identifier(`c${i + 1}`)}`),
    ...sorts.map(({ value }, i) => sql`${value} AS ${identifier(`s${i + 1}`)}`),
    sql`row_number() OVER (PARTITION BY ${compileSortKey(context, on)} ORDER BY ${joinSql(ranks, 'comma')}) AS "rank"`,
  ];
  const outer = own.map(({ name }, i) => sql`${identifier(`c${i + 1}`)} AS ${identifier(name)}`);
  const order = sorts.map(({ descending }, i) => (descending ? sql`${identifier(`s${i + 1}`)} DESC` : identifier(`s${i + 1}`)));
  const rows = sql`SELECT ${joinSql(outer, 'commaLine')}\nFROM (\nSELECT ${joinSql(inner, 'commaLine')}\n${source}\n)\nWHERE "rank" = 1`;
  return order.length > 0 ? sql`${rows}\nORDER BY ${joinSql(order, 'comma')}` : rows;
}

/** The order decides which row counts here, so that a value that is not of its column's type counts as null. */
function rankKey(context: CompileContext, expression: Expression): Sql {
  const meaning = expression.kind === 'column' ? context.bound.meanings.get(expression) : undefined;
  if (meaning?.kind === 'output' && meaning.column.expression) return rankKey(context, meaning.column.expression);
  const kind = meaning && guardedKind(typeOf(context, expression));
  return kind ? typed(context, expression, kind) : compileSortKey(context, expression);
}

function sortKeys(context: CompileContext, orderBy: readonly SortNode[]): Sql {
  const keys = orderBy.map(({ expression, descending }) => {
    const key = compileSortKey(context, expression);
    return descending ? sql`${key} DESC` : key;
  });
  return joinSql(keys, 'comma');
}

function limitOf(written: unknown, given: number | undefined): number | undefined {
  const own = typeof written === 'number' ? written : undefined;
  const run = given === undefined ? undefined : Math.max(0, Math.floor(given));
  return own === undefined ? run : run === undefined ? own : Math.min(own, run);
}
