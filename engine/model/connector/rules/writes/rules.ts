import type { Rule } from '../rule.ts';
import { contradictoryColumn } from './contradictory-column.ts';
import { deleteWithBody } from './delete-with-body.ts';
import { nothingToMap } from './nothing-to-map.ts';
import { optionalPathVariable } from './optional-path-variable.ts';
import { prohibitedVariable } from './prohibited-variable.ts';
import { repeatedEntry } from './repeated-entry.ts';
import { semanticsMissing } from './semantics-missing.ts';
import { semanticsOdd } from './semantics-odd.ts';
import { unknownMandatoryColumn } from './unknown-mandatory-column.ts';
import { unknownProhibitedColumn } from './unknown-prohibited-column.ts';
import { uselessMerge } from './useless-merge.ts';
import { warningOnlyHides } from './warning-only-hides.ts';

/** Operations that write. */
export const writesRules: readonly Rule[] = [
  contradictoryColumn,
  deleteWithBody,
  nothingToMap,
  optionalPathVariable,
  prohibitedVariable,
  repeatedEntry,
  semanticsMissing,
  semanticsOdd,
  unknownMandatoryColumn,
  unknownProhibitedColumn,
  uselessMerge,
  warningOnlyHides,
];
