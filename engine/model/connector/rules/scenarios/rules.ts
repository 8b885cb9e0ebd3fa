import type { Rule } from '../rule.ts';

/** Ready-made configurations. */
export const scenariosRules: readonly Rule[] = [];
