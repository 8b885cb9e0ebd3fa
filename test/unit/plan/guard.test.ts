import { expect, test } from 'vitest';
import { judgeGuard } from '../../../engine/run/plan/guard.ts';

test.each([
  { count: 25, base: 1000, limit: { count: 25, percent: 100 }, tripped: false, why: 'exactly the count' },
  { count: 26, base: 1000, limit: { count: 25, percent: 100 }, tripped: true, why: 'one more' },
  { count: 5, base: 100, limit: { count: 99, percent: 5 }, tripped: false, why: 'exactly the percentage' },
  { count: 55, base: 100, limit: { count: 99, percent: 55 }, tripped: false, why: 'exactly a percentage that floating point would exceed' },
  { count: 6, base: 100, limit: { count: 99, percent: 5 }, tripped: true, why: 'more than the percentage' },
  { count: 19, base: 19, limit: { count: 99, percent: 5 }, tripped: false, why: 'a base too small for percentages' },
  { count: 2, base: 20, limit: { count: 99, percent: 5 }, tripped: true, why: 'the smallest base for percentages' },
  { count: 1, base: 0, limit: { count: 0, percent: 100 }, tripped: true, why: 'a threshold of none' },
  { count: 0, base: 0, limit: { count: 0, percent: 0 }, tripped: false, why: 'nothing to do' },
])('$why: $count of $base', ({ count, base, limit, tripped }) => {
  const guard = judgeGuard('mapping M', 'delete', count, base, limit);
  expect(guard.tripped).toBe(tripped);
  expect(guard.message.startsWith('The guard stops mapping M')).toBe(tripped);
});
