import type { Rule } from '../rule.ts';
import { duplicateColumn } from './duplicate-column.ts';
import { noGetOperation } from './no-get-operation.ts';
import { severalGetOperations } from './several-get-operations.ts';
import { unknownElementHandler } from './unknown-element-handler.ts';
import { unknownKeyColumn } from './unknown-key-column.ts';
import { unknownType } from './unknown-type.ts';

/** Tables, columns and the names of operations. */
export const tablesRules: readonly Rule[] = [
  duplicateColumn,
  noGetOperation,
  severalGetOperations,
  unknownElementHandler,
  unknownKeyColumn,
  unknownType,
];
