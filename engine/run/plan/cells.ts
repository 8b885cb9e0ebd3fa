import type { Column } from '../../model/connector/connector.ts';
import type { Cell } from '../records.ts';

/** Null and empty text are no value (decision "exists"). */
export function isEmpty(value: Cell | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** The value as a column of that type holds it; what does not fit stays as it is, so that the difference shows. */
export function convert(value: Cell, type: Column['type']): Cell {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return String(value);
    case 'boolean':
      if (value === 1 || value === 0) return value;
      return /^true$/i.test(String(value)) ? 1 : /^false$/i.test(String(value)) ? 0 : value;
    case 'number':
      // Digits beyond what a number holds stay text, so that none is lost.
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) && String(Number(value)) === value.trim() ? Number(value) : value;
    case 'date':
      return typeof value === 'string' ? value.slice(0, 10) : value;
    case 'datetime':
    case 'list':
      return value;
  }
}

/** Whether two converted values mean the same; lists are compared as sets. */
export function sameValue(a: Cell, b: Cell, type: Column['type']): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (type === 'list') return asSet(a) === asSet(b);
  return convert(a, type) === convert(b, type);
}

function asSet(value: Cell): string {
  try {
    const parsed: unknown = JSON.parse(String(value));
    if (Array.isArray(parsed)) return JSON.stringify([...new Set(parsed.map((item) => JSON.stringify(item)))].sort());
  } catch {
    // Not a list: compared as it is.
  }
  return String(value);
}

/** The value as JSON sends it: a boolean column's 0 and 1 are false and true, a list is an array. */
export function toWire(value: Cell, type: Column['type']): unknown {
  if (type === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (type === 'list' && typeof value === 'string') {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }
  return value;
}

/** How a value reads in a sentence. */
export function shown(value: Cell | undefined): string {
  return isEmpty(value) ? 'nothing' : JSON.stringify(value);
}
