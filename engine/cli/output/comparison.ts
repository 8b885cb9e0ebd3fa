import type { Cell } from '../../run/records.ts';
import type { RowDifference, RowsComparison } from '../../run/run-record.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** Differences that a terminal shows. */
const shownRows = 100;

/** What differs between two sets of rows, for a person or as the record itself. */
export function printComparison(comparison: RowsComparison, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...comparison }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const { before, after, counts, key, columnsNew, columnsGone, rows, notes = [] } = comparison;
  const by = key.length === 0 ? 'by whole rows: no column tells them apart' : `by ${key.join(', ')}`;
  const shown = rows.slice(0, shownRows);
  const rest = counts.changed + counts.new + counts.gone - shown.length;
  return [
    `${style.bold(`${before} → ${after}`)} ${style.dim(plain(by))}\n`,
    `  ${counts.new} new, ${counts.gone} gone, ${counts.changed} changed, ${counts.same} the same\n`,
    ...(columnsNew.length === 0 ? [] : [`  new columns: ${plain(columnsNew.join(', '))}\n`]),
    ...(columnsGone.length === 0 ? [] : [`  columns gone: ${plain(columnsGone.join(', '))}\n`]),
    ...notes.map((note) => `  ${style.yellow('!')} ${plain(note)}\n`),
    shown.length === 0 ? '' : '\n',
    table(
      shown.map((row) => lineOf(row, comparison, style)),
      { indent: '  ', longest: 160 },
    ),
    rest > 0 ? `  … and ${rest} more.\n` : '',
  ].join('');
}

function lineOf({ change, before, after }: RowDifference, { columns, key }: RowsComparison, style: Style): readonly string[] {
  const row = after ?? before ?? [];
  const at = columns.findIndex(({ name }) => name === key[0]);
  const said = (cells: readonly Cell[]): string => plain(cells.map(shown).join('  '));
  switch (change) {
    case 'new':
      return [style.green('+'), said(row)];
    case 'gone':
      return [style.red('−'), said(row)];
    case 'changed': {
      const differing = columns.flatMap(({ name }, index) =>
        before && after && before[index] !== after[index]
          ? [`${name}: ${shown(before[index] ?? null)} → ${shown(after[index] ?? null)}`]
          : [],
      );
      return [style.blue('~'), plain(`${shown(row[at] ?? null)}  ${differing.join(', ')}`)];
    }
  }
}

function shown(cell: Cell): string {
  return cell === null ? '–' : String(cell);
}
