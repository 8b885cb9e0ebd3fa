import { describe, expect, it } from 'vitest';
import { personRow } from '../../support/person-row.ts';
import { compileText, memoryVault, rowsOf } from './vault.ts';

const person = (employeeNumber: string, lastName: string | null, end: string | null = null) =>
  personRow({ employeeNumber, lastName, endDate: end, changedAt: end });
const vault = memoryVault({
  'hr.persons': [person('1', 'Straße', '2026-05-10'), person('2', 'ADA', '2026-05-11T10:00:00Z'), person('3', null), person('4', 'nobody')],
  'directory.users': [
    ['u1', 'STRASSE', null, 'x', 1],
    ['u2', 'ada', null, 'y', 1],
    ['u3', ' Ada', null, 'z', 0],
    ['u4', 'Ada', null, null, 1],
    ['u5', null, null, null, 1],
  ],
});
const from = 'select p.employeeNumber as person, u.id from hr.persons as p';
const pairs = (join: string): readonly string[] =>
  rowsOf(vault, `${from} ${join} order by 1, 2`).map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '-')).join(' '));

describe('joins by what is made of a column', () => {
  it.each([
    ['join directory.users as u on u.userName = p.lastName collate nocase', ['1 u1', '2 u2', '2 u4']],
    ['join directory.users as u on p.lastName = u.userName collate nocase and u.mail is not null', ['1 u1', '2 u2']],
    ['left join directory.users as u on u.userName = p.lastName collate nocase and u.mail is not null', ['1 u1', '2 u2', '3 -', '4 -']],
    ['join directory.users as u on lower(trim(u.userName)) = lower(p.lastName)', ['2 u2', '2 u3', '2 u4']],
    ['join directory.users as u on u.userName = p.lastName collate nocase and trim(u.mail) = trim(u.mail)', ['1 u1', '2 u2']],
    ['multiple join directory.users as u on u.userName = p.lastName collate nocase', ['2 u2', '2 u4']],
    [
      `left join directory.users as u on lower(u.userName) = lower(p.lastName) and trim(u.id) = 'u' || p.employeeNumber`,
      ['1 -', '2 u2', '3 -', '4 -'],
    ],
    [`multiple join directory.users as u on u.userName = p.lastName collate nocase and trim(u.id) <> 'u4'`, []],
    [
      `left join (directory.users as u join directory.users as w on w.id = u.id and w.active = true) on trim(u.userName) = p.lastName collate nocase`,
      ['1 u1', '2 u2', '2 u4', '3 -', '4 -'],
    ],
    [
      `left join directory.users as u on u.userName = p.lastName collate nocase where matched(u) or p.employeeNumber = '3'`,
      ['1 u1', '2 u2', '2 u4', '3 -'],
    ],
  ])('match the same rows as any other: %s', (join, expected) => {
    expect(pairs(join)).toEqual(expected);
  });
  it('match days as the calendar has them', () => {
    const text =
      'select p.employeeNumber as person, q.employeeNumber as other from hr.persons as p join hr.persons as q on date(q.changedAt) = p.endDate order by 1';
    expect(rowsOf(vault, text)).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });
  it.each([
    'join directory.users as u on u.userName = p.lastName collate nocase',
    'left join directory.users as u on u.userName = p.lastName collate nocase and u.active = true',
    'multiple join directory.users as u on u.userName = p.lastName collate nocase',
    'join directory.users as u on lower(u.userName) = lower(p.lastName)',
  ])('find them by an index, made once: %s', (join) => {
    const { query } = compileText(`${from} ${join}`);
    const steps = vault.prepare<unknown[], { detail: string }>(`explain query plan ${query?.sql ?? ''}`).all(...(query?.parameters ?? []));
    const plan = steps.map(({ detail }) => detail).join('\n');
    expect(plan).toMatch(/AUTOMATIC (\w+ )*INDEX \(k1=\?\)/);
    expect(plan).not.toMatch(/CORRELATED/);
  });
  it('leave a column alone that has an index, or can have one', () => {
    const { query } = compileText(
      `${from} join directory.users as u on u.employeeNumber = p.employeeNumber and u.userName = p.lastName collate nocase`,
    );
    expect(query?.sql).not.toMatch(/WITH/);
  });
});

describe('anti joins that ask for more than one value', () => {
  const without = (join: string): string =>
    rowsOf(vault, `select p.employeeNumber from hr.persons as p ${join} order by 1`).flat().join('');
  const several = [
    ['anti join directory.users as u on u.userName = p.lastName collate nocase and u.mail = p.employeeNumber', '1234'],
    ["anti join directory.users as u on u.userName = p.lastName collate nocase and u.id <> 'u' || p.employeeNumber", '134'],
    ['anti join directory.users as u on lower(u.userName) = lower(p.lastName) and (u.mail = p.mail or u.active)', '134'],
    ["anti join directory.users as u on u.userName = p.lastName and u.mail || p.employeeNumber <> ''", '1234'],
    ['anti join directory.users as u on u.userName = p.lastName and u.mail = p.employeeNumber', '1234'],
    [
      "anti join (directory.users as u join directory.users as w on w.id = u.id) on u.userName = p.lastName collate nocase and w.id <> 'u' || p.employeeNumber",
      '134',
    ],
    [
      "left join (hr.persons as q anti join directory.users as u on u.userName = q.lastName collate nocase and u.id <> 'u' || q.employeeNumber) on q.employeeNumber = p.employeeNumber where matched(q)",
      '134',
    ],
    [
      "left join (hr.persons as q anti join directory.users as u on u.userName = q.lastName and u.id <> 'u' || q.employeeNumber) on q.employeeNumber = p.employeeNumber where matched(q)",
      '1234',
    ],
    [
      "anti join (directory.users as u anti join directory.users as w on w.id = u.id and w.id = 'u4') on u.userName = p.lastName collate nocase and u.id <> 'u' || p.employeeNumber",
      '1234',
    ],
  ] as const;
  it.each(several)('leave the same rows as any other: %s', (join, expected) => {
    expect(without(join)).toBe(expected);
  });
  it.each(several.slice(0, -2))('read the joined table once: %s', (join) => {
    const { query } = compileText(`select p.employeeNumber from hr.persons as p ${join}`);
    const steps = vault.prepare<unknown[], { detail: string }>(`explain query plan ${query?.sql ?? ''}`).all(...(query?.parameters ?? []));
    const plan = steps.map(({ detail }) => detail).join('\n');
    expect(plan).not.toMatch(/CORRELATED/);
    expect(plan).toMatch(/LIST SUBQUERY|AUTOMATIC/);
  });
  it('look into an index where a relation has one', () => {
    const { query } = compileText(
      'select p.employeeNumber from hr.persons as p anti join directory.users as u on u.employeeNumber = p.employeeNumber and u.mail <> p.mail',
    );
    expect(query?.sql).toMatch(/NOT EXISTS/);
  });
});
