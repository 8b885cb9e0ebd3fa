import { inspectRoles } from '../../run/roles/inspect-roles.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { vaultPath } from '../../run/workspace/open-workspace.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import type { Run } from './run.ts';

/** Soll against ist of a role model. */
export const inspect: Run<'inspectRoles'> = (parameters, scope) => {
  scope.onProgress({ message: `Comparing soll and ist of ${parameters.model}` });
  const vault = openVault(vaultPath(scope.open));
  try {
    return inspectRoles(scope.open, vault, parameters.model, {
      env: scope.env,
      today: todayIn(scope.open),
      allowIncomplete: new Set(),
      signal: scope.signal,
    });
  } finally {
    vault.close();
  }
};
