import { runCollection } from '../../run/collect/run-collection.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { contextOf, type Run } from './run.ts';

/** Runs the get operations of a system into the vault. */
export const collect: Run<'collect'> = async (parameters, scope) => {
  // Before a vault is made for a name that is none.
  systemToRun(scope.open, parameters.system);
  const vault = openVault(vaultPath(scope.open));
  try {
    const { system, tables } = parameters;
    return await runCollection(scope.open, { system, ...(tables && { tables }) }, scope, vault, contextOf(scope));
  } finally {
    vault.close();
  }
};
