import { duplicateColumn } from './duplicate-column.ts';
import { duplicateKey } from './duplicate-key.ts';
import { iteratorMissing } from './iterator-missing.ts';
import { noGetOperation } from './no-get-operation.ts';
import type { Rule } from './rule.ts';
import { severalGetOperations } from './several-get-operations.ts';
import { unknownElementHandler } from './unknown-element-handler.ts';
import { unknownIterationTable } from './unknown-iteration-table.ts';
import { unknownIterator } from './unknown-iterator.ts';
import { unknownKeyColumn } from './unknown-key-column.ts';
import { unknownMandatoryColumn } from './unknown-mandatory-column.ts';
import { unknownMembershipAttribute } from './unknown-membership-attribute.ts';
import { unknownMembershipOperation } from './unknown-membership-operation.ts';
import { unknownMembershipTable } from './unknown-membership-table.ts';
import { unknownProhibitedColumn } from './unknown-prohibited-column.ts';
import { unknownProperty } from './unknown-property.ts';
import { unknownStringArrayColumn } from './unknown-string-array-column.ts';
import { unknownType } from './unknown-type.ts';
import { unresolvedVariable } from './unresolved-variable.ts';
import { warningOnlyHides } from './warning-only-hides.ts';
import { writeInIteration } from './write-in-iteration.ts';

/** Every rule for connectors. A new rule is a new file and one line here. */
export const connectorRules: readonly Rule[] = [
  duplicateColumn,
  duplicateKey,
  iteratorMissing,
  noGetOperation,
  severalGetOperations,
  unknownElementHandler,
  unknownIterationTable,
  unknownIterator,
  unknownKeyColumn,
  unknownMandatoryColumn,
  unknownMembershipAttribute,
  unknownMembershipOperation,
  unknownMembershipTable,
  unknownProhibitedColumn,
  unknownProperty,
  unknownStringArrayColumn,
  unknownType,
  unresolvedVariable,
  warningOnlyHides,
  writeInIteration,
];
