import { shownText, type GridColumn } from './model.ts';

/** Rows with their header as comma-separated values (RFC 4180), with the mark that makes Excel read UTF-8. Null is nothing, empty text is `""`. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly GridColumn<Row>[]): string {
  const lines = [columns.map(({ name }) => csvField(name)), ...rows.map((row) => columns.map((column) => csvField(exported(row, column))))];
  return `\uFEFF${lines.map((fields) => fields.join(',')).join('\r\n')}\r\n`;
}

function exported<Row>(row: Row, column: GridColumn<Row>): string | null {
  return column.value(row) === null ? null : shownText(row, column);
}

function csvField(value: string | null): string {
  if (value === null) return '';
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Rows with their header as spreadsheets paste them: tabs between, and no tab or line break within. */
export function toTabs<Row>(rows: readonly Row[], columns: readonly GridColumn<Row>[]): string {
  const clean = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  const lines = [columns.map(({ name }) => clean(name)), ...rows.map((row) => columns.map((column) => clean(shownText(row, column))))];
  return lines.map((fields) => fields.join('\t')).join('\n');
}
