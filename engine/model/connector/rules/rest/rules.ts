import type { Rule } from '../rule.ts';

/** Sign-in, addresses, retries and connection items. */
export const restRules: readonly Rule[] = [];
