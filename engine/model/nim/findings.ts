import type { Problem, Span } from '../text/problem.ts';

/** Where what NIM cannot say, and what nobody has proven, goes. */
export interface Findings {
  readonly unsayable: (message: string, span: Span) => void;
  readonly unproven: (what: string, span: Span) => void;
  /** Told of a relation that NIM must have and this workspace does not say. */
  readonly assumed: (message: string, span: Span) => void;
}

/** Findings that nobody is told of. */
export const silent: Findings = { unsayable: () => undefined, unproven: () => undefined, assumed: () => undefined };

/** Findings as problems of the filter's text. */
export function findingsInto(problems: Problem[]): Findings {
  return {
    unsayable(message, span) {
      if (!problems.some((one) => one.span.offset === span.offset && one.message === message))
        problems.push({ code: 'nim-cannot-say', severity: 'error', message, span });
    },
    unproven(what, span) {
      const message = `No public export of NIM shows ${what.startsWith('the ') ? what : `"${what}"`}: check the filter after importing it there.`;
      problems.push({ code: 'nim-unproven', severity: 'warning', message, span });
    },
    assumed(message, span) {
      problems.push({ code: 'nim-relation-assumed', severity: 'warning', message, span });
    },
  };
}
