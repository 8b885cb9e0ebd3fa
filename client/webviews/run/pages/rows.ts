import type { RowSet } from '../../../../engine/host/protocol.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { recordDetails } from '../details/record.ts';
import { createBrowser, type Part } from '../grid/browser.ts';
import type { GridColumn } from '../grid/model.ts';
import { cellText } from '../words.ts';

type DataRow = readonly Cell[];

/** The rows of a run. */
export function rowsPart(rowSet: RowSet, name: string, whenEmpty: string): Part {
  const columns = rowSet.columns.map((column, index): GridColumn<DataRow> => {
    const value = (row: DataRow): Cell => row[index] ?? null;
    return {
      name: column.name,
      value,
      numeric: column.type === 'number',
      // Only booleans read differently from what they are; null must stay apart.
      ...(column.type === 'boolean' && { text: (row: DataRow) => (value(row) === null ? '' : cellText(value(row), 'boolean')) }),
    };
  });
  return createBrowser({
    label: `Rows of ${name}`,
    noun: 'row',
    columns,
    rows: rowSet.rows,
    total: rowSet.total,
    fileName: name,
    whenEmpty,
    details: (row, column) => recordDetails(rowSet.columns, row, column),
  });
}
