import type { VaultReader } from '../vault/vault.ts';
import { quoteIdentifier } from '../vault/identifier.ts';
import { vaultTableName } from '../../model/system/catalog.ts';

/** Rows of a table in one vault that are not in the other, told apart by `key`, or by all of their cells without one. */
export function lostRows(
  before: Pick<VaultReader, 'query'>,
  after: Pick<VaultReader, 'query'>,
  table: TableName,
  key: string | undefined,
): number {
  const left = new Map<string, number>();
  for (const name of namesOf(before, table, key)) left.set(name, (left.get(name) ?? 0) + 1);
  // A key that two rows share is one that both had.
  if (key !== undefined) for (const name of left.keys()) left.set(name, 1);
  for (const name of namesOf(after, table, key)) {
    const count = left.get(name);
    if (count === undefined) continue;
    if (count === 1) left.delete(name);
    else left.set(name, count - 1);
  }
  return [...left.values()].reduce((sum, count) => sum + count, 0);
}

interface TableName {
  readonly system: string;
  readonly table: string;
}

function* namesOf(vault: Pick<VaultReader, 'query'>, { system, table }: TableName, key: string | undefined): Generator<string> {
  const what = key === undefined ? '*' : quoteIdentifier(key);
  const sql = `select ${what} from ${quoteIdentifier(vaultTableName(system, table))}`;
  for (const row of vault.query({ sql, parameters: [] })) yield JSON.stringify(Object.values(row));
}
