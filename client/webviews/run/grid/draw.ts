import { element } from '../dom.ts';
import { cellElement } from './cells.ts';
import type { HeadCell } from './head.ts';
import type { Place } from './keys.ts';
import type { Positions } from './layout.ts';
import type { GridColumn } from './model.ts';
import { holds, type Selection } from './selection.ts';

/** How a row stands in the grid. */
export interface RowState {
  /** Among the rows shown, and in the data. */
  readonly place: number;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly selection: Selection;
  readonly isSelected: boolean;
  readonly activeColumn: number | undefined;
  readonly rowClass: string | undefined;
  readonly numberWidth: number;
  readonly cellId: (place: Place) => string;
}

/** One row with the cells that are in sight, each where its column stands. */
export function drawRow<Row>(
  row: Row,
  columns: readonly GridColumn<Row>[],
  positions: Positions,
  [from, to]: readonly [number, number],
  state: RowState,
): HTMLElement {
  const { place, index, isSelected, activeColumn, rowClass } = state;
  const isWhole = isSelected && state.selection.columns === undefined;
  const classes = [
    'row',
    isWhole ? 'selected' : isSelected ? 'partly' : '',
    activeColumn === undefined ? '' : 'active',
    place % 2 === 1 ? 'odd' : '',
    rowClass ?? '',
  ];
  const built = element('div', {
    class: classes.filter((name) => name !== '').join(' '),
    attributes: { role: 'row', 'aria-rowindex': String(place + 2), 'aria-selected': String(isSelected), 'data-place': String(place) },
  });
  const number = element('div', {
    class: 'cell number',
    text: String(index + 1),
    attributes: { role: 'rowheader', 'aria-colindex': '1' },
  });
  number.style.width = `${String(state.numberWidth)}px`;
  built.append(number);
  for (let at = from; at < to; at += 1) {
    const column = columns[positions.columns[at] ?? -1];
    if (column === undefined) continue;
    const cell = cellElement(row, column, state.cellId({ row: place, column: at }), at);
    if (at === activeColumn) cell.classList.add('active-cell');
    if (isSelected && holds(state.selection, at)) {
      cell.classList.add('in-range');
      cell.setAttribute('aria-selected', 'true');
    }
    stand(cell, positions, at);
    built.append(cell);
  }
  built.style.transform = `translateY(${String(state.start)}px)`;
  return built;
}

/** Puts the headers and filters in sight into their rows. What has the focus stays, wherever it is. */
export function drawHead(
  head: HTMLElement,
  filters: HTMLElement,
  positions: Positions,
  [from, to]: readonly [number, number],
  state: { readonly headOf: (column: number) => HeadCell; readonly numberWidth: number; readonly activeHeader: number | undefined },
): void {
  const headers: HTMLElement[] = [];
  const inputs: HTMLElement[] = [];
  const focused = document.activeElement;
  positions.columns.forEach((column, at) => {
    const isInSight = at >= from && at < to;
    if (!isInSight && !filters.contains(focused)) return;
    const cell = state.headOf(column);
    if (!isInSight && !cell.filter.contains(focused)) return;
    for (const part of [cell.header, cell.filter]) {
      part.setAttribute('aria-colindex', String(at + 2));
      stand(part, positions, at);
    }
    cell.header.classList.toggle('active-cell', state.activeHeader === at);
    headers.push(cell.header);
    inputs.push(cell.filter);
  });
  replace(head, [corner(head, 'columnheader', '#', state.numberWidth), ...headers]);
  replace(filters, [corner(filters, 'gridcell', '', state.numberWidth), ...inputs]);
}

function corner(row: HTMLElement, role: string, text: string, width: number): HTMLElement {
  const known = row.querySelector<HTMLElement>(':scope > .number');
  const built =
    known ??
    element('div', {
      class: 'header number',
      text,
      attributes: { role, 'aria-colindex': '1', 'aria-label': role === 'columnheader' ? 'Row' : 'Filters' },
    });
  built.style.width = `${String(width)}px`;
  return built;
}

/** Makes these the children, touching only what changes: what stays needs no new layout. */
export function putInOrder(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** An element that is moved loses the focus: only what is missing is put in, only what is too much is taken out. */
function replace(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  const present = new Set<Element>(parent.children);
  for (const child of wanted) if (!present.has(child)) parent.append(child);
}

function stand(cell: HTMLElement, { edges }: Positions, at: number): void {
  const left = edges[at] ?? 0;
  cell.style.left = `${String(left)}px`;
  cell.style.width = `${String((edges[at + 1] ?? left) - left)}px`;
}
