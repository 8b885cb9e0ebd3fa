import type { DryRunReport, RowOrigin } from '../../engine/host/protocol.ts';
import type { Cell, TraceEntry } from '../../engine/run/records.ts';
import type { RunOutcome } from '../../client/webviews/run/messages.ts';
import { columns, evidence, hostile, outcomes, person, request, start } from './samples.ts';

const rows = 120;
const perPage = 40;

/** A person as the API sends it; the third number is longer than a double. */
function sent(index: number): object {
  const [employeeNumber, firstName, lastName, mail] = person(index);
  return {
    employeeNumber,
    firstName,
    lastName,
    ...(mail !== null && { mail }),
    contract: { number: `BIG${String(index)}`, hours: 40 },
    phones: phonesOf(index).map(([, number, kind]) => ({ number, kind })),
    remark: index === 1 ? hostile : undefined,
  };
}

function phonesOf(index: number): readonly (readonly Cell[])[] {
  return Array.from({ length: index % 3 }, (_, at) => [
    `E${String(10_000 + index)}`,
    `+31 20 ${String(1_000_000 + index * 10 + at)}`,
    at === 0 ? 'work' : null,
  ]);
}

/** One page of the answers; the long number is written as no JavaScript number could be. */
function body(page: number): string {
  const items = Array.from({ length: perPage }, (_, at) => sent(page * perPage + at));
  return JSON.stringify({ data: { items }, total: rows }).replace(/"BIG(\d+)"/g, '12345678901234567$1');
}

const [token] = outcomes.dryRun.report.requests;
const pages = [0, 1, 2].map((page): TraceEntry =>
  request(page + 2, {
    url: `http://127.0.0.1:7411/api/persons?skip=${String(page * perPage)}&take=40`,
    // The last answer was too long to be kept whole.
    responseBody: page === 2 ? `${body(page).slice(0, 2500)}…` : body(page),
  }),
);

const origins: readonly RowOrigin[] = Array.from({ length: rows }, (_, index) =>
  index === 7 ? null : [2 + Math.floor(index / perPage), index % perPage],
);

/** A dry run that knows everything: child tables, where each row came from, gaps, drift. */
export const report: DryRunReport = {
  ...outcomes.dryRun.report,
  requests: [...(token === undefined ? [] : [token]), ...pages],
  rowSet: {
    columns: [...columns, { name: 'tags', type: 'list' }, { name: 'contract', type: 'text' }],
    rows: Array.from({ length: rows }, (_, index) => [
      ...person(index),
      index % 4 === 1 ? JSON.stringify(['night shift', 'first aid', hostile]) : null,
      JSON.stringify({ number: 7, terms: [{ until: null, grade: 'A' }] }),
    ]),
    total: rows,
  },
  outcome: {
    system: 'HR',
    table: 'persons',
    state: 'collected',
    evidence: {
      ...evidence,
      rows,
      pages: 3,
      rowsPerPage: [40, 40, 40],
      caps: [],
      announced: rows,
      complete: true,
      notes: [],
      duplicates: { count: 0, samples: [] },
      gaps: [
        { column: 'mail', absent: 17, null: 0 },
        { column: 'department', absent: 0, null: 24 },
      ],
    },
  },
  children: [
    {
      table: 'persons_phones',
      parent: 'persons',
      parentColumn: 'persons_employeeNumber',
      refersTo: 'employeeNumber',
      rowSet: {
        columns: [
          { name: 'persons_employeeNumber', type: 'text' },
          { name: 'number', type: 'text' },
          { name: 'kind', type: 'text' },
        ],
        rows: Array.from({ length: rows }, (_, index) => phonesOf(index)).flat(),
        total: rows,
      },
    },
  ],
  rowOrigins: { path: ['data', 'items'], rows: origins },
};

export const withTables = { kind: 'dry-run', report } as const satisfies RunOutcome;

/** An iteration in which parents failed, and whose pages are of all lengths. */
export const iteration = {
  kind: 'dry-run',
  report: {
    ...report,
    outcome: {
      system: 'HR',
      table: 'persons',
      state: 'collected',
      evidence: {
        ...evidence,
        rowsPerPage: Array.from({ length: 60 }, (_, page) => (page === 31 ? 0 : 30 + ((page * 7) % 20))),
        parents: { total: 340, skipped: 12 },
        failedParents: [
          { parent: 'D-014', message: 'HR answered 404 Not Found: the department is gone since its list was read.' },
          { parent: hostile, message: 'HR did not answer within 30 s.' },
        ],
        gaps: [
          { column: 'mail', absent: 120, null: 0 },
          { column: 'manager', absent: 12, null: 60 },
        ],
        drift: { since: start - 86_400_000, rowsBefore: 260, columnsNew: ['costCentre'], columnsGone: ['fax', 'pager'] },
      },
    },
  },
} as const satisfies RunOutcome;

/** Sessions side by side, a storm of refusals, an answer in XML and one that never came. */
export const busy: readonly TraceEntry[] = [
  request(1, { operation: 'authenticate', verb: 'POST', url: 'http://127.0.0.1:7412/token', startedAt: start, milliseconds: 140 }),
  ...Array.from({ length: 24 }, (_, index) =>
    request(index + 2, {
      url: `http://127.0.0.1:7411/api/departments/D-${String(index).padStart(3, '0')}/persons`,
      operation: 'members_get',
      startedAt: start + 150 + Math.floor(index / 4) * 210 + (index % 4) * 12,
      milliseconds: 120 + ((index * 37) % 80),
      ...(index === 9 && { status: 429, responseHeaders: { 'retry-after': '1' }, responseBody: '{"error":"slow down"}' }),
      ...(index === 14 && {
        responseHeaders: { 'content-type': 'application/xml' },
        responseBody: `<?xml version="1.0"?><persons total="2"><person id="1"><name>Zoë &amp; Ömer</name><empty/></person><person id="2"><![CDATA[<b>]]></person></persons>`,
      }),
    }),
  ),
  request(30, {
    url: 'http://127.0.0.1:7411/api/departments/D-009/persons',
    operation: 'members_get',
    attempt: 1,
    startedAt: start + 1700,
    milliseconds: 130,
  }),
  (({ status: _status, responseBody: _body, ...rest }) => ({
    ...rest,
    responseHeaders: {},
    error: 'The server did not answer within 30 s.',
    bytes: 0,
  }))(request(31, { url: "http://127.0.0.1:7411/api/it's?x=$(id)", operation: 'members_get', startedAt: start + 1300, milliseconds: 900 })),
];
