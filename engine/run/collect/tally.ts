import type { PageEnd } from '../records.ts';

/** Pages whose rows the evidence lists. */
const listedPages = 1000;

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
    announced: 0,
  };
}

export function countPage(tally: Tally, rows: number): void {
  tally.pages += 1;
  tally.rows += rows;
  if (tally.rowsPerPage.length < listedPages) tally.rowsPerPage.push(rows);
}

/** A row of the parent table whose calls brought nothing. */
export function skipParent(tally: Tally, why: string): void {
  if (tally.parents) tally.parents.skipped += 1;
  tally.flaws.add(why);
}
