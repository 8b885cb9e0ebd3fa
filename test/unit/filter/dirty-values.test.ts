import { describe, expect, it } from 'vitest';
import { personRow } from '../../support/person-row.ts';
import { memoryVault, rowsOf } from './vault.ts';

// What systems say where a date, a number or a truth value is expected; SQLite has a meaning for nearly all of it.
const days = ['0', '1', '2030', '12.5', '00:00:00', '23:59', 'now', '20200101', '01.02.2020', '2020-13-01', '2026-02-30', 'n/a', ''];
const numbers = ['n/a', 'unlimited', '007', 'true', '[5]', '', '12345678901234567890'];
const truths = ['yes', 'true', '1', '2', 'n/a', 7];

const row = (employeeNumber: string, active: string | number | null, day: string | null, salary: string | number | null) =>
  personRow({ employeeNumber, firstName: 'a', lastName: 'b', active, startDate: day, endDate: day, salary, changedAt: day });
const vault = memoryVault({
  'hr.persons': [
    row('good', 1, '2026-05-01', 100),
    row('time', 0, '2026-05-01T10:00:00Z', 1.5),
    ...days.map((day, i) => row(`day${i}`, null, day, null)),
    ...numbers.map((number, i) => row(`number${i}`, null, null, number)),
    ...truths.map((truth, i) => row(`truth${i}`, truth, null, null)),
  ],
});
const found = (condition: string): unknown[] =>
  rowsOf(vault, `select employeeNumber from hr.persons p where ${condition} order by 1`).flat();

describe('a value that is not of its column’s type', () => {
  it.each([
    [`endDate < '2026-08-01'`, ['good', 'time']],
    [`endDate > '1000-01-01'`, ['good', 'time']],
    [`endDate <> '2026-08-01'`, ['good', 'time']],
    [`not (endDate = '2026-08-01')`, ['good', 'time']],
    [`endDate <= today()`, ['good', 'time']],
    [`endDate < '2026-08-01' collate nocase`, ['good', 'time']],
    [`endDate between '0001-01-01' and '9999-12-31'`, ['good', 'time']],
    [`endDate not in ('2026-08-01')`, ['good', 'time']],
    [`endDate = startDate and startDate is not null`, ['good', 'time']],
    [`changedAt < '2026-08-01T00:00:00Z'`, ['good', 'time']],
    [`changedAt > '1000-01-01T00:00:00Z'`, ['good', 'time']],
    [`endDate + 1 < '2026-08-01'`, ['good', 'time']],
    [`endDate - today() < 10000`, ['good', 'time']],
    [`today() - endDate > -10000`, ['good', 'time']],
    [`year(endDate) < 3000`, ['good', 'time']],
    [`date(endDate) < '3000-01-01'`, ['good', 'time']],
    [`cast(endDate as date) < '3000-01-01'`, ['good', 'time']],
    [`cast(endDate as datetime) < '3000-01-01'`, ['good', 'time']],
    [`exists(endDate) and coalesce(endDate, today()) <= today()`, ['good', 'time']],
    [`exists(endDate) and case when p.employeeNumber <> 'x' then endDate end < '3000-01-01'`, ['good', 'time']],
  ])('is no day: %s', (condition, expected) => {
    expect(found(condition)).toEqual(expected);
  });

  it.each([
    ['salary > 90', ['good']],
    ['salary > 90 collate nocase', ['good']],
    ['salary < 90', ['time']],
    ['salary <> 5', ['good', 'time']],
    ['not (salary = 5)', ['good', 'time']],
    ['salary = 100', ['good']],
    ['salary not in (5, 6)', ['good', 'time']],
    ['salary between 0 and 1000', ['good', 'time']],
    ['salary not between 200 and 300', ['good', 'time']],
    ['salary + 0 < 1000', ['good', 'time']],
    ['-salary < 5', ['good', 'time']],
    ['abs(salary) < 1000', ['good', 'time']],
    ['round(salary) < 1000', ['good', 'time']],
    ['cast(mail as number) < 5', []],
    ['exists(salary) and coalesce(salary, 99) > 90', ['good']],
    ['exists(salary) and coalesce(nullif(salary, 1), 99) > 90 and salary > 90', ['good']],
    [`case when p.employeeNumber <> 'x' then salary end > 90`, ['good']],
    ['case salary when 100 then 1 else 0 end = 1', ['good']],
  ])('is no number: %s', (condition, expected) => {
    expect(found(condition)).toEqual(expected);
  });

  it.each([
    ['active', ['good']],
    ['not active', ['time']],
    ['active = true', ['good']],
    ['active <> true', ['time']],
    ['not (active = true)', ['time']],
    ['active in (true, false)', ['good', 'time']],
    ['case when active then 1 else 0 end = 1', ['good']],
    [`active and employeeNumber <> 'x'`, ['good']],
    [`not active or employeeNumber = 'x'`, ['time']],
  ])('is no truth value: %s', (condition, expected) => {
    expect(found(condition)).toEqual(expected);
  });

  it('is neither the smallest nor the largest, and adds nothing', () => {
    expect(rowsOf(vault, 'select min(salary), max(salary), sum(salary), avg(salary) from hr.persons')).toEqual([[1.5, 100, 101.5, 50.75]]);
    expect(rowsOf(vault, 'select min(endDate), max(endDate) from hr.persons')).toEqual([['2026-05-01', '2026-05-01T10:00:00Z']]);
    expect(rowsOf(vault, 'select count(salary) from hr.persons having max(salary) > 100')).toEqual([]);
  });

  it('does not come first of the rows with one value', () => {
    expect(rowsOf(vault, 'select distinct on (mail) employeeNumber from hr.persons order by salary desc')).toEqual([['good']]);
    expect(rowsOf(vault, `select distinct on (mail) employeeNumber, salary as s from hr.persons order by s desc`)).toEqual([['good', 100]]);
    // A month 13 is no day either.
    expect(rowsOf(vault, 'select distinct on (firstName) employeeNumber from hr.persons order by endDate desc')).toEqual([['time']]);
  });

  it('is no day where a text is cast', () => {
    for (const text of ['now', '0', '12:00'])
      expect(rowsOf(vault, `select cast(trim(' ${text}') as date), cast('${text}' as date) from hr.persons p limit 1`)).toEqual([
        [null, null],
      ]);
  });

  it('is not cast to a number either', () => {
    expect(
      rowsOf(
        vault,
        `select cast('n/a' as number), cast('' as number), cast('12.5' as number), cast('007' as number)
      from hr.persons limit 1`,
      ),
    ).toEqual([[null, null, 12.5, 7]]);
  });

  it('is still there, as it is', () => {
    expect(found('exists(salary)')).toHaveLength(2 + numbers.length - 1);
    expect(rowsOf(vault, `select salary, endDate from hr.persons p where employeeNumber in ('number0', 'day0') order by 2`)).toEqual([
      ['n/a', null],
      [null, '0'],
    ]);
  });
});

describe('a key that repeats', () => {
  it.each([
    ['as collected', ['a', 'b']],
    ['the other way round', ['b', 'a']],
  ])('leaves the same one row per value: %s', (_, names) => {
    const twice = memoryVault({ 'hr.persons': names.map((name) => ['1', name, 'x']) });
    const filter = 'select distinct on (employeeNumber) firstName from hr.persons order by employeeNumber';
    expect(rowsOf(twice, filter)).toEqual([['a']]);
  });
});
