import type { RowDifference, RowsComparison } from '../../../../engine/run/run-record.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { element, foreign } from '../dom.ts';
import { createBrowser } from '../grid/browser.ts';
import type { Grid } from '../grid/grid-types.ts';
import type { GridColumn } from '../grid/model.ts';
import type { Part } from '../part.ts';
import { cellText, grouped, oneLine } from '../words.ts';

type Change = RowDifference['change'];
type ColumnOf = RowsComparison['columns'][number];

const icons: Readonly<Record<Change, string>> = { new: 'diff-added', changed: 'diff-modified', gone: 'diff-removed' };
const classes: Readonly<Record<Change, string>> = { new: 'create', changed: 'update', gone: 'delete' };

/** Whether a cell differs between the sides; only a row on both sides can have such. */
function differs({ before, after }: RowDifference, at: number): boolean {
  return before !== undefined && after !== undefined && (before[at] ?? null) !== (after[at] ?? null);
}

/** What differs between two sets of rows: changes only, and of the columns at first the key and those that changed. */
export function comparisonPart(comparison: RowsComparison, name: string, { withSummary = true } = {}): Part {
  const { rows, columns, key, counts } = comparison;
  const isWanted = ({ name: column }: ColumnOf, at: number): boolean =>
    key.includes(column) ||
    rows.some((row) => differs(row, at)) ||
    comparison.columnsNew.includes(column) ||
    comparison.columnsGone.includes(column);
  const wanted = columns.map(isWanted);
  const total = counts.new + counts.gone + counts.changed;
  return createBrowser<RowDifference>({
    label: `Differences of ${name}`,
    noun: 'difference',
    columns: [changeColumn, ...columns.map((column, at) => valueColumn(column, at, comparison))],
    // Few changes among many columns would be looked for; where only whole rows came or went, all columns tell about them.
    ...(counts.changed > 0 && wanted.some((is) => !is) && { hiddenAtFirst: wanted.flatMap((is, at) => (is ? [] : [at + 1])) }),
    rows,
    total,
    fileName: `${name} differences`,
    whenEmpty: `Nothing differs: ${grouped(counts.same)} rows are the same on both sides.`,
    ...(withSummary && { summary: summaryOf(comparison) }),
    controls: (grid) => kinds.filter((change) => counts[change] > 0).map((change) => kindButton(grid, change, counts[change])),
    details: (row) => differenceDetails(row, comparison),
  });
}

const kinds: readonly Change[] = ['changed', 'new', 'gone'];

const changeColumn: GridColumn<RowDifference> = {
  name: 'Change',
  value: ({ change }) => change,
  mark: ({ change }) => ({ class: `change ${classes[change]}`, icon: icons[change] }),
  width: 104,
};

function valueColumn({ name, type }: ColumnOf, at: number, { columnsNew, columnsGone }: RowsComparison): GridColumn<RowDifference> {
  const side = ({ before, after }: RowDifference): Cell => (after ?? before)?.[at] ?? null;
  const note = columnsNew.includes(name) ? 'new' : columnsGone.includes(name) ? 'gone' : undefined;
  return {
    name,
    value: side,
    text: (row) =>
      differs(row, at) ? `${cellText(row.before?.[at] ?? null, type)} → ${cellText(side(row), type)}` : cellText(side(row), type),
    numeric: type === 'number',
    mark: (row) => (differs(row, at) ? { class: 'differs' } : side(row) === null ? { class: 'null' } : undefined),
    draw: (row) =>
      differs(row, at)
        ? element('span', {}, sideElement('from', row.before?.[at] ?? null, type), ' ', sideElement('to', side(row), type))
        : element('span', { text: oneLine(cellText(side(row), type)) }),
    ...(note !== undefined && { drawHeader: () => element('span', { class: `column-note ${note}`, text: note }) }),
  };
}

