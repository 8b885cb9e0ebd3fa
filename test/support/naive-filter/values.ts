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
 * Unicode's full case folding of the letters that the test uses whose small letter is not their folding; see CaseFolding.txt.
 */
const foldings: Readonly<Record<string, string>> = {
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

/** The text a value of a type reads as: numbers as they are shown, truth values in words. */
export function textOf(value: Value, type: Type): string | null {
  if (value === null || typeof value === 'string') return value;
  if (type === 'boolean' && Number(value) === 1) return 'true';
  if (type === 'boolean' && Number(value) === 0) return 'false';
  return String(value);
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:(Z)|([+-])(\d\d):?(\d\d))?)?$/;
const minute = 60 * 1000;
const hour = 60 * minute;
const dayLength = 24 * hour;

/** What a text in ISO 8601 says: what its clock shows, as milliseconds since 1970 as if it were UTC, and how far that is ahead of UTC. */
interface WrittenTime {
  readonly wall: number;
  readonly isDay: boolean;
  readonly ahead?: number;
}

/** A day or a point in time as it is written: ISO 8601, an offset with or without its colon, midnight also as 24:00. Undefined for all else. */
function writtenTime(value: Value): WrittenTime | undefined {
  if (typeof value !== 'string') return undefined;
  const found = dayPattern.exec(value);
  if (!found) return undefined;
  const [, year = '', month = '', date = '', hours, minutes = '00', seconds = '00', fraction = '', utc, sign, aheadHours, aheadMinutes] =
    found;
  const midnight = Date.parse(`${year}-${month}-${date}T00:00:00Z`);
  // A day 31 of a month of 30 would be the first of the next.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(`${year}-${month}-${date}T`)) return undefined;
  if (hours === undefined) return { wall: midnight, isDay: true };
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  const milliseconds = Number(fraction.slice(1, 4).padEnd(3, '0'));
  if (m > 59 || s > 59 || h > 24 || (h === 24 && m + s + milliseconds > 0)) return undefined;
  const written = { wall: midnight + h * hour + m * minute + s * 1000 + milliseconds, isDay: false };
  if (utc !== undefined) return { ...written, ahead: 0 };
  if (sign === undefined) return written;
  const [ah, am] = [Number(aheadHours), Number(aheadMinutes)];
  if (ah > 23 || am > 59) return undefined;
  return { ...written, ahead: (ah * hour + am * minute) * (sign === '-' ? -1 : 1) };
}

export function isBareDay(value: Value): boolean {
  return writtenTime(value)?.isDay === true;
}

/** Milliseconds since 1970 of a day, which begins at midnight, or of a point in time; without an offset it is what clocks in the zone show. */
export function momentOf(value: Value, zone: string): number | undefined {
  const written = writtenTime(value);
  if (!written) return undefined;
  return written.ahead === undefined ? whenClocksShow(written.wall, zone) : written.wall - written.ahead;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, number>();

/** How far clocks in the zone are ahead of UTC, as Intl says it in words: GMT+05:45, and with seconds before there were zones. */
function aheadAt(moment: number, zone: string): number {
  const key = `${zone} ${moment}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  clocks.set(zone, clock);
  const name = clock.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? [name];
  if (!name.startsWith('GMT')) throw new Error(`Intl says ${name} of ${zone}.`);
  const ahead = (Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000) * (sign === '-' ? -1 : 1);
  known.set(key, ahead);
  return ahead;
}

/** The first moment at which clocks show that; where they leave it out, what they show who did not put theirs forward. */
function whenClocksShow(wall: number, zone: string): number {
  const [before, after] = [aheadAt(wall - dayLength, zone), aheadAt(wall + dayLength, zone)];
  const moments = [before, after].map((ahead) => wall - ahead).sort((a, b) => a - b);
  return moments.find((moment) => moment + aheadAt(moment, zone) === wall) ?? wall - before;
}

/** The number of the calendar day: that of the zone where there is an offset, else the one that is written. */
export function dayNumber(value: Value, zone: string): number | undefined {
  const written = writtenTime(value);
  if (!written) return undefined;
  const { wall, ahead } = written;
  const day = Math.floor((ahead === undefined ? wall : wall - ahead + aheadAt(wall - ahead, zone)) / dayLength);
  // "Never" stays a day in every zone.
  return Math.min(Math.max(day, firstDay), lastDay);
}

const firstDay = Date.parse('0000-01-01T00:00:00Z') / dayLength;
const lastDay = Date.parse('9999-12-31T00:00:00Z') / dayLength;

/** Null beyond the calendar that is written with four digits. */
export function dayText(day: number): string | null {
  return day < firstDay || day > lastDay ? null : new Date(day * dayLength).toISOString().slice(0, 10);
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
      return writtenTime(value) ? value : null;
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
