import type { Cell } from '../records.ts';
import type { VaultReader } from '../vault/vault.ts';
import type { VaultColumn } from './vault-column.ts';

/** Rows of a table that are looked at: all of a smaller one, else as many from all over it. */
const mostRows = 20_000;
const pieces = 40;

/** Different values of a column that are remembered. */
const mostValues = 2_000;

/** Values of one column. */
export interface SampledColumn {
  readonly column: VaultColumn;
  readonly values: readonly (string | number)[];
  /** Of the rows looked at, those with a value have different ones. */
  readonly isUnique: boolean;
  /** Not all values were looked at. */
  readonly sampled: boolean;
}

/** Different values of columns of one table, read in one pass. Null and empty text are no values. */
export function sampleValues(vault: Pick<VaultReader, 'query'>, columns: readonly VaultColumn[]): readonly SampledColumn[] {
  const [first] = columns;
  if (!first) return [];
  const some = first.rows > mostRows;
  const list = columns.map(({ column }, index) => `t.${column} as c${index}`).join(', ');
  const source = some
    ? `(select value as s from json_each(?)) p cross join ${first.table} t on t._rowid_ between p.s and p.s + ?`
    : `${first.table} t`;
  const found = columns.map(() => ({ values: new Set<string | number>(), filled: 0, again: 0, more: some }));
  const rows = vault.query({ sql: `select ${list} from ${source}`, parameters: some ? spread(vault, first) : [] });
  for (const row of rows) {
    for (const [index, column] of found.entries()) {
      const value: Cell = row[`c${index}`] ?? null;
      if (value === null || value === '') continue;
      column.filled++;
      if (column.values.has(value)) column.again++;
      else if (column.values.size < mostValues) column.values.add(value);
      else column.more = true;
    }
  }
  return columns.map((column, index) => {
    const { values = new Set<string | number>(), filled = 0, again = 0, more = false } = found[index] ?? {};
    return { column, values: [...values], isUnique: filled > 1 && again === 0, sampled: more };
  });
}

/** Where the pieces begin, and how long each is. */
function spread(vault: Pick<VaultReader, 'query'>, { table }: VaultColumn): readonly Cell[] {
  const [ends] = vault.query({ sql: `select min(_rowid_) as first, max(_rowid_) as last from ${table}`, parameters: [] });
  const [from, to] = [Number(ends?.['first'] ?? 0), Number(ends?.['last'] ?? 0)];
  const length = Math.floor(mostRows / pieces);
  const starts = Array.from({ length: pieces }, (_, index) => Math.floor(from + ((to - length - from) * index) / (pieces - 1)));
  return [JSON.stringify([...new Set(starts)]), length - 1];
}
