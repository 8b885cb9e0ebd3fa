import { vaultTableName } from '../../model/system/catalog.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Query } from './vault.ts';

/** Every row of a collected table, with every column. */
export function wholeTable(system: string, table: string): Query {
  return { sql: `SELECT * FROM ${quoteIdentifier(vaultTableName(system, table))}`, parameters: [] };
}
