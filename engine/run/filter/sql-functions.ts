import { dayIn, momentIn, momentText, movedIn, stampIn } from '../../model/filter/day-and-time.ts';
import { foldText } from '../../model/filter/fold.ts';
import { valueSet } from '../../model/filter/value-set.ts';

/** A function that SQLite does not have and compiled filters call. The vault registers them on each of its connections. */
export interface SqlFunction {
  readonly name: string;
  /** Same arguments, same value: SQLite may then call it once. */
  readonly deterministic: boolean;
  readonly call: (...values: readonly unknown[]) => string | number | bigint | null;
}

export const sqlFunctions: readonly SqlFunction[] = [
  { name: 'sollist_fold', deterministic: true, call: (value: unknown) => onText(value, foldText) },
  // SQLite writes a computed number that is whole with a ".0", and others with fewer digits than they have.
  { name: 'sollist_text', deterministic: true, call: (value: unknown) => asText(value, (text) => text) },
  { name: 'sollist_join', deterministic: true, call: joinTexts },
  { name: 'sollist_lower', deterministic: true, call: (value: unknown) => asText(value, (text) => text.toLowerCase()) },
  { name: 'sollist_upper', deterministic: true, call: (value: unknown) => asText(value, (text) => text.toUpperCase()) },
  {
    name: 'sollist_set',
    deterministic: true,
    call: (value: unknown, fold: unknown) => (typeof value === 'string' ? valueSet(value, Number(fold) === 1) : null),
  },
  { name: 'sollist_day', deterministic: true, call: (value: unknown, zone: unknown) => onTime(value, zone, dayIn) },
  {
    name: 'sollist_time',
    deterministic: true,
    call: (value: unknown, zone: unknown) => onTime(value, zone, (of, text) => momentIn(of, text) ?? null),
  },
  // What points in time are sorted and grouped by: what is none stands behind them, as it is.
  { name: 'sollist_moment', deterministic: true, call: (value: unknown, zone: unknown) => momentOr(value, zone) },
  { name: 'sollist_stamp', deterministic: true, call: (value: unknown, zone: unknown) => onTime(value, zone, stampIn) },
  {
    name: 'sollist_datetime',
    deterministic: true,
    call: (value: unknown, zone: unknown, days: unknown = 0) =>
      typeof days === 'number' || typeof days === 'bigint'
        ? onTime(value, zone, (of, text) => momentText(movedIn(of, text, Number(days))))
        : null,
  },
];

/** Numbers as they are shown; null stays null. */
function asText(value: unknown, change: (text: string) => string): string | null {
  return isNumber(value) ? change(String(value)) : typeof value === 'string' ? change(value) : null;
}

/** The texts of a JSON array with the separator between them; null where there is none. */
function joinTexts(list: unknown, separator: unknown): string | null {
  const texts = (JSON.parse(String(list)) as readonly unknown[]).filter((one) => one !== null).map(String);
  return texts.length === 0 ? null : texts.join(isNumber(separator) ? String(separator) : typeof separator === 'string' ? separator : '');
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Numbers have no case and stay numbers; null stays null. */
function onText(value: unknown, change: (text: string) => string): string | number | bigint | null {
  if (typeof value === 'string') return change(value);
  return isNumber(value) ? value : null;
}

/** A number is none either: as a text, it is not taken for a moment. */
function momentOr(value: unknown, zone: unknown): string | number | null {
  if (typeof value === 'string' && typeof zone === 'string') return momentIn(zone, value) ?? value;
  return isNumber(value) ? String(value) : null;
}

function onTime<Result>(value: unknown, zone: unknown, change: (zone: string, text: string) => Result): Result | null {
  return typeof value === 'string' && typeof zone === 'string' ? change(zone, value) : null;
}
