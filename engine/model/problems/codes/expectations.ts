import { describeCode, type ProblemCode } from './problem-code.ts';

/** What makes an expectation worth nothing. */
export const expectationCodes: readonly ProblemCode[] = [
  /**
   * No data could meet the expectation: its `min` is above its `max`.
   *
   * Why: it fails whatever is collected.
   *
   * Example: `"rows": { "min": 600, "max": 400 }`.
   */
  describeCode('expectation-never-met', 'error', 'expectations'),
  /**
   * All data meets the expectation: a table with at least 0 rows, or a column that may be empty and of which nothing else is expected.
   *
   * Why: it looks like a test and never fails.
   *
   * Example: `"rows": { "min": 0 }`.
   */
  describeCode('expectation-always-met', 'warning', 'expectations'),
  /**
   * The pattern that the values of a column should match is no regular expression.
   *
   * Why: nothing can be compared with it.
   *
   * Example: `"matches": "^(a|b"`, where a bracket is left open.
   */
  describeCode('bad-pattern', 'error', 'expectations'),
];
