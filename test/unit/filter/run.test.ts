import { describe, expect, it } from 'vitest';
import { compileText, memoryVault, rowsOf } from './vault.ts';

const vault = memoryVault({
  // employeeNumber firstName lastName mail departmentId status active startDate endDate salary skills changedAt
  'hr.persons': [
    ['1', 'Ada', "O'Neil", 'ada@x.example', 3, 'active', 1, '2020-01-01', '2026-05-17', 100, '["SQL","JSON"]', '2026-05-10T08:00:00Z'],
    ['2', 'Bea', 'MÜLLER', 'BEA@TEST.EXAMPLE', 2, 'active', 1, '2021-01-01', '2026-05-18', 200, '[]', '2026-05-10 23:59:59'],
    ['3', 'Cem', 'müller', '', null, 'left', 0, '2019-01-01', null, null, null, null],
    ['4', 'Dua', 'Straße', null, 9, null, 0, '2022-06-01', '', 50, 'no json', '2026-05-11T00:00:00Z'],
    ['5', 'Eli', '100%_[a]', 'eli@x.example', 6, 'active', 1, null, '2026-05-09T10:00:00', 7, '["sql"]', null],
  ],
  // 1 root; 2 and 3 below each other; 6 and 7 a cycle; 8 with a missing parent
  'hr.departments': [
    [1, 'All', null, '1'],
    [2, 'IT', 1, '2'],
    [3, 'Dev', 2, null],
    [6, 'Hen', 7, null],
    [7, 'Egg', 6, null],
    [8, 'Lost', 99, null],
  ],
  'directory.users': [
    ['u1', 'ada', '1', null, 1],
    ['u2', 'bea', '2', null, 0],
    ['u9', 'nobody', null, null, 1],
  ],
  'directory.groups': [
    ['g1', 'Staff'],
    ['g2', 'Admins'],
  ],
  'directory.members': [
    ['g1', 'u1'],
    ['g2', 'u1'],
    ['g1', 'u2'],
  ],
});
const rows = (text: string, options?: Parameters<typeof compileText>[1]): unknown[][] => rowsOf(vault, text, options);
const persons = (condition: string, options?: Parameters<typeof compileText>[1], before = ''): string =>
  rows(`${before} select employeeNumber from hr.persons p where ${condition} order by 1`, options).flat().join('');

