import type { Plan } from '../run/plan/plan.ts';
import { mappingEnding, rolesEnding } from '../run/runs/outcome-of.ts';
import { recordRun, type Recording, type RunHead } from '../run/runs/record-run.ts';
import type { OpenWorkspace } from '../run/workspace/open-workspace.ts';
import { environmentOf } from './history.ts';

/** A plan of more parts than this would push everything else out of the history. */
const mostParts = 10;

/** Plans, and keeps each mapping and role model as the run that it is in the editor; a plan that failed is kept as one. */
export function keptPlan(
  open: OpenWorkspace,
  recording: Recording,
  wish: { readonly mapping: readonly string[]; readonly roles: readonly string[]; readonly allowIncomplete: readonly string[] },
  make: () => Plan,
): Plan {
  const allowed = wish.allowIncomplete.length === 0 ? {} : { allowIncomplete: wish.allowIncomplete };
  const head = { ...environmentOf(open), startedAt: recording.now() };
  const ofMapping = (mapping: string): RunHead => ({ ...head, kind: 'mapping', subject: mapping, inputs: { mapping, ...allowed } });
  const ofRoles = (model: string): RunHead => ({ ...head, kind: 'roles', subject: model, inputs: { model, ...allowed } });
  let plan: Plan;
  try {
    plan = make();
  } catch (error) {
    const [model] = wish.roles;
    const failed = wish.mapping.length === 0 && model !== undefined ? ofRoles(model) : ofMapping(wish.mapping[0] ?? 'all mappings');
    recordRun(failed, recording).failed(error);
    throw error;
  }
  const { mappings, roles, restsOn, assumed, guards } = plan;
  for (const mapping of mappings.slice(0, mostParts)) {
    const own = guards.filter(({ subject }) => subject === `mapping ${mapping.mapping}`);
    recordRun(ofMapping(mapping.mapping), recording).ended({
      report: { plan: mapping, restsOn, assumed, guards: own },
      ...mappingEnding(mapping, restsOn, own),
    });
  }
  for (const report of roles.slice(0, mostParts)) recordRun(ofRoles(report.model), recording).ended({ report, ...rolesEnding(report) });
  return plan;
}
