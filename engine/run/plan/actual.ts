import type { Cell } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { wholeTable } from '../vault/whole-table.ts';
import { convert, isEmpty, type Form } from './cells.ts';

/** The rows of one table by the text of one column; rows without a value in it are left out. */
export interface Actual {
  readonly byKey: ReadonlyMap<string, readonly Readonly<Record<string, Cell>>[]>;
  readonly rows: number;
}

/** Reads a collected table whole: the ist. `form` is that of the key column, where both sides are to be compared in one. */
export function readActual(vault: Vault, system: string, table: string, key: string, form?: Form): Actual {
  const byKey = new Map<string, Readonly<Record<string, Cell>>[]>();
  let rows = 0;
  for (const row of vault.query(wholeTable(system, table))) {
    rows++;
    const value = row[key];
    if (value === undefined || isEmpty(value)) continue;
    const text = String(form ? convert(value, form) : value);
    const known = byKey.get(text);
    if (known) known.push(row);
    else byKey.set(text, [row]);
  }
  return { byKey, rows };
}
