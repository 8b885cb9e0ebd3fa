import { headerRow, moved, type Place } from './keys.ts';
import { steppedColumn, withHidden, withWidth, type Layout } from './layout.ts';
import type { How } from './mouse.ts';
import { selectAll, selectColumn, type Selection } from './selection.ts';

/** How the grid stands when a key comes. */
export interface KeyState {
  readonly active: Place;
  readonly visible: readonly number[];
  /** Columns shown, in order. */
  readonly columns: readonly number[];
  readonly selection: Selection;
  readonly layout: Layout;
  /** Rows of a page. */
  readonly page: number;
}

/** What a key can do to it. */
export interface KeyActs {
  activate(place: Place, how: How): void;
  select(selection: Selection): void;
  sort(column: number, further: boolean): void;
  /** `widened`: the column whose width a person chose. */
  setLayout(layout: Layout, widened?: number): void;
  copy(): void;
}

/** Pixels that one key makes a column wider or narrower. */
const widening = 16;

/** Keys of the header: Enter sorts, Shift and arrows resize, Alt and arrows move, Delete hides. False for a key that is not its own. */
export function headerKey(event: KeyboardEvent, column: number, { layout, columns }: KeyState, acts: KeyActs): boolean {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
  if (event.key === 'Enter' || event.key === ' ') acts.sort(column, event.shiftKey);
  else if (event.key === 'Delete' && columns.length > 1) acts.setLayout(withHidden(layout, column, true));
  else if (step !== undefined && event.altKey) acts.setLayout(steppedColumn(layout, column, step));
  else if (step !== undefined && event.shiftKey)
    acts.setLayout(withWidth(layout, column, (layout.widths[column] ?? 0) + step * widening), column);
  else return false;
  return true;
}

/** Keys of the rows: they move, select, and copy. False for a key that is not theirs. */
export function rowKey(event: KeyboardEvent, state: KeyState, acts: KeyActs): boolean {
  const { active, visible, columns, selection, page } = state;
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey) return false;
  const next = moved(active, event, visible.length, columns.length, page);
  if (next !== undefined) {
    if (event.shiftKey && next.row !== headerRow) acts.activate(next, 'range');
    else if (!event.shiftKey) acts.activate(next, next.row === active.row ? 'keep' : 'one');
  } else if (event.key === ' ' && command) acts.select(selectColumn(selection, visible, active.column));
  else if (event.key === ' ') acts.activate(active, event.shiftKey ? 'one' : 'toggle');
  else if (command && event.key.toLowerCase() === 'a') acts.select(selectAll(visible));
  else if (command && event.key.toLowerCase() === 'c') acts.copy();
  else return false;
  return true;
}
