import { assertUsable, planMapping } from '../../run/plan/plan-mapping.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { pick, refuseBroken, vaultPath } from '../../run/workspace/open-workspace.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import type { Run } from './run.ts';

/** Plans one mapping, with the request of every change. */
export const previewMapping: Run<'previewMapping'> = (parameters, scope) => {
  const file = pick('unknown-mapping', 'mapping', 'mappings', scope.open.workspace.mappings, parameters.mapping);
  refuseBroken(scope.open, file.path, file.document.problems);
  assertUsable(file.model);
  scope.onProgress({ message: `Planning ${parameters.mapping}` });
  const vault = openVault(vaultPath(scope.open));
  try {
    return planMapping(scope.open, vault, file.model, {
      env: scope.env,
      today: todayIn(scope.open),
      allowIncomplete: new Set(),
      signal: scope.signal,
    });
  } finally {
    vault.close();
  }
};
