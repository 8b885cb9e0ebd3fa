import type { Rule } from '../rule.ts';
import { duplicateKey } from './duplicate-key.ts';
import { unknownProperty } from './unknown-property.ts';

/** The shape of the file. */
export const structureRules: readonly Rule[] = [duplicateKey, unknownProperty];
