import type { GuardResult } from '../../../engine/run/plan/plan.ts';
import type { GroupReport, RoleReport } from '../../../engine/run/roles/role-report.ts';

/** The guards that would stop a plan with this model. */
export function trippedGuards({ guards }: RoleReport): readonly GuardResult[] {
  return guards.filter(({ tripped }) => tripped);
}

/** The guard that would stop the changes of a group; guards name their group as the engine's `subject` does. */
export function trippedGuardOf(report: RoleReport, { display }: GroupReport): GuardResult | undefined {
  return trippedGuards(report).find(({ subject }) => subject === `role model ${report.model}, group ${display}`);
}
