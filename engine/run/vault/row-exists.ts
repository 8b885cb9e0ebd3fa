import { vaultTableName } from '../../model/system/catalog.ts';
import type { Cell } from '../records.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Vault } from './vault.ts';

/** Whether a collected table has a row with that value in a column, or in its key; false for what the vault does not know. */
export function rowExists(
  vault: Pick<Vault, 'table' | 'versions' | 'query'>,
  system: string,
  table: string,
  column: string | undefined,
  value: Cell | boolean,
): boolean {
  const found = vault.table(system, table);
  const asked = column ?? vault.versions(system, table).find(({ state }) => state === 'current')?.key;
  if (!found?.columns.some(({ name }) => name === asked) || asked === undefined) return false;
  const sql = `select 1 as found from ${quoteIdentifier(vaultTableName(system, table))} where ${quoteIdentifier(asked)} in (?, ?) limit 1`;
  return [...vault.query({ sql, parameters: formsOf(value) })].length > 0;
}

/** A value as it may stand in the vault: a number is found as its text, a text that is one as the number; a truth value is 1 or 0 there. Null is nowhere. */
export function formsOf(value: Cell | boolean): readonly [Cell, Cell] {
  if (value === null) return [null, null];
  if (typeof value === 'boolean') return [Number(value), String(value)];
  return [value, typeof value === 'string' && String(Number(value)) === value ? Number(value) : String(value)];
}
