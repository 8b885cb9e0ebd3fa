import { chosenOf, equal, evaluate, type Place } from './expression.ts';
import type { Expr } from './query.ts';
import { dayNumber, dayText, foldCase, itemsOf, lettersOf, ofType, textOf, truthValue, type Value } from './values.ts';

type Call = Extract<Expr, { kind: 'call' }>;

/** A function as the manual's list describes it. */
export function callFunction(call: Call, place: Place): Value {
  const values = call.values.map((value) => evaluate(value, place));
  const [first = null, second = null, third = null] = values;
  const type = call.values[0]?.type;
  switch (call.name) {
    case 'today':
      return place.run.today;
    // Written behind a column to group by.
    case 'collate nocase':
      return first;
    case 'coalesce':
      return call.values.map((one, i) => chosenOf(values[i] ?? null, one.type, call.type)).find((value) => value !== null) ?? null;
    case 'exists':
      if (type === 'list') return truthValue(first !== null && first !== '' && itemsOf(first)?.length !== 0);
      return truthValue(first !== null && first !== '');
    case 'nullif':
      // What is the same is what a comparison takes for it: days by the calendar, points in time as moments.
      return call.values[0] && call.values[1] && equal(call.values[0], call.values[1], place) === true ? null : first;
    case 'abs': {
      const number = ofType(first, 'number');
      return number === null || typeof number === 'string' ? null : number < 0 ? -number : number;
    }
    case 'round':
      return round(ofType(first, 'number'), call.values.length > 1 ? second : 0n);
    case 'date': {
      const day = dayNumber(first, place.run.zone);
      return day === undefined ? null : dayText(day);
    }
    case 'year':
    case 'month':
    case 'day': {
      const day = dayNumber(first, place.run.zone);
      const part = ['year', 'month', 'day'].indexOf(call.name);
      const text = day === undefined ? null : dayText(day);
      return text === null ? null : BigInt(Number(text.split('-')[part]));
    }
    case 'contains':
      if (type === 'list') return contains(first, textOf(second, call.values[1]?.type ?? 'text'), call.nocase !== 'no');
      break;
  }
  const texts = [first, second, third].map((value, i) => textOf(value, call.values[i]?.type ?? 'text'));
  return ofTexts(call, texts, values);
}

function contains(list: Value, wanted: string | null, nocase: boolean): Value {
  const items = itemsOf(list);
  if (!items || wanted === null) return null;
  return truthValue(items.some((item) => (nocase ? foldCase(item) === foldCase(wanted) : item === wanted)));
}

function ofTexts(call: Call, texts: readonly (string | null)[], values: readonly Value[]): Value {
  const given = texts.slice(0, values.length);
  if (given.includes(null)) return null;
  const fold = call.nocase === 'no' ? (one: string): string => one : foldCase;
  const [text = '', part = '', other = ''] = given.map((one) => one ?? '');
  const characters = lettersOf(text);
  switch (call.name) {
    case 'lower':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'trim':
    case 'ltrim':
    case 'rtrim': {
      const dropped = new Set(values.length > 1 ? lettersOf(part) : [' ']);
      let [from, to] = [0, characters.length];
      if (call.name !== 'rtrim') while (from < to && dropped.has(characters[from] ?? '')) from++;
      if (call.name !== 'ltrim') while (from < to && dropped.has(characters[to - 1] ?? '')) to--;
      return characters.slice(from, to).join('');
    }
    case 'length':
      return BigInt(characters.length);
    case 'substr': {
      const start = Number(values[1]) < 0 ? characters.length + Number(values[1]) + 1 : Number(values[1]);
      const count = values.length > 2 ? Number(values[2]) : Infinity;
      return characters.filter((_, i) => i + 1 >= start && i + 1 < start + count).join('');
    }
    case 'replace':
      return part === '' ? text : text.replaceAll(part, other.replaceAll('$', '$$$$'));
    case 'instr': {
      const at = text.indexOf(part);
      return at < 0 ? 0n : BigInt(lettersOf(text.slice(0, at)).length + 1);
    }
    case 'contains':
      return truthValue(fold(text).includes(fold(part)));
    case 'starts_with':
      return truthValue(fold(text).startsWith(fold(part)));
    case 'ends_with':
      return truthValue(fold(text).endsWith(fold(part)));
    default:
      throw new Error(`The evaluator does not know ${call.name}.`);
  }
}

/** Halves away from zero. A rounded number is no whole one to SQL. */
function round(number: Value, digits: Value): Value {
  if (number === null || typeof number === 'string' || digits === null) return null;
  const factor = 10 ** Math.max(0, Number(digits));
  return (Math.sign(Number(number)) * Math.round(Math.abs(Number(number)) * factor)) / factor || 0;
}
