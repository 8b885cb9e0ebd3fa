import type { Rule } from '../rule.ts';
import { baseWithoutIterator } from './base-without-iterator.ts';
import { bodyWithoutVerb } from './body-without-verb.ts';
import { iterationCycle } from './iteration-cycle.ts';
import { iteratorMissing } from './iterator-missing.ts';
import { needlessPageCount } from './needless-page-count.ts';
import { needlessSessionCount } from './needless-session-count.ts';
import { needlessVerb } from './needless-verb.ts';
import { outputFieldMissing } from './output-field-missing.ts';
import { pageSizeNotSent } from './page-size-not-sent.ts';
import { pageSizeUnknown } from './page-size-unknown.ts';
import { pageVariableWithoutPaging } from './page-variable-without-paging.ts';
import { pagingIncomplete } from './paging-incomplete.ts';
import { pagingWithoutPageVariable } from './paging-without-page-variable.ts';
import { unequalConstantRows } from './unequal-constant-rows.ts';
import { unknownConstantColumn } from './unknown-constant-column.ts';
import { unknownIterationTable } from './unknown-iteration-table.ts';
import { unknownIterator } from './unknown-iterator.ts';
import { unknownStringArrayColumn } from './unknown-string-array-column.ts';
import { verbWithoutBody } from './verb-without-body.ts';
import { writeInIteration } from './write-in-iteration.ts';

/** What a call asks of the API. */
export const callsRules: readonly Rule[] = [
  baseWithoutIterator,
  bodyWithoutVerb,
  iterationCycle,
  iteratorMissing,
  needlessPageCount,
  needlessSessionCount,
  needlessVerb,
  outputFieldMissing,
  pageSizeNotSent,
  pageSizeUnknown,
  pageVariableWithoutPaging,
  pagingIncomplete,
  pagingWithoutPageVariable,
  unequalConstantRows,
  unknownConstantColumn,
  unknownIterationTable,
  unknownIterator,
  unknownStringArrayColumn,
  verbWithoutBody,
  writeInIteration,
];
