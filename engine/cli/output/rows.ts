import type { ColumnType } from '../../model/connector/connector.ts';
import { toWire } from '../../run/plan/cells.ts';
import type { Cell } from '../../run/records.ts';
import { createStyle } from './style.ts';
import { plain, table } from './table.ts';

type Columns = readonly { readonly name: string; readonly type: ColumnType }[];
type Row = Readonly<Record<string, Cell>>;

/** A row as an object, one element of an array of them: booleans are true and false, lists are arrays. */
export function rowAsJson(columns: Columns, row: Row): string {
  const object = Object.fromEntries(columns.map(({ name, type }) => [name, toWire(row[name] ?? null, type)]));
  return JSON.stringify(object, undefined, 2).replace(/^/gm, '  ');
}

/** Rows as an aligned table. */
export function rowsAsTable(columns: Columns, rows: readonly Row[], colour: boolean): string {
  const style = createStyle(colour);
  const cells = rows.map((row) => columns.map(({ name, type }) => shown(toWire(row[name] ?? null, type)) ?? style.dim('–')));
  const right = columns.flatMap(({ type }, index) => (type === 'number' ? [index] : []));
  return table([columns.map(({ name }) => style.bold(plain(name))), ...cells], { right });
}

function shown(value: ReturnType<typeof toWire>): string | undefined {
  if (value === null) return undefined;
  return plain(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
