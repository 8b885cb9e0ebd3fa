import type { ColumnType } from '../../model/connector/connector.ts';
import type { Cell } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { wholeTable } from '../vault/whole-table.ts';
import { convert, isEmpty } from './cells.ts';

/** The rows of one table by the text of one column; rows without a value in it are left out. */
export interface Actual {
  readonly byKey: ReadonlyMap<string, readonly Readonly<Record<string, Cell>>[]>;
  readonly rows: number;
}

/** Reads a collected table whole: the ist. `type` is that of the key column, so that both sides are compared in one form. */
export function readActual(vault: Vault, system: string, table: string, key: string, type: ColumnType = 'text'): Actual {
  const byKey = new Map<string, Readonly<Record<string, Cell>>[]>();
  let rows = 0;
  for (const row of vault.query(wholeTable(system, table))) {
    rows++;
    const value = row[key];
    if (value === undefined || isEmpty(value)) continue;
    const text = String(convert(value, type));
    const known = byKey.get(text);
    if (known) known.push(row);
    else byKey.set(text, [row]);
  }
  return { byKey, rows };
}
