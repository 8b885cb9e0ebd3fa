import type { DryRunReport, FilterReport, MappingPreview } from '../../engine/host/protocol.ts';
import type { Cell, Evidence, TraceEntry } from '../../engine/run/records.ts';
import type { PlannedChange } from '../../engine/run/plan/plan.ts';
import type { RunOutcome, RunPage } from '../../client/webviews/run/messages.ts';

/** 2026-11-21 20:31:05 in Amsterdam. */
export const start = Date.UTC(2026, 10, 21, 19, 31, 5);

export const hostile = '<img src=x onerror="window.injected=1"><script>window.injected=1</script>';

const people = [
  ['Ursula', 'O\u2019Hara-Müller', 'Zürich'],
  ['נועה', 'כהן-לוי', 'תל אביב'],
  ['Ömer', 'Yıldız', 'Łódź'],
  ['عبد الرحمن', 'الخطيب', 'القاهرة'],
  ['Pieter', "van 't Hof", "'s-Hertogenbosch"],
  ['Zoë', 'D\u2019Angelo', 'Nuoro'],
] as const;

const departments = ['IT', 'Finance', 'Customer Care', 'Research & Development', null] as const;

/** Person number `index` of HR. */
export function person(index: number): readonly Cell[] {
  const [first, last, place] = people[index % people.length] ?? people[0];
  const key = `E${String(10_000 + index)}`;
  return [
    key,
    first,
    last,
    index % 7 === 3 ? null : `${key.toLowerCase()}@example.test`,
    departments[index % departments.length] ?? null,
    place,
    index % 4 === 0 ? 0 : 1,
    Math.round((1 - (index % 3) * 0.2) * 40 * 100) / 100,
    `20${String(10 + (index % 16)).padStart(2, '0')}-0${String(1 + (index % 9))}-01`,
    index === 1 ? hostile : index % 5 === 2 ? `Second floor,\nask for ${first}; ${'back office, '.repeat(12)}` : null,
  ];
}

export const columns: DryRunReport['rowSet']['columns'] = [
  { name: 'employeeNumber', type: 'text' },
  { name: 'firstName', type: 'text' },
  { name: 'lastName', type: 'text' },
  { name: 'mail', type: 'text' },
  { name: 'department', type: 'text' },
  { name: 'place', type: 'text' },
  { name: 'active', type: 'boolean' },
  { name: 'hours', type: 'number' },
  { name: 'hiredOn', type: 'date' },
  { name: 'remark', type: 'text' },
];

export const evidence: Evidence = {
  rows: 200,
  pages: 4,
  calls: 5,
  retries: 1,
  rowsPerPage: [50, 50, 50, 50],
  end: 'short-page',
  announced: 500,
  duplicates: { count: 2, samples: ['E10041', 'E10107'] },
  caps: ['The run stopped at 200 rows, its own limit.'],
  complete: false,
  notes: ['500 rows were announced, 200 were read.'],
  assumed: ['Paging starts at 0, since "zero_based" is not written out.'],
  startedAt: start,
  endedAt: start + 1840,
};

export function request(sequence: number, more: Partial<TraceEntry> = {}): TraceEntry {
  return {
    sequence,
    operation: 'persons_get',
    table: 'persons',
    verb: 'GET',
    url: `http://127.0.0.1:7411/api/persons?skip=${String((sequence - 2) * 50)}&take=50`,
    status: 200,
    attempt: 0,
    startedAt: start + sequence * 310,
    milliseconds: 84 + sequence * 3,
    bytes: 18_412,
    requestHeaders: { accept: 'application/json', authorization: 'Bearer ***' },
    responseHeaders: { 'content-type': 'application/json; charset=utf-8', 'x-total-count': '500' },
    responseBody: JSON.stringify({
      total: 500,
      items: [{ employeeNumber: 'E10001', firstName: 'נועה', active: true, hours: 38.5, manager: null, remark: hostile }],
    }),
    ...more,
  };
}

export const requests: readonly TraceEntry[] = [
  request(1, {
    operation: 'authenticate',
    verb: 'POST',
    url: 'http://127.0.0.1:7412/token',
    requestBody: 'grant_type=client_credentials&client_id=sollist&client_secret=***',
    bytes: 412,
    responseBody: '{"access_token":"***","expires_in":3600}',
  }),
  request(2),
  request(3, { status: 503, responseBody: 'Service Unavailable', bytes: 19, responseHeaders: { 'retry-after': '1' } }),
  request(4, { attempt: 1, url: 'http://127.0.0.1:7411/api/persons?skip=50&take=50' }),
  request(5, { url: 'http://127.0.0.1:7411/api/persons?skip=100&take=50' }),
  request(6, { url: 'http://127.0.0.1:7411/api/persons?skip=150&take=50' }),
];

const dryRun: DryRunReport = {
  system: 'HR',
  table: 'persons',
  startedAt: start,
  endedAt: start + 1840,
  limits: { rows: 200, calls: 20 },
  outcome: { system: 'HR', table: 'persons', state: 'collected', evidence },
  rowSet: { columns, rows: Array.from({ length: 200 }, (_, index) => person(index)), total: 200 },
  requests,
};

const failedDryRun: DryRunReport = {
  ...dryRun,
  outcome: {
    system: 'HR',
    table: 'persons',
    state: 'failed',
    error: {
      code: 'http-status',
      message:
        'HR answered 503 Service Unavailable to persons_get three times; the table in the vault is as it was. Try again later, or raise "retry" in the connector.',
      subject: 'connectors/HR.json',
    },
  },
  rowSet: { columns, rows: [], total: 0 },
  requests: [...requests.slice(0, 3), request(4, { status: 503, attempt: 1, responseBody: 'Service Unavailable', bytes: 19 })],
};

