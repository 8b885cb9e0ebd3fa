/** One column of a grid. `value` is what is sorted, filtered and exported; null is a value of its own. */
export interface GridColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number | null;
  /** How the value is shown, where that differs; filtered by as well. */
  readonly text?: (row: Row) => string;
  readonly numeric?: boolean;
  /** Class of the cell, for colour and icon. */
  readonly mark?: (row: Row) => { readonly class?: string; readonly icon?: string } | undefined;
  /** The word for null, where more is known of it than that. */
  readonly nullWord?: string;
  /** What is in the cell, where a text is not enough; `text` says the same in words. */
  readonly draw?: (row: Row) => Node;
  /** What is in the header beside the name. */
  readonly drawHeader?: () => Node;
  /** In pixels; else estimated from the content. */
  readonly width?: number;
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
  // A mark takes an icon's place, and may make its text bold; what is drawn has its own margins.
  const isMarked = column.mark !== undefined && column.draw === undefined;
  return Math.min(Math.max(widest * (isMarked ? 1.1 : 1) + (isMarked ? 40 : column.draw === undefined ? 20 : 28), 56), 320);
}
