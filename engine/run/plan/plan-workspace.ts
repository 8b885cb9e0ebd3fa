import type { Vault } from '../vault/vault.ts';
import { inspectRoles } from '../roles/inspect-roles.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { basisFrom, incompleteness, originNotes } from './basis.ts';
import type { Plan } from './plan.ts';
import { planMappingNamed, type PlannedMapping, type PlanOptions } from './plan-mapping.ts';

/** What to plan; both empty means every mapping and no role model. */
export interface PlanSelection {
  readonly mappings: readonly string[];
  readonly roleModels: readonly string[];
}

/** Plans mappings and role models together. The same inputs give the same bytes; nothing is sent. */
export function planWorkspace(open: OpenWorkspace, vault: Vault, selection: PlanSelection, options: PlanOptions): Plan {
  const { workspace } = open;
  const names = selection.mappings.length > 0 ? selection.mappings : selection.roleModels.length > 0 ? [] : [...workspace.mappings.keys()];
  const planned = [...new Set(names)].map((name) => planMappingNamed(open, vault, name, options));
  const roles = [...new Set(selection.roleModels)].map((name) => inspectRoles(open, vault, name, options));
  const guards = [...planned.flatMap((mapping) => mapping.guards), ...roles.flatMap((report) => report.guards)];
  const restsOn = basisFrom([...planned.flatMap((mapping) => mapping.restsOn), ...roles.flatMap((report) => report.restsOn)]);
  return {
    version: 1,
    workspace: workspace.settings.name,
    ...(open.environment !== undefined && { environment: open.environment }),
    attention: [
      ...originNotes(restsOn),
      ...planned
        .flatMap((mapping) => mapping.guards)
        .filter(({ tripped }) => tripped)
        .map(({ message }) => message),
      ...planned.flatMap(deletion),
      ...roles.flatMap((report) => report.attention).filter((line) => !originNotes(restsOn).includes(line)),
      ...restsOn.filter(({ complete }) => !complete).map(incompleteness),
    ],
    restsOn,
    assumed: [...new Set([...planned.flatMap((mapping) => mapping.assumed), ...roles.flatMap((report) => report.assumed)])],
    mappings: planned.map(({ plan }) => plan),
    roles,
    guards,
  };
}

function deletion({ plan: { mapping, kind, changes, system, table } }: PlannedMapping): readonly string[] {
  const deleted = changes.filter(({ blocked }) => blocked === undefined).length;
  return kind === 'delete' && deleted > 0
    ? [`The mapping ${mapping} deletes ${deleted} row${deleted === 1 ? '' : 's'} of ${system}.${table}.`]
    : [];
}

/** How many writes a plan would send, were it applied. */
export function countChanges(plan: Plan): number {
  const mappings = plan.mappings.reduce((sum, { changes }) => sum + changes.filter(({ blocked }) => blocked === undefined).length, 0);
  const roles = plan.roles
    .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
    .filter(({ request }) => request !== undefined).length;
  return mappings + roles;
}
