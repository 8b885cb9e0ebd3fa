import type { Problem, Span } from '../../../model/text/problem.ts';

/** What the vault tells about one text of a filter: how many rows are left after each of its parts, and what is odd about them. */
export interface FilterInsight {
  /** In the order of the text; parts that could not be counted are left out. */
  readonly steps: readonly InsightStep[];
  /** What the data make of the filter, beyond what its text alone tells. Codes begin with `hazard-`. */
  readonly hazards: readonly Problem[];
  /** The time was over before everything was looked at. */
  readonly stopped: boolean;
  /** Tables the filter reads that were never collected: nothing behind them is counted. */
  readonly missing: readonly string[];
  /** Parameters without a default: what was counted leaves out the conditions on them. */
  readonly without: readonly string[];
}

/** The rows that are left after one part of a filter. */
export interface InsightStep {
  /** `parent`: the filter that this one extends; `result`: all of it; `lookup`: the result, narrowed by one lookup. */
  readonly kind: 'parent' | 'from' | 'join' | 'where' | 'append' | 'result' | 'lookup';
  /** Of the part. */
  readonly span: Span;
  readonly rows: number;
  /** There are more than `rows`: counting ended there. */
  readonly more?: true;
  /** Of a join: the rows before it that met a row of its table, and those that met none. */
  readonly matched?: number;
  readonly unmatched?: number;
}

/** Rows at which counting ends. */
export const mostCounted = 1_000_000;
