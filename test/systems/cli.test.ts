import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import type { Plan } from '../../engine/run/plan/plan.ts';
import type { RoleReport } from '../../engine/run/roles/role-report.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import collectionSchema from '../../schemas/collection-report.schema.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import roleSchema from '../../schemas/role-report.schema.json' with { type: 'json' };
import { type Outcome, runCommand } from '../support/command-line.ts';

let systems: SampleSystems;
let collected: string;
let workspace: string;
const folders: string[] = [];
const seen: string[] = [];
const wrong = 'quite-the-wrong-secret';

beforeAll(async () => {
  systems = await startSampleSystems();
  collected = copy(join(import.meta.dirname, '../../examples/workspace'));
  rmSync(join(collected, '.sollist'), { recursive: true, force: true });
  for (const system of ['hr', 'directory'])
    expect(await sollist(['collect', system], { cwd: collected })).toMatchObject({ code: 0, err: '' });
});

beforeEach(() => {
  workspace = copy(collected);
});

afterEach(() => {
  systems.hr.faults.clear();
  systems.directory.faults.clear();
});

afterAll(async () => {
  await systems.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function copy(from: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-cli-'));
  folders.push(folder);
  cpSync(from, folder, { recursive: true });
  return folder;
}

/** Runs a command line in this process, in the environment `elsewhere` unless told otherwise. */
async function sollist(
  args: readonly string[],
  given: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly environment?: string | null;
    readonly colour?: boolean;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Outcome> {
  const environment = given.environment === undefined ? 'elsewhere' : given.environment;
  const outcome = await runCommand([...args, ...(environment === null ? [] : ['--environment', environment])], {
    env: {
      HR_ADDRESS: systems.hr.address,
      DIRECTORY_ADDRESS: systems.directory.address,
      HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
      DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
      ...given.env,
    },
    cwd: given.cwd ?? workspace,
    colour: given.colour ?? false,
    signal: given.signal ?? new AbortController().signal,
  });
  seen.push(outcome.out, outcome.err);
  return outcome;
}

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(join(workspace, path), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(workspace, path), after);
}

/** The rows of a table as the command line sees them. */
async function rowsOf(table: string, column: string): Promise<number> {
  writeFileSync(join(workspace, 'filters/Count.filter'), `select t.${column} from ${table} as t\n`);
  return (JSON.parse((await sollist(['filter', 'Count', '--format', 'json'])).out) as unknown[]).length;
}

/** One sentence or two that a person can act on. */
function expectSentence(text: string): void {
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text).toMatch(/^\S.{20,500}([.?]|The answer says: .+)\n$/);
}

describe('check', () => {
  test('a sound workspace ends with 0', async () => {
    expect(await sollist(['check'])).toEqual({ code: 0, out: '21 files checked: nothing wrong.\n', err: '' });
    expect(await sollist(['check', '--quiet'])).toEqual({ code: 0, out: '', err: '' });
  });

  test('problems end with 1, in every format', async () => {
    edit('connectors/directory.json', (text) => text.replace('"iterator": "id"', '"iterator": "groupId"'));
    edit('mappings/New accounts.json', (text) =>
      text.replace('"column": "userName"', '"column": "userNam"').replace('"user_create"', '"user_crate"'),
    );
    const text = await sollist(['check']);
    expect(text.code).toBe(1);
    expect(text.out).toContain('Did you mean "userName"?');
    expect(text.out).toMatch(/\n21 files checked: \d+ errors\.\n$/);

    const json = await sollist(['check', '--format', 'json']);
    const problems = JSON.parse(json.out) as Record<string, string | number>[];
    expect(json.code).toBe(1);
    for (const problem of problems) {
      expect(Object.keys(problem)).toEqual(['file', 'line', 'column', 'endLine', 'endColumn', 'severity', 'code', 'message']);
      for (const name of ['line', 'column', 'endLine', 'endColumn']) expect(problem[name]).toBeGreaterThanOrEqual(1);
    }
    const keys = problems.map(({ file, line, column, code }) => [file, line, column, code] as [string, number, number, string]);
    const sorted = keys.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2] || (a[3] < b[3] ? -1 : 1)));
    expect(keys).toEqual(sorted);
    const first = problems.find(({ code }) => code === 'unknown-filter-column');
    const line = readFileSync(join(workspace, 'mappings/New accounts.json'), 'utf8').split('\n')[Number(first?.['line']) - 1] ?? '';
    expect(line.slice(Number(first?.['column']) - 1, Number(first?.['endColumn']) - 1)).toBe('"userNam"');

    const sarif = JSON.parse((await sollist(['check', '--format', 'sarif'])).out) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0]?.results).toHaveLength(problems.length);
    const github = (await sollist(['check', '--format', 'github'])).out.trim().split('\n');
    expect(github).toHaveLength(problems.length);
    for (const one of github) expect(one).toMatch(/^::(error|warning|notice) file=[^:]+,line=\d+,.*title=[\w-]+::.+/);
  });

  test('the public connectors are checked within two seconds', async (context) => {
    const corpus = process.env['SOLLIST_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus');
    if (!existsSync(corpus)) {
      console.log(`skipped: no corpus of connectors at ${corpus}; name one with SOLLIST_CORPUS`);
      context.skip(`no corpus at ${corpus}`);
    }
    const startedAt = performance.now();
    const result = await sollist(['check', corpus, '--format', 'json'], { environment: null });
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect([0, 1]).toContain(result.code);
    expect(result.err).toBe('');
    expect(Array.isArray(JSON.parse(result.out))).toBe(true);
  });
});

