import type { RowSet } from '../../../../engine/host/protocol.ts';

/** The key, else the first column in which every row here has a value of its own, else all of them. */
export function tellingColumns(columns: RowSet['columns'], rows: RowSet['rows'], key: string | undefined): readonly number[] {
  const keyAt = columns.findIndex(({ name }) => name === key);
  if (keyAt >= 0) return [keyAt];
  const own = columns.findIndex((_, at) => {
    const seen = new Set(rows.map((row) => row[at] ?? null));
    return seen.size === rows.length && !seen.has(null);
  });
  return own >= 0 ? [own] : columns.map((_, at) => at);
}
