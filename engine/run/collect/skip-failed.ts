import { SollistError } from '../error.ts';
import { failParent, type Tally } from './tally.ts';

/** Failures that say something about one parent alone; all others are about the system, and the next parent would fare no better. */
const ofOneParent: ReadonlySet<string> = new Set([
  'http-status',
  'forbidden',
  'output-field-missing',
  'answer-tells-failure',
  'not-json-answer',
  'not-xml-answer',
  'answer-too-large',
  'answer-too-deep',
  'page-repeated',
  'page-runaway',
  'redirect-refused',
  'path-unsafe',
  'variable-missing',
  'subject-refused',
]);

/** So many failures with no success at all: it is the operation that is wrong, and thousands of calls more would only tell the same. */
const hopeless = 25;

/**
 * Counts the failure of one parent's calls and gives it back, so that the others go on and the table is not complete; throws it where it is no
 * parent's own, where `failedParents` is `fail`, or where no parent has had an answer yet.
 */
export function skipFailed(error: unknown, tally: Tally, mode: 'skip' | 'fail'): SollistError {
  if (mode === 'fail' || !(error instanceof SollistError) || !ofOneParent.has(error.code)) throw error;
  if (tally.pages === 0 && tally.failedParents.count + 1 >= hopeless) throw error;
  failParent(tally);
  return error;
}

/** When no parent brought anything, the table has failed. */
export function refuseNone({ failedParents, parents, pages }: Tally): void {
  if (failedParents.first && pages === 0 && failedParents.count >= (parents?.total ?? 0)) throw failedParents.first;
}
