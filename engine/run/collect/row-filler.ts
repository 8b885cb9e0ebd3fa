import type { Column, Table } from '../../model/connector/connector.ts';
import type { Cell, Evidence } from '../records.ts';
import { toCell, type Complain } from './cells.ts';
import { readerOf, type ReadValue } from './read-path.ts';

/** A table to be filled: the root of an answer, or a child table of one. */
export interface Target {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** The key column, where the table has one. */
  readonly key?: string;
  /** Its values have the types of their columns already where they can: a text in a column of numbers is none. */
  readonly asWritten?: boolean;
}

/** Values that rows have from elsewhere, by column: `base`, and the reference to a parent. */
export type Extra = ReadonlyMap<string, unknown>;

/** Turns rows of answers into cells of one table, and counts what is odd about them. */
export interface RowFiller {
  fill(row: Readonly<Record<string, unknown>>, extra: Extra): Cell[];
  /** What did not fit, in words. */
  notes(): readonly string[];
  /** Why the table cannot be complete: rows that nobody can find again. */
  flaws(): readonly string[];
  /** Columns that rows left out or had as null. */
  gaps(): NonNullable<Evidence['gaps']>;
}

const complaints = {
  object: 'held objects where single values were declared; they are kept as JSON text',
  list: 'held lists where single values were declared; they are kept as JSON text',
  number: 'held values that are no numbers; they are kept as text',
  boolean: 'held values that are neither true nor false; they are kept as text',
} as const;

/** One column, prepared; counts stand beside what they count, since rows are many. */
interface Slot {
  readonly name: string;
  readonly type: Column['type'];
  readonly read: ReadValue;
  /** Text that is a text needs no conversion. */
  readonly plain: boolean;
  readonly counted: boolean;
  readonly complain: Complain;
  absent: number;
  null: number;
}

export function createRowFiller({ table, columns, key, asWritten }: Target): RowFiller {
  const problems = new Map<string, number>();
  const slots = columns.map(({ name, type, path, source }): Slot => ({
    name,
    type,
    read: readerOf(path),
    plain: type === 'text' || type === 'date' || type === 'datetime',
    counted: source === 'resource' && path.length > 0,
    complain: (what) => {
      const text = `Column ${name} ${complaints[what]}`;
      problems.set(text, (problems.get(text) ?? 0) + 1);
    },
    absent: 0,
    null: 0,
  }));
  const declared = table.columns.filter(({ source, path }) => source === 'resource' && path.length > 0).map(({ path }) => readerOf(path));
  const keyColumn = table.columns.find(({ name, path }) => name === key && path.length > 0);
  const readKey = keyColumn && readerOf(keyColumn.path);
  let keyless = 0;
  let empty = 0;

  const examine = (row: Readonly<Record<string, unknown>>, extra: Extra): void => {
    if (declared.length > 0 && declared.every((read) => read(row) === undefined)) empty++;
    else if (key !== undefined && isNone(extra.has(key) ? extra.get(key) : readKey?.(row))) keyless++;
  };

  return {
    fill(row, extra) {
      examine(row, extra);
      const cells: Cell[] = [];
      for (const slot of slots) {
        const given = extra.size > 0 && extra.has(slot.name);
        const value = given ? extra.get(slot.name) : slot.read(row);
        if (typeof value === 'string' && slot.plain) cells.push(value);
        else if (value === undefined) {
          if (!given) slot.absent++;
          cells.push(null);
        } else if (value === null) {
          if (!given) slot.null++;
          cells.push(null);
        } else cells.push(toCell(value, slot.type, slot.complain, asWritten));
      }
      return cells;
    },
    notes: () => [...problems].map(([text, count]) => `${text} (${count}×).`),
    flaws: () => [
      ...(keyless > 0 ? [`${keyless} rows have no ${key ?? 'key'}.`] : []),
      ...(empty > 0 ? [`${empty} rows have none of the columns of ${table.name}.`] : []),
    ],
    gaps: () =>
      slots
        .filter(({ counted, absent, null: nulls }) => counted && absent + nulls > 0)
        .map(({ name, absent, null: nulls }) => ({ column: name, absent, null: nulls })),
  };
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
