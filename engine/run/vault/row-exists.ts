import { vaultTableName } from '../../model/system/catalog.ts';
import type { Cell } from '../records.ts';
import { quoteIdentifier } from './identifier.ts';
import type { RowExists, VaultReader } from './vault.ts';

/** Asks a vault whether a collected table has a row with that value in a column. */
export function rowExistsIn(vault: Pick<VaultReader, 'table' | 'query'>): RowExists {
  return (system, table, column, value) => {
    const found = vault.table(system, table);
    if (!found) return 'no-table';
    if (!found.columns.some(({ name }) => name === column)) return 'no-column';
    const sql = `select 1 as found from ${quoteIdentifier(vaultTableName(system, table))} where ${quoteIdentifier(column)} in (?, ?) limit 1`;
    return [...vault.query({ sql, parameters: formsOf(value) })].length > 0;
  };
}

/** A value as it may stand in the vault: a number is found as its text, a text that is one as the number; a truth value is 1 or 0 there. Null is nowhere. */
export function formsOf(value: Cell | boolean): readonly [Cell, Cell] {
  if (value === null) return [null, null];
  if (typeof value === 'boolean') return [Number(value), String(value)];
  return [value, typeof value === 'string' && String(Number(value)) === value ? Number(value) : String(value)];
}
