import { runCollection } from '../../run/collect/run-collection.ts';
import { createTraceKeeper } from '../../run/runs/keep-traces.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { contextOf, type Run } from './run.ts';

/** Characters of a body that are kept: a collection is looked at by its table, and its rows are in the vault. */
const longestBody = 8 * 1024;

/** Runs the get operations of a system into the vault. */
export const collect: Run<'collect'> = async (parameters, scope) => {
  // Before a vault is made for a name that is none.
  systemToRun(scope.open, parameters.system);
  const traces = createTraceKeeper(longestBody);
  const vault = openVault(vaultPath(scope.open));
  try {
    const { system, tables, traffic, resume, accept } = parameters;
    const report = await runCollection(
      scope.open,
      {
        system,
        ...(tables && { tables }),
        ...(traffic && { traffic }),
        ...(resume !== undefined && { resume }),
        ...(accept && { accept }),
      },
      scope,
      vault,
      contextOf(scope, traces.add),
    );
    return { ...report, requests: traces.kept(), requestsMade: traces.total };
  } finally {
    vault.close();
  }
};
