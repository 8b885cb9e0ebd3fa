import type { SollistError } from '../error.ts';
import type { PageEnd } from '../records.ts';

/** Pages whose rows the evidence lists. */
const listedPages = 1000;

/** Failed parents that the evidence lists. */
const listedParents = 20;

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
  /** Iteration: parents whose calls failed, some of them by name. */
  readonly failedParents: {
    count: number;
    readonly samples: { readonly parent: string; readonly message: string }[];
    first: SollistError | undefined;
  };
  /** Pages with rows. */
  filledPages: number;
  /** Rows whose key was already on one of the pages before, in the same sequence. */
  overlaps: number;
  /** Without a key: rows that were already on one of the pages before, in the same sequence. */
  sameRows: number;
  /** Rows asked for in a page, where the connector says so. */
  pageSize: number | undefined;
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
    failedParents: { count: 0, samples: [], first: undefined },
    filledPages: 0,
    overlaps: 0,
    sameRows: 0,
    pageSize: undefined,
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
}

/** Lists a page; in the order of the calls, whichever was answered first, so that the same answers make the same evidence. */
export function listPage(tally: Tally, rows: number): void {
  if (tally.rowsPerPage.length < listedPages) tally.rowsPerPage.push(rows);
}

/** A row of the parent table whose calls failed. */
export function failParent(tally: Tally): void {
  const { failedParents } = tally;
  if (tally.parents) tally.parents.skipped += 1;
  failedParents.count += 1;
}

/** Keeps a failed parent as a sample; in the order of the calls. */
export function listFailed({ failedParents }: Tally, parent: string, error: SollistError): void {
  if (failedParents.samples.length < listedParents) failedParents.samples.push({ parent: parent.slice(0, 100), message: error.message });
  failedParents.first ??= error;
}

/** A row of the parent table whose calls brought nothing. */
export function skipParent(tally: Tally, why: string): void {
  if (tally.parents) tally.parents.skipped += 1;
  tally.flaws.add(why);
}
