import type { RunSummary } from '../../../engine/run/run-record.ts';

/** Whether the rows of a run can be held against those of another. */
export function hasRows({ kind, state }: RunSummary): boolean {
  return (kind === 'dry-run' || kind === 'filter') && state !== 'failed' && state !== 'cancelled';
}

/** The run before this one of the same table or filter that has rows; `runs` are the newest first. */
export function previousOf(run: RunSummary, runs: readonly RunSummary[]): RunSummary | undefined {
  return runs.find((other) => other.id < run.id && other.kind === run.kind && other.subject === run.subject && hasRows(other));
}

/** Runs by the day they started, the newest first: `Today`, `Yesterday`, `2026-11-20`. */
export function byDay(runs: readonly RunSummary[], now: number): ReadonlyMap<string, readonly RunSummary[]> {
  const dayOf = (milliseconds: number): string => {
    const date = new Date(milliseconds);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  };
  const date = new Date(now);
  const yesterday = new Date(date.getFullYear(), date.getMonth(), date.getDate() - 1).getTime();
  const names = new Map([
    [dayOf(now), 'Today'],
    [dayOf(yesterday), 'Yesterday'],
  ]);
  return Map.groupBy(runs, ({ startedAt }) => names.get(dayOf(startedAt)) ?? dayOf(startedAt));
}
