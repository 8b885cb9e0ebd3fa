/** One column of a grid. `value` is what is sorted, filtered and exported; null is a value of its own. */
export interface GridColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number | null;
  /** How the value is shown, where that differs; filtered by as well. */
  readonly text?: (row: Row) => string;
  readonly numeric?: boolean;
  /** Class of the cell, for colour and icon. */
  readonly mark?: (row: Row) => { readonly class?: string; readonly icon?: string } | undefined;
  /** In pixels; else estimated from the content. */
  readonly width?: number;
}

export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

/** Indexes into `rows` that pass the filter, in the order of the sort. */
export function visibleRows<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  haystacks: readonly string[],
  filter: string,
  sort: Sort | undefined,
): readonly number[] {
  const needles = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  const passing: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const hay = haystacks[index] ?? '';
    if (needles.every((needle) => hay.includes(needle))) passing.push(index);
  }
  const column = sort === undefined ? undefined : columns[sort.column];
  if (sort === undefined || column === undefined) return passing;
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const values = rows.map((row) => column.value(row));
  const direction = sort.descending ? -1 : 1;
  return passing.sort((left, right) => compare(values[left] ?? null, values[right] ?? null, collator, direction) || left - right);
}

/** Null comes last, whichever way the rest is sorted. */
function compare(left: string | number | null, right: string | number | null, collator: Intl.Collator, direction: number): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  if (typeof left === 'number' && typeof right === 'number') return direction * (left - right);
  return direction * collator.compare(String(left), String(right));
}

/** What a filter looks in: every column's text, in small letters. */
export function haystack<Row>(row: Row, columns: readonly GridColumn<Row>[]): string {
  return columns
    .map((column) => shownText(row, column))
    .join('\u0000')
    .toLowerCase();
}

export function shownText<Row>(row: Row, column: GridColumn<Row>): string {
  const value = column.value(row);
  return column.text?.(row) ?? (value === null ? '' : String(value));
}

/** A width in pixels that fits the name and what the first rows hold, within reason; `measure` gives the width of a text. */
export function fittingWidth<Row>(rows: readonly Row[], column: GridColumn<Row>, measure: (text: string) => number): number {
  if (column.width !== undefined) return column.width;
  // Bold, with room for the sort's arrow.
  let widest = measure(column.name) * 1.12 + 18;
  for (const row of rows.slice(0, 100)) widest = Math.max(widest, measure(shownText(row, column).slice(0, 60)));
  // A mark takes an icon's place, and may make its text bold.
  return Math.min(Math.max(widest * (column.mark === undefined ? 1 : 1.1) + (column.mark === undefined ? 20 : 40), 56), 320);
}
