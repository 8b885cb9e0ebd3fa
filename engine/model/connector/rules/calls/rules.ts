import type { Rule } from '../rule.ts';
import { iteratorMissing } from './iterator-missing.ts';
import { unknownIterationTable } from './unknown-iteration-table.ts';
import { unknownIterator } from './unknown-iterator.ts';
import { unknownStringArrayColumn } from './unknown-string-array-column.ts';
import { writeInIteration } from './write-in-iteration.ts';

/** What a call asks of the API. */
export const callsRules: readonly Rule[] = [
  iteratorMissing,
  unknownIterationTable,
  unknownIterator,
  unknownStringArrayColumn,
  writeInIteration,
];
