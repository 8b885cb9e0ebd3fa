import type { Severity } from '../../text/problem.ts';

/** What a code is about, as the manual groups them; the rules for connectors are grouped by their folders. */
export type CodeGroup = 'reading' | 'shape' | 'names' | 'filters' | 'expectations' | 'settings';

/** A kind of problem that is no rule for connectors. The manual's page is made from the comment before it. */
export interface ProblemCode {
  readonly code: string;
  /** What it usually is; some places weigh less or more. */
  readonly severity: Severity;
  readonly group: CodeGroup;
}

/** One entry of the lists; a call, as rules have one, so that both are read from the source in one way. */
export function describeCode(code: string, severity: Severity, group: CodeGroup): ProblemCode {
  return { code, severity, group };
}
