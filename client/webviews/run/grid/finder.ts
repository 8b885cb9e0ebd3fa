import { conditionOf, type Seen } from './condition.ts';
import { shownText, type GridColumn } from './model.ts';

export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

/** Ascending, descending, not at all; `further` sorts by this column within those before it, else by it alone. */
export function nextSorts(sorts: readonly Sort[], column: number, further: boolean): readonly Sort[] {
  const known = sorts.find((sort) => sort.column === column);
  const next: readonly Sort[] = known?.descending === true ? [] : [{ column, descending: known !== undefined }];
  if (!further) return next;
  return known === undefined ? [...sorts, ...next] : sorts.flatMap((sort) => (sort.column === column ? next : [sort]));
}

/** What a person looks for: words in any column, a condition for some columns, and an order. */
export interface Query {
  readonly words: string;
  /** By the column's index. */
  readonly filters: ReadonlyMap<number, string>;
  readonly sorts: readonly Sort[];
}

export const everything: Query = { words: '', filters: new Map(), sorts: [] };

/** Finds rows; the texts of a column are read once, so that the next letter costs little. */
export interface Finder {
  /** Indexes of the rows that pass, in order. */
  find(query: Query): readonly number[];
  /** Values of a column with how many rows have them, the most frequent first; null and nothing are `''`. */
  valuesOf(column: number): readonly (readonly [value: string, rows: number])[];
  /** Reads one more column ahead of need; false when all are read. */
  readAhead(): boolean;
}

export function createFinder<Row>(rows: readonly Row[], columns: readonly GridColumn<Row>[]): Finder {
  const read = new Map<number, readonly string[]>();
  const textsOf = (index: number): readonly string[] => {
    const known = read.get(index);
    if (known !== undefined) return known;
    const column = columns[index];
    const texts = column === undefined ? [] : rows.map((row) => shownText(row, column).toLowerCase());
    read.set(index, texts);
    return texts;
  };
  const valueAt = (index: number, row: number): Seen['value'] => columns[index]?.value(rows[row] as Row) ?? null;
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

  return {
    find: ({ words, filters, sorts }) => {
      let passing = rows.map((_, index) => index);
      for (const [column, written] of filters) {
        const condition = conditionOf(written);
        if (condition === undefined) continue;
        const texts = textsOf(column);
        passing = passing.filter((row) => condition({ value: valueAt(column, row), text: texts[row] ?? '' }));
      }
      for (const needle of words.toLowerCase().split(/\s+/)) {
        if (needle === '') continue;
        const all = columns.map((_, index) => textsOf(index));
        passing = passing.filter((row) => all.some((texts) => texts[row]?.includes(needle) === true));
      }
      if (sorts.length === 0) return passing;
      const keys = sorts.map(({ column, descending }) => ({
        values: rows.map((_, row) => valueAt(column, row)),
        direction: descending ? -1 : 1,
      }));
      return passing.sort((left, right) => {
        for (const { values, direction } of keys) {
          const order = compare(values[left] ?? null, values[right] ?? null, collator, direction);
          if (order !== 0) return order;
        }
        return left - right;
      });
    },
    valuesOf: (index) => {
      const column = columns[index];
      const counts = new Map<string, number>();
      if (column !== undefined) {
        for (const row of rows) {
          const text = shownText(row, column);
          counts.set(text, (counts.get(text) ?? 0) + 1);
        }
      }
      return [...counts].sort(([left, many], [right, more]) => more - many || collator.compare(left, right));
    },
    readAhead: () => {
      const next = columns.findIndex((_, index) => !read.has(index));
      if (next >= 0) textsOf(next);
      return read.size < columns.length;
    },
  };
}

/** Null comes last, whichever way the rest is sorted. */
function compare(left: string | number | null, right: string | number | null, collator: Intl.Collator, direction: number): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  if (typeof left === 'number' && typeof right === 'number') return direction * (left - right);
  return direction * collator.compare(String(left), String(right));
}
