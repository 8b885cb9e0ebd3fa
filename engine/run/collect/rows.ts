import type { Column, Table } from '../../model/connector/connector.ts';
import type { Cell } from '../records.ts';
import { isObject, valueAt } from './answer.ts';
import { toCell } from './cells.ts';

/** Rows of one table, on their way into the vault. */
export interface TableRows {
  readonly table: Table;
  readonly rows: (readonly Cell[])[];
}

/** What one row of an answer knows beyond itself. */
export interface RowOrigin {
  /** Values of `base`, by column. */
  readonly base: ReadonlyMap<string, unknown>;
}

/** Turns rows of answers into cells, child tables included. */
export interface RowMapper {
  /** Maps one page; `undefined` rows (no objects) are left out and counted. */
  map(rows: readonly unknown[], origin: RowOrigin): readonly TableRows[];
  /** What did not fit, for the evidence of a table. */
  notes(table: string): readonly string[];
  /** Why a table cannot be complete: rows that nobody can find again. */
  flaws(table: string): readonly string[];
  /** Entries of the answers that were no rows. */
  readonly dropped: number;
}

/** A table to be filled: the root of an answer, or a child table of one. */
export interface Target {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** The key column, where the table has one. */
  readonly key?: string;
}

const complaints = {
  object: 'held objects where single values were declared; they are kept as JSON text',
  list: 'held lists where single values were declared; they are kept as JSON text',
  number: 'held values that are no numbers; they are kept as text',
  boolean: 'held values that are neither true nor false; they are kept as text',
} as const;

/** Maps rows for `root` and those of its child tables that are asked for, at any depth. */
export function createRowMapper(
  root: Target,
  children: readonly Target[],
  stringColumn: string | undefined,
  all: readonly Table[],
): RowMapper {
  const problems = new Map<string, Map<string, number>>();
  const strange = new Map<string, { keyless: number; empty: number; key: string | undefined }>();
  const rowNumbers = new Map<string, number>();
  let dropped = 0;

  const complain = (table: string, column: string, what: keyof typeof complaints): void => {
    const notes = problems.get(table) ?? new Map<string, number>();
    problems.set(table, notes);
    const text = `Column ${column} ${complaints[what]}`;
    notes.set(text, (notes.get(text) ?? 0) + 1);
  };
  const cellsOf = (target: Target, row: unknown, extra: ReadonlyMap<string, unknown>): readonly Cell[] =>
    target.columns.map((column) => {
      const value = extra.has(column.name) ? extra.get(column.name) : column.path.length === 0 ? undefined : valueAt(row, column.path);
      return toCell(value, column.type, (what) => complain(target.table.name, column.name, what));
    });
  const examine = ({ table, key }: Target, row: unknown, extra: ReadonlyMap<string, unknown>): void => {
    const declared = table.columns.filter(({ source, path }) => source === 'resource' && path.length > 0);
    const counts = strange.get(table.name) ?? { keyless: 0, empty: 0, key };
    if (declared.length > 0 && declared.every(({ path }) => valueAt(row, path) === undefined)) counts.empty++;
    else if (key !== undefined && isNone(keyValue(table, key, row, extra))) counts.keyless++;
    else return;
    strange.set(table.name, counts);
  };
  /** A child table without a request of its own can still lead to one further down that has one. */
  const childrenOf = (parent: string): readonly Table[] => all.filter(({ parent: mine }) => mine?.table === parent);
  const wanted = new Map(children.map((child) => [child.table.name, child]));

  const visit = (
    target: Target | undefined,
    table: Table,
    row: unknown,
    extra: ReadonlyMap<string, unknown>,
    out: Map<string, TableRows>,
  ): void => {
    if (target) {
      const collected = out.get(table.name) ?? { table, rows: [] };
      out.set(table.name, collected);
      examine(target, row, extra);
      collected.rows.push(cellsOf(target, row, extra));
    }
    const nested = childrenOf(table.name);
    if (nested.length === 0) return;
    const number = (rowNumbers.get(table.name) ?? 0) + 1;
    rowNumbers.set(table.name, number);
    const reference = referenceOf(table, row, extra) ?? String(number);
    for (const child of nested) {
      const list = valueAt(row, child.parent?.path ?? []);
      if (list === undefined || list === null) continue;
      // An API that leaves out the list around a single entry means a list of one.
      for (const entry of Array.isArray(list) ? (list as readonly unknown[]) : [list]) {
        if (isObject(entry)) visit(wanted.get(child.name), child, entry, new Map([[child.parent?.column ?? '', reference]]), out);
        else if (entry !== null) dropped++;
      }
    }
  };

  return {
    map(rows, { base }) {
      const out = new Map<string, TableRows>([[root.table.name, { table: root.table, rows: [] }]]);
      for (const { table } of children) out.set(table.name, { table, rows: [] });
      for (const row of rows) {
        const entry = stringColumn !== undefined && !isObject(row) && !Array.isArray(row) && row !== null ? { [stringColumn]: row } : row;
        if (isObject(entry)) visit(root, root.table, entry, base, out);
        else dropped++;
      }
      return [...out.values()];
    },
    notes: (table) => [...(problems.get(table) ?? [])].map(([text, count]) => `${text} (${count}×).`),
    flaws(table) {
      const { keyless, empty, key } = strange.get(table) ?? { keyless: 0, empty: 0, key: undefined };
      return [
        ...(keyless > 0 ? [`${keyless} rows have no ${key ?? 'key'}.`] : []),
        ...(empty > 0 ? [`${empty} rows have none of the columns of ${table}.`] : []),
      ];
    },
    get dropped() {
      return dropped;
    },
  };
}

/** The value of the key column; undefined for a column that the connector does not have. */
function keyValue(table: Table, key: string, row: unknown, extra: ReadonlyMap<string, unknown>): unknown {
  if (extra.has(key)) return extra.get(key);
  const column = table.columns.find(({ name, path }) => name === key && path.length > 0);
  return column && valueAt(row, column.path);
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** What child rows refer to: the row's key, or for a child the reference it has itself. */
function referenceOf(table: Table, row: unknown, extra: ReadonlyMap<string, unknown>): unknown {
  const name = table.parent?.column ?? table.key?.text;
  if (name === undefined) return undefined;
  if (extra.has(name)) return extra.get(name);
  const column = table.columns.find((candidate) => candidate.name === name);
  return column ? (valueAt(row, column.path) ?? undefined) : undefined;
}
