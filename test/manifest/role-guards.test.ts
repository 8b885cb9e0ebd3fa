import { expect, test } from 'vitest';
import { trippedGuardOf, trippedGuards } from '../../client/features/roles/guards.ts';
import { judgeGuard } from '../../engine/run/plan/guard.ts';
import type { GroupReport, RoleReport } from '../../engine/run/roles/role-report.ts';

function group(display: string): GroupReport {
  const counts = { add: 0, remove: 0, stay: 0, kept: 0, withheld: 0, unknown: 0 };
  return { system: 'directory', membership: 'members', group: display, display, roles: [], members: [], counts };
}

test('a tripped guard is found by its own group, not by one whose name ends alike', () => {
  const threshold = { count: 5, percent: 10 };
  const report: RoleReport = {
    version: 1,
    model: 'development',
    state: 'development',
    attention: [],
    restsOn: [],
    assumed: [],
    roles: [],
    groups: ['IT', 'Group IT', 'group IT'].map(group),
    guards: [
      judgeGuard('role model development, group IT', 'remove', 6, 10, threshold),
      judgeGuard('role model development, group Group IT', 'remove', 1, 10, threshold),
    ],
  };
  expect(trippedGuards(report)).toHaveLength(1);
  expect(report.groups.map((one) => trippedGuardOf(report, one)?.count)).toEqual([6, undefined, undefined]);
});
