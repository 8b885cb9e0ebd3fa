import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectedSamples } from '../support/collected-samples.ts';
import { expectSentence } from '../support/command-line.ts';

const samples = collectedSamples();
const { sollist, expectNothingGivenAway } = samples;

describe('what cannot run: one sentence, exit code 2, nothing on stdout', () => {
  test.each([
    ['a command that is none', ['chek'], 'There is no command "chek". Did you mean "check"?'],
    ['an option that is none', ['plan', '--mappin', 'x'], 'plan has no option "--mappin". Did you mean "--mapping"?'],
    ['a missing name', ['collect'], 'collect needs the name of a system'],
    ['a name without quotes', ['filter', 'Staff', 'of', 'a', 'department'], 'Put a name with spaces in quotes.'],
    ['a command within a command, without its names', ['runs', 'compare'], 'runs compare needs a run.', null],
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
    breakIt(samples.workspace);
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

test('nothing was written to a target, and no output held a secret or a stack trace', () => {
  expectNothingGivenAway(70);
});

function spoil(folder: string, text: string | undefined): void {
  rmSync(join(folder, '.sollist'), { recursive: true });
  mkdirSync(join(folder, '.sollist'));
  if (text === undefined) mkdirSync(join(folder, '.sollist/vault@elsewhere.db'));
  else writeFileSync(join(folder, '.sollist/vault@elsewhere.db'), text);
}
