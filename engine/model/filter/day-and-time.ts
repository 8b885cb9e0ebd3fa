import { dayLength, momentAt, offsetAt } from './time-zone.ts';

/** What a text in ISO 8601 says: the clock it shows, as if that were UTC, and how far that one is ahead of UTC, where it says so. */
interface Written {
  readonly wall: number;
  readonly offset?: number;
}

/**
 * The calendar day, `yyyy-mm-dd`, of a day or a point in time: the one it is in the zone, of the years 0 to 9999. A time without an offset is one of
 * the zone already. Null for all else.
 */
export function dayIn(zone: string, text: string): string | null {
  const written = read(text);
  if (!written) return null;
  if (written.offset === undefined) return dayOf(written.wall);
  const moment = written.wall - written.offset;
  return dayOf(moment + offsetAt(zone, moment));
}

/** A day or a point in time as milliseconds since 1970; a day begins at midnight in the zone. Undefined for all else. */
export function momentIn(zone: string, text: string): number | undefined {
  const written = read(text);
  if (!written) return undefined;
  return written.offset === undefined ? momentAt(zone, written.wall) : written.wall - written.offset;
}

/**
 * A point in time before which so much is written that such texts sort as their moments, and those of one moment as they are written. Null where it
 * is none.
 */
export function stampIn(zone: string, text: string): string | null {
  const moment = momentIn(zone, text);
  return moment === undefined ? null : String(moment + stampStart).padStart(stampWidth, '0') + text;
}

/** How many characters stand before the text of a stamp. */
export const stampWidth = 15;

/** Makes every moment of the years 0 to 9999 a positive number, in any zone. */
const stampStart = 100_000_000_000_000;

/** The point in time so many days later, when clocks in the zone show the same. */
export function movedIn(zone: string, text: string, days: number): number | undefined {
  const moment = momentIn(zone, text);
  if (moment === undefined || !Number.isFinite(days)) return undefined;
  return momentAt(zone, moment + offsetAt(zone, moment) + Math.round(days * dayLength));
}

/** A point in time as text, in UTC: `2026-05-10T08:30:00Z`. Null beyond the years 0 to 9999. */
export function momentText(moment: number | undefined): string | null {
  return moment === undefined || !isShowable(moment) ? null : new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** Read and written by hand: a regular expression and a Date take five times as long, and a filter may look at a million values. */
function dayOf(given: number): string {
  // East of Greenwich the last evening, which systems write for "never", is in the year 10000 already: it stays a day, and the last one.
  const wall = Math.min(Math.max(given, earliest), latest - 1);
  // Days since 1 March of the year 0, in eras of 400 years; after "chrono-compatible low-level date algorithms" by Howard Hinnant.
  const days = Math.floor(wall / dayLength) + 719_468;
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const yearInEra = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365);
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearInEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function isShowable(moment: number): boolean {
  return moment >= earliest && moment < latest;
}

const earliest = Date.parse('0000-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T24:00:00Z');
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `yyyy-mm-dd`, then perhaps `T` or a blank, `hh:mm`, `:ss`, a fraction, and `Z` or an offset such as `+02:00` or `+0200`. */
function read(text: string): Written | undefined {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  if (year < 0 || text[4] !== '-' || text[7] !== '-' || month < 1 || month > 12 || day < 1) return undefined;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0))) return undefined;
  const midnight = dayNumber(year, month, day) * dayLength;
  if (text.length === 10) return { wall: midnight };
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  if ((text[10] !== 'T' && text[10] !== ' ') || text[13] !== ':' || hour < 0 || hour > 24 || minute < 0 || minute > 59) return undefined;
  let at = 16;
  let milliseconds = 0;
  if (text[at] === ':') {
    const second = digits(text, at + 1, 2);
    if (second < 0 || second > 59) return undefined;
    milliseconds = second * 1000;
    at += 3;
    if (text[at] === '.') {
      const start = ++at;
      while (digits(text, at, 1) >= 0) at++;
      if (at === start) return undefined;
      milliseconds += Math.floor(Number(`0.${text.slice(start, at)}`) * 1000);
    }
  }
  if (hour === 24 && minute + milliseconds > 0) return undefined;
  const wall = midnight + (hour * 60 + minute) * 60_000 + milliseconds;
  if (at === text.length) return { wall };
  const sign = text[at];
  if (sign === 'Z') return at + 1 === text.length ? { wall, offset: 0 } : undefined;
  const withColon = text[at + 3] === ':';
  const [hours, minutes] = [digits(text, at + 1, 2), digits(text, at + (withColon ? 4 : 3), 2)];
  const isWhole = text.length === at + (withColon ? 6 : 5);
  if ((sign !== '+' && sign !== '-') || !isWhole || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  const ahead = (hours * 60 + minutes) * 60_000;
  return { wall, offset: sign === '-' ? -ahead : ahead };
}

/** Days since 1970. */
function dayNumber(year: number, month: number, day: number): number {
  const from = month <= 2 ? year - 1 : year;
  const era = Math.floor(from / 400);
  const yearInEra = from - era * 400;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearInEra * 365 + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100) + inYear - 719_468;
}

/** So many digits as a number; less than 0 where there is anything else. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}
