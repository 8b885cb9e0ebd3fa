import type { Strategy } from './strategy.ts';

/** One call, one page. */
export const none: Strategy = {
  assumed: [],
  plan: { mode: 'none', next: 'there is one page', end: 'the first answer' },
  start: () => ({ first: { variables: new Map(), params: [] }, after: () => 'single' }),
};
