import { describe, expect, test } from 'vitest';
import { printWhy } from '../../../engine/cli/output/why.ts';
import { dropOf, why } from './support.ts';

const users = 'select u.userName as login, u.employeeNumber as nr from directory.users as u';

describe('which row a value means', () => {
  test('true is no number: it is the output that has it, and that is named', async () => {
    const rows = { 'hr.departments': [[1, 'IT', null]], 'hr.persons': [['1', 'Ann', 'Berg', null, 1, 'active', 1]] } as const;
    const found = await why('select distinct p.active from hr.persons as p', 'true', { rows });
    expect(found).toMatchObject({
      verdict: 'here',
      times: 1,
      subject: 'active = true',
      sentence: 'The row with active = true is there once.',
    });
    expect((await why('select d.name from hr.departments as d', 'true', { rows })).verdict).toBe('not-here');
    const no = await why('select distinct p.active from hr.persons as p', 'false', { rows });
    expect(no).toMatchObject({ verdict: 'not-here' });
  });

  test('the key, then a column other systems know it by, then the first column of the output', async () => {
    expect(await why(users, 'u3')).toMatchObject({ verdict: 'here', subject: "u.id = 'u3'" });
    expect(await why(users, '3')).toMatchObject({ verdict: 'here', subject: "u.employeeNumber = '3'" });
    expect(await why(users, 'cid')).toMatchObject({ verdict: 'here', subject: "login = 'cid'" });
  });

  test('one that is nowhere is said to be so, with all that was tried', async () => {
    const found = await why(users, 'zzz');
    expect(found).toMatchObject({ verdict: 'not-here', droppedBy: 0, subject: "u.id = 'zzz'" });
    expect(found.notes).toEqual([
      'It was looked for as u.id, as u.employeeNumber and as login of the output. For another column, name it with the value.',
    ]);
    expect((await why(users, 'CID')).sentence).toContain("There is 'cid', the same but for capital letters.");
  });

  test('a key that a condition drops is not looked for elsewhere', async () => {
    const found = await why(`${users} where u.active`, 'u3');
    expect(found).toMatchObject({ verdict: 'not-here', subject: "u.id = 'u3'" });
    expect(dropOf(found).kind).toBe('condition');
  });
});

describe('a row that only an appended filter has', () => {
  const groups = { Groups: 'select displayName as login, null as nr from directory.groups' };
  test.each([
    ['a bare value', { kind: 'table', value: 'VPN' }],
    ['a value of a column', { kind: 'table', column: 'login', value: 'VPN' }],
    ['a row of the output', { kind: 'output', values: { login: 'VPN' } }],
  ] as const)('%s', async (_what, choice) => {
    const found = await why(`${users}\nappend Groups`, choice, { others: groups });
    expect(found).toMatchObject({
      verdict: 'here',
      times: 1,
      sentence: "The row with login = 'VPN' is there once. It comes from the appended filter Groups.",
    });
  });

  test('by a column that the start table has, too', async () => {
    const others = { Groups: 'select id as mail, displayName as nr from directory.groups' };
    const found = await why(
      'select p.mail, p.employeeNumber as nr from hr.persons as p\nappend Groups',
      { kind: 'table', column: 'mail', value: 'g2' },
      { others },
    );
    expect(found).toMatchObject({ verdict: 'here', times: 1, subject: "mail = 'g2'" });
  });
});

