import { describe, expect, it } from 'vitest';
import { rowsOfLinked } from './linked-filters.ts';
import { compileText, memoryVault, rowsOf } from './vault.ts';

const vault = memoryVault({
  // employeeNumber firstName lastName mail departmentId status active startDate endDate salary
  'hr.persons': [
    ['1', 'Ada', 'A', null, 3, 'active', 1, null, null, 100],
    ['2', 'Bea', 'B', null, 3, 'left', 0, null, null, 50.5],
    ['3', 'Cem', 'A', null, 3, null, null, null, null, 4],
    ['4', 'Dua', 'B', null, 3, null, 'perhaps', null, null, null],
  ],
});
const first = (what: string, options?: Parameters<typeof compileText>[1], before = ''): unknown =>
  rowsOf(vault, `${before} select ${what} as x from hr.persons order by employeeNumber limit 1`, options).flat()[0];
const overall = (what: string): unknown => rowsOf(vault, `select ${what} from hr.persons`).flat()[0];
const all = (what: string): unknown[] => rowsOf(vault, `select ${what} as x from hr.persons p order by employeeNumber`).flat();

describe('a division', () => {
  it('is one of numbers, whole or not', () => {
    expect([first('7 / 2'), first('7 / -2'), first('7.5 / 2.5'), first('1 / 4 * 4')]).toEqual([3.5, -3.5, 3, 1]);
    expect(all('round(salary / 3, 2)')).toEqual([33.33, 16.83, 1.33, null]);
    expect(first('@n / 2', { parameters: { n: 3 } }, 'parameter n number')).toBe(1.5);
    expect(first('@n / 2', { parameters: { n: 2.5 } }, 'parameter n number')).toBe(1.25);
    expect(overall('sum(salary) / count(*)')).toBe(154.5 / 4);
  });
  it('by zero gives nothing', () => {
    expect([first('7 / 0'), first('salary / (salary - salary)')]).toEqual([null, null]);
  });
  it('whose result is whole reads as whole, also in a text', () => {
    expect([first('4 / 2'), first(`(4 / 2) || ''`), first(`cast(4 / 2 as text)`), first(`cast(round(2.4) as text)`)]).toEqual([
      2,
      '2',
      '2',
      '2',
    ]);
    expect([first(`length(4 / 2)`), first(`replace(7 / 2, '.', ',')`), first(`(10 / 3) || ''`)]).toEqual([1, '3,5', '3.3333333333333335']);
    expect(overall(`group_concat(salary / 2, ' ')`)).toBe('50 25.25 2');
  });
});

describe('a truth value made into a text', () => {
  it('is true or false; what else a column holds stays', () => {
    const words = ['true', 'false', null, 'perhaps'];
    expect(all('cast(active as text)')).toEqual(words);
    expect(all(`active || ''`)).toEqual(words);
    expect(all('lower(active)')).toEqual(words);
    expect(all(`coalesce(active, 'none')`)).toEqual(['true', 'false', 'none', 'perhaps']);
    expect(all(`case when salary is null then 'none' else active end`)).toEqual(['true', 'false', null, 'none']);
    expect(all(`(salary > 60) || ''`)).toEqual(['true', 'false', 'false', null]);
    expect(all(`(active = true and exists(lastName)) || '!'`)).toEqual(['true!', 'false!', null, null]);
    expect(rowsOf(vault, 'select lastName, group_concat(active) from hr.persons group by lastName order by 1')).toEqual([
      ['A', 'true'],
      ['B', 'false,perhaps'],
    ]);
    expect(rowsOf(vault, `select employeeNumber from hr.persons where active like 't%'`).flat()).toEqual(['1']);
  });
  it('is no text where none is made of it', () => {
    expect(all('active')).toEqual([1, 0, null, 'perhaps']);
    expect(all('coalesce(active, false)')).toEqual([1, 0, 0, 'perhaps']);
    expect(all(`coalesce(active, null)`)).toEqual([1, 0, null, 'perhaps']);
  });
  it('is one under a column of texts, where its filter is appended', async () => {
    const filters = {
      Main: `select 'x' as name, status as active from hr.persons where employeeNumber = '1' append Other`,
      Other: 'select employeeNumber as name, active from hr.persons',
      Same: `select 'x' as name, active from hr.persons where employeeNumber = '1' append Other`,
    };
    const values = async (name: string) => (await rowsOfLinked(vault, filters, name)).map(({ active }) => active);
    expect(await values('Main')).toEqual(['active', 'true', 'false', null, 'perhaps']);
    expect(await values('Same')).toEqual([1, 1, 0, null, 'perhaps']);
  });
});

describe('group_concat', () => {
  it('takes a separator beside distinct', () => {
    expect(overall(`group_concat(distinct lastName, ', ')`)).toBe('A, B');
    expect(overall(`group_concat(distinct departmentId, '')`)).toBe('3');
    expect(overall(`group_concat(distinct active, '; ')`)).toBe('true; false; perhaps');
    expect(overall(`group_concat(distinct mail, '; ')`)).toBe(null);
    expect(rowsOf(vault, `select group_concat(distinct lastName, ', ') from hr.persons where 1 = 2`)).toEqual([[null]]);
  });
  it('has its form told where it has another', () => {
    expect(compileText(`select group_concat(distinct lastName, ', ', 1) from hr.persons`).codes).toEqual(['wrong-arguments']);
    expect(compileText(`select count(distinct lastName, mail) from hr.persons`).codes).toEqual(['wrong-arguments']);
  });
});
