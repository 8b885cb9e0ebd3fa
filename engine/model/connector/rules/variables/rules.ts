import type { Rule } from '../rule.ts';
import { unresolvedVariable } from './unresolved-variable.ts';

/** Variables in texts. */
export const variablesRules: readonly Rule[] = [unresolvedVariable];