describe('collect', () => {
  test('as text, as a record, and quietly', async () => {
    const text = await sollist(['collect', 'directory']);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/✓ {2}users +482 +5 {2}complete/);
    const json = await sollist(['collect', 'hr', '--table', 'departments', '--format', 'json']);
    expectValid(collectionSchema, json.out);
    expect((JSON.parse(json.out) as CollectionReport).tables).toMatchObject([
      { table: 'departments', state: 'collected', evidence: { complete: true } },
    ]);
    expect(await sollist(['collect', 'directory', '--quiet'])).toMatchObject({ code: 0, err: '' });
  });

  test('a limit makes the tables incomplete, and then nothing is deleted or removed', async () => {
    const limited = await sollist(['collect', 'directory', '--limit', '300']);
    expect(limited.code).toBe(0);
    expect(limited.out).toMatch(/at most 300 rows a table/);
    expect(limited.out).toMatch(/! {2}users +300 .*not proven complete: \S/);
    const planned = await sollist(['plan', '--mapping', 'Accounts of leavers', '--roles', 'development', '--format', 'json']);
    const plan = JSON.parse(planned.out) as Plan;
    expectValid(planSchema, planned.out, roleSchema);
    expect(plan.mappings[0]?.changes.length).toBeGreaterThan(0);
    for (const change of plan.mappings[0]?.changes ?? [])
      expect(change).toMatchObject({ blocked: expect.stringContaining('directory.users is not proven complete') as string });
    const removals = plan.roles
      .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
      .filter(({ change }) => change === 'remove');
    expect(removals.length).toBeGreaterThan(0);
    for (const { blocked, request } of removals) expect([blocked !== undefined, request]).toEqual([true, undefined]);
    const text = await sollist(['plan', '--mapping', 'Accounts of leavers']);
    expect(text.out).toContain('directory.users is not proven complete');
    expect(text.err).toContain('0 changes planned; nothing was sent.');
    const allowed = await sollist([
      'plan',
      '--mapping',
      'Accounts of leavers',
      '--allow-incomplete',
      'directory.users',
      '--format',
      'json',
    ]);
    expect((JSON.parse(allowed.out) as Plan).mappings[0]?.changes.every(({ blocked }) => blocked === undefined)).toBe(true);
  });

  test.each([
    ['wrong secret', { env: { HR_CLIENT_SECRET: wrong } }, 'hr', /hr: .*(secret|client)/],
    ['wrong password', { env: { DIRECTORY_PASSWORD: wrong } }, 'directory', /directory: .*(password|user)/],
    ['server down', { env: { DIRECTORY_ADDRESS: '127.0.0.1:9' } }, 'directory', /nothing answers at http:\/\/127\.0\.0\.1:9/],
  ] as const)('%s: one sentence, exit code 2, the tables as they were', async (_, given, system, message) => {
    edit(`connectors/${system}.json`, (text) => text.replaceAll('"waitTime": 1', '"waitTime": 0'));
    const failed = await sollist(['collect', system], given);
    expect(failed.code).toBe(2);
    expect(failed.out).toMatch(/✗ .*failed; the table is as it was/);
    const sentence = failed.out.slice(failed.out.indexOf('\n\n') + 2);
    expectSentence(sentence);
    expect(sentence).toMatch(message);
    // Where the result is for a program, the sentence goes to the person.
    expectSentence((await sollist(['collect', system, '--format', 'json'], given)).err);
    expect(await rowsOf('hr.persons', 'id')).toBe(500);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a 500 in the middle of a table', async () => {
    systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'status', status: 500, body: { detail: 'boom' } } });
    const failed = await sollist(['collect', 'directory']);
    expect(failed.code).toBe(2);
    expect(failed.out).toMatch(/✗ {2}users .*failed; the table is as it was/);
    expect(failed.out).toMatch(/✓ {2}groups/);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(failed.out).toContain('500');
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a connection that hangs', async () => {
    edit('connectors/directory.json', (text) =>
      text.replace('"socket_timeout": 30000', '"socket_timeout": 300').replaceAll('"waitTime": 1', '"waitTime": 0'),
    );
    systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'hang' } });
    const failed = await sollist(['collect', 'directory']);
    expect(failed.code).toBe(2);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(failed.out).toContain('took too long to answer');
    expect(failed.out).toMatch(/· {2}groups .*not tried; the table is as it was/);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a server that stops in the middle of a collection', async () => {
    await using own = await ownSystems();
    edit('connectors/directory.json', (text) => text.replaceAll('"waitTime": 1', '"waitTime": 0'));
    own.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'stop' } });
    const failed = await sollist(['collect', 'directory'], { env: { DIRECTORY_ADDRESS: own.systems.directory.address } });
    expect(failed.code).toBe(2);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(await rowsOf('directory.users', 'id')).toBe(482);
    expect(await rowsOf('directory.members', 'value')).toBe(1159);
  });

  test('one that is cancelled', async () => {
    systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'hang' } });
    const controller = new AbortController();
    const before = systems.directory.log.length;
    const running = sollist(['collect', 'directory'], { signal: controller.signal });
    await expect.poll(() => systems.directory.log.length - before).toBeGreaterThanOrEqual(3);
    controller.abort();
    const stopped = await running;
    expect(stopped.code).toBe(2);
    expect(stopped.out).toMatch(/users .*cancelled; the table is as it was/);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('secrets come from SOLLIST_SECRET_<NAME>, and are asked for by name', async () => {
    edit('systems/directory.json', (text) => text.replace('{ "env": "DIRECTORY_PASSWORD" }', '{ "secret": "directory-password" }'));
    const missing = await sollist(['collect', 'directory']);
    expect([missing.code, missing.out]).toEqual([2, '']);
    expectSentence(missing.err);
    expect(missing.err).toContain('SOLLIST_SECRET_DIRECTORY_PASSWORD');
    expect(
      await sollist(['collect', 'directory'], { env: { SOLLIST_SECRET_DIRECTORY_PASSWORD: sampleSecrets.directoryPassword } }),
    ).toMatchObject({ code: 0 });
  });
});

