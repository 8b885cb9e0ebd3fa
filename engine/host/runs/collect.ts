import { collectSystem } from '../../run/collect/collect-system.ts';
import { resolveConnection } from '../../run/connection.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { contextOf, type Run } from './run.ts';

/** Runs the get operations of a system into the vault. */
export const collect: Run<'collect'> = async (parameters, scope) => {
  const { system, connector } = systemToRun(scope.open, parameters.system);
  const connection = resolveConnection(connector, system, scope);
  const vault = openVault(vaultPath(scope.open));
  try {
    return await collectSystem(
      { connector, system, connection, vault, ...(parameters.tables && { tables: parameters.tables }) },
      contextOf(scope),
    );
  } finally {
    vault.close();
  }
};
