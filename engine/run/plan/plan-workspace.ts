import type { Vault } from '../vault/vault.ts';
import { inspectRoles } from '../roles/inspect-roles.ts';
import { pick, refuseBroken, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { basisFrom } from './merge-basis.ts';
import type { Plan } from './plan.ts';
import { assertUsable, planMapping, type PlanOptions } from './plan-mapping.ts';

/** What to plan; both empty means every mapping and no role model. */
export interface PlanSelection {
  readonly mappings: readonly string[];
  readonly roleModels: readonly string[];
}

/** Plans mappings and role models together. The same inputs give the same bytes; nothing is sent. */
export function planWorkspace(open: OpenWorkspace, vault: Vault, selection: PlanSelection, options: PlanOptions): Plan {
  const { workspace } = open;
  const names = selection.mappings.length > 0 ? selection.mappings : selection.roleModels.length > 0 ? [] : [...workspace.mappings.keys()];
  const planned = names.map((name) => {
    const file = pick('unknown-mapping', 'mapping', 'mappings', workspace.mappings, name);
    refuseBroken(open, file.path, file.document.problems);
    assertUsable(file.model);
    return planMapping(open, vault, file.model, options);
  });
  const roles = selection.roleModels.map((name) => inspectRoles(open, vault, name, options));
  const guards = [...planned.flatMap((mapping) => mapping.guards), ...roles.flatMap((report) => report.guards)];
  const deletes = planned.map(({ plan }) => plan).filter(({ kind, changes }) => kind === 'delete' && changes.length > 0);
  return {
    version: 1,
    workspace: workspace.settings.name,
    ...(open.environment !== undefined && { environment: open.environment }),
    attention: [
      ...planned.flatMap((mapping) => mapping.guards).filter(({ tripped }) => tripped).map(({ message }) => message),
      ...deletes.map(({ mapping, changes, system, table }) => `The mapping ${mapping} deletes ${changes.length} row${changes.length === 1 ? '' : 's'} of ${system}.${table}.`),
      ...roles.flatMap((report) => report.attention),
    ],
    restsOn: basisFrom([...planned.flatMap((mapping) => mapping.restsOn), ...roles.flatMap((report) => report.restsOn)]),
    assumed: [...new Set([...planned.flatMap((mapping) => mapping.assumed), ...roles.flatMap((report) => report.assumed)])],
    mappings: planned.map(({ plan }) => plan),
    roles,
    guards,
  };
}

/** How many writes a plan would send, were it applied. */
export function countChanges(plan: Plan): number {
  const mappings = plan.mappings.reduce((sum, { changes }) => sum + changes.filter(({ blocked }) => blocked === undefined).length, 0);
  const roles = plan.roles.flatMap(({ groups }) => groups.flatMap(({ members }) => members)).filter(({ request }) => request !== undefined).length;
  return mappings + roles;
}