describe('filter', () => {
  test('rows as text and as JSON, with parameters', async () => {
    const text = await sollist(['filter', 'Employees', '--limit', '2']);
    expect(text).toMatchObject({ code: 0, err: '2 rows.\n' });
    expect(text.out.split('\n')[0]).toMatch(/^employeeNumber +userName +firstName/);
    const json = JSON.parse(
      (await sollist(['filter', 'Staff of a department', '--param', 'department=Sales', '--format', 'json'])).out,
    ) as object[];
    expect(json.length).toBeGreaterThan(100);
    expect(Object.keys(json[0] ?? {})).toEqual(['employeeNumber', 'displayName', 'department', 'accountId']);
    expect((await sollist(['filter', 'Staff of a department', '--param', 'DEPARTMENT=Nowhere', '--quiet'])).err).toBe('');
  });

  test('its SQL with its values, without a vault, and how SQLite runs it', async () => {
    rmSync(join(workspace, '.sollist'), { recursive: true });
    const sql = await sollist(['filter', 'Leavers with an account', '--param', 'leftSince=2026-01-31', '--sql']);
    expect(sql.code).toBe(0);
    expect(sql.out).toMatch(/^SELECT [\s\S]*-- \?3 = "2026-01-31"\n$/);
    expect(existsSync(join(workspace, '.sollist'))).toBe(false);
    expect((await sollist(['filter', 'Employees', '--explain'], { cwd: collected })).out).toMatch(/SCAN|SEARCH/);
  });

  test('a boolean is true or false', async () => {
    writeFileSync(join(workspace, 'filters/Flags.filter'), 'select u.active from directory.users as u\n');
    const rows = JSON.parse((await sollist(['filter', 'Flags', '--format', 'json'])).out) as { active: unknown }[];
    expect(new Set(rows.map(({ active }) => typeof active))).toEqual(new Set(['boolean']));
  });
});

