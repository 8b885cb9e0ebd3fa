import type { BoundTable } from './bound.ts';
import { sameName } from './words.ts';

/** A name by which SQLite gives a row's own number: one that is no column of the table. */
export function rowNumberOf({ catalog }: BoundTable): string {
  const isTaken = (name: string): boolean => catalog?.columns.some((column) => sameName(column.name, name)) ?? false;
  return ['rowid', '_rowid_', 'oid'].find((name) => !isTaken(name)) ?? 'rowid';
}