function change(index: number, more: Partial<PlannedChange> = {}): PlannedChange {
  const [first, last] = people[index % people.length] ?? people[0];
  const key = `E${String(10_000 + index)}`;
  return {
    kind: 'update',
    key,
    display: `${first} ${last}`,
    attributes: [
      { name: 'title', from: 'Engineer', to: 'Lead engineer' },
      { name: 'department', from: null, to: 'Research & Development' },
      { name: 'remark', from: 'kept', to: hostile },
    ],
    reasons: [
      `${key} is in the filter Staff: HR.persons.status is active`,
      `Directory.users has ${key} as externalId`,
      'title differs, department differs',
    ],
    request: {
      verb: 'PATCH',
      url: `http://127.0.0.1:7421/scim/v2/Users/${key}`,
      headers: { 'content-type': 'application/scim+json', authorization: 'Bearer ***' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: 'Lead engineer' }],
      }),
    },
    ...more,
  };
}

const blockedChange: PlannedChange = {
  kind: 'update',
  key: 'E10002',
  display: 'Ömer Yıldız',
  attributes: [{ name: 'userName', from: 'oyildiz', to: null }],
  reasons: ['E10002 is in the filter Staff'],
  blocked: 'userName is mandatory in users_update and has no value: give HR.persons a mail, or map another column.',
};

const preview: MappingPreview = {
  plan: {
    mapping: 'Update accounts',
    filter: 'Staff',
    system: 'Directory',
    table: 'users',
    operation: 'users_update',
    kind: 'update',
    changes: [change(0), change(1), blockedChange, ...Array.from({ length: 30 }, (_, index) => change(index + 3))],
    unchanged: 431,
    leftAlone: 12,
    notes: ['Directory.users holds externalId E10107 twice: neither row is planned.'],
  },
  restsOn: [
    { system: 'HR', table: 'persons', rows: 500, collectedAt: '2026-11-21T19:02:11.000Z', complete: true, notes: [] },
    {
      system: 'Directory',
      table: 'users',
      rows: 463,
      collectedAt: '2026-11-20T06:10:00.000Z',
      complete: false,
      notes: ['The last page was cut by a limit of 463 rows.'],
    },
  ],
  assumed: ['An empty source value leaves the attribute alone.'],
  guards: [
    {
      subject: 'mapping Update accounts',
      kind: 'update',
      count: 33,
      base: 463,
      threshold: { count: 200, percent: 30 },
      tripped: false,
      message: '33 updates, below 200 and 30 %',
    },
    {
      subject: 'mapping Update accounts',
      kind: 'delete',
      count: 60,
      base: 463,
      threshold: { count: 25, percent: 5 },
      tripped: true,
      message: '60 deletes exceed the guard of 25 (5 % of 463): look at Staff before going on.',
    },
  ],
};

function removal(index: number, attributes: PlannedChange['attributes']): PlannedChange {
  const key = `E${String(10_000 + index)}`;
  const request = { verb: 'DELETE', url: `http://127.0.0.1:7421/scim/v2/Users/${key}`, headers: { authorization: 'Bearer ***' } };
  return change(index, { kind: 'delete', attributes, reasons: [`${key} is in no row of the filter Staff`], request });
}

/** A preview of deletes; `attributes` as older engines send them. */
const deletes: MappingPreview = {
  ...preview,
  guards: [],
  plan: {
    ...preview.plan,
    mapping: 'Remove accounts',
    operation: 'users_delete',
    kind: 'delete',
    changes: [removal(0, [{ name: 'id', from: 'u-0032', to: null }]), removal(1, [])],
  },
};

function filterReport(rows: number): FilterReport {
  return {
    filter: 'Staff of department',
    milliseconds: 38,
    rowSet: { columns, rows: Array.from({ length: rows }, (_, index) => person(index)), total: rows },
    sql: 'select "p"."employeeNumber" as "personId",\n       "p"."lastName" as "lastName"\nfrom   "HR.persons" as "p"\nwhere  "p"."status" = ?1\norder by "p"."lastName"',
  };
}

export const outcomes = {
  dryRun: { kind: 'dry-run', report: dryRun },
  failedDryRun: { kind: 'dry-run', report: failedDryRun },
  mapping: { kind: 'mapping', preview },
  deletes: { kind: 'mapping', preview: deletes },
  filter: { kind: 'filter', report: filterReport(10_000), parameters: { department: 'IT', me: 'Administrator' } },
} as const satisfies Record<string, RunOutcome>;

let lastId = 0;

/** A page around an outcome. */
export function pageOf(body: RunPage['body'], more: Partial<RunPage> = {}): RunPage {
  lastId += 1;
  const headings = {
    'dry-run': 'Dry run of HR.persons',
    mapping: 'Preview of Update accounts',
    filter: 'Rows of Staff of department',
    running: 'Dry run of HR.persons',
    'not-run': 'Rows of Staff of department',
    failed: 'Dry run of HR.persons',
    cancelled: 'Dry run of HR.persons',
    collection: 'Collection of HR',
    comparison: 'HR.persons, two runs',
    rehearsal: 'Rehearsal of HR',
  };
  return {
    id: lastId,
    heading: headings[body.kind],
    workspace: 'sample',
    environment: 'test',
    startedAt: start,
    ...(body.kind !== 'running' && { endedAt: start + 1840 }),
    pinned: false,
    offers: [],
    body,
    ...more,
  };
}
