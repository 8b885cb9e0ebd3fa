import type { PlanOptions } from '../../run/plan/plan-mapping.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import type { RunScope } from './run.ts';

/** What the editor plans with: it lets no table pass that is not complete. */
export function planOptions({ open, env, signal }: RunScope): PlanOptions {
  return { env, today: todayIn(open), allowIncomplete: new Set(), signal };
}
