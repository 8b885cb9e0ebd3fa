import { describe, expect, test } from 'vitest';
import { collectionOffers } from '../../../client/features/run-panel/collection-offers.ts';
import type { CollectionReport, TableOutcome } from '../../../engine/run/records.ts';

function report(states: readonly TableOutcome['state'][], more: Partial<CollectionReport> = {}): CollectionReport {
  const tables = states.map((state, at): TableOutcome => ({ system: 'hr', table: `t${String(at)}`, state }));
  return { system: 'hr', startedAt: 0, endedAt: 1, limits: {}, source: { kind: 'live' }, tables, ...more };
}

function titles(of: CollectionReport): readonly string[] {
  return collectionOffers(of, '/work', undefined).map(({ title }) => title);
}

describe('what can be done about a collection', () => {
  test('nothing, where all is in, or where a recording would lack half of its requests', () => {
    expect(titles(report(['collected', 'collected']))).toEqual([]);
    const recording = { folder: 'recordings/hr', state: 'not-saved', exchanges: 3, notes: [] } as const;
    expect(titles(report(['collected', 'failed'], { recording }))).toEqual([]);
  });

  test('what stopped is gone on with, the way it began and nowhere else', () => {
    expect(titles(report(['collected', 'cancelled', 'not-reached']))).toEqual(['Go on']);
    const [live] = collectionOffers(report(['failed']), '/work', 'test');
    expect(live).toMatchObject({ command: 'sollist.collect', arguments: [{ folder: '/work', system: 'hr', resume: true, wasIn: 'test' }] });
    const replay = report(['failed'], { source: { kind: 'replay', recording: 'recordings/hr' } });
    expect(collectionOffers(replay, '/work', undefined)[0]).toMatchObject({ command: 'sollist.replayCollection' });
  });

  test('what a guard held back is looked at, and let through by name alone', () => {
    const [look, shrink, ...others] = collectionOffers(report(['collected', 'held-back', 'held-back']), '/work', undefined);
    expect(others).toEqual([]);
    expect(look).toMatchObject({ about: 'held-back', command: 'sollist.compareVersion', arguments: [{ table: 't1', state: 'held-back' }] });
    expect(shrink).toMatchObject({ about: 'held-back', arguments: [{ resume: true, accept: ['t1', 't2'], losses: ['t1', 't2'] }] });
  });

  test('what only waits for a table that was held back is no reason of its own', () => {
    const parent: TableOutcome = { system: 'hr', table: 'persons', state: 'held-back' };
    const child: TableOutcome = {
      system: 'hr',
      table: 'contracts',
      state: 'not-reached',
      error: { code: 'parent-held-back', message: 'Not tried.' },
    };
    expect(titles(report([], { tables: [parent, child] }))).toEqual(['Show what would go', 'Let it shrink…']);
  });
});
