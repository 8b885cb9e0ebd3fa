import type { Rule } from '../rule.ts';
import { childTableWithoutKey } from './child-table-without-key.ts';
import { duplicateColumn } from './duplicate-column.ts';
import { duplicateTable } from './duplicate-table.ts';
import { missingKey } from './missing-key.ts';
import { namesDifferInCase } from './names-differ-in-case.ts';
import { nestedChildTable } from './nested-child-table.ts';
import { noColumns } from './no-columns.ts';
import { noGetOperation } from './no-get-operation.ts';
import { operationName } from './operation-name.ts';
import { severalGetOperations } from './several-get-operations.ts';
import { unknownElementHandler } from './unknown-element-handler.ts';
import { unknownKeyColumn } from './unknown-key-column.ts';
import { unknownType } from './unknown-type.ts';

/** Tables, columns and the names of operations. */
export const tablesRules: readonly Rule[] = [
  childTableWithoutKey,
  duplicateColumn,
  duplicateTable,
  missingKey,
  namesDifferInCase,
  nestedChildTable,
  noColumns,
  noGetOperation,
  operationName,
  severalGetOperations,
  unknownElementHandler,
  unknownKeyColumn,
  unknownType,
];
