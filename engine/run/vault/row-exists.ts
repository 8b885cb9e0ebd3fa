import { vaultTableName } from '../../model/system/catalog.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Vault } from './vault.ts';

/**
 * Whether a collected table has a row with that value in a column, or in its key; false for what the vault does not know. A number is found as its
 * text, and a text that is one as the number.
 */
export function rowExists(
  vault: Pick<Vault, 'table' | 'versions' | 'query'>,
  system: string,
  table: string,
  column: string | undefined,
  value: string | number | boolean,
): boolean {
  const found = vault.table(system, table);
  const asked = column ?? vault.versions(system, table).find(({ state }) => state === 'current')?.key;
  if (!found?.columns.some(({ name }) => name === asked) || asked === undefined) return false;
  const forms =
    typeof value === 'boolean' ? [Number(value)] : [value, String(value), ...(String(Number(value)) === value ? [Number(value)] : [])];
  const sql = `select 1 as found from ${quoteIdentifier(vaultTableName(system, table))} where ${quoteIdentifier(asked)} in (${forms.map(() => '?').join(', ')}) limit 1`;
  return [...vault.query({ sql, parameters: forms })].length > 0;
}
