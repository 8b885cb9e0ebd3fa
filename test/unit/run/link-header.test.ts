import { expect, test } from 'vitest';
import { nextLink } from '../../../engine/run/collect/paging/link-header.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['<https://h/2>; rel="next"', 'https://h/2'],
  ['<https://h/2>;rel=next', 'https://h/2'],
  ['< /p?a=1,2;b >; REL = "Next"', '/p?a=1,2;b'],
  ['<https://h/1>; rel="prev", <https://h/3>; rel="next", <https://h/9>; rel="last"', 'https://h/3'],
  ['<https://h/1>; rel="prev",<https://h/3>; rel="next"', 'https://h/3'],
  // Several relations of one link.
  ['<https://h/3>; rel="last next"', 'https://h/3'],
  ['<https://h/3>; rel="next-archive"', undefined],
  ['<https://h/3>; rel="last"', undefined],
  ['<https://h/3>', undefined],
  // Quoted strings hold what they like.
  ['<https://h/1>; title="a, <https://h/evil>; rel=\\"next\\""; rel="prev", <https://h/2>; rel="next"', 'https://h/2'],
  ['<https://h/2>; title="next"; rel="next"; x', 'https://h/2'],
  ["<https://h/2>; title*=UTF-8''%e2%82%ac; rel=next", 'https://h/2'],
  // Only the first rel counts, and a link about another resource does not.
  ['<https://h/2>; rel="prev"; rel="next"', undefined],
  ['<https://h/2>; rel="next"; anchor="#part"', undefined],
  // Damaged.
  ['<https://h/2; rel="next"', undefined],
  ['https://h/2; rel="next"', undefined],
  ['<https://h/2>; rel="next', undefined],
  ['<>; rel="next"', ''],
  [`<https://h/2>${';'.repeat(5000)}`, undefined],
  [`<https://h/2>; a="${'\\"'.repeat(5000)}`, undefined],
])('%j names %j', (header, target) => {
  expect(nextLink(header)).toBe(target);
});
