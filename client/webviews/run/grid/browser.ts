import { element, freshId, iconButton } from '../dom.ts';
import { post, rememberLayout, rememberedLayout } from '../host.ts';
import type { Part } from '../part.ts';
import { count, grouped } from '../words.ts';
import { showColumns } from './columns-popup.ts';
import { toCsv, toTabs } from './export.ts';
import { createGrid } from './grid.ts';
import type { Grid } from './grid-types.ts';
import type { GridColumn } from './model.ts';

export interface BrowserOptions<Row> {
  readonly label: string;
  /** What one row is called: `row`, `request`, `change`. */
  readonly noun: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  /** How many there are, when not all are here. */
  readonly total?: number;
  readonly fileName: string;
  /** One quiet line above the grid. */
  readonly summary?: string;
  /** Said instead of an empty grid. */
  readonly whenEmpty: string;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly startAt?: number;
  /** Indexes of columns that are there but not shown, as long as nobody chose otherwise. */
  readonly hiddenAtFirst?: readonly number[];
  /** Filters of single columns are there from the start. */
  readonly withFilters?: boolean;
  /** Controls of this page's own, before the ones that every grid has. */
  readonly controls?: (grid: Grid<Row>) => readonly HTMLElement[];
  readonly details: (row: Row, column: number) => Node;
}

/** A grid with what belongs around it; `grid` is absent where there is no row at all. */
export interface Browser<Row> extends Part {
  readonly grid?: Grid<Row>;
  /** Draws the details of the active row again. */
  redraw(): void;
  /** Takes more rows at the end. There is a grid only where there was a row from the start. */
  append(rows: readonly Row[]): void;
  /** Says how many there are, when not all are here. */
  setTotal(total: number): void;
}

