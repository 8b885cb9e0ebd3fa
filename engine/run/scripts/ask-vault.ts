import { askedColumn } from '../../model/script/vault-names.ts';
import type { Catalog } from '../../model/system/catalog.ts';
import type { RowExists } from '../vault/vault.ts';
import type { ScriptServices } from './script-runner.ts';

/** What scripts ask the vault, by the names of the catalog. The column of each question is found once. */
export function askVault(catalog: Catalog, exists: RowExists): ScriptServices['exists'] {
  const columns = new Map<string, ReturnType<typeof askedColumn>>();
  return (system, table, column, value) => {
    const key = JSON.stringify([system, table, column]);
    const asked = columns.get(key) ?? askedColumn(catalog, system, table, column);
    columns.set(key, asked);
    if ('message' in asked) return { problem: asked.message };
    const answer = exists(system, table, asked.column, value);
    if (typeof answer === 'boolean') return answer;
    return {
      problem:
        answer === 'no-table'
          ? `${system}.${table} is not in the vault, so nobody knows what is there. Collect ${system} first; tests of expectations see the tables of their own system alone.`
          : `${system}.${table} was collected without "${asked.column}". Collect ${system} again.`,
    };
  };
}
