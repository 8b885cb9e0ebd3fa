import type { Operation, Table } from '../../model/connector/connector.ts';
import { SollistError } from '../error.ts';
import { describeAnswer, isObject, valueAt } from './answer.ts';

/** Names under which APIs announce how many rows there are in all. */
const totals = ['totalResults', 'totalCount', 'total_count', 'total', 'totalRecords', 'totalItems', '@odata.count', 'count'];

/** The rows of an answer by `output_field`; throws `output-field-missing` (subject: the field). A single object is one row. */
export function rowsOf(body: unknown, operation: Operation, table: Table, system: string): readonly unknown[] {
  const { outputField } = operation;
  if (body === undefined) return [];
  if (outputField === undefined) return wholeBody(body, operation, table, system);
  // A name that holds dots itself is tried whole first.
  const value = isObject(body) && Object.hasOwn(body, outputField) ? body[outputField] : valueAt(body, outputField.split('.'));
  if (value === undefined) {
    // A list response without rows may leave the list out (RFC 7644, 3.4.2).
    if (announcedTotal(body, 0) === 0) return [];
    throw new SollistError(
      'output-field-missing',
      `${system}: the answer to ${operation.name.text} has no "${outputField}", which output_field names. ${describeAnswer(body)}`,
      { subject: outputField },
    );
  }
  if (value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function wholeBody(body: unknown, operation: Operation, table: Table, system: string): readonly unknown[] {
  if (body === null) return [];
  if (Array.isArray(body)) return body as readonly unknown[];
  const holdsList = isObject(body) && Object.values(body).some(Array.isArray);
  const isRow = isObject(body) && table.columns.some((column) => column.source === 'resource' && valueAt(body, column.path) !== undefined);
  if (holdsList && !isRow) {
    throw new SollistError(
      'output-field-missing',
      `${system}: ${operation.name.text} has no output_field, and its answer is no list and no row of ${table.name}. ${describeAnswer(body)} Name the property that holds the rows.`,
      { subject: 'output_field' },
    );
  }
  return [body];
}

/** How many rows an answer says there are in all. `count` is believed only where it cannot be the count of this page. */
export function announcedTotal(body: unknown, rowsOnPage: number): number | undefined {
  if (!isObject(body)) return undefined;
  for (const name of totals) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && (name !== 'count' || number > rowsOnPage))
      return number;
  }
  return undefined;
}
