import { readVault } from '../../engine/run/vault/read-vault.ts';
import { wholeTable } from '../../engine/run/vault/whole-table.ts';

/** Everything a vault says of a system, in one text: rows in their order, columns, evidence and what else the answers held; without times and versions. */
export function dumpVault(path: string, systems: readonly string[]): string {
  const vault = readVault(path);
  if (!vault) throw new Error(`there is no vault ${path}`);
  try {
    const tables = vault
      .tables()
      .filter(({ system }) => systems.includes(system))
      .map(({ system, table, columns, evidence, lastAttempt }) => ({
        system,
        table,
        columns,
        evidence: { ...evidence, startedAt: 0, endedAt: 0, source: undefined, drift: undefined },
        lastAttempt,
        rows: [...vault.query(wholeTable(system, table))],
      }));
    const answers = vault
      .answers()
      .filter(({ system }) => systems.includes(system))
      .map(({ system, table, answer }) => ({ system, table, answer }));
    return JSON.stringify({ tables, answers }, undefined, 1);
  } finally {
    vault.close();
  }
}
