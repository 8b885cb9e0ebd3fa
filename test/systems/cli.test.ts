import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../engine/run/plan/plan.ts';
import type { RoleReport } from '../../engine/run/roles/role-report.ts';
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import roleSchema from '../../schemas/role-report.schema.json' with { type: 'json' };
import { collectedSamples } from '../support/collected-samples.ts';
import { expectSentence } from '../support/command-line.ts';
import { expectValid } from '../support/expect-valid.ts';

const samples = collectedSamples();
const { sollist, edit, expectNothingGivenAway } = samples;

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
    const line = readFileSync(join(samples.workspace, 'mappings/New accounts.json'), 'utf8').split('\n')[Number(first?.['line']) - 1] ?? '';
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
    rmSync(join(samples.workspace, '.sollist'), { recursive: true });
    const sql = await sollist(['filter', 'Leavers with an account', '--param', 'leftSince=2026-01-31', '--sql']);
    expect(sql.code).toBe(0);
    expect(sql.out).toMatch(/^SELECT [\s\S]*-- \?3 = "2026-01-31"\n$/);
    expect(existsSync(join(samples.workspace, '.sollist'))).toBe(false);
    expect((await sollist(['filter', 'Employees', '--explain'], { cwd: samples.collected })).out).toMatch(/SCAN|SEARCH/);
  });

  test('a boolean is true or false', async () => {
    writeFileSync(join(samples.workspace, 'filters/Flags.filter'), 'select u.active from directory.users as u\n');
    const rows = JSON.parse((await sollist(['filter', 'Flags', '--format', 'json'])).out) as { active: unknown }[];
    expect(new Set(rows.map(({ active }) => typeof active))).toEqual(new Set(['boolean']));
  });
});

describe('plan and roles', () => {
  test('a plan: its record, its file, its exit codes', async () => {
    const planned = await sollist(['plan', '--format', 'json', '--out', 'kept.json']);
    expect(planned.code).toBe(0);
    expectValid(planSchema, planned.out, roleSchema);
    expect(readFileSync(join(samples.workspace, 'kept.json'), 'utf8')).toBe(planned.out);
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
    const before = readFileSync(join(samples.workspace, 'sollist.json'), 'utf8');
    expect(await sollist(['plan', '--out', 'sollist.json'])).toMatchObject({
      code: 2,
      err: 'sollist.json belongs to the workspace, so it is not replaced by the plan. Choose another file.\n',
    });
    expect(readFileSync(join(samples.workspace, 'sollist.json'), 'utf8')).toBe(before);
  });

  test.skipIf(process.platform === 'win32')('pipes, links to nothing and links to folders among the files are passed over', async () => {
    symlinkSync('/nowhere/at/all', join(samples.workspace, 'mappings/Gone.json'));
    symlinkSync(samples.workspace, join(samples.workspace, 'mappings/Folder.json'));
    execFileSync('mkfifo', [join(samples.workspace, 'mappings/Pipe.json')]);
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
  expectNothingGivenAway(60);
});
