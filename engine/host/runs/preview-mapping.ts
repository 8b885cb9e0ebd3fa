import { assertUsable, planMapping } from '../../run/plan/plan-mapping.ts';
import { pick, refuseBroken } from '../../run/workspace/open-workspace.ts';
import { planOptions } from './plan-options.ts';
import type { Run } from './run.ts';
import { withVault } from './with-vault.ts';

/** Plans one mapping, with the request of every change. */
export const previewMapping: Run<'previewMapping'> = (parameters, scope) => {
  const file = pick('unknown-mapping', 'mapping', 'mappings', scope.open.workspace.mappings, parameters.mapping);
  refuseBroken(scope.open, file.path, file.document.problems);
  assertUsable(file.model);
  scope.onProgress({ message: `Planning ${parameters.mapping}` });
  return withVault(scope, (vault) => planMapping(scope.open, vault, file.model, planOptions(scope)));
};
