import { element, freshId, iconButton } from '../dom.ts';
import { post } from '../host.ts';
import { count, grouped } from '../words.ts';
import { toCsv, toTabs } from './export.ts';
import { createGrid, type Grid } from './grid.ts';
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
  /** Said instead of an empty grid. */
  readonly whenEmpty: string;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly startAt?: number;
  readonly details: (row: Row, column: number) => Node;
}

/** A part of the page that needs to be told when it is in the page, and when it goes. */
export interface Part {
  readonly node: HTMLElement;
  mount?(): void;
  dispose?(): void;
}

/** A grid with what belongs around it: filter, count, copy, export, and the details of the active row. */
export function createBrowser<Row>(options: BrowserOptions<Row>): Part {
  if (options.rows.length === 0) return { node: element('p', { class: 'empty', text: options.whenEmpty }) };
  const status = element('span', { class: 'count', attributes: { role: 'status' } });
  const details = element('div', { class: 'details-content' });
  const detailsPane = element('section', { class: 'details', attributes: { 'aria-label': 'Details', tabindex: '0' } }, details);
  let shownRow: Row | undefined;
  let saying: number | undefined;
  const showCounts = (): void => {
    clearTimeout(saying);
    status.textContent = statusText(options, grid);
    status.classList.remove('said');
  };
  const grid: Grid<Row> = createGrid({
    label: options.label,
    columns: options.columns,
    rows: options.rows,
    ...(options.rowClass !== undefined && { rowClass: options.rowClass }),
    ...(options.startAt !== undefined && { startAt: options.startAt }),
    onActive: (row, column) => {
      const scroll = row === shownRow ? detailsPane.scrollTop : 0;
      details.replaceChildren(
        row === undefined ? element('p', { class: 'empty', text: 'Nothing matches the filter.' }) : options.details(row, column),
      );
      detailsPane.scrollTop = scroll;
      shownRow = row;
    },
    onChange: showCounts,
    onCopy: () => {
      copy();
    },
  });
  const chosen = (): readonly Row[] => (grid.selected.length > 0 ? grid.selected : grid.shown);
  const copy = (): void => {
    post({ type: 'copy', text: toTabs(chosen(), options.columns) });
    status.textContent = `Copied ${count(chosen().length, options.noun)}.`;
    status.classList.add('said');
    clearTimeout(saying);
    saying = window.setTimeout(showCounts, 4000);
  };
  const toolbar = element(
    'div',
    { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': options.label } },
    filterBox(options.noun, grid),
    status,
    iconButton(`Copy the selected ${options.noun}s with headers (none selected: all shown)`, 'copy', copy),
    iconButton('Save what is shown as CSV…', 'save', () => {
      post({ type: 'save', name: `${options.fileName}.csv`, text: toCsv(grid.shown, options.columns) });
    }),
  );
  return {
    node: element('div', { class: 'browser' }, toolbar, element('div', { class: 'split' }, grid.node, detailsPane)),
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

function filterBox<Row>(noun: string, grid: Grid<Row>): HTMLElement {
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

function statusText<Row>({ rows, total, noun }: BrowserOptions<Row>, grid: Grid<Row>): string {
  const shown = grid.shown.length;
  const here = shown === rows.length ? count(shown, noun) : `${grouped(shown)} of ${count(rows.length, noun)}`;
  const all = total !== undefined && total > rows.length ? `, the first of ${grouped(total)}` : '';
  const selected = grid.selected.length;
  return `${here}${all}${selected > 1 ? `, ${grouped(selected)} selected` : ''}`;
}
