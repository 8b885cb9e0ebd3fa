import type { RunSummary } from '../../engine/run/run-record.ts';
import type { RehearsedFault, RehearsedMapping, RehearsedTable } from '../../engine/run/rehearsal-report.ts';
import type { Cell, Evidence, TableOutcome } from '../../engine/run/records.ts';
import type { RunOutcome } from '../../client/webviews/run/messages.ts';
import { columns, evidence, hostile, person, start } from './samples.ts';
import { busy } from './samples-tables.ts';

const complete: Evidence = {
  ...evidence,
  rows: 500,
  pages: 10,
  calls: 11,
  retries: 0,
  rowsPerPage: Array.from({ length: 10 }, () => 50),
  announced: 500,
  duplicates: { count: 0, samples: [] },
  caps: [],
  complete: true,
  notes: [],
  assumed: [],
  drift: { since: start - 86_400_000, rowsBefore: 494, columnsNew: ['costCentre'], columnsGone: [] },
};

export function outcome(table: string, more: Partial<TableOutcome> = {}): TableOutcome {
  return { system: 'HR', table, state: 'collected', evidence: complete, ...more };
}

/** A collection in which about everything happened. */
export const collection = {
  kind: 'collection',
  requests: busy,
  report: {
    system: 'HR',
    startedAt: start,
    endedAt: start + 62_000,
    limits: {},
    source: { kind: 'replay', recording: 'recordings/HR/monday', fault: 'page-fails' },
    tables: [
      outcome('persons'),
      outcome('departments', {
        evidence: { ...complete, rows: 34, drift: { since: start, rowsBefore: 34, columnsNew: [], columnsGone: [] } },
      }),
      outcome('contracts', {
        evidence: {
          ...complete,
          rows: 812,
          complete: false,
          announced: 900,
          notes: ['The API announced 900 rows, and 812 came.'],
          retries: 3,
        },
      }),
      outcome('members', {
        state: 'failed',
        error: { code: 'http-status', message: `HR answered 503 to members_get three times; ${hostile}` },
      }),
      outcome('phones', {
        state: 'not-reached',
        error: { code: 'parent-failed', message: 'Not tried, because members, whose rows it iterates over, failed.' },
      }),
      outcome('badges', {
        state: 'held-back',
        evidence: { ...complete, rows: 12, drift: { since: start - 86_400_000, rowsBefore: 480, columnsNew: [], columnsGone: ['colour'] } },
        error: {
          code: 'collapsed',
          message: '12 rows instead of 480: more than half of the rows are gone, so the rows of before stay in use.',
        },
      }),
    ].map((table): TableOutcome => {
      const { evidence: own, ...rest } = table;
      return own === undefined || rest.state === 'failed' || rest.state === 'not-reached' ? rest : { ...rest, evidence: own };
    }),
  },
} as const satisfies RunOutcome;

/** A collection without anything to say. */
export const quietCollection = {
  kind: 'collection',
  report: { ...collection.report, source: { kind: 'live' }, limits: { rows: 1000 }, tables: [outcome('persons'), outcome('departments')] },
} as const satisfies RunOutcome;

function changed(index: number): readonly Cell[] {
  return person(index).map((cell, at) => (at === 4 ? 'Facilities' : at === 7 ? 32 : at === 9 ? null : cell));
}

/** Two runs: 3 new, 2 gone, 40 changed. */
export const comparison = {
  kind: 'comparison',
  comparison: {
    before: '2026-11-20 08:15',
    after: '2026-11-21 20:31',
    key: ['employeeNumber'],
    columns: [...columns, { name: 'fax', type: 'text' }, { name: 'costCentre', type: 'text' }],
    columnsNew: ['costCentre'],
    columnsGone: ['fax'],
    counts: { same: 455, changed: 40, new: 3, gone: 2 },
    rows: [
      ...Array.from({ length: 40 }, (_, index) => ({
        change: 'changed' as const,
        before: [...person(index), '020-1', null],
        after: [...changed(index), null, 'C1'],
      })),
      ...[500, 501, 502].map((index) => ({ change: 'new' as const, after: [...person(index), null, 'C2'] })),
      ...[41, 42].map((index) => ({ change: 'gone' as const, before: [...person(index), '020-2', null] })),
    ],
  },
} as const satisfies RunOutcome;

