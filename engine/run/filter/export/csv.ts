import type { ColumnType } from '../../../model/connector/connector.ts';
import { toShown } from '../../plan/cells.ts';
import type { Cell } from '../../records.ts';

type Columns = readonly { readonly name: string; readonly type: ColumnType }[];

/** The first line of a file of comma-separated values, with the mark that makes Excel read UTF-8. */
export function csvHead(columns: Columns): string {
  return `\uFEFF${columns.map(({ name }) => field(name)).join(',')}\r\n`;
}

/** A row as a line of comma-separated values (RFC 4180), as the grid of the editor saves it: null is nothing, empty text is `""`. */
export function csvLine(columns: Columns, row: Readonly<Record<string, Cell>>): string {
  return `${columns
    .map(({ name, type }) => {
      const value = row[name] ?? null;
      return value === null ? '' : field(String(toShown(value, type)));
    })
    .join(',')}\r\n`;
}

function field(value: string): string {
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
