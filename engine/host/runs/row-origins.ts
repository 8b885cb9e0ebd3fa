import type { Column, Operation, Table } from '../../model/connector/connector.ts';
import { isObject, valueAt } from '../../run/collect/answer.ts';
import type { Evidence, TraceEntry } from '../../run/records.ts';
import type { RowOrigin, RowOrigins, RowSet } from '../protocol.ts';

/** What is known of a dry run when its rows are to be found in its answers again. */
export interface OriginsInput {
  /** The table that was asked for; a child table's rows stand within those of its parent, and are not looked for. */
  readonly table: Table;
  readonly operation: Operation;
  readonly evidence: Evidence;
  readonly rowSet: RowSet;
  readonly requests: readonly TraceEntry[];
  /** All exchanges are in `requests`. */
  readonly all: boolean;
}

/** An answer that brought rows; `list` where its body was kept whole. */
interface Page {
  readonly sequence: number;
  readonly list: readonly unknown[] | undefined;
}

/**
 * Which answer each row stands in, found after the run so that collecting pays nothing for it: by the order of the calls where they were
 * made one after another, held against the keys in the answers; else by the key alone. A row of which nothing is sure has null; where that
 * is every row, there are no origins.
 */
export function rowOrigins(input: OriginsInput): RowOrigins | undefined {
  const { rowSet, operation } = input;
  const bodies = answersOf(input).map((entry) => ({ sequence: entry.sequence, body: parsed(entry.responseBody) }));
  const path = pathOf(
    operation.outputField,
    bodies.map(({ body }) => body),
  );
  const pages = bodies.map(({ sequence, body }): Page => ({ sequence, list: listAt(body, path) }));
  const rows = byOrder(input, pages) ?? byKey(input, pages);
  return rows?.some((origin) => origin !== null) === true ? { path, rows: rows.slice(0, rowSet.rows.length) } : undefined;
}

/** The exchanges that the rows were read from: good answers to the operation, and of a retried call the last. */
function answersOf({ table, operation, requests }: OriginsInput): readonly TraceEntry[] {
  const good = requests.filter(
    (entry) => entry.table === table.name && entry.operation === operation.name.text && Math.floor((entry.status ?? 0) / 100) === 2,
  );
  const retried = (entry: TraceEntry): boolean =>
    requests.some(
      (other) =>
        other.sequence > entry.sequence &&
        other.attempt === entry.attempt + 1 &&
        other.url === entry.url &&
        other.requestBody === entry.requestBody,
    );
  return good.filter((entry) => !retried(entry));
}

/** Calls made one after another, each page of the evidence an answer: the rows follow in their order. */
function byOrder({ operation, evidence, rowSet, all, table }: OriginsInput, pages: readonly Page[]): RowOrigin[] | undefined {
  const { rowsPerPage } = evidence;
  const isOneByOne = operation.call.mode === 'normal' || (operation.maxSessionCount ?? 1) === 1;
  if (!all || !isOneByOne || pages.length !== rowsPerPage.length) return undefined;
  if (rowsPerPage.reduce((sum, count) => sum + count, 0) !== rowSet.total) return undefined;
  const key = keyOf(table, rowSet);
  const origins: RowOrigin[] = [];
  for (const [at, { sequence, list }] of pages.entries()) {
    const count = rowsPerPage[at] ?? 0;
    if (list !== undefined && list.length < count) return undefined;
    for (let index = 0; index < count; index++) {
      const cell = key && rowSet.rows[origins.length]?.[key.at];
      // One row that is another one than expected, and the order is not what it was held for.
      if (list && key && cell !== undefined && textOf(cell) !== textOf(valueAt(list[index], key.column.path))) return undefined;
      origins.push([sequence, index]);
    }
  }
  return origins;
}

/** A key that stands in one place of all answers says where its row is. */
function byKey({ table, rowSet }: OriginsInput, pages: readonly Page[]): RowOrigin[] | undefined {
  const key = keyOf(table, rowSet);
  if (!key) return undefined;
  const places = new Map<string, RowOrigin>();
  for (const { sequence, list = [] } of pages) {
    for (const [index, row] of list.entries()) {
      const text = textOf(valueAt(row, key.column.path));
      if (text !== undefined) places.set(text, places.has(text) ? null : [sequence, index]);
    }
  }
  return rowSet.rows.map((row) => places.get(textOf(row[key.at]) ?? '') ?? null);
}

function keyOf(table: Table, { columns }: RowSet): { readonly at: number; readonly column: Column } | undefined {
  const column = table.columns.find(({ name, path, source }) => name === table.key?.text && source === 'resource' && path.length > 0);
  const at = columns.findIndex(({ name }) => name === column?.name);
  return column && at >= 0 ? { at, column } : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Where the rows stand in an answer, as `output_field` says; a name that holds dots itself is tried whole first. */
function pathOf(field: string | undefined, bodies: readonly unknown[]): readonly string[] {
  if (field === undefined) return [];
  return bodies.some((body) => isObject(body) && Object.hasOwn(body, field)) ? [field] : field.split('.');
}

/** The rows of an answer; a single row may stand without a list. Undefined where the body was cut or is no JSON. */
function listAt(body: unknown, path: readonly string[]): readonly unknown[] | undefined {
  const value = valueAt(body, path);
  if (Array.isArray(value)) return value as readonly unknown[];
  return isObject(value) ? [value] : body === undefined ? undefined : [];
}

function parsed(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : (JSON.parse(body) as unknown);
  } catch {
    return undefined;
  }
}
