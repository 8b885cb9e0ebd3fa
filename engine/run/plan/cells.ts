import type { ColumnType } from '../../model/connector/connector.ts';
import { dayIn, momentIn } from '../../model/filter/day-and-time.ts';
import type { Cell } from '../records.ts';

/** Null and empty text are no value (decision "exists"). */
export function isEmpty(value: Cell | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** What a column holds: a day is that of the time zone, as in filters. */
export interface Form {
  readonly type: ColumnType;
  /** A name of the IANA database. */
  readonly timeZone: string;
}

/** The value as a column of that type holds it; what does not fit stays as it is, so that the difference shows. `from` is the type it has now. */
export function convert(value: Cell, { type, timeZone }: Form, from?: ColumnType): Cell {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return from === 'boolean' && (value === 1 || value === 0) ? String(value === 1) : String(value);
    case 'boolean':
      if (/^(true|1)$/i.test(String(value))) return 1;
      return /^(false|0)$/i.test(String(value)) ? 0 : value;
    case 'number':
      // Digits beyond what a number holds stay text, so that none is lost.
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) && String(Number(value)) === value.trim()
        ? Number(value)
        : value;
    case 'date':
      return (typeof value === 'string' ? dayIn(timeZone, value) : null) ?? value;
    case 'datetime':
    case 'list':
      return value;
  }
}

/** Whether two values mean the same in a column of that type; lists are compared as sets, points in time as such. */
export function sameValue(a: Cell, b: Cell, form: Form): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (form.type === 'list') return asSet(a) === asSet(b);
  if (form.type === 'datetime') return asMoment(a, form.timeZone) === asMoment(b, form.timeZone);
  return convert(a, form) === convert(b, form);
}

function asSet(value: Cell): string {
  const list = listOf(value);
  return list ? JSON.stringify([...new Set(list.map((item) => JSON.stringify(item)))].sort()) : String(value);
}

/** Milliseconds; what is no point in time is compared as it is written. */
function asMoment(value: Cell, timeZone: string): Cell {
  return (typeof value === 'string' ? momentIn(timeZone, value) : undefined) ?? value;
}

function listOf(value: Cell): readonly unknown[] | undefined {
  if (typeof value !== 'string' || !value.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    // Not a list: shown and sent as it is.
    return undefined;
  }
}

/** The value as JSON sends it: a boolean column's 0 and 1 are false and true, a list is an array. */
export function toWire(value: Cell, type: ColumnType): Cell | boolean | readonly unknown[] {
  return (type === 'list' ? listOf(value) : undefined) ?? toShown(value, type);
}

/** The value as a record shows it: a boolean column's 0 and 1 are false and true. */
export function toShown(value: Cell, type: ColumnType): Cell | boolean {
  return type === 'boolean' && (value === 0 || value === 1) ? value === 1 : value;
}

/** How a value reads in a sentence. */
export function shown(value: Cell | undefined): string {
  return isEmpty(value) ? 'nothing' : JSON.stringify(value);
}
