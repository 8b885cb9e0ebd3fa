import { describe, expect, it } from 'vitest';
import { compileText, memoryVault, rowsOf } from './vault.ts';

/* What the naive evaluator has found, each once by itself. */

const vault = memoryVault({
  // employeeNumber firstName lastName mail departmentId status active startDate endDate salary skills changedAt
  'hr.persons': [
    ['1', 'Ada', '12', '7', 1, 'n/a', 1, '2026-05-10', null, 5, '["SQL","Größe"]', '2026-05-10T08:30:00Z'],
    ['2', 'Bea', 'x', null, 2, '2026-05-10', 'yes', 'n/a', null, 'n/a', null, '2026-05-09T23:30:00-02:00'],
    ['3', 'Cem', '', '', null, null, 0, null, null, null, 'no list', null],
  ],
  'hr.departments': [
    [1, 'All', null, '1'],
    [2, 'IT', 1, '1'],
  ],
  'directory.users': [
    ['u1', 'ada', '1', null, 1],
    ['u2', 'bea', '2', null, 0],
  ],
  'directory.groups': [['g1', 'Staff']],
  'directory.members': [
    ['g1', 'u1'],
    ['g1', 'u1'],
  ],
});
const found = (condition: string, before = '', options?: Parameters<typeof rowsOf>[2]): string =>
  rowsOf(vault, `${before} select employeeNumber from hr.persons p where ${condition} order by 1`, options).flat().join('');

describe('multi-values', () => {
  it('that are none contain nothing, and it is not known what they do not contain', () => {
    expect(found(`contains(skills, 'SQL')`)).toBe('1');
    expect(found(`not contains(skills, 'PHP')`)).toBe('1');
    expect(found(`not contains(skills, @p)`, 'parameter p text default null')).toBe('');
  });
  it('are searched without case where asked', () => {
    expect(found(`contains(skills, 'GRÖSSE') collate nocase`)).toBe('1');
    expect(found(`contains(skills, 'GRÖSSE')`)).toBe('');
  });
});

describe('what is no day or number', () => {
  it('is none where a parameter or a text that is put together is cast', () => {
    expect(found('cast(@p as datetime) is null', 'parameter p text', { parameters: { p: '01' } })).toBe('123');
    expect(found(`cast('0' || '1' as date) is null`)).toBe('123');
    expect(found(`cast(lower(trim(substr(replace(lastName, 'a', 'b'), 1, 10))) as date) is null`)).toBe('123');
  });
  it('is no nought where a long expression is cast', () => {
    expect(found(`cast(case when employeeNumber = '1' then mail else status end as number) is null`)).toBe('23');
    expect(found(`cast(case when employeeNumber = '1' then mail else status end as number) = 7`)).toBe('1');
  });
  it('is chosen, and then null, by a long coalesce as by a short one', () => {
    expect(found('coalesce(active, true) = true')).toBe('1');
    expect(found(`coalesce(active, employeeNumber = employeeNumber) = true`)).toBe('1');
  });
  it('a computed number is a truth value all the same', () => {
    expect(
      rowsOf(vault, 'select cast(round(1) as boolean), cast(round(0) as boolean), cast(2 as boolean) from hr.persons limit 1'),
    ).toEqual([[1, 0, null]]);
  });
});

describe('a day and a point in time in one list', () => {
  it('meet each as a comparison by itself', () => {
    // Row 2 is 01:30 of the tenth in UTC: not before half past one, and before the end of the day.
    expect(found(`changedAt between '2026-05-10T08:00:00Z' and '2026-05-10'`)).toBe('1');
    expect(found(`changedAt not between '2026-05-10T08:00:00Z' and '2026-05-10'`)).toBe('2');
    expect(found(`changedAt in ('2026-05-09', '2026-05-10T01:30:00Z')`)).toBe('2');
  });
});

describe('joins', () => {
  it('a row that a link table names twice is one match', () => {
    const text = 'select u.userName from directory.users u multiple join directory.groups g via directory.members(member, "group")';
    expect(rowsOf(vault, text)).toEqual([]);
  });
  it('matched asks inside brackets, too', () => {
    const inside = `select g.id, matched(u) as there from directory.groups g
      join (directory.members m left join directory.users u on u.id = m.member and u.userName = 'bea') on m."group" = g.id`;
    expect(rowsOf(vault, inside)).toEqual([['g1', 0], ['g1', 0]]); // oxfmt-ignore
  });
  it('an alias may hold a dot, inside brackets, too', () => {
    const text = `select "a.b".id, "c.d".name from hr.departments as "a.b"
      left join (hr.departments as "c.d" join recursive hr.departments as "e.f" on "e.f".id = "c.d".id and "e.f".name = 'All') on "c.d".id = "a.b".id where matched("e.f") order by 1`;
    expect(compileText(text).codes).not.toContain('unknown-table');
    expect(rowsOf(vault, text)).toEqual([[1, 'All'], [2, 'IT']]); // oxfmt-ignore
  });
});

describe('collate nocase behind texts that are put together', () => {
  it('counts for the whole text', () => {
    expect(found(`'A' || lastName = 'a' || 'X' collate nocase`)).toBe('2');
    expect(found(`'A' || lastName = 'aX'`)).toBe('');
    expect(found(`contains('A' || lastName, 'a' || 'X' collate nocase)`)).toBe('2');
    const names = "select case employeeNumber when '1' then 'b' when '2' then 'C' else 'a' end || '' as x from hr.persons";
    expect(rowsOf(vault, `${names} order by x || '' collate nocase`).flat()).toEqual(['a', 'b', 'C']);
  });
  it('counts for a comparison that it stands around, and not for what is done with its outcome', () => {
    const sorted = (by: string): string =>
      rowsOf(vault, `select employeeNumber from hr.persons p order by ${by}, employeeNumber`).flat().join('');
    // Only "x" of the second row is an X without case.
    expect(sorted(`lastName = 'X' collate nocase desc`)).toBe('213');
    expect(sorted(`(lastName in ('X', 'Y') collate nocase) || case employeeNumber when '1' then 'a' else 'B' end`)).toBe('312');
  });
});
