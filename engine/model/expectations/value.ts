import { isSecretName, sampleOf } from '../connector/knowledge.ts';
import type { ColumnType } from '../connector/connector.ts';
import type { ExpectedType, ExpectedValue } from './expectations.ts';

/** One value as the vault holds it: booleans are 0 and 1, lists are JSON text. */
export type Value = string | number | null;

/** Neither null nor empty text nor an empty list. */
export function isFilled(value: Value): boolean {
  return value !== null && value !== '' && value !== '[]';
}

/**
 * Whether a cell is what was expected: null and empty text are alike, numbers are compared as numbers, lists as sets, and everything else
 * as exact text.
 */
export function isEqual(value: Value, expected: ExpectedValue, type: ColumnType | undefined): boolean {
  if (expected === null || expected === '') return value === null || value === '';
  if (value === null) return typeof expected === 'object' && expected.length === 0;
  if (typeof expected === 'object') return sameSet(listOf(value), expected);
  if (type === 'list') return sameSet(listOf(value), [expected]);
  if (typeof expected === 'boolean') return booleanOf(value) === expected;
  if (typeof expected === 'number')
    return typeof value === 'number' ? value === expected : value.trim() !== '' && Number(value) === expected;
  return String(value) === expected;
}

function sameSet(values: readonly unknown[], expected: readonly unknown[]): boolean {
  const one = new Set(values.map(String));
  const other = new Set(expected.map(String));
  return one.size === other.size && [...one].every((value) => other.has(value));
}

/** The entries of a list as the vault holds it; what is none is the only entry. */
function listOf(value: string | number): readonly unknown[] {
  if (typeof value !== 'string' || !value.startsWith('[')) return [value];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [value];
  } catch {
    // A text that only begins like a list.
    return [value];
  }
}

function booleanOf(value: string | number): boolean | undefined {
  const text = String(value).toLowerCase();
  return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : undefined;
}

const day = /^(\d{4})-(\d{2})-(\d{2})/;

/** Whether a filled cell is of a type. A date may have a time behind it; a datetime must. */
export function isOfType(value: string | number, type: ExpectedType): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number' || /^-?\d+(?:\.\d+)?$/.test(value);
    case 'boolean':
      return booleanOf(value) !== undefined;
    case 'list':
      return typeof value === 'string' && value.startsWith('[') && listOf(value)[0] !== value;
    case 'date':
      return typeof value === 'string' && isDay(value) && /^.{10}(?:$|[T ]\d{2}:\d{2})/.test(value);
    case 'datetime':
      return typeof value === 'string' && isDay(value) && /^.{10}[T ]\d{2}:\d{2}/.test(value);
  }
}

function isDay(text: string): boolean {
  const [, year, month, date] = day.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined || month < 1 || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return date >= 1 && date <= days;
}

/** What stands for a value that nobody may see. */
const masked = '•••';

/** A cell in a sentence: short, on one line, and masked where its column's name says that it is secret. */
export function shown(column: string, value: Value | ExpectedValue): string {
  if (value === null || value === '') return 'nothing';
  if (isSecretName(column)) return masked;
  return typeof value === 'string' ? JSON.stringify(sampleOf(value)) : sampleOf(JSON.stringify(value));
}

/** A cell as an author would write it in the file, so that expected and actual can be compared line by line. */
export function writtenLike(column: string, value: Value, type: ColumnType | undefined, expected: ExpectedValue): unknown {
  if (value === null || isEqual(value, expected, type)) return value === null ? null : maskedOr(column, expected);
  if (isSecretName(column)) return `${masked} (another value)`;
  if (type === 'list' || typeof expected === 'object')
    return listOf(value).map((entry) => (typeof entry === 'string' ? cut(entry) : entry));
  if (typeof expected === 'boolean' || type === 'boolean') return booleanOf(value) ?? value;
  return typeof value === 'string' ? cut(value) : value;
}

/** An expected value as a difference shows it. */
export function maskedOr(column: string, value: ExpectedValue): unknown {
  return isSecretName(column) && value !== null && value !== '' ? masked : value;
}

function cut(text: string): string {
  return text.length <= 1_000 ? text : `${text.slice(0, 999).toWellFormed()}…`;
}
