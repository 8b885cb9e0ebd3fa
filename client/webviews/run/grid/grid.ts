import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';
import { element, freshId } from '../dom.ts';
import { createFinder, everything, nextSorts, type Query } from './finder.ts';
import { drawHead, drawRow, putInOrder } from './draw.ts';
import { createHeadCell, type HeadCell } from './head.ts';
import type { Grid, GridOptions } from './grid-types.ts';
import { headerKey, rowKey, type KeyActs } from './handle-keys.ts';
import { headerRow, type Place } from './keys.ts';
import { inSight, layoutOf, positionsOf, shownColumns, toRemember, withWidth, type Layout } from './layout.ts';
import { textMeasure } from './measure.ts';
import { fittingWidth, type GridColumn } from './model.ts';
import { handleMouse, type How } from './mouse.ts';
import { nothingSelected, selectOne, selectRange, toggleOne, type Selection } from './selection.ts';
import { showValues } from './values-popup.ts';

/** Pixels of a row; `style.css` says the same. */
const rowHeight = 24;
/** Beyond this the layout of an element ends in Chromium; no vault table comes near. */
const mostRows = 600_000;

/**
 * A grid that draws only the rows and columns in sight. The keyboard stays on the grid itself and names the active cell
 * (`aria-activedescendant`), since a cell that scrolled out of sight is not there to hold the focus.
 */
