import type { ColumnType } from '../../model/connector/connector.ts';
import type { Cell } from '../records.ts';
import type { RowDifference, RowsComparison } from '../run-record.ts';

/** Rows as a run showed them; `rows` may be the first of `total`. */
export interface Rows {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: number;
}

export interface CompareOptions {
  /** What each side is, for headings. */
  readonly before: string;
  readonly after: string;
  /** Columns that may tell rows apart, the best first; the first that does on both sides is taken. */
  readonly keys: readonly string[];
}

/** Differences that are listed; all are counted. */
const mostDifferences = 5_000;

/**
 * What differs between two sets of rows: by a column that is a key on both sides, else row by row, where a changed row is one that went and
 * one that came. Cells are compared as they are; a column that only one side has makes no row differ, since it is named as new or gone.
 */
export function compareRows(before: Rows, after: Rows, { keys, ...titles }: CompareOptions): RowsComparison {
  const had = new Set(before.columns.map(({ name }) => name));
  const has = new Set(after.columns.map(({ name }) => name));
  const columns = [...after.columns, ...before.columns.filter(({ name }) => !has.has(name))];
  const shared = columns.flatMap(({ name }, index) => (had.has(name) && has.has(name) ? [index] : []));
  const left = aligned(before, columns);
  const right = aligned(after, columns);
  const key = keys.find((name) => {
    const at = columns.findIndex((column) => column.name === name);
    return shared.includes(at) && isKey(left, at) && isKey(right, at);
  });
  const at = columns.findIndex(({ name }) => name === key);
  const tally = createTally();
  if (key === undefined) compareWhole(left, right, shared, tally);
  else compareByKey(left, right, at, shared, tally);
  return {
    ...titles,
    key: key === undefined ? [] : [key],
    columns,
    columnsNew: after.columns.flatMap(({ name }) => (had.has(name) ? [] : [name])),
    columnsGone: before.columns.flatMap(({ name }) => (has.has(name) ? [] : [name])),
    counts: tally.counts,
    rows: tally.rows,
  };
}

type Row = readonly Cell[];

interface Tally {
  readonly counts: { same: number; changed: number; new: number; gone: number };
  readonly rows: RowDifference[];
  readonly note: (difference: RowDifference) => void;
}

function createTally(): Tally {
  const counts = { same: 0, changed: 0, new: 0, gone: 0 };
  const rows: RowDifference[] = [];
  return {
    counts,
    rows,
    note(difference) {
      counts[difference.change]++;
      if (rows.length < mostDifferences) rows.push(difference);
    },
  };
}

function compareByKey(left: readonly Row[], right: readonly Row[], key: number, shared: readonly number[], tally: Tally): void {
  const befores = new Map(left.map((row) => [identityOf(row[key] ?? null), row]));
  for (const after of right) {
    const identity = identityOf(after[key] ?? null);
    const before = befores.get(identity);
    befores.delete(identity);
    if (!before) tally.note({ change: 'new', after });
    else if (shared.every((column) => Object.is(before[column], after[column]))) tally.counts.same++;
    else tally.note({ change: 'changed', before, after });
  }
  for (const before of befores.values()) tally.note({ change: 'gone', before });
}

/** Rows as a bag: as many of a kind as both sides have are the same. */
function compareWhole(left: readonly Row[], right: readonly Row[], shared: readonly number[], tally: Tally): void {
  const identity = (row: Row): string => JSON.stringify(shared.map((column) => row[column] ?? null));
  const befores = new Map<string, Row[]>();
  for (const row of left) {
    const same = befores.get(identity(row));
    if (same) same.push(row);
    else befores.set(identity(row), [row]);
  }
  for (const after of right) {
    if (befores.get(identity(after))?.pop()) tally.counts.same++;
    else tally.note({ change: 'new', after });
  }
  for (const rest of befores.values()) for (const before of rest) tally.note({ change: 'gone', before });
}

/** Rows with their cells in the order of `columns`; null where they have none. */
function aligned({ columns: own, rows }: Rows, columns: Rows['columns']): readonly Row[] {
  const places = columns.map(({ name }) => own.findIndex((column) => column.name === name));
  return rows.map((row) => places.map((place) => row[place] ?? null));
}

/** Whether a column has a value in every row, and a different one each time. */
function isKey(rows: readonly Row[], at: number): boolean {
  const seen = new Set(rows.map((row) => identityOf(row[at] ?? null)));
  return seen.size === rows.length && rows.every((row) => row[at] !== null && row[at] !== '');
}

/** 7 and `7` are the same key: a column's numbers may come as text. */
function identityOf(value: Cell): string {
  return String(value);
}
