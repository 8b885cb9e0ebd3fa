import type { Strategy } from './strategy.ts';

/** One call, one page. */
export const none: Strategy = {
  assumed: [],
  start: () => ({ first: { variables: new Map(), params: [] }, after: () => 'single' }),
};
