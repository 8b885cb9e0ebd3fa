/** Where the keyboard is: a place among the visible rows (−1 is the header), and a place among the columns shown. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export const headerRow = -1;

/** Where a key leads (the grid pattern of the ARIA Authoring Practices); undefined for keys that move nothing. */
export function moved(
  place: Place,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  rows: number,
  columns: number,
  page: number,
): Place | undefined {
  const far = event.ctrlKey || event.metaKey;
  const within = (row: number, column: number, top = 0): Place => ({
    row: Math.max(rows === 0 ? headerRow : top, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (event.key) {
    case 'ArrowDown':
      return within(far ? rows - 1 : place.row + 1, place.column);
    case 'ArrowUp':
      return within(far ? 0 : place.row - 1, place.column, far ? 0 : headerRow);
    case 'ArrowRight':
      return within(place.row, far ? columns - 1 : place.column + 1, headerRow);
    case 'ArrowLeft':
      return within(place.row, far ? 0 : place.column - 1, headerRow);
    case 'Home':
      return within(far ? 0 : place.row, 0, far ? 0 : headerRow);
    case 'End':
      return within(far ? rows - 1 : place.row, columns - 1, headerRow);
    case 'PageDown':
      return within(place.row + page, place.column);
    case 'PageUp':
      return within(place.row - page, place.column);
    default:
      return undefined;
  }
}
