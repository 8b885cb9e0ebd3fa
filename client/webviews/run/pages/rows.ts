import type { RowOrigins, RowSet } from '../../../../engine/host/protocol.ts';
import type { Cell, Evidence, TraceEntry } from '../../../../engine/run/records.ts';
import { answerDetails } from '../details/answer.ts';
import { recordDetails } from '../details/record.ts';
import { element } from '../dom.ts';
import { createBrowser, type Browser } from '../grid/browser.ts';
import type { Grid } from '../grid/grid-types.ts';
import type { GridColumn } from '../grid/model.ts';
import { cellText } from '../words.ts';

export type DataRow = readonly Cell[];

/** What else is known of rows, beside what they hold. */
export interface RowsContext {
  /** Tells a null that was sent from a column that was left out. */
  readonly gaps?: Evidence['gaps'];
  readonly origins?: RowOrigins;
  readonly requests?: readonly TraceEntry[];
  readonly toRequest?: (sequence: number) => void;
  readonly controls?: (grid: Grid<DataRow>) => readonly HTMLElement[];
  /** What hangs on a row: its parent, its children. */
  readonly related?: (row: DataRow, index: number) => readonly Node[];
}

/** Columns of rows as a filter or a collection gives them. `nullWords` says more of a null, by column. */
export function dataColumns(columns: RowSet['columns'], nullWords: ReadonlyMap<string, string> = new Map()): GridColumn<DataRow>[] {
  return columns.map((column, index): GridColumn<DataRow> => {
    const value = (row: DataRow): Cell => row[index] ?? null;
    const nullWord = nullWords.get(column.name);
    return {
      name: column.name,
      value,
      numeric: column.type === 'number',
      ...(nullWord !== undefined && { nullWord }),
      // Only booleans read differently from what they are; null must stay apart.
      ...(column.type === 'boolean' && { text: (row: DataRow) => (value(row) === null ? '' : cellText(value(row), 'boolean')) }),
    };
  });
}

/** The rows of a run. */
export function rowsPart(rowSet: RowSet, name: string, whenEmpty: string, context: RowsContext = {}): Browser<DataRow> {
  const nullWords = nullWordsOf(context.gaps ?? []);
  const columns = dataColumns(rowSet.columns, nullWords);
  const places = new Map(rowSet.rows.map((row, index) => [row, index]));
  let shows: 'values' | 'answer' = 'values';
  const browser: Browser<DataRow> = createBrowser({
    label: `Rows of ${name}`,
    noun: 'row',
    columns,
    rows: rowSet.rows,
    total: rowSet.total,
    fileName: name,
    whenEmpty,
    withFilters: true,
    ...(context.controls !== undefined && { controls: context.controls }),
    details: (row, column) => {
      const { origins, requests = [], toRequest, related } = context;
      const index = places.get(row) ?? -1;
      const values = (): HTMLElement =>
        element('div', {}, recordDetails(rowSet.columns, row, column, nullWords), ...(related?.(row, index) ?? []));
      if (origins === undefined) return values();
      const choice = segments(['values', 'answer'], shows, (chosen) => {
        shows = chosen;
        browser.redraw();
        browser.node.querySelector<HTMLElement>('.segments [aria-pressed="true"]')?.focus();
      });
      const content = shows === 'values' ? values() : answerDetails(origins.rows[index], { path: origins.path, requests, toRequest });
      return element('div', {}, choice, content);
    },
  });
  return browser;
}

const segmentLabels = { values: 'Values', answer: 'Raw answer', why: 'Why is it here' } as const;

/** What the details of a row show: one of a few. */
export function segments<Name extends keyof typeof segmentLabels>(
  names: readonly Name[],
  chosen: Name,
  onChoose: (name: Name) => void,
): HTMLElement {
  return element(
    'div',
    { class: 'segments', attributes: { role: 'group', 'aria-label': 'Show of this row' } },
    ...names.map((name) =>
      element('button', {
        class: 'segment',
        text: segmentLabels[name],
        attributes: { type: 'button', 'aria-pressed': String(name === chosen) },
        onClick: () => {
          onChoose(name);
        },
      }),
    ),
  );
}

/** Where every null of a column is known to be one or the other, the word says so. */
function nullWordsOf(gaps: NonNullable<Evidence['gaps']>): ReadonlyMap<string, string> {
  return new Map(
    gaps.flatMap(({ column, absent, null: sent }): (readonly [string, string])[] => {
      if (absent > 0 && sent === 0) return [[column, 'absent']];
      return absent > 0 ? [[column, 'null or absent']] : [];
    }),
  );
}