describe('plan and roles', () => {
  test('a plan: its record, its file, its exit codes', async () => {
    const planned = await sollist(['plan', '--format', 'json', '--out', 'kept.json']);
    expect(planned.code).toBe(0);
    expectValid(planSchema, planned.out, roleSchema);
    expect(readFileSync(join(workspace, 'kept.json'), 'utf8')).toBe(planned.out);
    expect((await sollist(['plan', '--format', 'json'])).out).toBe(planned.out);
    expect((JSON.parse(planned.out) as Plan).mappings.map(({ mapping }) => mapping)).toEqual([
      'Accounts of leavers',
      'Changed accounts',
      'New accounts',
    ]);
    expect((await sollist(['plan', '--exit-code'])).code).toBe(4);
    edit('sollist.json', (text) => text.replace('"create": { "count": 50', '"create": { "count": 1'));
    const stopped = await sollist(['plan', '--exit-code', '--format', 'json']);
    expect(stopped.code).toBe(3);
    expectSentence(stopped.err);
    expect(stopped.err).toContain('The guard stops mapping New accounts');
  });

  test('a role report: its record, a part of it, and the guard of a group', async () => {
    const whole = await sollist(['roles', 'development', '--format', 'json']);
    expect(whole.code).toBe(3);
    expectValid(roleSchema, whole.out);
    const report = JSON.parse(whole.out) as RoleReport;
    expect(report.groups.map(({ display }) => display)).toEqual(['All Staff', 'IT', 'Sales']);
    const it = await sollist(['roles', 'development', '--group', 'IT']);
    expect(it.code).toBe(0);
    expect(it.out).toContain('soll: role IT, by the filter Staff of a department with department = "IT"');
    expect(it.out).not.toContain('The guard stops');
    const member = report.groups[0]?.members[0]?.member ?? '';
    const one = JSON.parse((await sollist(['roles', 'development', '--member', member, '--format', 'json'])).out) as RoleReport;
    expect(new Set(one.groups.flatMap(({ members }) => members.map((line) => line.member)))).toEqual(new Set([member]));
    expect((await sollist(['roles', 'development', '--role', 'Sales'])).out).not.toContain('All Staff directory');
  });
});

