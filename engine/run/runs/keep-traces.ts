import type { TraceEntry } from '../records.ts';

/** Which of many exchanges are worth keeping: how a run began, how it ended, and what went wrong between. */
const first = 100;
const failures = 100;
const last = 200;

/** Keeps a bounded part of the exchanges of a run; bodies are cut to `longestBody` characters. */
export interface TraceKeeper {
  readonly add: (entry: TraceEntry) => void;
  /** In the order they were made. */
  readonly kept: () => readonly TraceEntry[];
  /** How many there were. */
  readonly total: number;
}

export function createTraceKeeper(longestBody: number): TraceKeeper {
  const beginning: TraceEntry[] = [];
  const bad: TraceEntry[] = [];
  const end: TraceEntry[] = [];
  let total = 0;
  return {
    add(entry) {
      total++;
      const kept = withShortBodies(entry, longestBody);
      if (beginning.length < first) {
        beginning.push(kept);
        return;
      }
      end.push(kept);
      // Twice as many before it is cut, so that each costs no move of all.
      if (end.length < 2 * last) return;
      for (const old of end.splice(0, last)) if (isBad(old) && bad.length < failures) bad.push(old);
    },
    kept() {
      const older = end.slice(0, -last).filter(isBad);
      return [...beginning, ...[...bad, ...older].slice(0, failures), ...end.slice(-last)];
    },
    get total() {
      return total;
    },
  };
}

/** The same choice from a list that is there already. */
export function keepTraces(entries: readonly TraceEntry[], longestBody: number): readonly TraceEntry[] {
  const keeper = createTraceKeeper(longestBody);
  for (const entry of entries) keeper.add(entry);
  return keeper.kept();
}

function isBad({ status, error }: TraceEntry): boolean {
  return error !== undefined || status === undefined || status >= 400;
}

function withShortBodies(entry: TraceEntry, longest: number): TraceEntry {
  const { requestBody, responseBody } = entry;
  if ((requestBody?.length ?? 0) <= longest && (responseBody?.length ?? 0) <= longest) return entry;
  return {
    ...entry,
    ...(requestBody !== undefined && { requestBody: cut(requestBody, longest) }),
    ...(responseBody !== undefined && { responseBody: cut(responseBody, longest) }),
  };
}

function cut(text: string, longest: number): string {
  // Joined anew: a slice would keep the whole text in memory.
  return text.length <= longest ? text : `${Buffer.from(text.slice(0, longest), 'utf8').toString('utf8')}…`;
}
