/** Selected rows by their index in the data, so that a filter or a sort does not change what is selected. */
export interface Selection {
  readonly rows: ReadonlySet<number>;
  /** Where a range starts: a place among the visible rows. */
  readonly anchor: number;
}

export const nothingSelected: Selection = { rows: new Set(), anchor: 0 };

export function selectOne(visible: readonly number[], place: number): Selection {
  const row = visible[place];
  return { rows: new Set(row === undefined ? [] : [row]), anchor: place };
}

export function toggleOne(selection: Selection, visible: readonly number[], place: number): Selection {
  const row = visible[place];
  const rows = new Set(selection.rows);
  if (row !== undefined && !rows.delete(row)) rows.add(row);
  return { rows, anchor: place };
}

export function selectRange(selection: Selection, visible: readonly number[], place: number): Selection {
  const from = Math.min(selection.anchor, place);
  const to = Math.max(selection.anchor, place);
  return { rows: new Set(visible.slice(from, to + 1)), anchor: selection.anchor };
}

export function selectAll(visible: readonly number[]): Selection {
  return { rows: new Set(visible), anchor: 0 };
}
