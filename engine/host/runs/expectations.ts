import { draftSystem } from '../../run/expect/draft-system.ts';
import { testSystem } from '../../run/expect/test-system.ts';
import type { TraceEntry } from '../../run/records.ts';
import { contextOf, type Run } from './run.ts';

/** More requests than this nobody reads in the output of a test. */
const mostRequests = 200;

/** Holds the data of a system against what is expected of it. */
export const testExpectations: Run<'testExpectations'> = async ({ system, tables, live = false }, scope) => {
  const requests: TraceEntry[] = [];
  const context = contextOf(scope, (entry) => {
    if (live && requests.length < mostRequests) requests.push(entry);
  });
  const test = await testSystem(scope.open, { system, live, ...(tables && { tables }) }, scope, context);
  return { ...test, requests };
};

/** Makes a first expectations file; nothing is written. */
export const draftExpectations: Run<'draftExpectations'> = ({ system, live = false }, scope) =>
  draftSystem(scope.open, { system, live }, scope, contextOf(scope));
