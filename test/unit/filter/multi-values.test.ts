import { describe, expect, it } from 'vitest';
import { personRow } from '../../support/person-row.ts';
import { compileText, memoryVault, rowsOf } from './vault.ts';

const person = (employeeNumber: string, skills: string | null) => personRow({ employeeNumber, skills });
const vault = memoryVault({
  'hr.persons': [
    person('one', '["SQL","JSON"]'),
    person('turned', '["JSON", "SQL", "SQL"]'),
    person('small', '["sql","json"]'),
    person('more', '["SQL","JSON","PHP"]'),
    person('none', '[]'),
    person('text', 'SQL'),
    person('null', null),
  ],
});
const beside = (condition: string): readonly string[] =>
  rowsOf(
    vault,
    `select p.employeeNumber, q.employeeNumber as other from hr.persons p join hr.persons q on ${condition} and p.employeeNumber < q.employeeNumber order by 1, 2`,
  ).map((pair) => pair.join(' '));

describe('multi-values', () => {
  it('are equal where they hold the same values, in any order', () => {
    expect(beside('p.skills = q.skills')).toEqual(['one turned']);
    expect(beside('p.skills = q.skills collate nocase')).toEqual(['one small', 'one turned', 'small turned']);
    expect(beside(`p.skills <> q.skills and p.employeeNumber = 'none'`)).toEqual(['none one', 'none small', 'none turned']);
    expect(beside('p.skills in (q.skills, null)')).toEqual(['one turned']);
  });
  it('are told apart from what is not one, which compares as null', () => {
    const without = 'select p.employeeNumber from hr.persons p anti join hr.persons q on q.skills = p.skills order by 1';
    expect(rowsOf(vault, without).flat()).toEqual(['null', 'text']);
  });
  it('have no order, and are not compared with a text unseen', () => {
    const codes = (condition: string): readonly string[] =>
      compileText(`select p.employeeNumber from hr.persons p join hr.persons q on ${condition}`).codes;
    expect(codes('p.skills < q.skills')).toEqual(['unlike-types']);
    expect(codes('p.skills between q.skills and q.skills')).toEqual(['unlike-types']);
    expect(codes(`p.skills = 'SQL' and q.skills = p.skills`)).toEqual(['unlike-types']);
  });
});