describe('a row of a joined table, asked for by the output', () => {
  const text =
    'select p.lastName, u.userName as login from hr.persons as p join directory.users as u on u.employeeNumber = p.employeeNumber and u.active';

  test('the condition of the join that keeps it out', async () => {
    const found = await why(text, { kind: 'output', values: { login: 'bob2' } });
    expect(found).toMatchObject({ verdict: 'not-here', subject: "login = 'bob2'" });
    expect(found.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(['start passed', 'join dropped']);
    expect(found.steps[0]?.sentence).toBe("directory.users (u) has the row with u.userName = 'bob2'.");
    expect(found.sentence).toBe(
      "The row with login = 'bob2' is not there. The join wants u.active, which this row of directory.users (u) does not meet: u.active is false.",
    );
    const printed = printWhy(found, false);
    expect(printed).not.toContain('from directory.users');
    expect(printed).toContain('✓ directory.users as u\n');
  });

  test('no row before it fits, and what nearly does', async () => {
    const found = await why(text, { kind: 'output', values: { login: 'fay' } });
    expect(dropOf(found)).toMatchObject({ kind: 'join', near: [{ column: 'employeeNumber', value: 'E 07 ', how: 'blanks-and-case' }] });
    expect(found.sentence).toContain(
      "No row of the tables before leads to this row of directory.users (u) by u.employeeNumber = p.employeeNumber, where u.employeeNumber is 'e 07'. There is 'E 07 ', the same but for blanks and capital letters.",
    );
  });

  test('a condition on both that fails for those that fit the first', async () => {
    const both = text.replace('u.active', 'u.mail <> p.mail');
    const found = await why(both, { kind: 'output', values: { login: 'ann' } });
    expect(dropOf(found).sentence).toBe(
      "1 row of the tables before meets u.employeeNumber = p.employeeNumber, but the join wants u.mail <> p.mail, too: u.mail is 'ann@school.example', p.mail is 'ann@school.example'.",
    );
  });

  test('a table that has no such row', async () => {
    const found = await why(text, { kind: 'output', values: { login: 'nobody', lastName: 'Berg' } });
    expect(found).toMatchObject({ verdict: 'not-here', droppedBy: 0 });
    expect(found.sentence).toContain("directory.users (u) has no row with u.userName = 'nobody'.");
  });

  test('a parent that joins it: no table is said to be the start that is not', async () => {
    const found = await why(
      'extends Base\nselect u.userName as login',
      { kind: 'table', alias: 'u', value: 'u3' },
      { others: { Base: text } },
    );
    expect(found.steps[0]).toMatchObject({ kind: 'start', text: 'directory.users as u' });
  });
});

describe('what is near', () => {
  const numbers = 'select p.employeeNumber from hr.persons as p';
  const rows = (...own: readonly string[]): { readonly rows: Record<string, readonly (readonly string[])[]> } => ({
    rows: { 'hr.persons': own.map((one) => [one]) },
  });
  test.each([
    ['001008', ['001007'], []],
    ['77', ['7'], []],
    ['1007', ['001007'], [{ value: '001007', how: 'zeros' }]],
    ['e7', ['E7 '], [{ value: 'E7 ', how: 'blanks-and-case' }]],
    ['berg', ['berg2'], []],
    ['begr', ['berg'], [{ value: 'berg', how: 'spelling' }]],
  ])('%j among %j', async (asked, held, near) => {
    const found = await why(numbers, asked, rows(...held));
    expect(dropOf(found).near ?? []).toMatchObject(near);
    expect(dropOf(found).near ?? []).toHaveLength(near.length);
  });
});

test('a join that only the type of a value keeps from matching', async () => {
  const rows = { 'hr.persons': [['1', null, null, null, '1']], 'hr.departments': [[1, 'IT']] };
  const found = await why('select d.name from hr.persons as p join hr.departments as d', '1', { rows });
  expect(dropOf(found)).toMatchObject({ near: [{ column: 'id', value: 1, how: 'type' }] });
  expect(found.sentence).toContain('There is 1, the same but for its type: one is a text, the other a number.');
});

describe('session variables', () => {
  const text = 'parameter who text from session.userName\nselect lastName from hr.persons where lastName = @who';
  test('those given come before the settings, whatever their case', async () => {
    const settings = { name: 'Test', session: { userName: 'Cray' } };
    const found = await why(text, '1', { settings, session: { USERNAME: 'Berg' } });
    expect(found.parameters[0]).toMatchObject({ value: 'Berg', from: 'session' });
  });
});
