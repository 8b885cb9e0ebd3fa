import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';
import { element, freshId } from '../dom.ts';
import { cellElement, headerElement } from './cells.ts';
import { moved, type Place } from './keys.ts';
import { fittingWidth, haystack, visibleRows, type GridColumn, type Sort } from './model.ts';
import { nothingSelected, selectAll, selectOne, selectRange, toggleOne, type Selection } from './selection.ts';

export interface GridOptions<Row> {
  /** What the grid holds, for those who cannot see it. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  /** Class of a whole row, for rows that must stand out. */
  readonly rowClass?: (row: Row) => string | undefined;
  /** The row looked at first; else the first one. */
  readonly startAt?: number;
  /** Called when the keyboard or the mouse came to another cell. */
  readonly onActive: (row: Row | undefined, column: number) => void;
  /** Called when the filter, the sort or the selection changed. */
  readonly onChange: () => void;
  readonly onCopy: () => void;
}

export interface Grid<Row> {
  readonly node: HTMLElement;
  /** Rows that pass the filter, in order. */
  readonly shown: readonly Row[];
  /** Selected rows, in the order shown. */
  readonly selected: readonly Row[];
  filter(text: string): void;
  /** Call once the node is in the page. */
  mount(): void;
  dispose(): void;
}

/** Pixels of a row; `style.css` says the same. */
const rowHeight = 24;
/** Beyond this the layout of an element ends in Chromium; no vault table comes near. */
const mostRows = 600_000;

/**
 * A grid that draws only the rows in sight. The keyboard stays on the grid itself and names the active cell (`aria-activedescendant`), since
 * a cell that scrolled out of sight is not there to hold the focus.
 */
