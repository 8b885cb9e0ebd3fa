import { dayIn, momentIn, momentText, movedIn } from '../../model/filter/day-and-time.ts';
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
  { name: 'sollist_lower', deterministic: true, call: (value: unknown) => onText(value, (text) => text.toLowerCase()) },
  { name: 'sollist_upper', deterministic: true, call: (value: unknown) => onText(value, (text) => text.toUpperCase()) },
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
  {
    name: 'sollist_datetime',
    deterministic: true,
    call: (value: unknown, zone: unknown, days: unknown = 0) =>
      typeof days === 'number' || typeof days === 'bigint'
        ? onTime(value, zone, (of, text) => momentText(movedIn(of, text, Number(days))))
        : null,
  },
];

/** Numbers have no case and stay numbers; null stays null. */
function onText(value: unknown, change: (text: string) => string): string | number | bigint | null {
  if (typeof value === 'string') return change(value);
  return typeof value === 'number' || typeof value === 'bigint' ? value : null;
}

function onTime<Result>(value: unknown, zone: unknown, change: (zone: string, text: string) => Result): Result | null {
  return typeof value === 'string' && typeof zone === 'string' ? change(zone, value) : null;
}
