import type { GuardedKind, Threshold } from '../../model/settings/settings.ts';
import type { GuardResult } from './plan.ts';

/** From so many rows on a percentage says something. */
const smallestBase = 20;

/** Holds a count against its threshold; the guard trips when the number exceeds it. */
export function judgeGuard(subject: string, kind: GuardedKind, count: number, base: number, threshold: Threshold): GuardResult {
  const percent = base > 0 ? (count / base) * 100 : 0;
  const byCount = count > threshold.count;
  const byPercent = base >= smallestBase && percent > threshold.percent;
  const share = base > 0 ? `, ${percent.toFixed(1)}% of ${base}` : '';
  const limits = `at most ${threshold.count} or ${threshold.percent}%`;
  const message =
    byCount || byPercent
      ? `${subject}: ${count} to ${kind}${share}, but the guard allows ${limits}. Check the plan; if it is right, raise "guards" for this run.`
      : `${subject}: ${count} to ${kind}${share}; the guard allows ${limits}.`;
  return { subject, kind, count, base, threshold, tripped: byCount || byPercent, message };
}
