import { evaluate, holds, type Joined, type Place, type Run } from './expression.ts';
import { joinAll, type Tables } from './joins.ts';
import type { Expr, Query, Type } from './query.ts';
import { compareTexts, compareValues, foldCase, momentOf, ofType, valueOf, type Value } from './values.ts';

/** A row of the result with what it is sorted by. */
export interface Expected {
  readonly cells: readonly Value[];
  readonly keys: readonly Value[];
}

/**
 * The rows of a filter, in the order of work: joins, where, lookup, groups or one row per value, sort. Sorted where the filter sorts; all rows,
 * whatever its limit.
 */
export function runNaively(query: Query, tables: Tables, today: string, zone: string): readonly Expected[] {
  const run: Run = { parameters: new Map(query.parameters.map(({ name, value }) => [name, value])), today, zone };
  const { where, lookup, having } = query;
  let rows = joinAll(query.from, query.joins, tables, run);
  if (where) rows = rows.filter((row) => holds(where, { row, run }) === true);
  if (lookup) {
    const { target, expression, include } = lookup;
    const there = (tables[`${target.system}.${target.table}`] ?? []).map((row) => valueOf(row[target.column] ?? null));
    rows = rows.filter((row) => {
      const value = evaluate(expression, { row, run });
      return there.some((one) => one !== null && value !== null && compareValues(one, value) === 0) === include;
    });
  }
  let places: readonly Place[] = isAggregated(query) ? groups(query, rows, run) : rows.map((row) => ({ row, run }));
  if (having) places = places.filter((place) => holds(having, place) === true);
  const found = places.map((place) => {
    const cells = query.outputs.map(({ expression }) => evaluate(expression, place));
    const keys = query.orderBy.map(({ expression }) => keyOf(evaluate(expression, place), expression.type, zone));
    return { place, cells, keys };
  });
  const order = orderOf(query);
  const { distinct } = query;
  if (distinct === 'no') return found.toSorted(order);
  if (distinct === 'yes') return firsts(found, ({ cells }) => cells).toSorted(order);
  // What is not of its type is no value to be first by; among equals the first by all columns, so that it is always the same row.
  const ranked = found.map((row) => ({
    row,
    cells: row.cells,
    keys: query.orderBy.map(({ expression }, i) => rankOf(row.keys[i] ?? null, expression)),
  }));
  const sorted = ranked.toSorted((a, b) => order(a, b) || compareCells(a.cells, b.cells));
  const kept = firsts(sorted, ({ row: { place } }) => [groupKey(distinct.on, evaluate(distinct.on, place), zone)]);
  return kept.map(({ row }) => row).toSorted(order);
}

/** What rows are sorted by: of points in time the moment; what is none stands behind all that are, as its text. */
export function keyOf(value: Value, type: Type, zone: string): Value {
  return type === 'datetime' && value !== null ? (momentOf(value, zone) ?? String(value)) : value;
}

/** What is only written like a day still counts for one here: nothing is compared with it. What is not comes before all that are. */
function rankOf(value: Value, { kind, type }: Expr): Value {
  if (type === 'datetime') return typeof value === 'string' ? null : value;
  if (kind !== 'column') return value;
  if (type === 'date') return typeof value === 'string' && !/^....-..-../.test(value) ? `\u0001${value}` : value;
  return type === 'list' ? value : ofType(value, type);
}

/** How rows are sorted. */
function orderOf({ orderBy }: Query): (a: Expected, b: Expected) => number {
  return (a, b) => {
    for (const [i, { descending }] of orderBy.entries()) {
      const difference = compareValues(a.keys[i] ?? null, b.keys[i] ?? null);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  };
}

/** Rows of several filters, sorted as the first of them sorts. */
export function sortExpected(query: Query, rows: readonly Expected[]): readonly Expected[] {
  return rows.toSorted(orderOf(query));
}

function isAggregated({ groupBy, outputs, having }: Query): boolean {
  return groupBy.length > 0 || having !== undefined || outputs.some(({ expression }) => expression.kind === 'aggregate');
}

function groups(query: Query, rows: readonly Joined[], run: Run): readonly Place[] {
  if (query.groupBy.length === 0) return [{ row: new Map(), group: rows, run }];
  const made: { readonly key: readonly Value[]; readonly group: Joined[] }[] = [];
  for (const row of rows) {
    const key = query.groupBy.map((one) => groupKey(one, evaluate(one, { row, run }), run.zone));
    const known = made.find((one) => compareCells(one.key, key) === 0);
    if (known) known.group.push(row);
    else made.push({ key, group: [row] });
  }
  return made.map(({ group }) => ({ row: shownOf(query, group), group, run }));
}

/** Of the ways in which the rows of a group write one moment the first is shown. */
function shownOf({ groupBy }: Query, group: readonly Joined[]): Joined {
  const shown = new Map(group[0]);
  for (const key of groupBy) {
    if (key.kind !== 'column' || key.type !== 'datetime') continue;
    const written = group.map((row) => row.get(key.alias)?.[key.name] ?? null).filter((one) => typeof one === 'string');
    const [first = null] = written.toSorted(compareTexts);
    const row = shown.get(key.alias);
    if (row) shown.set(key.alias, { ...row, [key.name]: first });
  }
  return shown;
}

/** A column that is grouped by `collate nocase` is written as a call of that name. */
function groupKey(expr: Query['groupBy'][number], value: Value, zone: string): Value {
  if (expr.type === 'datetime') return keyOf(value, expr.type, zone);
  return expr.kind === 'call' && expr.name === 'collate nocase' && typeof value === 'string' ? foldCase(value) : value;
}

function compareCells(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, one] of a.entries()) {
    const difference = compareValues(one, b[i] ?? null);
    if (difference !== 0) return difference;
  }
  return 0;
}

function firsts<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => readonly Value[]): readonly Entry[] {
  const seen: (readonly Value[])[] = [];
  return entries.filter((entry) => {
    const key = keyOf(entry);
    if (seen.some((one) => compareCells(one, key) === 0)) return false;
    seen.push(key);
    return true;
  });
}
