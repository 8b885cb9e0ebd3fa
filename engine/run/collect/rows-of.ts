import type { Operation, Table } from '../../model/connector/connector.ts';
import { SollistError } from '../error.ts';
import { describeAnswer, isObject, valueAt } from './answer.ts';
import { plainName } from './envelopes.ts';
import { flagOfFailure } from './failure-beside.ts';
import { isXml, listOfXml } from './xml-answer.ts';

/** Names under which APIs announce how many rows there are in all. */
const totals = ['totalResults', 'totalCount', 'total_count', 'total', 'totalRecords', 'totalItems', '@odata.count', 'count'];

/** Names under which APIs say, in an answer with a good status, that something went wrong. */
const errorNames: ReadonlySet<string> = new Set(['error', 'errors', 'fault', 'message', 'exception']);

/** The rows of one answer. */
export interface AnswerRows {
  readonly rows: readonly unknown[];
  /** `list` is the usual form; `object` a single row without a list around it; `nothing` an empty answer, null, or a list left out. */
  readonly form: 'list' | 'object' | 'nothing';
}

/** What the rows of an answer are to fill. */
export interface RowsInput {
  readonly operation: Operation;
  readonly table: Table;
  /** The key column, where the table has one. */
  readonly key?: string | undefined;
  readonly system: string;
}

/**
 * The rows of an answer by `output_field`. A list is taken as it is, and a single object as one row where it looks like one. Anything else
 * throws `output-field-missing` (subject: the field): an answer that speaks of something else must not pass for rows.
 */
export function rowsOf(body: unknown, input: RowsInput): AnswerRows {
  const { operation, system } = input;
  const { outputField } = operation;
  if (body === undefined) return { rows: [], form: 'nothing' };
  const found = outputField === undefined ? body : fieldOf(body, outputField);
  const value = isXml(body) && outputField !== undefined ? listOfXml(body, outputField, found) : found;
  if (Array.isArray(value)) return { rows: value as readonly unknown[], form: 'list' };
  // A list response without rows may leave the list out (RFC 7644, 3.4.2).
  if ((value ?? null) === null && announcedTotal(body, 0) === 0 && !speaksOfError(body)) return { rows: [], form: 'list' };
  if (value === null) {
    if (!speaksOfError(body)) return { rows: [], form: 'nothing' };
  } else if (looksLikeRow(value, input)) return { rows: [value], form: 'object' };
  if (outputField === undefined) {
    throw new SollistError(
      'output-field-missing',
      `${system}: ${operation.name.text} has no output_field, and its answer is no list and no row of ${input.table.name}. ${describeAnswer(body)} Name the property that holds the rows.`,
      { subject: 'output_field' },
    );
  }
  const what = value === undefined ? `has no "${outputField}", which output_field names` : `holds no rows in "${outputField}"`;
  throw new SollistError(
    'output-field-missing',
    `${system}: the answer to ${operation.name.text} ${what}. ${describeAnswer(isObject(value) ? value : body)}`,
    { subject: outputField },
  );
}

/**
 * The value at a dotted path. A name that holds dots itself is tried whole first. A list on the way stands for all its entries: what they
 * have at the rest of the path is gathered into one list.
 */
export function fieldOf(body: unknown, field: string): unknown {
  return isObject(body) && Object.hasOwn(body, field) ? body[field] : gather(body, field.split('.'));
}

function gather(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const [index, step] of path.entries()) {
    if (Array.isArray(current)) {
      const below = (current as readonly unknown[]).map((entry) => gather(entry, path.slice(index)));
      const found = below.filter((each) => each !== undefined && each !== null);
      // Lists without anything at the path are no answer to it; a list without entries is.
      return found.length === 0 && current.length > 0 ? undefined : found.flat();
    }
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined;
    current = current[step];
  }
  return current;
}

/** A row has its key; without a key, any of the values that are declared. */
function looksLikeRow(value: unknown, { table, key }: RowsInput): boolean {
  if (!isObject(value)) return false;
  const declared = table.columns.filter(({ source, path }) => source === 'resource' && path.length > 0);
  const keyColumns = declared.filter(({ name }) => name === key);
  return (keyColumns.length > 0 ? keyColumns : declared).some(({ path }) => (valueAt(value, path) ?? '') !== '');
}

/** Whether an answer leaves out the list, as some APIs do where there is none, and says nothing of an error. */
export function leavesOut(body: unknown, { outputField }: Operation): boolean {
  if (!isObject(body) || speaksOfError(body)) return false;
  return outputField === undefined ? Object.keys(body).length === 0 : fieldOf(body, outputField) === undefined;
}

function speaksOfError(body: unknown): boolean {
  return isObject(body) && Object.entries(body).some(([name, value]) => errorNames.has(name.toLowerCase()) || tellsFailure(name, value));
}

/** `errorCode`, `success: false`, `status: "failed"`, `statusCode: 429`, a `detail` (RFC 9457) and their like; not a code that is 0, or a status that is `active`. */
function tellsFailure(name: string, value: unknown): boolean {
  const plain = plainName(name);
  const said = flagOfFailure(plain, value);
  if (said !== undefined) return said;
  switch (plain) {
    case 'code':
      return typeof value === 'number' && value >= 400 && value <= 599;
    case 'detail':
    case 'reason':
      return typeof value === 'string' && value !== '';
    default:
      return /^(error|fault|exception)/.test(plain) && !saysNothing.has(value);
  }
}

const saysNothing: ReadonlySet<unknown> = new Set([undefined, null, false, 0, '', '0']);

/**
 * How many rows an answer says there are in all. `count` is believed only where it cannot be the count of this page, and only of the first one
 * (`isFirst`): on a later, shorter page it may be how many were asked for.
 */
export function announcedTotal(body: unknown, rowsOnPage: number, isFirst = true): number | undefined {
  if (!isObject(body)) return undefined;
  for (const name of totals) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && (name !== 'count' || (isFirst && number > rowsOnPage)))
      return number;
  }
  return undefined;
}
