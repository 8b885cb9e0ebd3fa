import { describe, expect, test } from 'vitest';
import { collectionSummary } from '../../client/features/collect/summary.ts';
import type { CollectionReport, TableOutcome } from '../../engine/run/records.ts';
import { evidenceOf } from '../support/evidence.ts';

const evidence = evidenceOf(1);

function outcome(table: string, state: TableOutcome['state'], more: Partial<TableOutcome> = {}): TableOutcome {
  return { system: 'hr', table, state, ...(state === 'collected' && { evidence }), ...more };
}

function summary(...tables: readonly TableOutcome[]): ReturnType<typeof collectionSummary> {
  const report: CollectionReport = { system: 'hr', startedAt: 0, endedAt: 1, limits: {}, source: { kind: 'live' }, tables };
  return collectionSummary(report);
}

describe('a collection in words', () => {
  test('one is not many', () => {
    const { headline, lines, cancelled } = summary(outcome('persons', 'collected'));
    expect(headline).toBe('hr: 1 of 1 table collected, 1 row.');
    expect(lines).toEqual(['hr.persons: collected, 1 row in 1 call, complete']);
    expect(cancelled).toBe(false);
  });

  test('a failed one says which tables keep their rows and which were not tried', () => {
    const error = { code: 'http-status', message: 'hr answered 503.' };
    const { headline, failed, cancelled } = summary(
      outcome('persons', 'collected'),
      outcome('departments', 'failed', { error }),
      outcome('contracts', 'not-reached', { error: { code: 'parent-failed', message: 'Not tried.' } }),
    );
    expect(headline).toBe('hr: 1 of 3 tables collected, 1 row. Failed, with the rows they had before: departments. Not tried: contracts.');
    expect(failed).toEqual(error);
    expect(cancelled).toBe(false);
  });

  test('many names are not all said', () => {
    const { headline } = summary(...'abcdefg'.split('').map((table) => outcome(table, 'failed')));
    expect(headline).toContain('before: a, b, c, d, e and 2 more.');
  });

  test('a cancelled one says so, and what is in the vault', () => {
    const nothing = summary(outcome('persons', 'cancelled'), outcome('departments', 'not-reached'));
    expect(nothing).toMatchObject({ headline: 'hr: cancelled; the tables are as they were.', cancelled: true });
    // Cancelled between two tables: none of them was under way.
    const some = summary(outcome('persons', 'collected'), outcome('departments', 'not-reached'));
    expect(some).toMatchObject({ headline: 'hr: cancelled after 1 of 2 tables collected; the others are as they were.', cancelled: true });
  });
});