export function createGrid<Row>(options: GridOptions<Row>): Grid<Row> {
  const { columns } = options;
  const rows = options.rows.slice(0, mostRows);
  const id = freshId('grid');
  const haystacks = rows.map((row) => haystack(row, columns));
  const measure = textMeasure();
  const widths = columns.map((column) => fittingWidth(rows, column, measure));
  let sort: Sort | undefined;
  let filter = '';
  let visible = visibleRows(rows, columns, haystacks, filter, sort);
  let active: Place = { row: Math.max(0, Math.min(options.startAt ?? 0, rows.length - 1)), column: 0 };
  let selection: Selection = nothingSelected;

  const body = element('div', { class: 'grid-body', attributes: { role: 'rowgroup' } });
  const headers = columns.map((column, index) =>
    headerElement(
      column.name,
      index,
      column.numeric === true,
      () => {
        sortBy(index);
      },
      (width) => {
        widths[index] = width;
        applyWidths();
      },
    ),
  );
  const corner = element('div', {
    class: 'header number',
    text: '#',
    attributes: { role: 'columnheader', 'aria-colindex': '1', 'aria-label': 'Row' },
  });
  const head = element(
    'div',
    { class: 'grid-head', attributes: { role: 'rowgroup' } },
    element('div', { class: 'row head', attributes: { role: 'row', 'aria-rowindex': '1' } }, corner, ...headers),
  );
  const node = element(
    'div',
    {
      class: 'grid',
      attributes: {
        role: 'grid',
        tabindex: '0',
        id,
        'aria-label': options.label,
        'aria-multiselectable': 'true',
        'aria-colcount': String(columns.length + 1),
      },
    },
    head,
    body,
  );

  const virtual = new Virtualizer<HTMLElement, HTMLElement>({
    count: visible.length,
    getScrollElement: () => node,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: rowHeight + 2,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => {
      draw();
    },
  });
  const cellId = (place: Place): string => `${id}-${String(place.row)}-${String(place.column)}`;

  const applyWidths = (): void => {
    node.style.setProperty(
      '--columns',
      [
        `${String(Math.ceil(Math.max(24, measure(String(rows.length))) + 20))}px`,
        ...widths.map((width) => `${String(Math.round(width))}px`),
      ].join(' '),
    );
  };
  const draw = (): void => {
    body.style.height = `${String(virtual.getTotalSize())}px`;
    node.setAttribute('aria-rowcount', String(visible.length + 1));
    const items = virtual.getVirtualItems();
    body.replaceChildren(...items.map(({ index, start }) => rowElement(index, start)));
    if (items.some(({ index }) => index === active.row)) node.setAttribute('aria-activedescendant', cellId(active));
    else node.removeAttribute('aria-activedescendant');
  };
  const rowElement = (place: number, start: number): HTMLElement => {
    const index = visible[place] ?? 0;
    const row = rows[index] as Row;
    const isSelected = selection.rows.has(index);
    const classes = [
      'row',
      isSelected ? 'selected' : '',
      place === active.row ? 'active' : '',
      place % 2 === 1 ? 'odd' : '',
      options.rowClass?.(row) ?? '',
    ];
    const built = element('div', {
      class: classes.filter((name) => name !== '').join(' '),
      attributes: { role: 'row', 'aria-rowindex': String(place + 2), 'aria-selected': String(isSelected), 'data-place': String(place) },
    });
    built.append(
      element('div', { class: 'cell number', text: String(index + 1), attributes: { role: 'rowheader', 'aria-colindex': '1' } }),
    );
    columns.forEach((column, at) => {
      const cell = cellElement(row, column, cellId({ row: place, column: at }), at);
      if (place === active.row && at === active.column) cell.classList.add('active-cell');
      built.append(cell);
    });
    built.style.transform = `translateY(${String(start)}px)`;
    return built;
  };
  const activate = (place: Place, how: 'one' | 'range' | 'toggle' | 'keep'): void => {
    active = place;
    if (how === 'one') selection = selectOne(visible, place.row);
    if (how === 'range') selection = selectRange(selection, visible, place.row);
    if (how === 'toggle') selection = toggleOne(selection, visible, place.row);
    virtual.scrollToIndex(place.row, { align: 'auto' });
    draw();
    const index = visible[place.row];
    options.onActive(index === undefined ? undefined : rows[index], place.column);
    options.onChange();
  };
  const keepColumnInSight = (column: number): void => {
    const cell = headers[column];
    if (cell === undefined) return;
    const left = cell.offsetLeft - corner.offsetWidth;
    if (left < node.scrollLeft) node.scrollLeft = left;
    else if (cell.offsetLeft + cell.offsetWidth > node.scrollLeft + node.clientWidth)
      node.scrollLeft = cell.offsetLeft + cell.offsetWidth - node.clientWidth;
  };
  const refresh = (): void => {
    visible = visibleRows(rows, columns, haystacks, filter, sort);
    active = { row: 0, column: Math.min(active.column, columns.length - 1) };
    virtual.setOptions({ ...virtual.options, count: visible.length });
    virtual.measure();
    node.scrollTop = 0;
    draw();
    const index = visible[0];
    options.onActive(index === undefined ? undefined : rows[index], active.column);
    options.onChange();
  };
  const sortBy = (column: number): void => {
    sort = sort?.column !== column ? { column, descending: false } : sort.descending ? undefined : { column, descending: true };
    headers.forEach((header, index) => {
      const direction = sort?.column === index ? (sort.descending ? 'descending' : 'ascending') : 'none';
      header.setAttribute('aria-sort', direction);
    });
    refresh();
  };

  body.addEventListener('mousedown', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const place = Number(target?.closest<HTMLElement>('.row')?.dataset['place']);
    if (!Number.isInteger(place) || event.button !== 0) return;
    const column = Number(target?.closest('.cell')?.getAttribute('aria-colindex') ?? 2) - 2;
    activate({ row: place, column: Math.max(0, column) }, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one');
    node.focus({ preventScroll: true });
    event.preventDefault();
  });
  node.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    const next =
      visible.length === 0
        ? undefined
        : moved(active, event, visible.length, columns.length, Math.max(1, Math.floor(node.clientHeight / rowHeight) - 2));
    if (next !== undefined) {
      activate(next, event.shiftKey ? 'range' : next.row === active.row ? 'keep' : 'one');
      keepColumnInSight(next.column);
    } else if (event.key === ' ' && !command) activate(active, 'toggle');
    else if (command && event.key.toLowerCase() === 'a') {
      selection = selectAll(visible);
      draw();
      options.onChange();
    } else if (command && event.key.toLowerCase() === 'c') options.onCopy();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  let unmount: (() => void) | undefined;
  return {
    node,
    get shown() {
      return visible.map((index) => rows[index] as Row);
    },
    get selected() {
      return visible.filter((index) => selection.rows.has(index)).map((index) => rows[index] as Row);
    },
    filter: (text) => {
      filter = text;
      refresh();
    },
    mount: () => {
      applyWidths();
      unmount = virtual._didMount();
      virtual._willUpdate();
      virtual.scrollToIndex(active.row, { align: 'auto' });
      draw();
      options.onActive(rows[visible[active.row] ?? -1], 0);
    },
    dispose: () => {
      unmount?.();
    },
  };
}

/** Measures text in the page's own font. */
function textMeasure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 7.5;
  const { fontSize, fontFamily } = getComputedStyle(document.body);
  context.font = `${fontSize} ${fontFamily}`;
  return (text) => context.measureText(text).width;
}