describe('joins', () => {
  it('joins over the relation that is meant', () => {
    expect(rows('select p.employeeNumber, d.name from hr.persons p join hr.departments d order by 1')).toEqual([
      ['1', 'Dev'],
      ['2', 'IT'],
      ['5', 'Hen'],
    ]);
  });
  it('keeps the rows without a match in a left join', () => {
    expect(rows('select p.employeeNumber, u.userName from hr.persons p left join directory.users u order by 1')).toEqual([
      ['1', 'ada'],
      ['2', 'bea'],
      ['3', null],
      ['4', null],
      ['5', null],
    ]);
  });
  it('keeps only the rows without a match in an anti join', () => {
    expect(
      rows(
        'select p.employeeNumber from hr.persons p anti join directory.users u on u.employeeNumber = p.employeeNumber and u.active = true order by 1',
      ).flat(),
    ).toEqual(['2', '3', '4', '5']);
  });
  it('needs at least two matches in a multiple join', () => {
    expect(rows('select distinct u.userName from directory.users u multiple join directory.members m').flat()).toEqual(['ada']);
  });
  it('needs a match with every row in an all join', () => {
    expect(
      rows(`select g.displayName, u.userName from directory.groups g all join directory.users u on u.id <> 'x' and g.id = 'g1' order by 2`),
    ).toEqual([
      ['Staff', 'ada'],
      ['Staff', 'bea'],
      ['Staff', 'nobody'],
    ]);
    expect(rows(`select g.displayName from directory.groups g all join directory.users u on u.id = 'u1'`)).toEqual([]);
  });
  it('needs every row to be linked, joined in brackets or reached in an all join', () => {
    const names = (text: string): string => rows(text).flat().join(' ');
    const linked = 'directory.groups g via directory.members(member, "group")';
    expect(names(`select distinct u.userName from directory.users u all join ${linked}`)).toBe('ada');
    expect(names(`select g.displayName from directory.users u all join ${linked} order by 1`)).toBe('Admins Staff');
    expect(names(`select distinct u.userName from directory.users u all join ${linked} on g.id <> 'g2'`)).toBe('');
    const staff = `(directory.groups g join directory.members m on m."group" = g.id and g.id = 'g1')`;
    expect(names(`select distinct u.userName from directory.users u all join ${staff} on m.member <> u.id`)).toBe('nobody');
    // The anti join says which rows there are to match.
    const notAdmins = `(directory.groups g anti join directory.members m on m."group" = g.id and g.id = 'g2')`;
    expect(names(`select u.userName from directory.users u all join ${notAdmins} via directory.members(member, "group") order by 1`)).toBe(
      'ada bea',
    );
    expect(names('select p.lastName from hr.persons p all join recursive hr.departments d')).toBe('');
    const down =
      'select distinct p.employeeNumber from hr.persons p all join recursive hr.departments d on d.parentId = p.departmentId or d.id > 0';
    expect(names(down)).toBe('1 2 3 4 5');
  });
  it('goes through a link table', () => {
    expect(
      rows(
        'select u.userName, g.displayName from directory.users u left join directory.groups g via directory.members(member, "group") order by 1, 2',
      ),
    ).toEqual([
      ['ada', 'Admins'],
      ['ada', 'Staff'],
      ['bea', 'Staff'],
      ['nobody', null],
    ]);
  });
  it('left-joins brackets as a whole', () => {
    const text = `select p.employeeNumber, g.displayName from hr.persons p
      left join (directory.users u join directory.members m join directory.groups g on g.id = m."group" and g.displayName = 'Admins') on u.employeeNumber = p.employeeNumber
      where p.employeeNumber in ('1', '2') order by 1`;
    expect(rows(text)).toEqual([
      ['1', 'Admins'],
      ['2', null],
    ]);
  });
  it('honours an anti join inside brackets', () => {
    const text = `select p.employeeNumber, u.userName from hr.persons p
      left join (directory.users u anti join directory.members m on m.member = u.id and m."group" = 'g2') on u.employeeNumber = p.employeeNumber
      where p.employeeNumber in ('1', '2') order by 1`;
    expect(rows(text)).toEqual([
      ['1', null],
      ['2', 'bea'],
    ]);
  });
  it('knows whether a left-joined row is there', () => {
    expect(
      rows('select p.employeeNumber, matched(u) as there from hr.persons p left join directory.users u where p.active = true order by 1'),
    ).toEqual([
      ['1', 1],
      ['2', 1],
      ['5', 0],
    ]);
    expect(
      rows(
        `select p.employeeNumber from hr.persons p left join directory.users u where not matched(u) or u.userName = 'ada' order by 1`,
      ).flat(),
    ).toEqual(['1', '3', '4', '5']);
    expect(
      rows(
        'select matched(m), count(*) from directory.users u left join (directory.members m join directory.groups g) on m.member = u.id group by matched(m) order by 1',
      ),
    ).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });
});

