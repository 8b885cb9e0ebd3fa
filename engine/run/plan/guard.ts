import { smallestBase, type GuardedKind, type Threshold } from '../../model/settings/settings.ts';
import type { GuardResult } from './plan.ts';

/** Holds a count against its threshold; the guard trips when the number exceeds it. */
export function judgeGuard(subject: string, kind: GuardedKind, count: number, base: number, threshold: Threshold): GuardResult {
  const byCount = count > threshold.count;
  // Multiplied, not divided: 55 of 100 is 55.000000000000007 % to a computer.
  const byPercent = base >= smallestBase && count * 100 > threshold.percent * base;
  const tripped = byCount || byPercent;
  const share = base > 0 ? `, ${((count / base) * 100).toFixed(1)}% of ${base}` : '';
  const limits = `at most ${threshold.count} or ${threshold.percent}%`;
  const message = tripped
    ? `The guard stops ${subject}: ${count} to ${kind}${share}, and it allows ${limits}. Check the plan; if it is right, raise "${kind}" under "guards".`
    : `${subject}: ${count} to ${kind}${share}; the guard allows ${limits}.`;
  return { subject, kind, count, base, threshold, tripped, message };
}