function sideElement(name: 'from' | 'to', cell: Cell, type: ColumnOf['type']): HTMLElement {
  const tag = name === 'from' ? 'del' : 'ins';
  return element(tag, { class: name }, foreign(oneLine(cellText(cell, type), 120), cell === null ? 'null' : undefined));
}

/** Shows one kind of change only. */
function kindButton(grid: Grid<RowDifference>, change: Change, rows: number): HTMLButtonElement {
  const built = element(
    'button',
    {
      class: `button kind ${classes[change]}`,
      attributes: { type: 'button', 'aria-pressed': 'false', title: `Show only rows that are ${change}` },
      onClick: () => {
        const isOn = built.getAttribute('aria-pressed') !== 'true';
        for (const other of built.parentElement?.querySelectorAll('.kind') ?? []) other.setAttribute('aria-pressed', 'false');
        built.setAttribute('aria-pressed', String(isOn));
        grid.restrict(isOn ? (row) => row.change === change : undefined);
      },
    },
    element('span', { class: `codicon codicon-${icons[change]}`, attributes: { 'aria-hidden': 'true' } }),
    element('span', { text: `${grouped(rows)} ${change}` }),
  );
  return built;
}

function summaryOf({ before, after, counts, key, columnsNew, columnsGone }: RowsComparison): string {
  const named = (what: string, names: readonly string[]): string => (names.length === 0 ? '' : `columns ${what}: ${names.join(', ')}`);
  return [
    `${before} → ${after}`,
    `${grouped(counts.same)} rows the same, not shown`,
    key.length === 0 ? 'whole rows compared, since there is no key' : `by ${key.join(', ')}`,
    named('new', columnsNew),
    named('gone', columnsGone),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What the row is known by: the values of its key. */
function nameOf({ before, after }: RowDifference, { columns, key }: RowsComparison): string {
  return key.map((name) => cellText((after ?? before)?.[columns.findIndex((column) => column.name === name)] ?? null)).join(', ');
}

function differenceDetails(row: RowDifference, comparison: RowsComparison): Node {
  const { columns, before, after } = comparison;
  const isChanged = row.change === 'changed';
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ at }) => !isChanged || differs(row, at));
  const rest = columns.map((column, at) => ({ ...column, at })).filter(({ at }) => isChanged && !differs(row, at));
  const value = (cell: Cell | undefined, type: ColumnOf['type']): HTMLElement =>
    cell === undefined || cell === null ? element('span', { class: 'null', text: 'null' }) : foreign(cellText(cell, type));
  const heads = isChanged ? ['Column', before, after] : ['Column', row.change === 'new' ? after : before];
  const head = element('tr', {}, ...heads.map((text) => element('th', { attributes: { scope: 'col' } }, foreign(text))));
  const body = shown.map(({ name, type, at }) =>
    element(
      'tr',
      {},
      element('th', { attributes: { scope: 'row' } }, foreign(name)),
      row.before === undefined ? undefined : element('td', { class: isChanged ? 'from' : '' }, value(row.before[at], type)),
      row.after === undefined ? undefined : element('td', { class: isChanged ? 'to' : '' }, value(row.after[at], type)),
    ),
  );
  return element(
    'div',
    {},
    element(
      'h2',
      { class: `change-line ${classes[row.change]}` },
      element('span', { class: 'verb', text: row.change }),
      foreign(nameOf(row, comparison)),
    ),
    element('table', { class: 'attributes' }, element('thead', {}, head), element('tbody', {}, ...body)),
    rest.length === 0
      ? undefined
      : element(
          'details',
          { class: 'whole' },
          element('summary', { text: `The same on both sides: ${String(rest.length)}` }),
          element(
            'dl',
            { class: 'pairs' },
            ...rest.flatMap(({ name, type, at }) => [
              element('dt', {}, foreign(name)),
              element('dd', {}, value(row.after?.[at] ?? null, type)),
            ]),
          ),
        ),
  );
}
