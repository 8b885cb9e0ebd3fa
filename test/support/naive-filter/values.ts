import type { Type } from './query.ts';

/** A value while a filter is evaluated: whole numbers and others are told apart, as SQL does; truth values are 0 and 1. */
export type Value = string | number | bigint | null;

/** What a vault holds. */
export type Cell = string | number | null;

/** True, false, or not known. */
export type Truth = boolean | null;

export function valueOf(cell: Cell | boolean): Value {
  if (typeof cell === 'boolean') return cell ? 1n : 0n;
  return typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : cell;
}

export function truthValue(truth: Truth): Value {
  return truth === null ? null : truth ? 1n : 0n;
}

export function and(all: readonly Truth[]): Truth {
  return all.includes(false) ? false : all.includes(null) ? null : true;
}

export function or(all: readonly Truth[]): Truth {
  return all.includes(true) ? true : all.includes(null) ? null : false;
}

export function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/**
 * Unicode's full case folding of the letters that the test uses whose small letter is not their folding; see CaseFolding.txt. Beyond it, ı meets
 * its capital I, so that a name in capitals is found.
 */
const foldings: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ẞ: 'ss',
  ς: 'σ',
  ﬁ: 'fi',
  İ: 'i\u0307',
  ŉ: 'ʼn',
  ſ: 's',
  µ: 'μ',
  K: 'k',
};

/** The characters of a text as SQL counts them: code points. */
export function lettersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** Canonical caseless matching, Unicode definition D145. */
export function foldCase(text: string): string {
  const folded = lettersOf(text.normalize('NFC'))
    .map((letter) => foldings[letter] ?? letter.toLowerCase())
    .join('');
  return folded.normalize('NFC');
}

/** By the bytes of UTF-8. */
export function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** How SQL sorts: null, numbers, texts. */
export function compareValues(a: Value, b: Value): number {
  const rank = (value: Value): number => (value === null ? 0 : typeof value === 'string' ? 2 : 1);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (a === null || b === null) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The text a value reads as. */
export function textOf(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A day or a point in time, ISO 8601: milliseconds since 1970 and whether it is only a day; without an offset it is UTC. Undefined for all else. */
export function momentOf(value: Value): { readonly time: number; readonly isDay: boolean } | undefined {
  if (typeof value !== 'string') return undefined;
  const found = dayPattern.exec(value);
  if (!found) return undefined;
  const [, year = '', month = '', day = '', hours, minutes = '', seconds = '00', fraction = '', offset] = found;
  const noon = new Date(`${year}-${month}-${day}T12:00:00Z`);
  if (Number.isNaN(noon.getTime()) || !noon.toISOString().startsWith(`${year}-${month}-${day}`)) return undefined;
  if (hours === undefined) return { time: Date.parse(`${year}-${month}-${day}T00:00:00Z`), isDay: true };
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${fraction.slice(0, 4)}${offset ?? 'Z'}`);
  return Number.isNaN(time) ? undefined : { time, isDay: false };
}

export const dayLength = 24 * 60 * 60 * 1000;

/** The number of the calendar day. */
export function dayNumber(value: Value): number | undefined {
  const moment = momentOf(value);
  return moment && Math.floor(moment.time / dayLength);
}

export function dayText(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

/** The value, or null where it is not of the type: what a system said instead of a number, a day or a truth value. */
export function ofType(value: Value, type: Type): Value {
  switch (type) {
    case 'number':
      return typeof value === 'string' ? null : value;
    case 'boolean':
      return typeof value === 'string' || (value !== null && Number(value) !== 0 && Number(value) !== 1) ? null : value;
    case 'date':
    case 'datetime':
      return momentOf(value) ? value : null;
    case 'list':
      return itemsOf(value) ? value : null;
    case 'text':
      return value;
  }
}

/** The values of a multi-value. */
export function itemsOf(value: Value): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : undefined;
  } catch {
    return undefined;
  }
}