describe('what cannot run: one sentence, exit code 2, nothing on stdout', () => {
  test.each([
    ['a command that is none', ['chek'], 'There is no command "chek". Did you mean "check"?'],
    ['an option that is none', ['plan', '--mappin', 'x'], 'plan has no option "--mappin". Did you mean "--mapping"?'],
    ['a missing name', ['collect'], 'collect needs the name of a system'],
    ['a name without quotes', ['filter', 'Staff', 'of', 'a', 'department'], 'Put a name with spaces in quotes.'],
    ['an option without its value', ['filter', 'Employees', '--limit'], '--limit needs a value: <rows>.', null],
    ['a format that is none', ['filter', 'Employees', '--format', 'xml'], '--format cannot be "xml". It may be text, json or csv.'],
    ['a limit that is none', ['collect', 'hr', '--limit', '1e3'], '--limit takes a whole number from 1, but got "1e3".'],
    ['a limit of nothing', ['filter', 'Employees', '--limit', '0'], '--limit takes a whole number from 1'],
    ['an unknown system', ['collect', 'hrr'], 'There is no system "hrr" in systems/. Did you mean "hr"?'],
    ['an unknown table', ['collect', 'hr', '--table', 'person'], 'Did you mean "persons"?'],
    ['an unknown filter', ['filter', 'Employes'], 'Did you mean "Employees"?'],
    ['an unknown lookup', ['filter', 'Employees[with_acount]'], 'Did you mean "with_account"?'],
    ['an unknown parameter', ['filter', 'Staff of a department', '--param', 'departmet=IT'], 'Did you mean "department"?'],
    [
      'a parameter of another type',
      ['filter', 'Leavers with an account', '--param', 'leftSince=yesterday'],
      "is not a date such as '2026-12-31'",
    ],
    ['a parameter without a value', ['filter', 'Employees', '--param', 'x'], '--param takes name=value, but got "x".'],
    ['a parameter given twice', ['filter', 'Employees', '--param', 'x=1', '--param', 'x=2'], '--param gives "x" twice.'],
    ['an unknown mapping', ['plan', '--mapping', 'New acounts'], 'Did you mean "New accounts"?'],
    ['an unknown role model', ['roles', 'developmnt'], 'Did you mean "development"?'],
    ['an unknown role', ['roles', 'development', '--role', 'sales'], 'Did you mean "Sales"?'],
    ['an unknown group', ['roles', 'development', '--group', 'Sale'], 'Did you mean "Sales"?'],
    ['an unknown member', ['roles', 'development', '--member', 'nobody at all'], 'has or wants a member "nobody at all"'],
    ['a table nothing rests on', ['plan', '--allow-incomplete', 'directory.user'], 'Did you mean "directory.users"?'],
    ['the same for roles', ['roles', 'development', '--allow-incomplete', 'directory.grups'], 'Did you mean "directory.groups"?'],
    ['a file into a folder that does not exist', ['plan', '--out', 'no/such/plan.json'], 'its folder does not exist'],
    ['a file that is a folder', ['plan', '--out', 'filters'], 'that is a folder'],
    ['a workspace that does not exist', ['plan', '--workspace', 'nowhere'], '--workspace: there is no folder'],
    ['an environment that is none', ['plan'], 'sollist.json has no environment "elsewher". Did you mean "elsewhere"?', 'elsewher'],
    ['a path that is none', ['check', 'nope.json'], 'nope.json does not exist.'],
    ['the demo, which needs the repository', ['demo'], 'Run "npm run demo" in a clone of it.', null],
  ] as readonly (
    | readonly [name: string, args: readonly string[], message: string]
    | readonly [name: string, args: readonly string[], message: string, environment: string | null]
  )[])('%s', async (...row) => {
    const [, args, message, environment] = row;
    const failed = await sollist(args, environment === undefined ? {} : { environment });
    expect([failed.code, failed.out]).toEqual([2, '']);
    expectSentence(failed.err);
    expect(failed.err).toContain(message);
  });

  test.each([
    ['no workspace', (folder: string) => rmSync(join(folder, 'sollist.json')), 'plan', 'No sollist.json was found'],
    [
      'a system that is not JSON',
      (folder: string) => writeFileSync(join(folder, 'systems/hr.json'), '{ "connector": "hr", '),
      'collect hr',
      'systems/hr.json:1:',
    ],
    [
      'a connector that is not JSON',
      (folder: string) => writeFileSync(join(folder, 'connectors/hr.json'), 'hello'),
      'collect hr',
      'connectors/hr.json:1:1 must be mended first',
    ],
    [
      'an empty mapping',
      (folder: string) => writeFileSync(join(folder, 'mappings/New accounts.json'), ''),
      'plan',
      'mappings/New accounts.json:1:1 must be mended first',
    ],
    ['settings that are not JSON', (folder: string) => appendFileSync(join(folder, 'sollist.json'), '}'), 'plan', 'sollist.json:'],
    [
      'a filter with an error',
      (folder: string) => writeFileSync(join(folder, 'filters/Employees.filter'), 'select p.id frm hr.persons as p'),
      'plan',
      'filters/Employees.filter:1:',
    ],
    [
      'no vault',
      (folder: string) => rmSync(join(folder, '.sollist'), { recursive: true }),
      'plan',
      'Run "sollist collect directory", "sollist collect hr" and "sollist collect internal" first.',
    ],
    [
      'a vault that is no database',
      (folder: string) => spoil(folder, 'this is no database at all, but a text'.repeat(100)),
      'filter Employees',
      'is damaged or no database',
    ],
    ['a vault that is a folder', (folder: string) => spoil(folder, undefined), 'filter Employees', 'cannot be'],
  ] as readonly (readonly [string, (folder: string) => void, string, string])[])('%s', async (_, breakIt, command, message) => {
    breakIt(workspace);
    const failed = await sollist(command.split(' '));
    expect([failed.code, failed.out]).toEqual([2, '']);
    expectSentence(failed.err);
    expect(failed.err).toContain(message);
  });

  test('an environment variable that is not set', async () => {
    const failed = await sollist(['collect', 'hr'], { env: { HR_CLIENT_SECRET: '' } });
    expect([failed.code, failed.out]).toEqual([2, '']);
    expectSentence(failed.err);
    expect(failed.err).toContain('HR_CLIENT_SECRET is not set');
  });
});

