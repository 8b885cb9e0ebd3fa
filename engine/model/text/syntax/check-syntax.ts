import type { Problem } from '../problem.ts';
import { matchBrackets } from './brackets.ts';
import { checkComments } from './comments.ts';
import type { Fault } from './fault.ts';
import { checkGrammar } from './grammar.ts';
import { scan, type Stretch } from './scan.ts';

/** What keeps a text from being JSON. */
export interface SyntaxReport {
  /** In the order of the text, no two at one place. */
  readonly problems: readonly Problem[];
  /** More than comments and trailing commas. */
  readonly hides: boolean;
  /** Something of it rests on the text around: brackets that do not fit, a text that is not closed. */
  readonly torn: boolean;
}

/**
 * Says what is wrong with a text that is not JSON, where its author meant it, each slip once. Where brackets fit, what is said of an object or
 * array rests on its own text alone.
 */
export function checkSyntax(text: string, strict: boolean): SyntaxReport {
  const { tokens, comments, faults, told: known, guessed } = scan(text);
  const brackets = matchBrackets(text, tokens);
  const grammar = checkGrammar(text, brackets.tokens, strict);
  const told = grammar.faults.filter((fault) => !follows(fault, known));
  const found = [...faults, ...brackets.faults, ...checkComments(text, comments, strict), ...told].sort((a, b) => a.offset - b.offset);
  const single = found.filter(({ offset }, index) => index === 0 || found[index - 1]?.offset !== offset);
  return {
    problems: single.map(problemOf),
    hides: found.some(({ harmless }) => !harmless),
    torn: guessed || brackets.faults.length > 0 || !grammar.ended,
  };
}

/** It lies in what is told already, or touches it. */
function follows({ offset, length }: Fault, told: readonly Stretch[]): boolean {
  let low = 0;
  let high = told.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((told[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const first = told[low];
  return first !== undefined && first.offset <= offset + length;
}

function problemOf({ offset, length, message, fixes, related }: Fault): Problem {
  return {
    code: 'not-json',
    severity: 'error',
    message,
    span: { offset, length },
    ...(fixes && fixes.length > 0 && { fixes }),
    ...(related && { related }),
  };
}
