import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceEntry } from '../../../engine/run/records.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { makeRunId } from '../../../engine/run/runs/run-id.ts';

/** A workspace's folder that is gone at the end. */
export function scratch(): { readonly folder: string; readonly runs: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-runs-'));
  return { folder, runs: join(folder, '.sollist/runs'), [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

export const noon = Date.UTC(2026, 10, 22, 12);

/** A filter's run, so many minutes after noon. */
export function filterRun(minute: number, more: Partial<RunRecord> = {}): RunRecord {
  const startedAt = noon + minute * 60_000;
  return {
    version: 1,
    id: makeRunId('filter', startedAt, 0.25),
    kind: 'filter',
    subject: 'Employees',
    startedAt,
    endedAt: startedAt + 20,
    limits: {},
    state: 'ok',
    result: '1 row',
    pinned: false,
    inputs: { filter: 'Employees', parameters: {} },
    report: {
      filter: 'Employees',
      milliseconds: 20,
      rowSet: { columns: [{ name: 'id', type: 'text' }], rows: [['1']], total: 1 },
      sql: 'SELECT',
    },
    ...more,
  };
}

export function traceEntry(sequence: number, more: Partial<TraceEntry> = {}): TraceEntry {
  return {
    sequence,
    operation: 'persons_get',
    table: 'persons',
    verb: 'GET',
    url: `http://127.0.0.1/persons?page=${sequence}`,
    status: 200,
    attempt: 0,
    startedAt: noon,
    milliseconds: 3,
    bytes: 10,
    requestHeaders: {},
    responseHeaders: {},
    responseBody: '{"items":[]}',
    ...more,
  };
}
