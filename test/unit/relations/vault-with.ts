import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../../engine/run/vault/vault.ts';
import { evidenceOf } from '../../support/evidence.ts';

export interface GivenTable {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: readonly (readonly Cell[])[];
  readonly indexes?: readonly string[];
}

/** A vault in memory with tables named `system.table`. */
export function vaultWith(tables: Readonly<Record<string, GivenTable>>): Vault {
  const vault = openVault(':memory:');
  for (const [name, { columns, rows, indexes = [] }] of Object.entries(tables)) {
    const [system = '', table = ''] = name.split('.');
    const staging = vault.stage(
      system,
      table,
      Object.entries(columns).map(([column, type]) => ({ name: column, type })),
      indexes,
    );
    for (let from = 0; from < rows.length; from += 5_000) staging.add(rows.slice(from, from + 5_000));
    staging.index();
    staging.commit(evidenceOf(rows.length, { end: 'end-of-file' }));
  }
  return vault;
}
