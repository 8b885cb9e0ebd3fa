import { readerOf } from '../../model/files/reading.ts';
import type { TableShape } from '../../model/files/shape.ts';

/** Turns the cells of records into values by column. An empty cell is no value: a file cannot tell the two apart. */
export interface RowMaker {
  make(cells: readonly string[], line: number): Record<string, unknown>;
  /** Values that did not fit their column, in words. */
  notes(): readonly string[];
}

export function createRowMaker({ columns }: Pick<TableShape, 'columns'>): RowMaker {
  const misfits = new Map<string, { count: number; readonly line: number; readonly what: string }>();
  const makers = columns.map(({ name, reading, secret }) => {
    const { type, format } = reading;
    // Numbers and truths that are none are counted where they become cells.
    const what =
      type === 'date' || type === 'datetime'
        ? `no ${type === 'date' ? 'dates' : 'points in time'}${format === undefined ? '' : ` of the form ${format}`}`
        : '';
    return { name, read: readerOf(reading), what, secret: secret === true };
  });
  return {
    make(cells, line) {
      const row: Record<string, unknown> = {};
      for (let i = 0; i < makers.length; i++) {
        const maker = makers[i];
        const text = cells[i];
        if (!maker) continue;
        if (text === undefined || text === '' || maker.secret) {
          row[maker.name] = null;
          continue;
        }
        const value = maker.read(text);
        row[maker.name] = value ?? text;
        if (value !== undefined || maker.what === '') continue;
        const known = misfits.get(maker.name);
        if (known) known.count++;
        else misfits.set(maker.name, { count: 1, line, what: maker.what });
      }
      return row;
    },
    notes: () =>
      [...misfits].map(
        ([name, { count, line, what }]) =>
          `Column ${name} held values that are ${what}; they are kept as text (${count}×, first in line ${line}).`,
      ),
  };
}
