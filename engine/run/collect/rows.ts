import type { Table } from '../../model/connector/connector.ts';
import type { Cell, Evidence } from '../records.ts';
import { isObject } from './answer.ts';
import { readerOf, type ReadValue } from './read-path.ts';
import { createRowFiller, type Extra, type RowFiller, type Target } from './row-filler.ts';

export type { Target } from './row-filler.ts';

/** Rows of one table, on their way into the vault. */
export interface TableRows {
  readonly table: Table;
  readonly rows: (readonly Cell[])[];
}

/** What one row of an answer knows beyond itself. */
export interface RowOrigin {
  /** Values of `base`, by column. */
  readonly base: Extra;
}

/** Turns rows of answers into cells, child tables included. */
export interface RowMapper {
  /** Maps one page; rows that are no objects are left out and counted. */
  map(rows: readonly unknown[], origin: RowOrigin): readonly TableRows[];
  /** What did not fit, for the evidence of a table. */
  notes(table: string): readonly string[];
  /** Why a table cannot be complete: rows that nobody can find again. */
  flaws(table: string): readonly string[];
  /** Columns that rows of a table left out or had as null. */
  gaps(table: string): NonNullable<Evidence['gaps']>;
  /** Entries of the answers that were no rows. */
  readonly dropped: number;
}

/** One table of the answer's tree, prepared. */
interface Level {
  readonly table: Table;
  /** Absent where nobody asked for the table: it can still lead to one further down. */
  readonly filler?: RowFiller;
  /** The array in the parent's row; of the root, nothing. */
  readonly readList: ReadValue;
  readonly children: readonly Level[];
  /** What child rows refer to: the row's key, or for a child the reference it has itself. */
  readonly reference: (row: Readonly<Record<string, unknown>>, extra: Extra) => unknown;
  rowNumber: number;
  out: (readonly Cell[])[];
}

/** Maps rows for `root` and those of its child tables that are asked for, at any depth. */
export function createRowMapper(
  root: Target,
  children: readonly Target[],
  stringColumn: string | undefined,
  all: readonly Table[],
): RowMapper {
  const wanted = new Map([root, ...children].map((target) => [target.table.name, target]));
  const fillers = new Map([...wanted].map(([name, target]) => [name, createRowFiller(target)] as const));
  const levelOf = (table: Table): Level => {
    const filler = fillers.get(table.name);
    return {
      table,
      ...(filler && { filler }),
      readList: readerOf(table.parent?.path ?? []),
      children: all.filter(({ parent }) => parent?.table === table.name).map(levelOf),
      reference: referenceOf(table),
      rowNumber: 0,
      out: [],
    };
  };
  const top = levelOf(root.table);
  const asked = [top, ...descendants(top)].filter(({ filler }) => filler !== undefined);
  let dropped = 0;

  const visit = (level: Level, row: Readonly<Record<string, unknown>>, extra: Extra): void => {
    if (level.filler) level.out.push(level.filler.fill(row, extra));
    if (level.children.length === 0) return;
    const number = ++level.rowNumber;
    let own: unknown;
    for (const child of level.children) {
      const list = child.readList(row);
      if (list === undefined || list === null || list === '') continue;
      own ??= level.reference(row, extra) ?? String(number);
      const reference = new Map([[child.table.parent?.column ?? '', own]]);
      // An API that leaves out the list around a single entry means a list of one.
      for (const entry of Array.isArray(list) ? (list as readonly unknown[]) : [list]) {
        if (isObject(entry)) visit(child, entry, reference);
        else if (entry !== null) dropped++;
      }
    }
  };

  return {
    map(rows, { base }) {
      for (const level of asked) level.out = [];
      for (const row of rows) {
        const entry = stringColumn !== undefined && !isObject(row) && !Array.isArray(row) && row !== null ? { [stringColumn]: row } : row;
        if (isObject(entry)) visit(top, entry, base);
        else dropped++;
      }
      return asked.map(({ table, out }) => ({ table, rows: out }));
    },
    notes: (table) => fillers.get(table)?.notes() ?? [],
    flaws: (table) => fillers.get(table)?.flaws() ?? [],
    gaps: (table) => fillers.get(table)?.gaps() ?? [],
    get dropped() {
      return dropped;
    },
  };
}

function descendants(level: Level): readonly Level[] {
  return level.children.flatMap((child) => [child, ...descendants(child)]);
}

function referenceOf(table: Table): Level['reference'] {
  const name = table.parent?.column ?? table.key?.text;
  if (name === undefined) return () => undefined;
  const column = table.columns.find((candidate) => candidate.name === name);
  const read = readerOf(column?.path ?? []);
  return (row, extra) => (extra.has(name) ? extra.get(name) : (read(row) ?? undefined));
}
