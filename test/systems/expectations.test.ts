import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SystemTest, TestReport } from '../../engine/run/expect/test-report.ts';
import testSchema from '../../schemas/test-report.schema.json' with { type: 'json' };
import { startServer, type TestServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

const token = 'a-token-nobody-may-see';
let server: TestServer;
let workspace: string;
/** What the server sends, and whether it is there. */
let people: object[];
let broken = false;
const folders: string[] = [];
const seen: string[] = [];

beforeAll(async () => {
  server = await startServer(({ path, headers }) => {
    if (broken) return { status: 500, text: 'Out of order' };
    if (headers['x-api-key'] !== token) return { status: 401, text: 'Who are you?' };
    if (path === '/people') return { json: people };
    if (path.startsWith('/people/')) return { json: [{ badge: `${path.split('/')[2] ?? ''}-1`, valid: true }] };
    return { status: 404, text: 'Nothing here' };
  });
});

beforeEach(() => {
  broken = false;
  people = [
    { id: 'p1', name: 'Ada', mail: 'ada@example.test', emails: [{ value: 'ada@home.test' }] },
    { id: 'p2', name: 'Bob', mail: null, emails: [] },
    { id: 'p3', name: 'Cleo', mail: 'cleo@example.test', emails: [{ value: 'a@b.test' }, { value: 'c@d.test' }] },
  ];
  workspace = mkdtempSync(join(tmpdir(), 'sollist-expect-'));
  folders.push(workspace);
  const get = (call: object): object => ({ method: 'get', call, pagination: 'none' });
  writeFiles(workspace, {
    'sollist.json': { name: 'Staff' },
    'connectors/Staff.json': {
      schema: {
        crud_objects: {
          people: {
            operations: { people_get: get({ mode: 'normal', path: '/people' }) },
            key: 'id',
            resources: { id: 'string*', name: 'string*', mail: 'string*', emails: [{ value: 'string*' }] },
          },
          badges: {
            operations: { badges_get: get({ mode: 'iteration', table: 'people', iterator: 'id', path: '/people/{iterator}/badges' }) },
            key: 'badge',
            resources: { badge: 'string*', valid: 'boolean*' },
          },
        },
      },
      rest: { config: { baseUrl: 'http://{host}', headers: { 'X-Api-Key': '{key}' } } },
      connection: {
        items: [
          { name: 'host', type: 'textbox' },
          { name: 'key', type: 'password' },
        ],
      },
    },
    'systems/staff.json': {
      connector: 'Staff',
      connection: { host: server.host, key: { env: 'STAFF_KEY' } },
      tables: { people: { display: 'name' }, people_emails: {}, badges: {} },
    },
  });
});

afterEach(() => {
  // Nothing that was printed may hold the secret.
  expect(seen.splice(0).join('')).not.toContain(token);
});

afterAll(async () => {
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function sollist(...args: readonly string[]): Promise<Outcome> {
  const outcome = await runCommand(args, { env: { STAFF_KEY: token }, cwd: workspace });
  seen.push(outcome.out, outcome.err);
  return outcome;
}

function expectations(tables: object): void {
  writeFiles(workspace, { 'expectations/staff.json': { tables } });
}

async function report(...args: readonly string[]): Promise<TestReport> {
  const { out } = await sollist('test', ...args, '--format', 'json');
  const parsed: unknown = JSON.parse(out);
  const fits = new Ajv({ strict: false }).compile<TestReport>(testSchema);
  expect(fits(parsed), JSON.stringify(fits.errors)).toBe(true);
  return parsed as TestReport;
}

function states({ systems }: TestReport): readonly string[] {
  return systems.flatMap(({ tables }: SystemTest) =>
    tables.flatMap(({ table, expectations: all }) => all.map(({ id, state }) => `${table}/${id} ${state}`)),
  );
}

describe('live', () => {
  test('what holds passes: tables, child tables and iteration, with 0', async () => {
    expectations({
      people: {
        rows: 3,
        complete: true,
        calls: 1,
        columns: ['id', 'name', 'mail'],
        samples: [{ where: { id: 'p2' }, values: { mail: null } }],
      },
      people_emails: { rows: 3, columns: { value: { filled: 1, matches: '@' } } },
      badges: { rows: 3, samples: [{ where: { badge: 'p3-1' }, values: { valid: true } }] },
    });
    const { code, out, err } = await sollist('test', 'staff', '--live');
    expect(out).toMatch(/^staff live in \d+\.\d\d s\n {2}✓ people {2}3 rows, 7 expectations met\n/);
    expect(out).toMatch(/\n11 met\n$/);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('what does not hold is said at its line, with 1; the vault is not touched', async () => {
    expectations({
      people: { rows: { min: 5 }, columns: { mail: { filled: 1 }, name: { unique: true } } },
      badges: { absent: [{ badge: 'p1-1' }] },
    });
    const { code, out } = await sollist('test', '--live');
    expect(code).toBe(1);
    expect(out).toContain('✗ people  3 rows, 2 of 3 failed');
    expect(out).toContain('There are 3 rows; expected: at least 5.\n        expectations/staff.json:4:15\n');
    expect(out).toContain('"mail" has a value in 2 of 3 rows (66.7 %); expected: a value in at least 100 % of the rows.');
    expect(out).toContain('There is a row with badge = "p1-1"; expected none.');
    expect(out).toMatch(/\n1 met, 3 failed\n$/);
    expect(existsSync(join(workspace, '.sollist'))).toBe(false);
  });

  test('as JSON, with places and both sides', async () => {
    expectations({ people: { samples: [{ where: { id: 'p1' }, values: { name: 'Eve' } }] }, badges: { rows: 3 } });
    const found = await report('staff', '--live');
    expect(found.state).toBe('failed');
    expect(found.systems[0]?.source).toEqual({ kind: 'live' });
    expect(states(found)).toEqual(['people/samples/0 failed', 'badges/rows passed']);
    const [failure] = found.systems[0]?.tables[0]?.expectations[0]?.failures ?? [];
    expect(failure).toMatchObject({
      message: 'The row with id = "p1" differs: name is "Ada", not "Eve".',
      expected: JSON.stringify({ id: 'p1', name: 'Eve' }, undefined, 2),
      actual: JSON.stringify({ id: 'p1', name: 'Ada' }, undefined, 2),
    });
    const line = readFileSync(join(workspace, 'expectations/staff.json'), 'utf8').split('\n')[(failure?.place.line ?? 0) - 1];
    expect(line?.slice((failure?.place.column ?? 0) - 1)).toMatch(/^"name": "Eve"/);
  });

  test('only the table that is asked for is called', async () => {
    expectations({ people: { rows: 3 }, badges: { rows: 3 } });
    const before = server.requests.length;
    expect(states(await report('staff', '--live', '--table', 'people'))).toEqual(['people/rows passed']);
    expect(server.requests.slice(before).map(({ path }) => path)).toEqual(['/people']);
    expect(await sollist('test', 'staff', '--live', '--table', 'peple')).toMatchObject({ code: 2 });
    expect(await sollist('test', 'staff', 'staff2', '--table', 'people')).toMatchObject({ code: 2 });
  });

  test('a server that does not do its part is an error with 2, never passed and never failed', async () => {
    expectations({ people: { rows: 0, absent: [{ id: 'p1' }] }, badges: { rows: { max: 10 } } });
    broken = true;
    const found = await report('staff', '--live');
    expect(found.state).toBe('errored');
    expect(states(found)).toEqual(['people/rows errored', 'people/absent/0 errored', 'badges/rows errored']);
    expect(found.systems[0]?.tables.map(({ error }) => error)).toEqual([
      expect.stringContaining('500'),
      expect.stringContaining('Not tried, because people'),
    ]);
    const { code, out } = await sollist('test', 'staff', '--live');
    expect(code).toBe(2);
    expect(out).toMatch(/\n0 met, 3 not judged\n$/);
  });

  test('GitHub shows failures and errors at their lines', async () => {
    expectations({ people: { rows: 5 } });
    const { code, out } = await sollist('test', 'staff', '--live', '--format', 'github');
    expect(code).toBe(1);
    expect(out).toBe(
      '::error file=expectations/staff.json,line=4,endLine=4,col=15,endColumn=16,title=people%3A rows%3A 5::There are 3 rows; expected: 5.\n',
    );
  });

  test('JUnit has a suite a table and a case an expectation, with what XML cannot hold replaced', async () => {
    people = [{ id: '<&"\u0001\ud800', name: 'Ada' }];
    expectations({ people: { rows: 1, columns: { id: { matches: '^p' } } } });
    const { code, out } = await sollist('test', 'staff', '--live', '--format', 'junit');
    expect(code).toBe(1);
    expect(out).toContain('<testsuite name="staff.people" tests="2" failures="1" errors="0"');
    expect(out).toContain('<testcase classname="staff.people" name="rows: 1" file="expectations/staff.json" line="4"></testcase>');
    expect(out).toContain('&lt;&amp;\\&quot;');
    expect(out).not.toMatch(/[\u0000-\u0008\ud800-\udfff]/);
  });
});

describe('what cannot be tested', () => {
  test.each([
    [[], /Nothing is expected of any system yet.*--write/],
    [['staff'], /Nothing is expected of staff yet.*sollist test staff --write/],
    [['stff', '--live'], /There is no system "stff".*Did you mean "staff"/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await sollist('test', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('without a recording nothing passes, nobody is called, and it says how to make one', async () => {
    expectations({ people: { rows: 3 } });
    const before = server.requests.length;
    const { code, out } = await sollist('test', 'staff');
    expect(code).toBe(2);
    expect(out).toContain('Make one with "sollist collect staff --record"');
    expect(states(await report('staff'))).toEqual(['people/rows errored']);
    expect(server.requests.length).toBe(before);
  });

  test('a file with errors is not run on', async () => {
    writeFiles(workspace, { 'expectations/staff.json': '{ "tables": { "people": { "columns": ["nmae"] } } }' });
    const before = server.requests.length;
    const { code, out } = await sollist('test', 'staff', '--live');
    expect(code).toBe(2);
    expect(out).toContain('expectations/staff.json:1:39 must be mended first: "nmae" names no column');
    expect(server.requests.length).toBe(before);
  });

  test('a file of no system is an error of its own; the others are tested all the same', async () => {
    expectations({ people: { rows: 3 } });
    writeFiles(workspace, { 'expectations/stff.json': { tables: { people: { rows: 3 } } } });
    const found = await report('--live');
    expect(found.systems.map(({ system, state }) => `${system} ${state}`)).toEqual(['staff passed', 'stff errored']);
    expect(found.systems[1]?.error?.message).toContain('There is no system "stff" in systems/');
  });

  test('a file that expects nothing does not pass', async () => {
    writeFiles(workspace, { 'expectations/staff.json': '{ "tables": { "people": {} } }' });
    const { code, out } = await sollist('test', 'staff', '--live');
    expect(code).toBe(2);
    expect(out).toContain('expects nothing, so nothing was tested');
  });
});

describe('--write', () => {
  test('writes what the system gives, which then passes and has no problems', async () => {
    const { code, out, err } = await sollist('test', 'staff', '--write', '--live');
    expect({ code, out }).toEqual({ code: 0, out: 'expectations/staff.json: 3 tables\n' });
    expect(err).toContain('then "sollist test staff"');
    const text = readFileSync(join(workspace, 'expectations/staff.json'), 'utf8');
    expect(text).toContain('{ "where": { "id": "p1" }, "values": { "name": "Ada", "mail": "ada@example.test" } }');
    expect(await sollist('test', 'staff', '--live')).toMatchObject({ code: 0 });
    expect(await sollist('check', 'expectations/staff.json')).toMatchObject({ code: 0 });
  });

  test('never writes over a file unless told to, and calls nobody for it', async () => {
    expectations({ people: { rows: 3 } });
    const kept = readFileSync(join(workspace, 'expectations/staff.json'), 'utf8');
    const before = server.requests.length;
    const { code, err } = await sollist('test', 'staff', '--write', '--live');
    expect(code).toBe(2);
    expect(err).toMatch(/is there already and stays as it is.*--force/);
    expect(readFileSync(join(workspace, 'expectations/staff.json'), 'utf8')).toBe(kept);
    expect(server.requests.length).toBe(before);
    expect(await sollist('test', 'staff', '--write', '--live', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(join(workspace, 'expectations/staff.json'), 'utf8')).not.toBe(kept);
  });

  test('a system that gives nothing leaves no file', async () => {
    broken = true;
    const { code, err } = await sollist('test', 'staff', '--write', '--live');
    expect(code).toBe(2);
    expect(err).toContain('500');
    expect(existsSync(join(workspace, 'expectations'))).toBe(false);
    mkdirSync(join(workspace, 'expectations'));
    expect(await sollist('test', '--write')).toMatchObject({ code: 2 });
  });
});

describe('on a recording', () => {
  test('gives the same verdicts without the system', async () => {
    const recorded = await sollist('collect', 'staff', '--record');
    expect(recorded).toMatchObject({ code: 0 });
    // What the system gives now is not asked for.
    people = [];
    expectations({ people: { rows: 3, samples: [{ where: { id: 'p1' }, values: { name: 'Ada' } }] }, badges: { rows: 4 } });
    const before = server.requests.length;
    const found = await report('staff');
    expect(states(found)).toEqual(['people/rows passed', 'people/samples/0 passed', 'badges/rows failed']);
    expect(found.systems[0]?.source).toMatchObject({ kind: 'replay' });
    expect(server.requests.length).toBe(before);
    rmSync(join(workspace, 'expectations'), { recursive: true });
    expect(await sollist('test', 'staff', '--write')).toMatchObject({ code: 0 });
    expect(readFileSync(join(workspace, 'expectations/staff.json'), 'utf8')).toContain('"rows": 3');
    expect(await sollist('test')).toMatchObject({ code: 0 });
    expect(server.requests.length).toBe(before);
  });
});

test('a folder of files needs no recording: the files are as good as one', async () => {
  writeFiles(workspace, {
    'systems/payroll.json': { files: { folder: 'data' }, tables: { staff: { key: 'nr' } } },
    'data/staff.csv': 'nr;name\n1;Ada\n2;Bob\n',
    'expectations/payroll.json': {
      tables: { staff: { rows: 2, complete: true, columns: ['nr', 'name'], samples: [{ where: { nr: '2' }, values: { name: 'Eve' } }] } },
    },
  });
  const found = await report('payroll');
  expect(states(found)).toEqual([
    'staff/rows passed',
    'staff/complete passed',
    'staff/columns/nr passed',
    'staff/columns/name passed',
    'staff/samples/0 failed',
  ]);
  expect(found.systems[0]?.source).toEqual({ kind: 'files', folder: 'data' });
  expect(await sollist('test', 'payroll', '--write', '--force')).toMatchObject({ code: 0 });
  expect(await sollist('test', 'payroll')).toMatchObject({ code: 0 });
  expect(await sollist('check')).toMatchObject({ err: '' });
});
