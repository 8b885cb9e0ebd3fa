import type { Rule } from '../rule.ts';
import { unknownMandatoryColumn } from './unknown-mandatory-column.ts';
import { unknownProhibitedColumn } from './unknown-prohibited-column.ts';
import { warningOnlyHides } from './warning-only-hides.ts';

/** Operations that write. */
export const writesRules: readonly Rule[] = [unknownMandatoryColumn, unknownProhibitedColumn, warningOnlyHides];