export function createGrid<Row>(options: GridOptions<Row>): Grid<Row> {
  const { columns } = options;
  const rows = options.rows.slice(0, mostRows);
  const id = freshId('grid');
  const names = columns.map(({ name }) => name);
  const measure = textMeasure();
  const fitting = columns.map((column) => Math.round(fittingWidth(rows, column, measure)));
  const numbersWidth = (): number => Math.ceil(Math.max(24, measure(String(rows.length)))) + 20;
  let numberWidth = numbersWidth();
  let finder = createFinder(rows, columns);
  const resized = new Set<number>(names.flatMap((name, index) => (options.remembered?.widths[name] === undefined ? [] : [index])));
  const firstLayout: Layout = { ...layoutOf(names, fitting, undefined), hidden: new Set(options.hiddenAtFirst ?? []) };
  let layout = options.remembered === undefined ? firstLayout : layoutOf(names, fitting, options.remembered);
  let positions = positionsOf(layout, numberWidth);
  let query: Query = everything;
  let passes: ((row: Row) => boolean) | undefined;
  let visible = finder.find(query);
  let active: Place = { row: Math.max(0, Math.min(options.startAt ?? 0, rows.length - 1)), column: 0 };
  let selection: Selection = nothingSelected;
  let hasFilters = options.withFilters === true;
  let version = 0;

  const heads = new Map<number, HeadCell>();
  const headOf = (column: number): HeadCell => {
    const known = heads.get(column);
    if (known !== undefined) return known;
    const built = createHeadCell(columns[column] as GridColumn<Row>, column, id, {
      onSort: sortBy,
      onResize: (index, width) => {
        resized.add(index);
        setLayout(withWidth(layout, index, width));
      },
      onFit: (index) => {
        resized.delete(index);
        setLayout(withWidth(layout, index, fitting[index] ?? 120));
      },
      onFilter: setColumnFilter,
      onChoose: (index, anchor) => {
        showValues(anchor, names[index] ?? '', finder.valuesOf(index), query.filters.get(index) ?? '', (written) => {
          grid.filterColumn(index, written);
        });
      },
      onLeave: () => {
        node.focus({ preventScroll: true });
      },
    });
    heads.set(column, built);
    return built;
  };
  const body = element('div', { class: 'grid-body', attributes: { role: 'rowgroup' } });
  const head = element('div', { class: 'row head', attributes: { role: 'row', 'aria-rowindex': '1' } });
  const filters = element('div', { class: 'row filters', attributes: { role: 'row' } });
  filters.hidden = !hasFilters;
  const node = element(
    'div',
    {
      class: 'grid',
      attributes: { role: 'grid', tabindex: '0', id, 'aria-label': options.label, 'aria-multiselectable': 'true' },
    },
    element('div', { class: 'grid-head', attributes: { role: 'rowgroup' } }, head, filters),
    body,
  );

  const virtual = new Virtualizer<HTMLElement, HTMLElement>({
    count: visible.length,
    getScrollElement: () => node,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingEnd: rowHeight * (hasFilters ? 2 : 1) + 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => {
      drawSoon();
    },
  });
  const cellId = (place: Place): string => `${id}-${String(place.row)}-${String(place.column)}`;
  const sight = (): readonly [number, number] => inSight(positions, node.scrollLeft + numberWidth, node.scrollLeft + node.clientWidth);
  const drawn = new Map<number, { readonly state: string; readonly node: HTMLElement }>();
  const rowOf = (place: number, start: number, [from, to]: readonly [number, number]): HTMLElement => {
    const index = visible[place] ?? 0;
    const isSelected = selection.rows.has(index);
    const isActive = place === active.row;
    const range = isSelected && selection.columns !== undefined ? selection.columns.join() : '';
    const state = [version, index, from, to, isSelected, isActive ? active.column : '', range].join(' ');
    const known = drawn.get(place);
    if (known?.state === state) return known.node;
    const row = rows[index] as Row;
    const built = drawRow(row, columns, positions, [from, to], {
      place,
      index,
      start,
      selection,
      isSelected,
      activeColumn: isActive ? active.column : undefined,
      rowClass: options.rowClass?.(row),
      numberWidth,
      cellId,
    });
    drawn.set(place, { state, node: built });
    return built;
  };
  let frame: number | undefined;
  /** Scrolling both ways is one drawing, in the frame that shows it. */
  const drawSoon = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  const draw = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const range = sight();
    const width = `${String(positions.edges.at(-1) ?? numberWidth)}px`;
    body.style.height = `${String(virtual.getTotalSize())}px`;
    node.style.setProperty('--wide', width);
    node.setAttribute('aria-rowcount', String(visible.length + 1));
    node.setAttribute('aria-colcount', String(positions.columns.length + 1));
    drawHead(head, filters, positions, range, { headOf, numberWidth, activeHeader: active.row === headerRow ? active.column : undefined });
    const items = virtual.getVirtualItems();
    const here = new Set(items.map(({ index }) => index));
    for (const place of drawn.keys()) if (!here.has(place)) drawn.delete(place);
    putInOrder(
      body,
      items.map(({ index, start }) => rowOf(index, start, range)),
    );
    const column = positions.columns[active.column];
    if (active.row === headerRow && column !== undefined) node.setAttribute('aria-activedescendant', headOf(column).header.id);
    else if (here.has(active.row)) node.setAttribute('aria-activedescendant', cellId(active));
    else node.removeAttribute('aria-activedescendant');
    for (const [index, { input }] of heads) input.tabIndex = hasFilters && index === column ? 0 : -1;
  };
  const tellActive = (): void => {
    const index = visible[active.row];
    options.onActive(index === undefined ? undefined : rows[index], positions.columns[active.column] ?? 0);
  };
  const activate = (place: Place, how: How): void => {
    active = place;
    if (place.row !== headerRow) {
      if (how === 'one') selection = selectOne(visible, place);
      if (how === 'range') selection = selectRange(selection, visible, place);
      if (how === 'keep') selection = { rows: selection.rows, anchor: place };
      if (how === 'toggle') selection = toggleOne(selection, visible, place);
      virtual.scrollToIndex(place.row, { align: 'auto' });
    }
    keepColumnInSight(place.column);
    draw();
    if (place.row !== headerRow) tellActive();
    options.onChange();
  };
  const keepColumnInSight = (place: number): void => {
    const left = (positions.edges[place] ?? 0) - numberWidth;
    const right = positions.edges[place + 1] ?? 0;
    if (left < node.scrollLeft) node.scrollLeft = left;
    else if (right > node.scrollLeft + node.clientWidth) node.scrollLeft = Math.min(left, right - node.clientWidth);
  };
  const findVisible = (): void => {
    const found = finder.find(query);
    visible = passes === undefined ? found : found.filter((index) => passes?.(rows[index] as Row) === true);
  };
  const grow = (more: readonly Row[]): void => {
    const room = mostRows - rows.length;
    const index = active.row === headerRow ? undefined : visible[active.row];
    for (const row of more.slice(0, room)) rows.push(row);
    finder = createFinder(rows, columns);
    findVisible();
    if (index !== undefined) active = { row: Math.max(0, visible.indexOf(index)), column: active.column };
    if (numberWidth !== numbersWidth()) {
      numberWidth = numbersWidth();
      positions = positionsOf(layout, numberWidth);
    }
    version += 1;
    virtual.setOptions({ ...virtual.options, count: visible.length });
    virtual.measure();
    draw();
    // A filter that nothing passed has found its first row.
    if (index === undefined) tellActive();
    options.onChange();
  };
  const refresh = (): void => {
    version += 1;
    findVisible();
    active = { row: active.row === headerRow ? headerRow : 0, column: active.column };
    virtual.setOptions({ ...virtual.options, count: visible.length });
    virtual.measure();
    node.scrollTop = 0;
    draw();
    const index = visible[Math.max(0, active.row)];
    options.onActive(index === undefined ? undefined : rows[index], positions.columns[active.column] ?? 0);
    options.onChange();
  };
  const setLayout = (next: Layout): void => {
    const column = positions.columns[active.column];
    version += 1;
    layout = next;
    positions = positionsOf(layout, numberWidth);
    const place = column === undefined ? -1 : positions.columns.indexOf(column);
    active = { row: active.row, column: Math.max(0, place >= 0 ? place : Math.min(active.column, positions.columns.length - 1)) };
    // A rectangle of columns that moved is none.
    selection = { rows: selection.rows, anchor: { row: selection.anchor.row, column: active.column } };
    draw();
    options.onLayout(toRemember(names, layout, resized));
    options.onChange();
  };
  const sortBy = (column: number, further: boolean): void => {
    const sorts = nextSorts(query.sorts, column, further);
    query = { ...query, sorts };
    for (const index of new Set([column, ...heads.keys()])) {
      const at = sorts.findIndex((sort) => sort.column === index);
      const direction = at < 0 ? 'none' : sorts[at]?.descending === true ? 'descending' : 'ascending';
      headOf(index).showSort(direction, sorts.length > 1 && at >= 0 ? at + 1 : undefined);
    }
    refresh();
  };
  const setColumnFilter = (column: number, written: string): void => {
    if ((query.filters.get(column) ?? '') === written) return;
    const next = new Map(query.filters);
    if (written.trim() === '') next.delete(column);
    else next.set(column, written);
    query = { ...query, filters: next };
    refresh();
  };
  const setFiltersShown = (isShown: boolean): void => {
    hasFilters = isShown;
    filters.hidden = !isShown;
    virtual.setOptions({ ...virtual.options, scrollPaddingEnd: rowHeight * (isShown ? 2 : 1) + 8 });
    draw();
  };

  handleMouse(
    node,
    body,
    () => active,
    (place, how) => {
      activate(place, how);
    },
  );
  const acts: KeyActs = {
    activate: (place, how) => {
      activate(place, how);
    },
    select: (next) => {
      selection = next;
      draw();
      options.onChange();
    },
    sort: (column, further) => {
      sortBy(column, further);
    },
    setLayout: (next, widened) => {
      if (widened !== undefined) resized.add(widened);
      setLayout(next);
      keepColumnInSight(active.column);
    },
    copy: options.onCopy,
  };
  node.addEventListener('keydown', (event) => {
    const column = positions.columns[active.column];
    if (event.target !== node || column === undefined) return;
    if (event.key === '/' && !event.ctrlKey && !event.metaKey) {
      if (!hasFilters) grid.toggleFilters();
      headOf(column).input.focus();
      options.onChange();
    } else {
      const page = Math.max(1, Math.floor(node.clientHeight / rowHeight) - 2);
      const state = { active, visible, columns: positions.columns, selection, layout, page };
      if (!(active.row === headerRow && headerKey(event, column, state, acts)) && !rowKey(event, state, acts)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  let lastSight = '';
  node.addEventListener('scroll', () => {
    const now = sight().join();
    if (now === lastSight) return;
    lastSight = now;
    drawSoon();
  });
  const watcher = new ResizeObserver(() => {
    drawSoon();
  });

  let idle: number | undefined;
  /** The first word that a person types should not wait for every value to be read. */
  const readAhead = (): void => {
    idle = requestIdleCallback((deadline) => {
      let more = true;
      do more = finder.readAhead();
      while (more && deadline.timeRemaining() > 12);
      if (more) readAhead();
    });
  };
  let unmount: (() => void) | undefined;
  const grid: Grid<Row> = {
    node,
    get shown() {
      return visible.map((index) => rows[index] as Row);
    },
    get columns() {
      return shownColumns(layout).map((index) => columns[index] as GridColumn<Row>);
    },
    get selected() {
      return visible.filter((index) => selection.rows.has(index)).map((index) => rows[index] as Row);
    },
    get selectedColumns() {
      const [from, to] = selection.columns ?? [0, positions.columns.length - 1];
      return positions.columns.slice(from, to + 1).map((index) => columns[index] as GridColumn<Row>);
    },
    layout: () => layout,
    setLayout,
    resetLayout: () => {
      resized.clear();
      setLayout(firstLayout);
    },
    filter: (words) => {
      query = { ...query, words };
      refresh();
    },
    filterColumn: (column, written) => {
      const { input } = headOf(column);
      input.value = written;
      input.classList.toggle('in-use', written.trim() !== '');
      if (written !== '' && !hasFilters) setFiltersShown(true);
      setColumnFilter(column, written);
    },
    clearFilters: () => {
      for (const { input } of heads.values()) {
        input.value = '';
        input.classList.remove('in-use');
      }
      query = { ...query, words: '', filters: new Map() };
      refresh();
    },
    get isFiltered() {
      return query.filters.size > 0 || query.words.trim() !== '';
    },
    restrict: (test) => {
      passes = test;
      refresh();
    },
    toggleFilters: () => {
      setFiltersShown(!hasFilters);
      return hasFilters;
    },
    get activeIndex() {
      return active.row === headerRow ? undefined : visible[active.row];
    },
    get rowCount() {
      return rows.length;
    },
    append: grow,
    reveal: (index) => {
      const row = visible.indexOf(index);
      if (row < 0) return false;
      activate({ row, column: active.column }, 'one');
      virtual.scrollToIndex(row, { align: 'center' });
      return true;
    },
    mount: () => {
      unmount = virtual._didMount();
      virtual._willUpdate();
      virtual.scrollToIndex(active.row, { align: 'auto' });
      draw();
      tellActive();
      watcher.observe(node);
      readAhead();
    },
    dispose: () => {
      watcher.disconnect();
      if (idle !== undefined) cancelIdleCallback(idle);
      if (frame !== undefined) cancelAnimationFrame(frame);
      unmount?.();
    },
  };
  return grid;
}
