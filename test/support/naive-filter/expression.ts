import { callFunction } from './functions.ts';
import { aggregateOver } from './aggregates.ts';
import type { Expr, Nocase, Type } from './query.ts';
import {
  and,
  compareTexts,
  compareValues,
  dayNumber,
  dayText,
  foldCase,
  isBareDay,
  itemsOf,
  lettersOf,
  momentOf,
  not,
  ofType,
  or,
  textOf,
  truthValue,
  valueOf,
  type Cell,
  type Truth,
  type Value,
} from './values.ts';

/** A row of a table. */
export type Row = Readonly<Record<string, Cell>>;

/** Rows by alias; `null` where a left join found none. */
export type Joined = ReadonlyMap<string, Row | null>;

export interface Run {
  readonly parameters: ReadonlyMap<string, string | number | boolean | null>;
  readonly today: string;
  /** The workspace's time zone. */
  readonly zone: string;
}

/** What an expression is looked at in: a row, and the rows of its group where there are groups. */
export interface Place {
  readonly row: Joined;
  readonly group?: readonly Joined[];
  readonly run: Run;
}

/** The value of an expression in a row. */
export function evaluate(expr: Expr, place: Place): Value {
  const of = (part: Expr): Value => evaluate(part, place);
  switch (expr.kind) {
    case 'column':
      return valueOf(place.row.get(expr.alias)?.[expr.name] ?? null);
    case 'literal':
      return valueOf(expr.value);
    case 'parameter':
      return valueOf(place.run.parameters.get(expr.name) ?? null);
    case 'not':
    case 'and':
    case 'or':
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
    case 'null':
    case 'matched':
      return truthValue(holds(expr, place));
    case 'case': {
      const { of: operand, branches, otherwise } = expr;
      const branch = branches.find(({ when }) => (operand ? equal(operand, when, place) === true : holds(when, place) === true));
      const chosen = branch?.then ?? otherwise;
      return chosen ? chosenOf(of(chosen), chosen.type, expr.type) : null;
    }
    case 'negative': {
      const value = ofType(of(expr.of), 'number');
      return typeof value === 'string' || value === null ? null : -value;
    }
    case 'arithmetic':
      return arithmetic(expr, place);
    case 'cast':
      return cast(of(expr.of), expr.of.type, expr.type, place.run.zone);
    case 'call':
      return callFunction(expr, place);
    case 'aggregate':
      return aggregateOver(expr, place);
  }
}

/** What was chosen among several: among texts, a truth value is one. */
export function chosenOf(value: Value, type: Type, among: Type): Value {
  return type === 'boolean' && among === 'text' ? textOf(value, type) : value;
}

/** Whether a condition holds. */
export function holds(expr: Expr, place: Place): Truth {
  switch (expr.kind) {
    case 'not':
      return not(holds(expr.of, place));
    case 'and':
      return and(expr.all.map((one) => holds(one, place)));
    case 'or':
      return or(expr.all.map((one) => holds(one, place)));
    case 'matched':
      return place.row.get(expr.alias) !== null;
    case 'null':
      return (evaluate(expr.of, place) === null) !== expr.negated;
    case 'compare': {
      const { operator } = expr;
      return compare(
        expr.left,
        expr.right,
        expr.nocase,
        place,
        (order) => {
          switch (operator) {
            case '=':
              return order === 0;
            case '<>':
              return order !== 0;
            case '<':
              return order < 0;
            case '<=':
              return order <= 0;
            case '>':
              return order > 0;
            case '>=':
              return order >= 0;
          }
        },
        operator === '=',
      );
    }
    case 'in': {
      const found = or(expr.values.map((one) => compare(expr.of, one, expr.nocase, place, (order) => order === 0)));
      return expr.negated ? not(found) : found;
    }
    case 'between': {
      const inside = and([
        compare(expr.of, expr.low, expr.nocase, place, (order) => order >= 0),
        compare(expr.of, expr.high, expr.nocase, place, (order) => order <= 0),
      ]);
      return expr.negated ? not(inside) : inside;
    }
    case 'like': {
      const [text, pattern] = [textOf(evaluate(expr.of, place), expr.of.type), textOf(evaluate(expr.pattern, place), expr.pattern.type)];
      if (text === null || pattern === null) return null;
      const fold = expr.nocase === 'no' ? (one: string): string => one : foldCase;
      const found = like(lettersOf(fold(text)), lettersOf(fold(pattern)));
      return expr.negated ? !found : found;
    }
    default: {
      const value = ofType(evaluate(expr, place), 'boolean');
      return value === null ? null : Number(value) !== 0;
    }
  }
}

/** Whether `left = right` holds. */
export function equal(left: Expr, right: Expr, place: Place): Truth {
  return compare(left, right, 'no', place, (order) => order === 0, true);
}

