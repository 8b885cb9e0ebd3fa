import { describe, expect, test } from 'vitest';
import type { DataBasis, GuardResult, MappingPlan } from '../../../engine/run/plan/plan.ts';
import type { CollectionReport, TableOutcome } from '../../../engine/run/records.ts';
import { collectionEnding, dryRunEnding, mappingEnding, rehearsalEnding } from '../../../engine/run/runs/outcome-of.ts';
import { evidenceOf } from '../../support/evidence.ts';

const evidence = evidenceOf(3);

function outcome(table: string, state: TableOutcome['state'], more: Partial<TableOutcome> = {}): TableOutcome {
  return { system: 'hr', table, state, ...(state === 'collected' && { evidence }), ...more };
}

function collection(...tables: readonly TableOutcome[]): CollectionReport {
  return { system: 'hr', startedAt: 0, endedAt: 1, limits: {}, source: { kind: 'live' }, tables };
}

const refused = { code: 'http-status', message: 'hr answered 503.' };

test.each([
  [[outcome('a', 'collected')], 'ok', '1 table, 3 rows, complete'],
  [
    [outcome('a', 'collected'), outcome('b', 'collected', { evidence: { ...evidence, complete: false } })],
    'incomplete',
    '2 tables, 6 rows, not all',
  ],
  [[outcome('a', 'collected'), outcome('b', 'failed', { error: refused })], 'failed', '1 of 2 tables, 3 rows; b: hr answered 503.'],
  [[outcome('a', 'failed', { error: refused }), outcome('b', 'not-reached', { error: refused })], 'failed', 'a: hr answered'],
  [[outcome('a', 'held-back', { evidence }), outcome('b', 'collected')], 'held-back', 'a: Held back by a guard'],
  [[outcome('a', 'collected'), outcome('b', 'not-reached')], 'cancelled', '1 of 2 tables, 3 rows; cancelled'],
] as const)('a collection ends as the worst of its tables (%#)', (tables, state, result) => {
  const end = collectionEnding(collection(...tables));
  expect(end.state).toBe(state);
  expect(end.result).toContain(result);
});

test('a dry run ends as its table did', () => {
  expect(dryRunEnding(outcome('a', 'collected'), 1)).toEqual({ state: 'ok', result: '1 row, complete' });
  expect(dryRunEnding(outcome('a', 'collected', { evidence: { ...evidence, complete: false } }), 3)).toEqual({
    state: 'incomplete',
    result: '3 rows, not complete',
  });
  expect(dryRunEnding(outcome('a', 'failed', { error: refused }), 0)).toEqual({ state: 'failed', result: refused.message });
});

describe('a mapping', () => {
  const plan = (changes: number, blocked: number): MappingPlan => ({
    mapping: 'm',
    filter: 'f',
    system: 's',
    table: 't',
    operation: 'o',
    kind: 'delete',
    changes: Array.from({ length: changes }, (_, index) => ({
      kind: 'delete',
      key: `${index}`,
      display: '',
      attributes: [],
      reasons: [],
      ...(index < blocked && { blocked: 'not complete' }),
    })),
    unchanged: 0,
    leftAlone: 0,
    notes: [],
  });
  const basis = (complete: boolean): DataBasis => ({ system: 's', table: 't', rows: 1, complete, notes: [] });
  const guard = { tripped: true } as GuardResult;

  test.each([
    [plan(0, 0), true, [], 'ok', 'nothing to change'],
    [plan(2, 0), true, [], 'ok', '2 deletes'],
    [plan(2, 1), false, [], 'incomplete', '2 deletes, 1 blocked; 1 table not proven complete'],
    [plan(9, 0), true, [guard], 'held-back', '9 deletes; a guard would stop it'],
  ] as const)('ends as what may come of it (%#)', (planned, complete, guards, state, result) => {
    expect(mappingEnding(planned, [basis(complete)], guards)).toEqual({ state, result });
  });
});

test('a rehearsal with one fault that is not safe has failed', () => {
  const fault = (safe: boolean): never =>
    ({ id: 'x', title: 'x', struck: 1, tables: [], mappings: [], safe, verdict: 'Two were deleted.' }) as never;
  const report = { system: 'hr', recording: 'recordings/hr', seed: 1, startedAt: 0, endedAt: 1, clean: [] };
  expect(rehearsalEnding({ ...report, faults: [fault(true), fault(true)] })).toEqual({ state: 'ok', result: '2 faults, all safe' });
  expect(rehearsalEnding({ ...report, faults: [fault(true), fault(false)] })).toEqual({
    state: 'failed',
    result: '1 of 2 faults not safe: Two were deleted.',
  });
});
