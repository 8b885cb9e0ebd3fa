import type { Evidence } from '../records.ts';
import type { Tally } from './tally.ts';

/** What the evidence of one table adds to the tally of the calls that filled it. */
export interface TableFacts {
  readonly rows: number;
  readonly isRoot: boolean;
  readonly duplicates: Evidence['duplicates'];
  readonly flaws: readonly string[];
  readonly remarks: readonly string[];
  readonly assumed: readonly string[];
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Sums up what is known. Complete means: the end was known, nothing was capped, skipped or left out, and totals agree. */
export function evidenceOf(tally: Tally, facts: TableFacts): Evidence {
  const flaws = [...tally.flaws, ...facts.flaws];
  const { duplicates } = facts;
  const shared = duplicates.count === 0 ? [] : [`${duplicates.count} rows share their key with another: ${duplicates.samples.join(', ')}.`];
  return {
    rows: facts.rows,
    pages: tally.pages,
    calls: tally.calls,
    retries: tally.retries,
    rowsPerPage: [...tally.rowsPerPage],
    end: tally.end,
    ...(facts.isRoot && tally.announced !== undefined && tally.announced > 0 && { announced: tally.announced }),
    duplicates,
    ...(tally.parents && { parents: { ...tally.parents } }),
    caps: [...tally.caps],
    complete: flaws.length === 0 && tally.caps.size === 0,
    notes: [...flaws, ...shared, ...tally.remarks, ...facts.remarks],
    assumed: facts.assumed,
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
  };
}
