import { SollistError } from '../error.ts';
import { planMappingNamed, type PlannedMapping, type PlanOptions } from '../plan/plan-mapping.ts';
import type { DataBasis, GuardResult } from '../plan/plan.ts';
import { inspectRoles } from '../roles/inspect-roles.ts';
import type { RoleReport } from '../roles/role-report.ts';
import type { RehearsedMapping } from '../rehearsal-report.ts';
import type { Vault } from '../vault/vault.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';

/** What one mapping or role model would do, with the deletes by name. */
export interface Planned extends Omit<RehearsedMapping, 'deletesWrong'> {
  readonly deleted: ReadonlySet<string>;
}

/** Plans every mapping and role model of the workspace that rests on a system, by the data of one vault. */
export function planAll(open: OpenWorkspace, vault: Vault, system: string, options: PlanOptions): readonly Planned[] {
  const { mappings, roleModels } = open.workspace;
  const concerned = (restsOn: readonly DataBasis[]): boolean => restsOn.some((basis) => basis.system === system);
  return [
    ...[...mappings.keys()].flatMap((name) =>
      attempt(name, () => {
        const planned = planMappingNamed(open, vault, name, options);
        return concerned(planned.restsOn) ? [ofMapping(name, planned)] : [];
      }),
    ),
    ...[...roleModels.keys()].flatMap((name) =>
      attempt(`role model ${name}`, () => {
        const report = inspectRoles(open, vault, name, options);
        return concerned(report.restsOn) ? [ofRoles(name, report)] : [];
      }),
    ),
  ];
}

/** What cannot be planned is said: it may be what a fault did, or a table of another system that nobody collected. */
function attempt(mapping: string, plan: () => readonly Planned[]): readonly Planned[] {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof SollistError) || error.code === 'cancelled') throw error;
    return [{ mapping, creates: 0, updates: 0, deletes: 0, deletesWithheld: 0, guards: [], note: error.message, deleted: new Set() }];
  }
}

function ofMapping(mapping: string, { plan, guards }: PlannedMapping): Planned {
  const due = plan.changes.filter(({ blocked }) => blocked === undefined);
  const deleted = due.filter(({ kind }) => kind === 'delete').map(({ key }) => key);
  return {
    mapping,
    creates: due.filter(({ kind }) => kind === 'create').length,
    updates: due.filter(({ kind }) => kind === 'update').length,
    deletes: deleted.length,
    deletesWithheld: plan.changes.filter(({ kind, blocked }) => kind === 'delete' && blocked !== undefined).length,
    guards: tripped(guards),
    deleted: new Set(deleted),
  };
}

function ofRoles(model: string, { groups, guards }: RoleReport): Planned {
  const lines = groups.flatMap(({ group, members }) => members.map((line) => ({ ...line, name: JSON.stringify([group, line.member]) })));
  const due = lines.filter(({ blocked }) => blocked === undefined);
  const removed = due.filter(({ change }) => change === 'remove').map(({ name }) => name);
  return {
    mapping: `role model ${model}`,
    creates: due.filter(({ change }) => change === 'add').length,
    updates: 0,
    deletes: removed.length,
    deletesWithheld: lines.filter(({ change, blocked }) => change === 'remove' && blocked !== undefined).length,
    guards: tripped(guards),
    deleted: new Set(removed),
  };
}

function tripped(guards: readonly GuardResult[]): readonly string[] {
  return guards.filter((guard) => guard.tripped).map(({ message }) => message);
}
