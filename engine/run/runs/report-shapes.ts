import type { RunKind } from '../run-record.ts';
import { anything, cell, count, flag, list, map, oneOf, record, text, time, type Shape } from './shape.ts';

const limits = record({ 'rows?': count, 'calls?': count });

export const source: Shape = (value) =>
  record({ kind: oneOf('live') })(value) ||
  record({ kind: oneOf('replay'), recording: text, 'fault?': text })(value) ||
  record({ kind: oneOf('files'), folder: text })(value);

const evidence = record({
  rows: count,
  pages: count,
  calls: count,
  retries: count,
  rowsPerPage: list(count),
  end: text,
  'announced?': count,
  duplicates: record({ count, samples: list(text) }),
  'parents?': record({ total: count, skipped: count }),
  'failedParents?': list(record({ parent: text, message: text })),
  'gaps?': list(record({ column: text, absent: count, null: count })),
  'drift?': record({ since: time, rowsBefore: count, columnsNew: list(text), columnsGone: list(text) }),
  caps: list(text),
  complete: flag,
  notes: list(text),
  assumed: list(text),
  startedAt: time,
  endedAt: time,
});

const outcome = record({
  system: text,
  table: text,
  state: oneOf('collected', 'held-back', 'failed', 'cancelled', 'not-reached'),
  'evidence?': evidence,
  'error?': record({ code: text, message: text, 'subject?': text }),
});

const request = record({
  sequence: count,
  operation: text,
  table: text,
  verb: text,
  url: text,
  'status?': count,
  'error?': text,
  attempt: count,
  startedAt: time,
  milliseconds: count,
  bytes: count,
  requestHeaders: map(text),
  'requestBody?': text,
  responseHeaders: map(text),
  'responseBody?': text,
});

const rowSet: Shape = (value) =>
  record({ columns: list(record({ name: text, type: text })), rows: list(list(cell)), total: count })(value) &&
  (value as { readonly columns: readonly unknown[]; readonly rows: readonly unknown[][] }).rows.every(
    (row) => row.length === (value as { readonly columns: readonly unknown[] }).columns.length,
  );

const wire = record({ verb: text, url: text, headers: map(text), 'body?': text });
const basis = list(record({ system: text, table: text, rows: count, 'collectedAt?': text, complete: flag, notes: list(text) }));
const guards = list(
  record({
    subject: text,
    kind: text,
    count,
    base: count,
    threshold: record({ count, percent: count }),
    tripped: flag,
    message: text,
  }),
);

const value: Shape = (given) => cell(given) || flag(given);

const change = record({
  kind: oneOf('create', 'update', 'delete'),
  key: text,
  display: text,
  attributes: list(record({ name: text, 'from?': value, to: value })),
  reasons: list(text),
  'request?': wire,
  'blocked?': text,
});

const changes = ['add', 'remove', 'stay', 'kept', 'withheld', 'unknown'] as const;

/** What each kind of report must have, so that whatever shows one may rely on it. What has no line here is not looked into. */
export const reportShapes: Readonly<Partial<Record<RunKind, Shape>>> = {
  'dry-run': record({
    system: text,
    table: text,
    startedAt: time,
    endedAt: time,
    limits,
    outcome,
    rowSet,
    requests: list(request),
    'children?': list(record({ table: text, parent: text, parentColumn: text, 'refersTo?': text, rowSet })),
    'rowOrigins?': record({ path: list(text), rows: list(anything) }),
    'asked?': list(record({ system: text, table: text, collectedAt: time })),
  }),
  collect: record({
    system: text,
    startedAt: time,
    endedAt: time,
    limits,
    source,
    tables: list(outcome),
    'requests?': list(request),
    'requestsMade?': count,
  }),
  filter: record({
    filter: text,
    milliseconds: count,
    'firstRowMilliseconds?': count,
    rowSet,
    sql: text,
    'key?': text,
    'problems?': record({ count, rows: list(record({ row: count, message: text })), 'leftOut?': count }),
    'restsOn?': basis,
    'parameters?': list(record({ name: text, type: text, value, from: oneOf('given', 'session', 'default'), 'session?': text })),
  }),
  mapping: record({
    plan: record({
      mapping: text,
      filter: text,
      system: text,
      table: text,
      operation: text,
      kind: oneOf('create', 'update', 'delete'),
      changes: list(change),
      unchanged: count,
      leftAlone: count,
      notes: list(text),
    }),
    restsOn: basis,
    assumed: list(text),
    guards,
  }),
  roles: record({
    version: oneOf(1),
    model: text,
    state: text,
    attention: list(text),
    restsOn: basis,
    assumed: list(text),
    roles: list(record({ role: text, filter: text, rows: count, groups: list(text) })),
    groups: list(
      record({
        system: text,
        membership: text,
        group: text,
        display: text,
        roles: list(text),
        members: list(
          record({
            member: text,
            display: text,
            change: oneOf(...changes),
            roles: list(text),
            inIst: flag,
            reasons: list(text),
            'request?': wire,
            'blocked?': text,
          }),
        ),
        counts: record(Object.fromEntries(changes.map((name) => [name, count]))),
      }),
    ),
    guards,
  }),
  rehearsal: record({
    system: text,
    recording: text,
    startedAt: time,
    endedAt: time,
    faults: list(
      record({
        id: text,
        title: text,
        struck: count,
        tables: list(record({ table: text, rowsBefore: count, rowsAfter: count, outcome, deletesAllowed: flag })),
        mappings: list(
          record({ mapping: text, creates: count, updates: count, deletes: count, deletesWithheld: count, guards: list(text) }),
        ),
        safe: flag,
        verdict: text,
      }),
    ),
  }),
};

/** What every run has, whatever its kind. */
export const summaryShape: Shape = record({
  version: oneOf(1),
  id: text,
  kind: text,
  subject: text,
  startedAt: time,
  endedAt: time,
  'environment?': text,
  limits,
  'source?': source,
  state: oneOf('ok', 'incomplete', 'held-back', 'failed', 'cancelled'),
  result: text,
  pinned: flag,
  'running?': count,
});

/** What a record has behind its summary. */
export const restShape: Shape = record({
  inputs: map(anything),
  'failure?': record({ code: text, message: text, 'subject?': text }),
  'cut?': list(text),
});
