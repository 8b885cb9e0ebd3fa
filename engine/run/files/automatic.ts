import { createHash } from 'node:crypto';
import type { TableShape } from '../../model/files/shape.ts';
import { readerOf } from '../../model/files/reading.ts';

/** Gives the automatic columns of rows that have no value for them one. */
export interface Automatic {
  /** Learns from a row of the whole file, before any is filled, which numbers are taken. */
  learn(cells: readonly string[]): void;
  fill(row: Record<string, unknown>, cells: readonly string[]): Record<string, unknown>;
  /** How many values were given, in words. */
  notes(): readonly string[];
}

/** The columns of a file that give values; undefined where there are none. `table` tells equal rows of two tables apart. */
export function createAutomatic(table: string, { columns }: Pick<TableShape, 'columns'>): Automatic | undefined {
  const automatic = columns.flatMap((column, index) =>
    column.auto
      ? [{ name: column.name, index, isNumber: column.reading.type === 'number', read: readerOf(column.reading), last: 0, given: 0 }]
      : [],
  );
  if (automatic.length === 0) return undefined;
  const own = new Set(automatic.map(({ index }) => index));
  const seen = new Map<string, number>();
  return {
    learn(cells) {
      for (const column of automatic) {
        const value = column.isNumber ? column.read(cells[column.index] ?? '') : undefined;
        if (typeof value === 'number' && value > column.last) column.last = Math.floor(value);
      }
    },
    fill(row, cells) {
      for (const column of automatic) {
        if (row[column.name] !== null && row[column.name] !== undefined) continue;
        column.given++;
        row[column.name] = column.isNumber
          ? ++column.last
          : guidOf([table, column.name, ...cells.filter((_, index) => !own.has(index))], seen);
      }
      return row;
    },
    notes: () =>
      automatic.flatMap(({ name, isNumber, given }) => {
        if (given === 0) return [];
        const rows = given === 1 ? '1 row had no value' : `${given} rows had no value`;
        return [
          isNumber
            ? `${rows} for ${name} and got the next number, which changes when a row before it goes: write the numbers into the file to keep them.`
            : `${rows} for ${name} and got a GUID made of the other cells, which changes when they do: write the GUIDs into the file to keep them.`,
        ];
      }),
  };
}

/** The same GUID for the same texts; rows that are equal are told apart by their order. RFC 9562, version 8. */
function guidOf(texts: readonly string[], seen: Map<string, number>): string {
  const key = JSON.stringify(texts);
  const number = (seen.get(key) ?? 0) + 1;
  seen.set(key, number);
  const digest = createHash('sha256').update(`${key}${number}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
