import { nearest } from '../text/nearest.ts';
import type { Column, Table } from './connector.ts';

/**
 * The column of `table` an author most likely meant by `name`: one whose path it spells with dots or underscores, one whose last name it
 * is (the `_:` was forgotten), or the nearest name.
 */
export function suggestColumn(table: Table, name: string): string | undefined {
  const folded = name.toLowerCase().replaceAll('.', '_');
  const whole = table.columns.filter((column) => spelled(column) === folded);
  if (whole.length > 0) return whole[0]?.name;
  const leaf = table.columns.filter((column) => column.path.at(-1)?.toLowerCase() === folded);
  if (leaf.length === 1) return leaf[0]?.name;
  return nearest(
    name,
    table.columns.map((column) => column.name),
  );
}

/** The columns that stand below an object of that name in `resources`. */
export function columnsBelow(table: Table, name: string): readonly Column[] {
  return table.columns.filter((column) => column.path.length > 1 && column.path.slice(0, -1).includes(name));
}

function spelled(column: Column): string {
  return column.path.join('_').toLowerCase();
}