/** A grid with filter, count, columns, copy, export, and the details of the active row. */
export function createBrowser<Row>(options: BrowserOptions<Row>): Browser<Row> {
  if (options.rows.length === 0) {
    const nothing = (): void => undefined;
    return { node: element('p', { class: 'empty', text: options.whenEmpty }), redraw: nothing, append: nothing, setTotal: nothing };
  }
  const status = element('span', { class: 'count', attributes: { role: 'status' } });
  const details = element('div', { class: 'details-content' });
  const detailsPane = element('section', { class: 'details', attributes: { 'aria-label': 'Details', tabindex: '0' } }, details);
  let shownRow: Row | undefined;
  let shownColumn = 0;
  let saying: number | undefined;
  let { total } = options;
  const showCounts = (): void => {
    clearTimeout(saying);
    status.textContent = statusText(options, grid, total);
    status.classList.remove('said');
    clear.hidden = !grid.isFiltered;
  };
  const showDetails = (): void => {
    details.replaceChildren(
      shownRow === undefined
        ? element('p', { class: 'empty', text: 'Nothing matches the filter.' })
        : options.details(shownRow, shownColumn),
    );
  };
  const grid: Grid<Row> = createGrid({
    label: options.label,
    columns: options.columns,
    rows: options.rows,
    remembered: rememberedLayout(options.label),
    ...(options.hiddenAtFirst !== undefined && { hiddenAtFirst: options.hiddenAtFirst }),
    onLayout: (layout) => {
      rememberLayout(options.label, layout);
    },
    ...(options.rowClass !== undefined && { rowClass: options.rowClass }),
    ...(options.startAt !== undefined && { startAt: options.startAt }),
    ...(options.withFilters !== undefined && { withFilters: options.withFilters }),
    onActive: (row, column) => {
      const scroll = row === shownRow ? detailsPane.scrollTop : 0;
      shownRow = row;
      shownColumn = column;
      showDetails();
      detailsPane.scrollTop = scroll;
    },
    onChange: () => {
      showCounts();
      filters.setAttribute('aria-pressed', String(!(grid.node.querySelector<HTMLElement>('.row.filters')?.hidden ?? true)));
    },
    onCopy: () => {
      copy();
    },
  });
  const copy = (): void => {
    const { selected, shown, selectedColumns, columns } = grid;
    const rows = selected.length > 0 ? selected : shown;
    const taken = selected.length > 0 ? selectedColumns : columns;
    post({ type: 'copy', text: toTabs(rows, taken) });
    const part = taken.length < columns.length ? `, ${count(taken.length, 'column')}` : '';
    status.textContent = `Copied ${count(rows.length, options.noun)}${part}.`;
    status.classList.add('said');
    clearTimeout(saying);
    saying = window.setTimeout(showCounts, 4000);
  };
  const search = searchBox(options.noun, grid);
  const clear = iconButton('Clear all filters', 'clear-all', () => {
    search.value = '';
    grid.clearFilters();
    grid.node.focus();
  });
  const filters = iconButton('Filter single columns (/)', 'filter', () => {
    filters.setAttribute('aria-pressed', String(grid.toggleFilters()));
  });
  filters.setAttribute('aria-pressed', String(options.withFilters === true));
  const chooser = iconButton('Columns: show, hide, order', 'list-selection', () => {
    showColumns(chooser, {
      names: options.columns.map(({ name }) => name),
      layout: grid.layout,
      change: grid.setLayout,
      reset: grid.resetLayout,
    });
  });
  chooser.setAttribute('aria-haspopup', 'dialog');
  chooser.setAttribute('aria-expanded', 'false');
  const toolbar = element(
    'div',
    { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': options.label } },
    search,
    status,
    clear,
    ...(options.controls?.(grid) ?? []),
    filters,
    chooser,
    iconButton(`Copy the selected ${options.noun}s with headers (none selected: all shown)`, 'copy', copy),
    iconButton('Save what is shown as CSV…', 'save', () => {
      post({ type: 'save', name: `${options.fileName}.csv`, text: toCsv(grid.shown, grid.columns) });
    }),
  );
  const summary = options.summary === undefined ? undefined : element('p', { class: 'summary', text: options.summary });
  return {
    grid,
    redraw: showDetails,
    append: (rows) => {
      grid.append(rows);
    },
    setTotal: (all) => {
      total = all;
      showCounts();
    },
    node: element('div', { class: 'browser' }, toolbar, summary, element('div', { class: 'split' }, grid.node, detailsPane)),
    mount: () => {
      grid.mount();
      showCounts();
    },
    dispose: () => {
      clearTimeout(saying);
      grid.dispose();
    },
  };
}

function searchBox<Row>(noun: string, grid: Grid<Row>): HTMLInputElement {
  const input = element('input', {
    class: 'filter',
    attributes: {
      type: 'search',
      id: freshId('filter'),
      placeholder: `Filter ${noun}s`,
      'aria-label': `Filter ${noun}s by words in any column`,
      spellcheck: 'false',
      dir: 'auto',
    },
  });
  let timer: number | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      grid.filter(input.value);
    }, 80);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') {
      grid.node.focus();
      event.preventDefault();
    } else if (event.key === 'Escape' && input.value !== '') {
      input.value = '';
      grid.filter('');
    }
  });
  return input;
}

function statusText<Row>({ noun, columns }: BrowserOptions<Row>, grid: Grid<Row>, total: number | undefined): string {
  const shown = grid.shown.length;
  const rows = grid.rowCount;
  const here = shown === rows ? count(shown, noun) : `${grouped(shown)} of ${count(rows, noun)}`;
  const all = total !== undefined && total > rows ? `, the first of ${grouped(total)}` : '';
  const selected = grid.selected.length;
  const hidden = columns.length - grid.columns.length;
  return [`${here}${all}`, selected > 1 ? `${grouped(selected)} selected` : '', hidden > 0 ? `${count(hidden, 'column')} hidden` : '']
    .filter((part) => part !== '')
    .join(', ');
}
