import { inspectRoles } from '../../run/roles/inspect-roles.ts';
import { planOptions } from './plan-options.ts';
import type { Run } from './run.ts';
import { withVault } from './with-vault.ts';

/** Soll against ist of a role model. */
export const inspect: Run<'inspectRoles'> = (parameters, scope) => {
  scope.onProgress({ message: `Comparing soll and ist of ${parameters.model}` });
  return withVault(scope, (vault) => inspectRoles(scope.open, vault, parameters.model, planOptions(scope)));
};
