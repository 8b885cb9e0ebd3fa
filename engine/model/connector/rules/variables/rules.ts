import type { Rule } from '../rule.ts';
import { emptySegment } from './empty-segment.ts';
import { malformedVariable } from './malformed-variable.ts';
import { unbalancedBrace } from './unbalanced-brace.ts';
import { unencodedValue } from './unencoded-value.ts';
import { unknownModifier } from './unknown-modifier.ts';
import { unresolvedVariable } from './unresolved-variable.ts';
import { unusedConnectionItem } from './unused-connection-item.ts';
import { unusedIteratorColumn } from './unused-iterator-column.ts';

/** Variables in texts. */
export const variablesRules: readonly Rule[] = [
  emptySegment,
  malformedVariable,
  unbalancedBrace,
  unencodedValue,
  unknownModifier,
  unresolvedVariable,
  unusedConnectionItem,
  unusedIteratorColumn,
];
