import { describe, expect, test } from 'vitest';
import { printWhy } from '../../../engine/cli/output/why.ts';
import { choiceOf } from '../../../engine/cli/commands/filter-why.ts';
import { namedFilter } from '../../../engine/run/filter/named-filter.ts';
import { openWith, why } from './support.ts';

const persons = 'select p.employeeNumber as nr, p.lastName as name from hr.persons as p';

describe('a row of an appended filter', () => {
  const active = `${persons} where p.status = 'active'`;

  test('is said to come from every filter that gives it', async () => {
    const others = { More: active };
    const both = await why(`${persons} where p.employeeNumber = '1'\nappend More`, '1', { others });
    expect(both).toMatchObject({
      times: 2,
      sentence: "The row with p.employeeNumber = '1' is there 2 times. It comes from this filter itself and from the appended filter More.",
    });
    const one = await why(`${persons} where p.employeeNumber = '1'\nappend More`, '2', { others });
    expect(one).toMatchObject({
      times: 1,
      sentence: "The row with p.employeeNumber = '2' is there once. It comes from the appended filter More.",
    });
  });

  test('is known by the key of its own start table, where the first filter has no such row', async () => {
    const others = { Accounts: 'select id as nr, userName as name from directory.users' };
    const found = await why(`${persons}\nappend Accounts`, 'u3', { others });
    expect(found).toMatchObject({
      verdict: 'here',
      times: 1,
      subject: "users.id = 'u3'",
      sentence: "The row with users.id = 'u3' is there once. It comes from the appended filter Accounts.",
    });
    expect((await why(`${persons}\nappend Accounts`, '1', { others })).sentence).toBe("The row with p.employeeNumber = '1' is there once.");
  });

  test('falls behind a limit of them all, also where the first filter has no such row', async () => {
    const others = { Accounts: 'select id as nr, userName as name from directory.users' };
    const found = await why(`${persons}\norder by nr\nlimit 2\nappend Accounts`, 'u3', { others });
    expect(found).toMatchObject({ verdict: 'not-here', times: 0 });
    expect(found.sentence).toContain('and the limit is 2.');
  });

  test('is none that has a value in a column the appended filter lacks', async () => {
    const others = { Bare: 'select employeeNumber as nr from hr.persons' };
    const text = `${persons} where p.employeeNumber = '1'\nappend Bare`;
    const own = await why(text, { kind: 'output', values: { nr: '1', name: 'Berg' } }, { others });
    expect(own).toMatchObject({ verdict: 'here', times: 1 });
    expect(own.steps.some(({ kind }) => kind === 'append')).toBe(false);
    const added = await why(text, { kind: 'output', values: { nr: '1', name: null } }, { others });
    expect(added).toMatchObject({ verdict: 'here', times: 1, sentence: expect.stringContaining('the appended filter Bare.') as string });
  });

  test('is none whose script gave another value', async () => {
    const of = (value: string): string =>
      `select employeeNumber as nr, script $$ return '${value}' $$ as mark from hr.persons where employeeNumber = '1'`;
    const asked = (mark: string): ReturnType<typeof why> =>
      why(`${of('own')}\nappend Other`, { kind: 'output', values: { nr: '1', mark } }, { others: { Other: of('other') } });
    expect(await asked('own')).toMatchObject({ times: 1, sentence: "The row with nr = '1' is there once." });
    expect(await asked('other')).toMatchObject({
      times: 1,
      sentence: expect.stringContaining('It comes from the appended filter Other.') as string,
    });
    const none = await asked('else');
    expect(none).toMatchObject({ verdict: 'not-here', times: 0 });
    expect(none.sentence).toContain("mark is 'own' there, not 'else'.");
  });
});

describe('what is said of a step', () => {
  test('booleans are true and false', async () => {
    const found = await why("select p.lastName from hr.persons as p where p.active or p.status = 'x'", '3');
    expect(found.steps.at(-1)).toMatchObject({ rows: [[{ value: false }, { value: 'leaver' }]] });
    expect(found.sentence).toContain("p.active is false, p.status is 'leaver'");
    expect((await why('select p.lastName from hr.persons as p where p.active', '3')).sentence).toMatch(/p\.active is false\.$/);
  });

  test('what a parent brought is written out whole', async () => {
    const others = {
      Base: 'select p.mail from hr.persons as p left join directory.users as u on u.employeeNumber = p.employeeNumber join hr.departments as d',
    };
    const found = await why('extends Base\nselect p.employeeNumber', '1', { others });
    expect(found.steps.map(({ text }) => text)).toEqual([
      'hr.persons as p',
      'left join directory.users as u on u.employeeNumber = p.employeeNumber',
      'join hr.departments as d',
    ]);
  });

  test('each step has a title as its author knows it', async () => {
    const text =
      "select distinct on (p.lastName) p.lastName\nfrom hr.persons as p\nwhere p.active\nexclude when p.mail = ''\norder by lastName\nlimit 7\nappend More";
    const titles = async (filter: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
      printWhy(await why(filter, '1', { others }), false)
        .split('\n')
        .flatMap((line) => /^ {2}[✓✗] (.*)$/.exec(line)?.[1] ?? []);
    expect(await titles(text, { More: 'select p.lastName from hr.persons as p' })).toEqual([
      'from hr.persons as p',
      'p.active',
      "exclude when p.mail = ''",
      'distinct on (p.lastName)',
      'append More',
      'limit 7',
    ]);
    expect(await titles('select p.departmentId, count(*) as n from hr.persons as p group by p.departmentId having count(*) > 1')).toEqual([
      'from hr.persons as p',
      'group by p.departmentId',
      'having count(*) > 1',
    ]);
    expect(await titles('select count(*) as n from hr.persons as p')).toEqual(['from hr.persons as p', 'all rows as one']);
  });

  test('an answer that is not known is said once', async () => {
    const found = await why('select count(*) as n from hr.persons', { kind: 'output', values: { n: 6 } });
    expect(found.verdict).toBe('unknown');
    expect(printWhy(found, false).split('Only columns of scripts')).toHaveLength(2);
  });
});

describe('which row is meant on the command line', () => {
  const choice = (row: string): unknown =>
    choiceOf(namedFilter(openWith({ F: persons.replace('as p', 'as "p q"').replaceAll('p.', '"p q".') }), 'F'), row);

  test('a key, a column, a column of a table, a column of the output', () => {
    expect(choice('7')).toEqual({ kind: 'table', value: '7' });
    expect(choice('mail=a=b')).toEqual({ kind: 'table', column: 'mail', value: 'a=b' });
    expect(choice('p q.mail=x')).toEqual({ kind: 'table', alias: 'p q', column: 'mail', value: 'x' });
    expect(choice('"p q"."mail"=x')).toEqual({ kind: 'table', alias: 'p q', column: 'mail', value: 'x' });
    expect(choice('name=Berg')).toEqual({ kind: 'output', values: { name: 'Berg' } });
    expect(choice('x.mail=1')).toEqual({ kind: 'table', alias: 'x', column: 'mail', value: '1' });
  });

  test('nothing is no row', () => {
    expect(() => choice('')).toThrow(/^Name the row/);
  });
});
