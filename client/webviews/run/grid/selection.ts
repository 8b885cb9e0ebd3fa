/** Selected rows by their index in the data, so that a filter or a sort does not change what is selected; perhaps only some columns of them. */
export interface Selection {
  readonly rows: ReadonlySet<number>;
  /** Where a range starts: a place among the visible rows, and among the columns. */
  readonly anchor: { readonly row: number; readonly column: number };
  /** Places of the first and the last column, where the selection is less wide than its rows. */
  readonly columns?: readonly [from: number, to: number];
}

export interface At {
  readonly row: number;
  readonly column: number;
}

export const nothingSelected: Selection = { rows: new Set(), anchor: { row: 0, column: 0 } };

export function selectOne(visible: readonly number[], at: At): Selection {
  const row = visible[at.row];
  return { rows: new Set(row === undefined ? [] : [row]), anchor: at };
}

export function toggleOne(selection: Selection, visible: readonly number[], at: At): Selection {
  const row = visible[at.row];
  const rows = new Set(selection.rows);
  if (row !== undefined && !rows.delete(row)) rows.add(row);
  return { rows, anchor: at };
}

/** From the anchor to here: whole rows as long as the range stays in one column, a rectangle of cells as soon as it does not. */
export function selectRange({ anchor, columns }: Selection, visible: readonly number[], at: At): Selection {
  const rows = new Set(visible.slice(Math.min(anchor.row, at.row), Math.max(anchor.row, at.row) + 1));
  if (at.column === anchor.column && columns === undefined) return { rows, anchor };
  return { rows, anchor, columns: [Math.min(anchor.column, at.column), Math.max(anchor.column, at.column)] };
}

export function selectAll(visible: readonly number[]): Selection {
  return { rows: new Set(visible), anchor: { row: 0, column: 0 } };
}

/** The column alone: of the rows selected, or of all where no more than one is. */
export function selectColumn(selection: Selection, visible: readonly number[], column: number): Selection {
  const rows = selection.rows.size > 1 ? selection.rows : new Set(visible);
  return { rows, anchor: { row: selection.anchor.row, column }, columns: [column, column] };
}

export function holds({ columns }: Selection, column: number): boolean {
  return columns !== undefined && column >= columns[0] && column <= columns[1];
}