function rehearsed(table: string, more: Partial<RehearsedTable> = {}): RehearsedTable {
  return { table, rowsBefore: 500, rowsAfter: 500, lost: 0, outcome: outcome(table), deletesAllowed: true, ...more };
}

function removal(more: Partial<RehearsedMapping> = {}): RehearsedMapping {
  return { mapping: 'Remove accounts', creates: 0, updates: 4, deletes: 12, deletesWrong: 0, deletesWithheld: 0, guards: [], ...more };
}

function fault(id: string, title: string, more: Partial<RehearsedFault> = {}): RehearsedFault {
  return {
    id,
    title,
    struck: 1,
    place: 'persons_get, call 2',
    tables: [rehearsed('persons'), rehearsed('departments', { rowsBefore: 34, rowsAfter: 34 })],
    mappings: [removal()],
    safe: true,
    verdict: 'The run retried, and everything came.',
    ...more,
  };
}

const failedTable = outcome('persons', { state: 'failed', error: { code: 'http-status', message: 'HR answered 500 to page 2.' } });

/** Seven faults, one of them unsafe and one that had no chance. */
export const rehearsal = {
  kind: 'rehearsal',
  report: {
    system: 'HR',
    recording: 'recordings/HR/monday',
    seed: 1,
    clean: [removal()],
    startedAt: start,
    endedAt: start + 4200,
    faults: [
      fault('page-fails', 'Page 2 fails', {
        tables: [
          rehearsed('persons', { outcome: failedTable, deletesAllowed: false }),
          rehearsed('departments', { rowsBefore: 34, rowsAfter: 34 }),
        ],
        mappings: [removal({ updates: 0, deletes: 0, deletesWithheld: 12 })],
        verdict: 'The table stayed as it was, and no delete rests on it.',
      }),
      fault('token-expires', 'The token expires at call 30', { struck: 2 }),
      fault('parents-missing', 'Half of the parents answer 404', { struck: 0, verdict: 'The recording has no iteration.' }),
      fault('too-many-requests', 'A storm of 429', { struck: 14 }),
      fault('empty-source', 'The source is empty', {
        tables: [
          rehearsed('persons', { rowsAfter: 0, lost: 500, outcome: outcome('persons', { evidence: { ...complete, rows: 0 } }) }),
          rehearsed('departments', { rowsBefore: 34, rowsAfter: 34, outcome: outcome('departments', { state: 'held-back' }) }),
        ],
        mappings: [removal({ updates: 0, deletes: 500, deletesWrong: 488, note: 'The guard counts per mapping; none is set.' })],
        safe: false,
        verdict: 'persons lost all of its rows and is complete: 500 deletes would rest on it.',
      }),
      fault('duplicate-keys', 'Keys come twice', {
        tables: [
          rehearsed('persons', { rowsAfter: 520, deletesAllowed: false }),
          rehearsed('departments', { rowsBefore: 34, rowsAfter: 34 }),
        ],
      }),
      fault('truncated-body', 'A body is cut', { tables: [rehearsed('persons', { outcome: failedTable, deletesAllowed: false })] }),
    ],
  },
} as const satisfies RunOutcome;

function run(minutes: number, more: Partial<RunSummary>): RunSummary {
  return {
    id: `20261121T${String(2000 - minutes)}-dry-run`,
    kind: 'dry-run',
    subject: 'HR.persons',
    startedAt: start - minutes * 60_000,
    endedAt: start - minutes * 60_000 + 1800,
    environment: 'test',
    limits: { rows: 200 },
    source: { kind: 'live' },
    state: 'ok',
    result: '200 rows, complete',
    pinned: false,
    ...more,
  };
}

/** Runs of one subject, newest first; the first one is shown. */
export const history: readonly RunSummary[] = [
  run(0, { state: 'incomplete', result: '200 rows, not complete' }),
  run(12, {}),
  run(25, { state: 'failed', result: `HR answered 503 Service Unavailable; ${hostile}` }),
  run(90, { pinned: true, source: { kind: 'replay', recording: 'recordings/HR/monday' } }),
  run(200, { state: 'cancelled', result: 'Cancelled' }),
  run(1500, { state: 'held-back', result: '12 rows held back' }),
  run(1600, {}),
  run(1700, {}),
];
