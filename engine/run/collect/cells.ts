import type { Column } from '../../model/connector/connector.ts';
import type { Cell } from '../records.ts';
import { isObject } from './answer.ts';

/** Told of a value that does not fit its column; the value is kept all the same. */
export type Complain = (what: 'object' | 'list' | 'number' | 'boolean') => void;

/**
 * One value as the vault holds it, by its column's type. Nothing is thrown away: what does not fit stays text, objects and lists become
 * JSON text, and whoever asks is told. `asWritten`: numbers were made of texts before, and a text is none.
 */
export function toCell(value: unknown, type: Column['type'], complain: Complain, asWritten = false): Cell {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'list':
      // How XML, and APIs that know no empty lists, say that there is none.
      if (value === '') return '[]';
      if (!Array.isArray(value) && isObject(value)) complain('object');
      return JSON.stringify(Array.isArray(value) ? value : [value]);
    case 'number':
      return toNumber(value, complain, asWritten);
    case 'boolean':
      return toBoolean(value, complain);
    case 'text':
    case 'date':
    case 'datetime':
      return toText(value, complain);
  }
}

function toText(value: unknown, complain: Complain): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') {
    complain(Array.isArray(value) ? 'list' : 'object');
    return JSON.stringify(value);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/**
 * A text becomes a number only where the number would be written the same way, or with zeros behind its decimals, as amounts are (`1250.50`): `007`
 * and twenty digits stay text.
 */
function toNumber(value: unknown, complain: Complain, asWritten: boolean): Cell {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value !== '') {
    const number = asWritten ? NaN : Number(value);
    if (Number.isFinite(number) && String(number) === value.replace(/^(-?(?:0|[1-9]\d*))(?:\.0+|(\.\d*[1-9])0+)$/, '$1$2')) return number;
    if (/^-?[1-9]\d{15,}$/.test(value)) return value;
    complain('number');
    return value;
  }
  return value === '' ? null : toText(value, complain);
}

function toBoolean(value: unknown, complain: Complain): Cell {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
  if (text === 'true' || text === '1') return 1;
  if (text === 'false' || text === '0') return 0;
  if (value === '') return null;
  complain('boolean');
  return toText(value, complain);
}
