import type { Cell } from '../../run/records.ts';
import type { RowSet } from '../protocol.ts';

/** What a panel can show; the rest is counted. */
const mostRows = 20_000;

/** Rows of named cells as a grid. */
export function rowSetOf(columns: RowSet['columns'], rows: Iterable<Readonly<Record<string, Cell>>>): RowSet {
  const shown: Cell[][] = [];
  let total = 0;
  for (const row of rows) {
    total++;
    if (shown.length < mostRows) shown.push(columns.map(({ name }) => row[name] ?? null));
  }
  return { columns, rows: shown, total };
}