/** Texts exactly or without case, numbers as numbers, days by the calendar, multi-values as sets; null where a side is not of its type. */
function compare(left: Expr, right: Expr, nocase: Nocase, place: Place, test: (order: number) => boolean, columns = false): Truth {
  const a = evaluate(left, place);
  const b = evaluate(right, place);
  if (a === null || b === null) return null;
  const type: Type = left.type === 'text' ? right.type : left.type;
  // Two columns are equal where they hold the same, whatever it is: long numbers are kept as text, and are keys.
  const plain = columns && left.kind === 'column' && right.kind === 'column' && (type === 'number' || type === 'boolean');
  if (plain && (ofType(a, type) === null || ofType(b, type) === null)) return compareValues(a, b) === 0;
  switch (type) {
    case 'text': {
      const [x, y] = [textOf(a, left.type) ?? '', textOf(b, right.type) ?? ''];
      return nocase === 'no' ? test(compareTexts(x, y)) : test(compareTexts(foldCase(x), foldCase(y)));
    }
    case 'list': {
      const fold = nocase === 'no' ? (one: string): string => one : foldCase;
      const [x, y] = [itemsOf(a), itemsOf(b)].map((items) => items && [...new Set(items.map(fold))].sort());
      return x && y ? test(JSON.stringify(x) === JSON.stringify(y) ? 0 : 1) : null;
    }
    case 'date':
    case 'datetime': {
      const { zone } = place.run;
      const [x, y] = [momentOf(a, zone), momentOf(b, zone)];
      if (x === undefined || y === undefined) return null;
      // A literal or parameter that is only a day means that day; beside a date, too, the day counts.
      const byDay = left.type === 'date' || right.type === 'date' || meansDay(left, a) || meansDay(right, b);
      const order = byDay ? (dayNumber(a, zone) ?? 0) - (dayNumber(b, zone) ?? 0) : x - y;
      return test(order);
    }
    default: {
      const [x, y] = [ofType(a, type), ofType(b, type)];
      return x === null || y === null ? null : test(x < y ? -1 : x > y ? 1 : 0);
    }
  }
}

function meansDay(expr: Expr, value: Value): boolean {
  return (expr.kind === 'literal' || expr.kind === 'parameter') && isBareDay(value);
}

function like(text: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '%') return like(text, rest) || (text.length > 0 && like(text.slice(1), pattern));
  return text.length > 0 && (first === '_' || first === text[0]) && like(text.slice(1), rest);
}

function arithmetic(expr: Extract<Expr, { kind: 'arithmetic' }>, place: Place): Value {
  const [left, right] = [evaluate(expr.left, place), evaluate(expr.right, place)];
  if (expr.operator === '||') {
    const [a, b] = [textOf(left, expr.left.type), textOf(right, expr.right.type)];
    return a === null || b === null ? null : a + b;
  }
  const isDay = (type: Type): boolean => type === 'date' || type === 'datetime';
  if (isDay(expr.left.type) || isDay(expr.right.type)) {
    if (isDay(expr.left.type) && isDay(expr.right.type)) {
      const [a, b] = [dayNumber(left, place.run.zone), dayNumber(right, place.run.zone)];
      return a === undefined || b === undefined ? null : BigInt(a - b);
    }
    const [day, count] = isDay(expr.left.type) ? [left, right] : [right, left];
    const [a, n] = [dayNumber(day, place.run.zone), ofType(count, 'number')];
    if (a === undefined || n === null) return null;
    return dayText(a + (expr.operator === '-' ? -Number(n) : Number(n)));
  }
  return calculate(ofType(left, 'number'), expr.operator, ofType(right, 'number'));
}

function calculate(a: Value, operator: string, b: Value): Value {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return null;
  const whole = typeof a === 'bigint' && typeof b === 'bigint';
  switch (operator) {
    case '+':
      return whole ? a + b : Number(a) + Number(b);
    case '-':
      return whole ? a - b : Number(a) - Number(b);
    case '*':
      return whole ? a * b : Number(a) * Number(b);
    default:
      // Nothing is divided by zero.
      return Number(b) === 0 ? null : Number(a) / Number(b);
  }
}

const numeric = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** What cannot be read as one of the type is null. */
function cast(value: Value, from: Type, to: Type, zone: string): Value {
  if (value === null) return null;
  switch (to) {
    case 'text':
      return textOf(value, from);
    case 'number':
      if (typeof value !== 'string') return value;
      return from === 'text' && numeric.test(value) ? valueOf(Number(value)) : null;
    case 'boolean':
      if (typeof value !== 'string') return ofType(value, 'boolean');
      return /^(true|1)$/i.test(value) ? 1n : /^(false|0)$/i.test(value) ? 0n : null;
    case 'date': {
      const day = dayNumber(value, zone);
      return day === undefined ? null : dayText(day);
    }
    default:
      return ofType(value, to);
  }
}