describe('join recursive', () => {
  const above = 'select p.employeeNumber, d.name from hr.persons p join recursive hr.departments d';
  it('reaches every parent, itself included, and ends in a cycle', () => {
    expect(rows(`${above} order by 1, 2`)).toEqual([
      ['1', 'All'],
      ['1', 'Dev'],
      ['1', 'IT'],
      ['2', 'All'],
      ['2', 'IT'],
      ['5', 'Egg'],
      ['5', 'Hen'],
    ]);
  });
  it('takes conditions on the joined table for the rows it reaches', () => {
    expect(rows(`${above} on d.id = p.departmentId and d.name = 'IT' order by 1`)).toEqual([
      ['1', 'IT'],
      ['2', 'IT'],
    ]);
  });
  it('stops where a parent is missing', () => {
    expect(rows('select b.name from hr.departments a join recursive hr.departments b on b.id = a.id where a.id = 8').flat()).toEqual([
      'Lost',
    ]);
  });
  it('starts at a row found by another column', () => {
    expect(
      rows(
        'select u.userName, d.name from directory.users u join recursive hr.departments d on d.managerNumber = u.employeeNumber order by 1, 2',
      ),
    ).toEqual([
      ['ada', 'All'],
      ['bea', 'All'],
      ['bea', 'IT'],
    ]);
  });
  it('goes down where the parent column is compared', () => {
    expect(
      rows('select b.name from hr.departments a join recursive hr.departments b on b.parentId = a.id where a.id = 1 order by 1').flat(),
    ).toEqual(['Dev', 'IT']);
    expect(
      rows('select b.name from hr.departments a join recursive hr.departments b on b.parentId = a.id where a.id = 6 order by 1').flat(),
    ).toEqual(['Egg', 'Hen']);
  });
  it('may be a left or an anti join', () => {
    expect(
      rows(
        `select p.employeeNumber, d.name from hr.persons p left join recursive hr.departments d on d.id = p.departmentId and d.name = 'IT' order by 1`,
      ),
    ).toEqual([
      ['1', 'IT'],
      ['2', 'IT'],
      ['3', null],
      ['4', null],
      ['5', null],
    ]);
    expect(
      rows(
        `select p.employeeNumber from hr.persons p anti join recursive hr.departments d on d.id = p.departmentId and d.name = 'IT' order by 1`,
      ).flat(),
    ).toEqual(['3', '4', '5']);
  });
  it('is quick on a large tree', () => {
    const large = memoryVault({
      'hr.departments': Array.from({ length: 5000 }, (_, i) => [i + 1, `d${i + 1}`, i === 0 ? null : i >> 1 || 1, null]),
      'hr.persons': Array.from({ length: 500 }, (_, i) => [String(i), 'a', 'b', null, 4000 + i]),
    });
    const began = performance.now();
    expect(rowsOf(large, `${above} where d.name = 'd1'`)).toHaveLength(500);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('comparisons', () => {
  it('compare text exactly, and without case for all of Unicode where asked', () => {
    expect(persons(`lastName = 'müller'`)).toBe('3');
    expect(persons(`lastName = 'Müller' collate nocase`)).toBe('23');
    expect(persons(`lastName collate nocase <> 'mÜLLER'`)).toBe('145');
    expect(persons(`lastName = 'STRASSE' collate nocase`)).toBe('4');
    expect(persons(`lastName in ('mu\u0308ller', 'x') collate nocase`)).toBe('23');
    expect(persons(`contains(lastName, 'ÜLL') collate nocase`)).toBe('23');
    expect(persons(`lastName = 'O''Neil'`)).toBe('1');
    expect(persons(`lastName = @n`, { parameters: { n: "O'Neil' or '1'='1" } }, 'parameter n text')).toBe('');
  });
  it('find parts of texts and of multi-values', () => {
    expect(persons(`starts_with(lastName, 'O''') or ends_with(lastName, 'ße')`)).toBe('14');
    expect(persons(`ends_with(lastName, 'a longer text than any name')`)).toBe('');
    expect(persons(`contains(skills, 'SQL')`)).toBe('1');
    expect(persons(`exists(skills)`)).toBe('145');
  });
  it('match patterns exactly, signs of other patterns included', () => {
    expect(persons(`lastName like 'm%'`)).toBe('3');
    expect(persons(`lastName like 'm%' collate nocase`)).toBe('23');
    expect(persons(`lastName like '___%_[a]'`)).toBe('5');
    expect(persons(`lastName like '%*%' or lastName like '?%'`)).toBe('');
    expect(persons(`mail not like '%@test.example' collate nocase`)).toBe('135');
    expect(persons(`lastName like lastName`)).toBe('12345');
  });
  it('keep to the logic of null', () => {
    expect(persons(`status <> 'active'`)).toBe('3');
    expect(persons('status is null')).toBe('4');
    expect(persons('exists(mail)')).toBe('125');
    expect(persons('not exists(mail)')).toBe('34');
    expect(persons(`coalesce(status, 'none') not in ('active', 'left')`)).toBe('4');
  });
  it('compare days by the calendar and points in time as such', () => {
    expect(persons('endDate <= today() + 7')).toBe('15');
    expect(persons('endDate < today()')).toBe('5');
    expect(persons('(endDate >= today() or not exists(endDate))')).toBe('1234');
    expect(persons('endDate between today() and today() + 8')).toBe('12');
    expect(persons(`changedAt <= '2026-05-10'`)).toBe('12');
    expect(persons(`changedAt < '2026-05-10T12:00:00Z'`)).toBe('1');
    expect(persons('endDate - today() = @n', { parameters: { n: '8' } }, 'parameter n number')).toBe('2');
    expect(persons('endDate = today() + @n', { parameters: { n: 7 } }, 'parameter n number')).toBe('1');
    expect(persons(`startDate >= @d`, { parameters: { d: '2021-01-01' } }, 'parameter d date')).toBe('24');
    expect(persons('year(startDate) = 2020 and month(startDate) = 1 and day(startDate) = 1')).toBe('1');
  });
  it('count, compute and decide', () => {
    expect(persons('salary between 50 and 100')).toBe('14');
    expect(persons('active')).toBe('125');
    expect(persons('active = false and not (salary is null)')).toBe('4');
    expect(persons(`case status when 'active' then salary * 2 else 0 end > 200`)).toBe('2');
    expect(persons(`-salary < -150 or salary - -1 = 8`)).toBe('25');
    expect(persons(`upper(lastName) = 'MÜLLER' and lower(firstName) = 'cem'`)).toBe('3');
    expect(
      rows(
        `select cast('5' as number) + 1, cast(5 as text) || 'x', cast('TRUE' as boolean), cast('2026-05-10T23:00:00Z' as date), 7 / 2, @n || '' from hr.persons limit 1`.replace(
          /^/,
          'parameter n number default 7 ',
        ),
      ),
    ).toEqual([[6, '5x', 1, '2026-05-10', 3.5, '7']]);
  });
});

describe('the rest of the query', () => {
  it('takes one row per value, the first in the order asked for', () => {
    expect(rows('select distinct on (status) status, employeeNumber from hr.persons order by employeeNumber desc')).toEqual([
      ['active', '5'],
      [null, '4'],
      ['left', '3'],
    ]);
    expect(rows('select distinct on (lastName collate nocase) employeeNumber from hr.persons order by employeeNumber').flat()).toEqual([
      '1',
      '2',
      '4',
      '5',
    ]);
    expect(rows('select distinct active from hr.persons order by active')).toEqual([[0], [1]]);
  });
  it('groups', () => {
    expect(
      rows(
        'select status, count(*) as n, sum(salary), min(lastName), group_concat(distinct active) from hr.persons group by status having count(*) > 1',
      ),
    ).toEqual([['active', 3, 307, '100%_[a]', 'true']]);
    expect(rows('select count(*), count(status), count(distinct status), avg(salary), max(salary) from hr.persons')).toEqual([
      [5, 4, 2, 89.25, 200],
    ]);
    expect(rows('select lower(lastName) as n, count(*) from hr.persons group by n order by 2 desc, 1 limit 1')).toEqual([['müller', 2]]);
  });
  it('looks values up in a table that is not joined', () => {
    const text = `select p.employeeNumber as number from hr.persons p order by 1
      lookup has include number in directory.users.employeeNumber
      lookup not_yet exclude p.employeeNumber in directory.users.employeeNumber`;
    expect(rows(text, { lookup: 'has' }).flat()).toEqual(['1', '2']);
    expect(rows(text, { lookup: 'NOT_YET' }).flat()).toEqual(['3', '4', '5']);
    expect(rows(text)).toHaveLength(5);
    expect(compileText(text, { lookup: 'hat' })).toMatchObject({ codes: ['unknown-lookup'] });
    expect(compileText(text, { lookup: 'has' }).tables).toContainEqual({ system: 'directory', table: 'users' });
    expect(
      rows(`select u.userName from directory.users u lookup x exclude u.employeeNumber in hr.persons.employeeNumber`, {
        lookup: 'x',
      }).flat(),
    ).toEqual(['nobody']);
  });
  it('limits', () => {
    expect(rows('select employeeNumber from hr.persons order by 1 limit 3', { limit: 2 })).toHaveLength(2);
    expect(rows('select employeeNumber from hr.persons limit 0')).toHaveLength(0);
  });
  it('sorts by a constant column without taking it for a place', () => {
    expect(rows('select 9 as nine, count(*) from hr.persons group by nine order by nine')).toEqual([[9, 5]]);
  });
  it('sorts by columns, output names and expressions', () => {
    expect(rows(`select employeeNumber as lastName from hr.persons order by lastName desc limit 1`).flat()).toEqual(['5']);
    expect(rows(`select employeeNumber from hr.persons order by lastName collate nocase, employeeNumber`).flat()).toEqual([
      '5',
      '2',
      '3',
      '1',
      '4',
    ]);
  });
});

describe('parameters of a run', () => {
  const text =
    "parameter n number parameter d date default null parameter s text from session.userName default 'x' select p.mail from hr.persons p where p.salary = @n and p.endDate = @d and p.mail = @s";
  it.each([
    [{}, ['parameter-missing']],
    [{ n: 'five' }, ['value-type']],
    [{ n: true }, ['value-type']],
    [{ n: 1, d: '2026-02-30' }, ['value-type']],
    [{ n: 1, x: 1 }, ['unknown-parameter']],
    [{ N: '1e3', S: "'; drop table x; --" }, []],
    [{ n: null }, []],
  ])('%j', (parameters, codes) => {
    const compiled = compileText(text, { parameters });
    expect(compiled.codes).toEqual(codes);
    expect(compiled.query === undefined).toBe(codes.length > 0);
  });
});