test('every command has help with examples, which ends with 0', async () => {
  const general = await sollist(['-h'], { environment: null });
  expect(general).toMatchObject({ code: 0, err: '' });
  for (const command of ['check', 'collect', 'filter', 'plan', 'roles']) {
    expect(general.out).toContain(`\n  ${command} `);
    const help = await sollist([command, '--help'], { environment: null });
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain(`Examples:\n  sollist ${command}`);
  }
  expect(await sollist([], { environment: null })).toMatchObject({ code: 2, out: '', err: general.out });
});

test('colours come only where they are wanted', async () => {
  const escape = '\u001b[';
  expect((await sollist(['plan'], { colour: true })).out).toContain(escape);
  expect((await sollist(['plan', '--no-color'], { colour: true })).out).not.toContain(escape);
  expect((await sollist(['plan'])).out).not.toContain(escape);
});

describe('what a sceptic tried', () => {
  test('a plan never rests on the data of another environment', async () => {
    const outcome = await sollist(['plan', '--mapping', 'Accounts of leavers'], { environment: null });
    expect(outcome.code).toBe(2);
    expect(outcome.err).toContain('Nothing has been collected yet');
  });

  test('a plan is not written over a file of the workspace', async () => {
    const before = readFileSync(join(workspace, 'sollist.json'), 'utf8');
    expect(await sollist(['plan', '--out', 'sollist.json'])).toMatchObject({
      code: 2,
      err: 'sollist.json belongs to the workspace, so it is not replaced by the plan. Choose another file.\n',
    });
    expect(readFileSync(join(workspace, 'sollist.json'), 'utf8')).toBe(before);
  });

  test.skipIf(process.platform === 'win32')('pipes, links to nothing and links to folders among the files are passed over', async () => {
    symlinkSync('/nowhere/at/all', join(workspace, 'mappings/Gone.json'));
    symlinkSync(workspace, join(workspace, 'mappings/Folder.json'));
    execFileSync('mkfifo', [join(workspace, 'mappings/Pipe.json')]);
    expect(await sollist(['check'])).toMatchObject({ code: 0 });
  });

  test('a credential written into a header of the connector is masked in a plan', async () => {
    edit('connectors/directory.json', (text) =>
      text.replace('"accept":', '"headers": { "X-Api-Key": "literal-key-9999" },\n      "accept":'),
    );
    const outcome = await sollist(['plan', '--requests']);
    expect(outcome.code).toBe(0);
    expect(outcome.out).toContain('x-api-key: ***');
    expect(outcome.out).not.toContain('literal-key');
  });
});

test('nothing was written to a target, and no output held a secret or a stack trace', () => {
  expect([...systems.hr.writes(), ...systems.directory.writes()]).toEqual([]);
  expect(seen.length).toBeGreaterThan(100);
  const everything = seen.join('\n');
  for (const secret of [sampleSecrets.hrClientSecret, sampleSecrets.directoryPassword, wrong]) {
    for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(`sollist:${secret}`).toString('base64')])
      expect(everything).not.toContain(form);
  }
  expect(everything).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  expect(everything).not.toContain('in a way it should not have');
});

function spoil(folder: string, text: string | undefined): void {
  rmSync(join(folder, '.sollist'), { recursive: true });
  mkdirSync(join(folder, '.sollist'));
  if (text === undefined) mkdirSync(join(folder, '.sollist/vault@elsewhere.db'));
  else writeFileSync(join(folder, '.sollist/vault@elsewhere.db'), text);
}

function expectValid(schema: object, text: string, ...others: readonly object[]): void {
  const ajv = new Ajv({ allErrors: true, strict: false });
  for (const other of others) ajv.addSchema(other);
  const validate: ValidateFunction = ajv.compile(schema);
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
}

async function ownSystems(): Promise<AsyncDisposable & { readonly systems: SampleSystems }> {
  const own = await startSampleSystems();
  return { systems: own, [Symbol.asyncDispose]: () => own.stop() };
}
