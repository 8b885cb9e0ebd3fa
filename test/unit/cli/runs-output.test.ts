import { expect, test } from 'vitest';
import { printRun } from '../../../engine/cli/output/runs.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';

const run: RunRecord = {
  version: 1,
  id: '20261122T081500123Z-dry-run-3f2a',
  kind: 'dry-run',
  subject: 'payroll.people',
  startedAt: Date.UTC(2026, 10, 22, 8, 15),
  endedAt: Date.UTC(2026, 10, 22, 8, 15, 1),
  limits: {},
  state: 'ok',
  result: '1 row, complete',
  pinned: false,
  inputs: {},
  report: {
    rowSet: { columns: [{ name: 'nr', type: 'text' }], rows: [['1']], total: 1 },
    asked: [{ system: 'office', table: 'te\u001bams', collectedAt: Date.UTC(2026, 10, 21, 8) }],
  },
};

test('a dry run says which older rows its scripts were answered from', () => {
  expect(printRun(run, 'text', false)).toMatch(/scripts asked +office\.te\ufffdams as collected 2026-11-21T08:00:00\.000Z\n/);
  const { asked: _asked, ...alone } = run.report as { readonly asked: unknown };
  expect(printRun({ ...run, report: alone }, 'text', false)).not.toContain('scripts asked');
});
