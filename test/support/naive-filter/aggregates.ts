import { evaluate, type Place } from './expression.ts';
import type { Expr } from './query.ts';
import { compareTexts, compareValues, momentOf, ofType, textOf, type Value } from './values.ts';

/** A value over all rows of the group. Nulls do not count; nor, but to `count`, what is not of its column's type. */
export function aggregateOver(expr: Extract<Expr, { kind: 'aggregate' }>, { group = [], run }: Place): Value {
  const { of, name, distinct, separator = ',' } = expr;
  if (!of) return BigInt(group.length);
  const all = group.map((row) => evaluate(of, { row, run })).filter((value) => value !== null);
  const { zone } = run;
  const moment = (value: Value): Value => momentOf(value, zone) ?? value;
  if (name === 'count') return BigInt((distinct ? unique(of.type === 'datetime' ? all.map(moment) : all) : all).length);
  const typed = name === 'group_concat' ? all : all.map((value) => ofType(value, of.type)).filter((value) => value !== null);
  const values = distinct ? unique(typed) : typed;
  const text = (value: Value): string => textOf(value, of.type) ?? '';
  // Moments, and those written in several ways by their texts.
  const byTime = (a: Value, b: Value): number => compareValues(moment(a), moment(b)) || compareTexts(text(a), text(b));
  const sorted = values.toSorted(of.type === 'datetime' ? byTime : compareValues);
  switch (name) {
    case 'min':
      return sorted[0] ?? null;
    case 'max':
      return sorted.at(-1) ?? null;
    case 'sum':
      if (values.length === 0) return null;
      return values.every((value) => typeof value === 'bigint') ? values.reduce((sum, value) => sum + value, 0n) : total(values);
    case 'avg':
      return values.length === 0 ? null : total(values) / values.length;
    case 'group_concat':
      return values.length === 0
        ? null
        : (distinct && expr.separator !== undefined ? [...new Set(values.map(text))] : values.map(text)).join(separator);
    default:
      throw new Error(`The evaluator does not know ${name}.`);
  }
}

function total(values: readonly Value[]): number {
  return values.reduce<number>((sum, value) => sum + Number(value), 0);
}

function unique(values: readonly Value[]): readonly Value[] {
  return values.filter((value, i) => values.findIndex((other) => compareValues(value, other) === 0) === i);
}
