import type { Problem, Severity } from '../text/problem.ts';

/** Findings of one file that an editor is sent. Nobody reads more, and each costs the editor memory and time. */
export const mostSent = 1000;

const severities = ['error', 'warning', 'info', 'hint'] as const satisfies readonly Severity[];
const words = { error: 'error', warning: 'warning', info: 'notice', hint: 'hint' } as const;

/**
 * The problems of one file as an editor is sent them. Of more than `most` it gets the worst, of the same severity the first in the file; before them a
 * problem at the top of the file, as severe as the worst, that says how many more there are.
 */
export function capProblems(problems: readonly Problem[], most = mostSent): readonly Problem[] {
  if (problems.length <= most) return problems;
  const shown: Problem[] = [];
  const hidden: string[] = [];
  for (const severity of severities) {
    const own = problems.filter((problem) => problem.severity === severity).sort((a, b) => a.span.offset - b.span.offset);
    const taken = own.slice(0, most - shown.length);
    shown.push(...taken);
    const more = own.length - taken.length;
    if (more > 0) hidden.push(`${grouped(more)} ${words[severity]}${more === 1 ? '' : 's'}`);
  }
  return [
    {
      code: 'more-problems',
      severity: shown[0]?.severity ?? 'error',
      message: `This file has too many problems to show: ${hidden.join(', ')} are left out. "sollist check" lists them all.`,
      span: { offset: 0, length: 0 },
    },
    ...shown,
  ];
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
