import type { Redactor } from '../http/redact.ts';
import type { Evidence } from '../records.ts';
import type { Tally } from './tally.ts';

/** What the evidence of one table adds to the tally of the calls that filled it. */
export interface TableFacts {
  readonly rows: number;
  readonly isRoot: boolean;
  readonly duplicates: Evidence['duplicates'];
  /** The flaws say already that rows share their key. */
  readonly pagesOverlap: boolean;
  readonly flaws: readonly string[];
  readonly remarks: readonly string[];
  readonly assumed: readonly string[];
  readonly gaps: NonNullable<Evidence['gaps']>;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Flaws that are listed: each of thousands of parents may have one of its own. */
const mostFlaws = 50;

function listed(flaws: readonly string[]): readonly string[] {
  if (flaws.length <= mostFlaws) return flaws;
  return [...flaws.slice(0, mostFlaws), `${flaws.length - mostFlaws} more flaws like these were found.`];
}

/** Sums up what is known, without secrets. Complete means: the end was known, nothing was capped, skipped or left out, and totals agree. */
export function evidenceOf(tally: Tally, facts: TableFacts, redactor: Redactor): Evidence {
  const { text } = redactor;
  const duplicates = { count: facts.duplicates.count, samples: facts.duplicates.samples.map(text) };
  const shared = duplicates.count === 0 || facts.pagesOverlap ? [] : [`${duplicates.count} rows share their key with another`];
  const keys = duplicates.samples.join(', ');
  // What was read to its end holds what there is, keys that repeat included; an API may have sent one row in place of another.
  const readWhole = tally.end === 'end-of-file' || tally.end === 'constant';
  const flaws = [
    ...tally.flaws,
    ...facts.flaws,
    ...(readWhole ? [] : shared.map((what) => `${what}, so one may stand where another is missing: ${keys}.`)),
  ];
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
    ...(tally.failedParents.count > 0 && {
      failedParents: tally.failedParents.samples.map(({ parent, message }) => ({ parent: text(parent), message: text(message) })),
    }),
    ...(facts.gaps.length > 0 && { gaps: facts.gaps }),
    caps: [...tally.caps],
    complete: flaws.length === 0 && tally.caps.size === 0,
    notes: [...listed(flaws), ...(readWhole ? shared.map((what) => `${what}: ${keys}.`) : []), ...tally.remarks, ...facts.remarks].map(
      text,
    ),
    assumed: facts.assumed.map(text),
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
  };
}
