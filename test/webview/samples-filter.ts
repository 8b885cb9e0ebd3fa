import type { FilterReport } from '../../engine/host/protocol.ts';
import type { FilterEffect, FilterExplanation, FilterWhy, WhyStep } from '../../engine/run/filter/filter-report.ts';
import type { FilterFrame } from '../../client/webviews/run/filter/questions.ts';
import type { RunOutcome } from '../../client/webviews/run/messages.ts';
import { columns, hostile, outcomes, person } from './samples.ts';
import { comparison } from './samples-runs.ts';

/** Parameters of every type, and of every source. */
export const frame: FilterFrame = {
  filter: 'Staff of department',
  parameters: [
    { name: 'department', type: 'text', default: 'IT' },
    { name: 'hours', type: 'number', default: 8 },
    { name: 'active', type: 'boolean', default: true },
    { name: 'leftSince', type: 'date', default: '2026-08-01' },
    { name: 'changedAfter', type: 'datetime', default: '2026-01-01T00:00:00Z' },
    { name: 'me', type: 'text', default: 'Administrator', session: 'userName', sessionValue: 'u.ohara' },
    { name: 'place', type: 'text', default: 'Zürich', session: 'place' },
  ],
  given: { department: 'Research & Development' },
  tables: [
    { alias: 'p', system: 'HR', table: 'persons', key: 'employeeNumber' },
    { alias: 'd', system: 'HR', table: 'departments', key: 'id' },
    { alias: 'a', system: 'Directory', table: 'users' },
  ],
};

const restsOn: NonNullable<FilterReport['restsOn']> = [
  { system: 'HR', table: 'persons', rows: 500, collectedAt: '2026-11-21T19:02:11.000Z', complete: true, notes: [] },
  {
    system: 'Directory',
    table: 'users',
    rows: 463,
    collectedAt: '2026-11-20T06:10:00.000Z',
    complete: false,
    notes: ['The last page was cut by a limit of 463 rows.'],
  },
];

const report: FilterReport = {
  filter: frame.filter,
  milliseconds: 138,
  firstRowMilliseconds: 6,
  rowSet: { columns, rows: Array.from({ length: 400 }, (_, index) => person(index)), total: 31_412 },
  sql: outcomes.filter.report.sql,
  key: 'employeeNumber',
  restsOn,
  parameters: [
    { name: 'department', type: 'text', value: 'Research & Development', from: 'given' },
    { name: 'hours', type: 'number', value: 8, from: 'default' },
    { name: 'me', type: 'text', value: 'u.ohara', from: 'session', session: 'userName' },
    { name: 'place', type: 'text', value: 'Zürich', from: 'default', session: 'place' },
  ],
};

const whole = restsOn.map((basis) => ({ ...basis, complete: true, notes: [] }));

export const filters = {
  /** Of data that is not complete. */
  rows: { kind: 'filter', report, parameters: frame.given },
  whole: { kind: 'filter', report: { ...report, restsOn: whole }, parameters: frame.given },
  problems: {
    kind: 'filter',
    report: {
      ...report,
      problems: {
        count: 3,
        rows: [
          { row: 2, message: "Script shortName: TypeError: cannot read property '0' of null, at line 1 of the script." },
          { row: 5, message: `Script shortName: Error: ${hostile}` },
          { row: 9_000, message: 'Script shortName: stopped after 50 ms.' },
        ],
      },
    },
    parameters: frame.given,
  },
  empty: { kind: 'filter', report: { ...report, restsOn: whole, rowSet: { columns, rows: [], total: 0 } }, parameters: frame.given },
  notRun: { kind: 'not-run' },
} as const satisfies Record<string, RunOutcome | { readonly kind: 'not-run' }>;

function step(more: Partial<WhyStep> & Pick<WhyStep, 'kind' | 'sentence' | 'text'>): WhyStep {
  return {
    outcome: 'passed',
    path: 'filters/Staff of department.filter',
    span: { offset: 120, length: more.text.length },
    before: 1,
    after: 1,
    rows: [],
    ...more,
  };
}

const start = step({
  kind: 'start',
  sentence: 'HR.persons has one row with employeeNumber E10001.',
  text: 'HR.persons as p',
  table: { alias: 'p', system: 'HR', table: 'persons' },
  before: 0,
});

const joined = step({
  kind: 'join',
  sentence: 'HR.departments matches 3 times: Development, Research & Development and Company.',
  text: 'join recursive HR.departments as d\n    on d.id = p.departmentId',
  table: { alias: 'd', system: 'HR', table: 'departments' },
  after: 3,
  rows: [
    [
      { text: 'p.departmentId', value: 'D014' },
      { text: 'd.name', value: 'Development', found: true },
    ],
    [
      { text: 'p.departmentId', value: 'D014' },
      { text: 'd.name', value: 'Research & Development', found: true },
    ],
  ],
});

const condition = step({
  kind: 'condition',
  sentence: 'd.name = @department holds for 1 of 3.',
  text: 'd.name = @department',
  holds: 'true',
  before: 3,
  rows: [
    [
      { text: 'd.name', value: 'Research & Development' },
      { text: '@department', value: 'Research & Development' },
    ],
  ],
});

export const whyHere: FilterWhy = {
  filter: frame.filter,
  verdict: 'here',
  sentence: 'The row is here once.',
  subject: 'p.employeeNumber = E10001',
  times: 1,
  steps: [
    start,
    joined,
    condition,
    step({
      kind: 'script',
      sentence: 'The script gave \u2018N. \u05db\u05d4\u05df\u2019.',
      text: "script $$ return p.firstName[0] + '. ' + p.lastName $$ as shortName",
      rows: [[{ text: 'p.firstName', value: 'נועה' }]],
    }),
  ],
  notes: ['It would be here without left join Directory.users as a, too.'],
  parameters: report.parameters ?? [],
  restsOn,
};

export const whyNot: FilterWhy = {
  ...whyHere,
  verdict: 'not-here',
  sentence: 'The row is not here: p.status = \u2018active\u2019 drops it, because p.status is \u2018Active \u2019.',
  times: 0,
  notes: [],
  droppedBy: 2,
  steps: [
    start,
    joined,
    step({
      kind: 'condition',
      outcome: 'dropped',
      sentence: `p.status is "Active ", not "active". ${hostile}`,
      text: "p.status = 'active'",
      holds: 'false',
      before: 3,
      after: 0,
      rows: [
        [
          { text: 'p.status', value: 'Active ' },
          { text: 'p.endDate', value: null },
        ],
      ],
      near: [{ column: 'p.status', value: 'Active ', how: 'blanks-and-case' }],
    }),
  ],
};

export const explanation: FilterExplanation = {
  filter: frame.filter,
  sql: 'select "p"."employeeNumber" as "personId",\n       "p"."lastName" as "lastName"\nfrom   "HR.persons" as "p"\nwhere  "p"."status" = ?\n  and  "d"."name" = ?\norder by "p"."lastName"',
  values: ['active', "Research & D'Angelo", 8, null],
  plan: ['SCAN p USING INDEX persons_status', '  SEARCH d USING PRIMARY KEY (id=?)', 'USE TEMP B-TREE FOR ORDER BY'],
};

export const effect: FilterEffect = {
  filter: frame.filter,
  against: 'HEAD (3f2a1b0)',
  sameText: false,
  alsoChanged: [],
  comparison: {
    ...comparison.comparison,
    before: 'HEAD (3f2a1b0)',
    after: 'the editor',
    notes: ['Only the first 100,000 rows of each side were compared.'],
  },
  milliseconds: 412,
  parameters: report.parameters ?? [],
  restsOn,
};
