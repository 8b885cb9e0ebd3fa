import { describe, expect, test } from 'vitest';
import { byDay, hasRows, previousOf } from '../../client/features/runs/runs-of.ts';
import { durationText, runTime, shortTime } from '../../client/infrastructure/run-words.ts';
import { durationText as durationInPanel } from '../../client/webviews/run/words.ts';
import { faultsOf } from '../../client/features/recordings/faults-of.ts';
import type { RunSummary } from '../../engine/run/run-record.ts';

const noon = new Date(2026, 10, 22, 12).getTime();

function run(id: string, more: Partial<RunSummary> = {}): RunSummary {
  const times = { startedAt: noon, endedAt: noon };
  return { id, kind: 'dry-run', subject: 'hr.persons', ...times, limits: {}, state: 'ok', result: '1 row', pinned: false, ...more };
}

describe('the runs of the view', () => {
  test('are grouped by the days of the editor, today and yesterday by name', () => {
    const at = (day: number, hour: number): Partial<RunSummary> => ({ startedAt: new Date(2026, 10, day, hour).getTime() });
    const groups = byDay([run('4', at(22, 0)), run('3', at(21, 23)), run('2', at(21, 1)), run('1', at(1, 5))], noon);
    expect([...groups].map(([label, runs]) => [label, runs.map(({ id }) => id)])).toEqual([
      ['Today', ['4']],
      ['Yesterday', ['3', '2']],
      ['2026-11-01', ['1']],
    ]);
  });

  test('have a run before only of the same thing, with rows', () => {
    const runs = [
      run('6'),
      run('5', { state: 'failed' }),
      run('4', { subject: 'hr.departments' }),
      run('3', { kind: 'filter' }),
      run('2', { state: 'incomplete' }),
      run('1'),
    ];
    expect(previousOf(runs[0] ?? run(''), runs)?.id).toBe('2');
    expect(previousOf(runs[5] ?? run(''), runs)).toBeUndefined();
  });

  test('can be compared where there are rows', () => {
    expect([run('1'), run('1', { kind: 'filter', state: 'incomplete' })].every(hasRows)).toBe(true);
    for (const more of [{ state: 'failed' }, { state: 'cancelled' }, { kind: 'collect' }, { kind: 'roles' }] as const)
      expect(hasRows(run('1', more))).toBe(false);
  });

  test('say when and how long in a form that sorts and fits', () => {
    expect(runTime(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05');
    expect([noon, noon - 86_400_000].map((time) => shortTime(time, noon))).toEqual(['12:00', '2026-11-21']);
    expect([-5, 640, 12_400, 200_000].map(durationText)).toEqual(['0 ms', '640 ms', '12.4 s', '3 min 20 s']);
    // Seconds that are rounded up fill the minute: never `1 min 60 s`.
    const rounded = [119_499, 119_600];
    expect([rounded.map(durationText), rounded.map(durationInPanel)]).toEqual(Array(2).fill(['1 min 59 s', '2 min 0 s']));
  });
});

test('faults are taken from whoever gives them, and asked for otherwise', () => {
  expect(faultsOf({ faults: ['page-fails', 7] })).toEqual(['page-fails']);
  for (const target of [undefined, null, 'x', {}, { faults: [] }, { faults: 'page-fails' }]) expect(faultsOf(target)).toBeUndefined();
});
