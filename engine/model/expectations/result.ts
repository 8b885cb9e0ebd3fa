import type { Span } from '../text/problem.ts';
import type { Expectation } from './expectations.ts';

/** Why an expectation does not hold. */
export interface Failure {
  /** One or two sentences for a person. */
  readonly message: string;
  /** What was expected and what was found, written alike, so that an editor can show the difference. */
  readonly expected: string;
  readonly actual: string;
  /** What in the file is not met. */
  readonly span: Span;
}

/** The verdict on one expectation: met when there are no failures. */
export interface Verdict {
  readonly expectation: Expectation;
  readonly failures: readonly Failure[];
}
