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

/** The text a value reads as. */
export function textOf(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A day or a point in time as it is written: ISO 8601. Undefined for all else. */
function writtenTime(value: Value): { readonly day: string; readonly time?: string; readonly offset?: string } | undefined {
  if (typeof value !== 'string') return undefined;
  const found = dayPattern.exec(value);
  if (!found) return undefined;
  const [, year = '', month = '', date = '', hours, minutes = '', seconds = '00', fraction = '', offset] = found;
  const day = `${year}-${month}-${date}`;
  const noon = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(noon.getTime()) || !noon.toISOString().startsWith(day)) return undefined;
  if (hours === undefined) return { day };
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return { day, time: `${hours}:${minutes}:${seconds}${fraction.slice(0, 4)}`, ...(offset !== undefined && { offset }) };
}

export function isBareDay(value: Value): boolean {
  const written = writtenTime(value);
  return written !== undefined && written.time === undefined;
}

/** Milliseconds since 1970 of a day, which begins at midnight, or of a point in time; without an offset it is what clocks in the zone show. */
export function momentOf(value: Value, zone: string): number | undefined {
  const written = writtenTime(value);
  if (!written) return undefined;
  const { day, time = '00:00:00', offset } = written;
  return offset === undefined ? whenClocksShow(Date.parse(`${day}T${time}Z`), zone) : Date.parse(`${day}T${time}${offset}`);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const shown = new Map<string, number>();

/** What clocks in the zone show, as if it were UTC. */
function clockAt(moment: number, zone: string): number {
  const key = `${zone} ${moment}`;
  const known = clockTimes.get(key) ?? askedClock(moment, zone);
  clockTimes.set(key, known);
  return known;
}

const clockTimes = new Map<string, number>();

function askedClock(moment: number, zone: string): number {
  const field = 'numeric';
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: field,
      month: field,
      day: field,
      hour: field,
      minute: field,
      second: field,
    });
  clocks.set(zone, clock);
  const of = new Map(clock.formatToParts(moment).map(({ type, value }) => [type as string, Number(value)]));
  const at = (name: string): number => of.get(name) ?? 0;
  const wholeSeconds = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return wholeSeconds + (((moment % 1000) + 1000) % 1000);
}

/** The first moment at which clocks show that; every quarter of an hour around it is tried. */
function whenClocksShow(wall: number, zone: string): number {
  const key = `${zone} ${wall}`;
  const known = shown.get(key);
  if (known !== undefined) return known;
  for (let moment = wall - 16 * hour; moment <= wall + 16 * hour; moment += hour / 4) {
    if (clockAt(moment, zone) !== wall) continue;
    shown.set(key, moment);
    return moment;
  }
  throw new Error(`Clocks in ${zone} never show ${new Date(wall).toISOString()}.`);
}

const hour = 60 * 60 * 1000;
const dayLength = 24 * hour;

/** The number of the calendar day: that of the zone where there is an offset, else the one that is written. */
export function dayNumber(value: Value, zone: string): number | undefined {
  const written = writtenTime(value);
  if (!written) return undefined;
  const { day, time, offset } = written;
  const wall = offset === undefined ? Date.parse(`${day}T00:00:00Z`) : clockAt(Date.parse(`${day}T${time}${offset}`), zone);
  return Math.floor(wall / dayLength);
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
