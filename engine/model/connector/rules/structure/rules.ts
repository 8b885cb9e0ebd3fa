import type { Rule } from '../rule.ts';
import { duplicateKey } from './duplicate-key.ts';
import { emptyProperty } from './empty-property.ts';
import { legacySpelling } from './legacy-spelling.ts';
import { misplacedProperty } from './misplaced-property.ts';
import { mixedSpelling } from './mixed-spelling.ts';
import { propertyOfOtherMode } from './property-of-other-mode.ts';
import { unknownProperty } from './unknown-property.ts';

/** The shape of the file. */
export const structureRules: readonly Rule[] = [
  duplicateKey,
  emptyProperty,
  legacySpelling,
  misplacedProperty,
  mixedSpelling,
  propertyOfOtherMode,
  unknownProperty,
];
