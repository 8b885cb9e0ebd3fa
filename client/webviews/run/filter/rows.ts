import type { FilterReport, RowSet, RowsChunk } from '../../../../engine/host/protocol.ts';
import type { RowProblems } from '../../../../engine/run/filter/filter-report.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { recordDetails } from '../details/record.ts';
import { button, element, foreign, icon } from '../dom.ts';
import { createBrowser, type Browser } from '../grid/browser.ts';
import type { Grid } from '../grid/grid-types.ts';
import type { GridColumn } from '../grid/model.ts';
import { dataColumns, segments, type DataRow } from '../pages/rows.ts';
import { grouped } from '../words.ts';
import { createRowWhy } from './row-why.ts';
import { tellingColumns } from './telling-columns.ts';

export interface FilterRowsOptions {
  readonly name: string;
  readonly columns: RowSet['columns'];
  readonly rows: readonly DataRow[];
  readonly total: number;
  readonly problems?: RowProblems;
  /** A column that tells the rows apart, where one is known. */
  readonly key?: string;
  /** The row looked at first. */
  readonly startAt?: number;
}

/** The rows of a filter; they may still be coming. */
export interface FilterRows {
  readonly browser: Browser<DataRow>;
  readonly columns: RowSet['columns'];
  /** How many are here. */
  readonly count: number;
  append(chunk: RowsChunk): void;
  /** All have come: how many there are, whether a person may ask why one is here, and which column tells them apart. */
  finish(total: number, isLive: boolean, key: string | undefined): void;
}

/** What the details of a row show, kept from row to row. */
let shows: 'values' | 'why' = 'values';

/** The rows of a filter in a grid. A row whose script failed says so in a column of its own and in its details. `isLive`: it can be asked why a row is here. */
export function createFilterRows(options: FilterRowsOptions, isLive: boolean): FilterRows {
  const { name, columns, total } = options;
  const rows = [...options.rows];
  const problems = new Map(options.problems?.rows.map(({ row, message }) => [row, message]) ?? []);
  const places = new Map(rows.map((row, index) => [row, index]));
  const withProblem = [...problems.keys()].filter((row) => row < rows.length).sort((left, right) => left - right);
  const why = createRowWhy();
  const problemOf = (row: DataRow): string | undefined => (problems.size === 0 ? undefined : problems.get(places.get(row) ?? -1));
  let canAsk = isLive;
  let { key } = options;
  let telling: readonly number[] | undefined;
  /** The cells a row is named by: as few as tell it apart, since they stand in the answer. */
  const valuesOf = (row: DataRow): Readonly<Record<string, Cell>> => {
    telling ??= tellingColumns(columns, rows, key);
    return Object.fromEntries(telling.map((index) => [columns[index]?.name ?? '', row[index] ?? null]));
  };
  const browser: Browser<DataRow> = createBrowser<DataRow>({
    label: `Rows of ${name}`,
    noun: 'row',
    columns: [...(problems.size === 0 ? [] : [problemColumn(problemOf)]), ...dataColumns(columns)],
    rows,
    total,
    fileName: name,
    whenEmpty: 'The filter gives no rows.',
    withFilters: true,
    // What went wrong is looked at first.
    startAt: withProblem[0] ?? options.startAt ?? 0,
    ...(withProblem.length > 0 && {
      rowClass: (row: DataRow) => (problemOf(row) === undefined ? undefined : 'failed'),
      controls: (grid: Grid<DataRow>) => [onlyProblems(grid, withProblem.length, (row) => problemOf(row) !== undefined)],
    }),
    details: (row, column) => {
      const problem = problemOf(row);
      const said = problem === undefined ? undefined : problemNotice(problem);
      const values = (): HTMLElement => recordDetails(columns, row, problems.size === 0 ? column : column - 1);
      if (!canAsk) return element('div', {}, said, values());
      const choice = segments(['values', 'why'], shows, (chosen) => {
        shows = chosen;
        browser.redraw();
        browser.node.querySelector<HTMLElement>('.segments [aria-pressed="true"]')?.focus();
      });
      const content = shows === 'values' ? values() : why.element(places.get(row) ?? -1, valuesOf(row));
      return element('div', {}, choice, said, content);
    },
  });
  return {
    browser: {
      ...browser,
      dispose: () => {
        why.dispose();
        browser.dispose?.();
      },
    },
    columns,
    get count() {
      return rows.length;
    },
    append: (chunk) => {
      // What was sent again is here already.
      const more = chunk.rows.slice(Math.max(0, rows.length - chunk.from));
      for (const row of more) {
        telling = undefined;
        places.set(row, rows.length);
        rows.push(row);
      }
      browser.append(more);
    },
    finish: (all, live, own) => {
      canAsk = live;
      key = own;
      telling = undefined;
      browser.setTotal(all);
      browser.redraw();
    },
  };
}

function problemColumn(problemOf: (row: DataRow) => string | undefined): GridColumn<DataRow> {
  return {
    name: 'Problem',
    value: (row) => problemOf(row) ?? '',
    width: 190,
    mark: (row) => (problemOf(row) === undefined ? undefined : { class: 'bad', icon: 'error' }),
  };
}

function problemNotice(message: string): HTMLElement {
  return element('p', { class: 'notice error' }, icon('error'), element('span', {}, foreign(message)));
}

/** Shows only rows with a problem. */
function onlyProblems(grid: Grid<DataRow>, number: number, has: (row: DataRow) => boolean): HTMLButtonElement {
  const built = button(`${grouped(number)} with a problem`, 'error', () => {
    const isOn = built.getAttribute('aria-pressed') !== 'true';
    built.setAttribute('aria-pressed', String(isOn));
    grid.restrict(isOn ? has : undefined);
  });
  built.classList.add('problem-rows');
  built.setAttribute('aria-pressed', 'false');
  return built;
}

/** Whether rows that came while the run went on are the beginning of those it gave in the end, in a grid that can go on showing them. */
export function canGoOn(stream: FilterRows, { rowSet, problems }: FilterReport): boolean {
  return (
    (problems?.count ?? 0) === 0 &&
    stream.count <= rowSet.rows.length &&
    stream.columns.length === rowSet.columns.length &&
    stream.columns.every(({ name, type }, at) => rowSet.columns[at]?.name === name && rowSet.columns[at].type === type)
  );
}
