import { describe, expect, it } from 'vitest';
import { memoryVault, rowsOf } from './vault.ts';

/* One moment is written in many ways: what sorts, groups or counts points in time goes by the moment, as comparing does. */

const person = (id: string, name: string, changed: string | null): (string | null)[] => [
  id,
  name,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  changed,
];
const vault = memoryVault({
  'hr.persons': [
    person('1', 'a', '2026-05-10T10:00:00+02:00'),
    person('2', 'a', '2026-05-10T08:00:00Z'),
    person('3', 'a', '2026-05-10T01:00:00-08:00'),
    person('4', 'b', '2026-05-09T23:30:00-02:00'),
    person('5', 'b', '2026-05-10T01:00:00.000Z'),
    person('6', 'b', 'n/a'),
    person('7', 'c', null),
    person('8', 'c', '2026-05-10T01:00:00.250Z'),
  ],
});
const rows = (text: string): unknown[][] => rowsOf(vault, text, { timeZone: 'Europe/Amsterdam' });
const ids = (text: string): string => rows(text).flat().join('');

describe('points in time', () => {
  it('are sorted as moments, null first and what is none last', () => {
    expect(ids('select employeeNumber from hr.persons order by changedAt, employeeNumber')).toBe('75841236');
    expect(ids('select employeeNumber from hr.persons order by changedAt desc, employeeNumber')).toBe('63124857');
    expect(ids('select employeeNumber, changedAt as at from hr.persons order by at, employeeNumber').replaceAll(/[^\d]/g, '')).toMatch(
      /^7520260510/,
    );
  });
  it('are sorted as moments where rows are distinct and where they are computed', () => {
    const sorted = rows('select distinct changedAt from hr.persons order by changedAt').flat();
    expect(sorted.slice(0, 4)).toEqual([null, '2026-05-10T01:00:00.000Z', '2026-05-10T01:00:00.250Z', '2026-05-09T23:30:00-02:00']);
    expect(
      ids(`select employeeNumber from hr.persons order by coalesce(changedAt, cast('2026-05-10T02:00:00+01:00' as datetime)) limit 2`),
    ).toMatch(/^(57|75)$/);
  });
  it('of one moment are one group, shown as the one whose text comes first', () => {
    expect(rows('select changedAt, count(*) as n from hr.persons group by changedAt order by changedAt')).toEqual([
      [null, 1],
      ['2026-05-10T01:00:00.000Z', 1],
      ['2026-05-10T01:00:00.250Z', 1],
      ['2026-05-09T23:30:00-02:00', 1],
      ['2026-05-10T08:00:00Z', 2],
      ['2026-05-10T01:00:00-08:00', 1],
      ['n/a', 1],
    ]);
  });
  it('of one group are the same in everything that is made of them', () => {
    const made = `select length(changedAt) as long, date(changedAt) as day, changedAt || '!' as text, min(changedAt) as first, count(distinct changedAt) as moments, count(changedAt) as n
      from hr.persons where changedAt >= '2026-05-10T08:00:00Z' group by changedAt having count(*) > 1 and changedAt = '2026-05-10T11:00:00+03:00'`;
    expect(rows(made)).toEqual([[20, '2026-05-10', '2026-05-10T08:00:00Z!', '2026-05-10T08:00:00Z', 1, 2]]);
    const long = `select case when changedAt < '2026-05-10T08:30:00Z' then changedAt end as early, changedAt as at from hr.persons
      group by at having cast(case when length(at) > 1 then at else at end as datetime) = '2026-05-10T08:00:00Z'`;
    expect(rows(long)).toEqual([['2026-05-10T08:00:00Z', '2026-05-10T08:00:00Z']]);
  });
  it('group what is made of them', () => {
    const text = `select coalesce(changedAt, cast('2026-05-10T10:00:00+02:00' as datetime)) as at, count(*) as n from hr.persons group by coalesce(changedAt, cast('2026-05-10T10:00:00+02:00' as datetime)) having count(*) > 1`;
    expect(rows(text)).toEqual([['2026-05-10T08:00:00Z', 3]]);
  });
  it('decide as moments which row stays of those with one value', () => {
    expect(ids('select distinct on (firstName) employeeNumber from hr.persons order by firstName, changedAt desc')).toBe('348');
    // What is none is no time to be the last by.
    expect(ids('select distinct on (firstName) employeeNumber from hr.persons order by firstName, changedAt')).toBe('167');
    expect(ids('select distinct on (changedAt) employeeNumber from hr.persons order by changedAt')).toBe('7584136');
    expect(ids('select distinct on (changedAt) employeeNumber from hr.persons order by employeeNumber desc').length).toBe(7);
  });
  it('are the smallest and largest as moments, shown as they are written', () => {
    expect(rows('select firstName, min(changedAt), max(changedAt) from hr.persons group by firstName order by 1')).toEqual([
      ['a', '2026-05-10T08:00:00Z', '2026-05-10T01:00:00-08:00'],
      ['b', '2026-05-10T01:00:00.000Z', '2026-05-09T23:30:00-02:00'],
      ['c', '2026-05-10T01:00:00.250Z', '2026-05-10T01:00:00.250Z'],
    ]);
    expect(rows('select count(distinct changedAt) as n from hr.persons')).toEqual([[6]]);
    expect(ids('select firstName from hr.persons group by firstName order by max(changedAt) desc')).toBe('abc');
  });
  it('are sorted and grouped to the day where they are days', () => {
    expect(ids('select employeeNumber from hr.persons where changedAt is not null order by date(changedAt), employeeNumber desc')).toBe(
      '6854321',
    );
  });
});
