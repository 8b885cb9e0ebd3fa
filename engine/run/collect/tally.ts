import type { PageEnd } from '../records.ts';

/** Pages whose rows the evidence lists. */
const listedPages = 1000;

/** Parents that a note names. */
const namedParents = 5;

/** Counts what happens while a table is collected; the evidence is made of it. */
export interface Tally {
  rows: number;
  pages: number;
  calls: number;
  retries: number;
  end: PageEnd;
  /** Iteration. */
  parents: { total: number; skipped: number } | undefined;
  readonly rowsPerPage: number[];
  readonly caps: Set<string>;
  /** Why the table is not complete. */
  readonly flaws: Set<string>;
  /** What is worth knowing although it may be complete. */
  readonly remarks: Set<string>;
  /** Iteration: what was to be said of answers without the `output_field`. */
  readonly withoutField: string[];
  /** Iteration: parents whose answer was none, a few of them by name. */
  readonly failedParents: { count: number; readonly samples: string[]; first: string };
  /** Pages with rows. */
  filledPages: number;
  /** Rows whose key was already on one of the pages before, in the same sequence. */
  overlaps: number;
  /** Rows of the largest page. */
  largestPage: number;
  /** Sequences that ended on a page shorter than asked, with nothing announced: how many, by the length of that page. */
  readonly shortEnds: Map<number, number>;
  /** No `output_field`, and the answer wraps a list: where. */
  wrapped: string | undefined;
  /** Sum of the totals announced; undefined as soon as one sequence announced none. */
  announced: number | undefined;
}

export function createTally(): Tally {
  return {
    rows: 0,
    pages: 0,
    calls: 0,
    retries: 0,
    end: 'no-next',
    parents: undefined,
    rowsPerPage: [],
    caps: new Set(),
    flaws: new Set(),
    remarks: new Set(),
    withoutField: [],
    failedParents: { count: 0, samples: [], first: '' },
    filledPages: 0,
    overlaps: 0,
    largestPage: 0,
    shortEnds: new Map(),
    wrapped: undefined,
    announced: 0,
  };
}

export function countPage(tally: Tally, rows: number): void {
  tally.pages += 1;
  tally.rows += rows;
  if (rows > 0) tally.filledPages += 1;
  tally.largestPage = Math.max(tally.largestPage, rows);
  if (tally.rowsPerPage.length < listedPages) tally.rowsPerPage.push(rows);
}

/** A row of the parent table whose answer was no rows, and not "none" either. */
export function failParent(tally: Tally, parent: string, message: string): void {
  const { failedParents } = tally;
  if (tally.parents) tally.parents.skipped += 1;
  failedParents.count += 1;
  if (failedParents.samples.length < namedParents) failedParents.samples.push(parent.slice(0, 100));
  if (failedParents.first === '') failedParents.first = message;
}

/** A row of the parent table whose calls brought nothing. */
export function skipParent(tally: Tally, why: string): void {
  if (tally.parents) tally.parents.skipped += 1;
  tally.flaws.add(why);
}
