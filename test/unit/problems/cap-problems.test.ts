import { expect, test } from 'vitest';
import { capProblems, mostSent } from '../../../engine/model/problems/cap-problems.ts';
import type { Problem, Severity } from '../../../engine/model/text/problem.ts';

const found = (severity: Severity, offset: number): Problem => ({
  code: 'plain-http',
  severity,
  message: `${severity} ${offset}`,
  span: { offset, length: 1 },
});
const backwards = (severity: Severity, count: number): Problem[] =>
  Array.from({ length: count }, (_, index) => found(severity, (count - index) * 10));

test('as many as are sent stay as they are, in their order', () => {
  const few = [found('hint', 1), ...backwards('error', mostSent - 1)];
  expect(capProblems(few)).toBe(few);
});

test('of more the worst are left, the first in the file among equals, and a problem at the top says what is not shown', () => {
  const problems = [...backwards('hint', 2000), found('info', 7), ...backwards('warning', 3), ...backwards('error', 2)];
  expect(capProblems(problems, 4).map(({ message }) => message)).toEqual([
    'This file has too many problems to show: 1 warning, 1 notice, 2,000 hints are left out. "sollist check" lists them all.',
    'error 10',
    'error 20',
    'warning 10',
    'warning 20',
  ]);
  expect(capProblems(problems, 4)[0]).toMatchObject({ code: 'more-problems', severity: 'error', span: { offset: 0, length: 0 } });
  expect(capProblems(backwards('hint', mostSent + 1))).toHaveLength(mostSent + 1);
  expect(capProblems(backwards('hint', mostSent + 1))[0]?.severity).toBe('hint');
});

test('a hundred thousand are no more work than looking at them', () => {
  const capped = capProblems(backwards('warning', 100_000));
  expect(capped).toHaveLength(mostSent + 1);
  expect(capped[0]?.message).toContain('99,000 warnings are left out');
  expect(capped[mostSent]?.span.offset).toBe(mostSent * 10);
});
