import { describe, expect, test } from 'vitest';
import { dropOf, why } from './support.ts';

describe('why a row is not there', () => {
  test('it is not in the start table, and what is nearly there', async () => {
    const found = await why('select employeeNumber from hr.persons', 'e 07');
    expect(found).toMatchObject({ verdict: 'not-here', droppedBy: 0, times: 0 });
    expect(dropOf(found)).toMatchObject({
      kind: 'start',
      outcome: 'dropped',
      near: [{ column: 'employeeNumber', value: 'E 07 ', how: 'blanks-and-case' }],
    });
    expect(found.sentence).toBe(
      "The row with persons.employeeNumber = 'e 07' is not there. hr.persons has no row with persons.employeeNumber = 'e 07'. There is 'E 07 ', the same but for blanks and capital letters.",
    );
  });

  test.each([
    ['employeeNumber', '01', '1', 'zeros'],
    ['lastName', ' Berg', 'Berg', 'blanks'],
    ['lastName', 'BERG', 'Berg', 'case'],
    ['lastName', 'Begr', 'Berg', 'spelling'],
  ])('%s %j is nearly %j', async (column, value, near, how) => {
    const found = await why('select employeeNumber from hr.persons', { kind: 'table', column, value });
    expect(dropOf(found).near).toEqual([{ column, value: near, how }]);
  });

  test('a join found no partner: what it looked for', async () => {
    const found = await why('select p.lastName from hr.persons as p join hr.departments as d', '4');
    expect(dropOf(found)).toMatchObject({
      kind: 'join',
      text: 'join hr.departments as d',
      table: { alias: 'd', system: 'hr', table: 'departments' },
      before: 1,
      after: 0,
      rows: [[{ text: 'p.departmentId', value: 9 }]],
      sentence: 'hr.departments (d) has no row for it where p.departmentId is 9.',
    });
  });

  test('a join on nothing: the value is null', async () => {
    const found = await why('select p.lastName from hr.persons as p join hr.departments as d', '5');
    expect(dropOf(found).sentence).toBe('p.departmentId is null, which meets no row of hr.departments (d).');
  });

  test('a join that only blanks and case keep from matching', async () => {
    const found = await why('select p.lastName from hr.persons as p join directory.users as u', 'E 07 ');
    expect(dropOf(found)).toMatchObject({ kind: 'join', near: [{ column: 'employeeNumber', value: 'e 07', how: 'blanks-and-case' }] });
  });

  test('a join with several conditions: the one that fails', async () => {
    const found = await why(
      'select p.lastName from hr.persons as p join directory.users as u on u.employeeNumber = p.employeeNumber and u.active',
      '3',
    );
    expect(dropOf(found).sentence).toBe(
      'directory.users (u) has 1 row with u.employeeNumber = p.employeeNumber, but none of them meets u.active: u.active is null.',
    );
    // What a named reference means stands nowhere in the text.
    const named = await why("select p.lastName from hr.persons as p join hr.departments as d via departmentId on d.name <> 'Sales'", '3');
    expect(dropOf(named).sentence).toBe(
      "hr.departments (d) has 1 row with d.id = p.departmentId, but none of them meets d.name <> 'Sales': d.name is 'Sales'.",
    );
  });

  test('a link table that leads nowhere', async () => {
    const text = 'select u.userName from directory.users as u join directory.groups as g via directory.members(member, "group")';
    expect(dropOf(await why(text, 'u3')).sentence).toBe(
      "directory.members links it to 'gone', but no row of directory.groups (g) that meets the join has that id.",
    );
    expect(dropOf(await why(text, 'u4')).sentence).toBe(
      "directory.members has no row with member = 'u4', so nothing of directory.groups (g) is linked to it.",
    );
  });

  test('multiple and all joins', async () => {
    const multiple = await why('select p.lastName from hr.persons as p multiple join directory.users as u', '1');
    expect(dropOf(multiple).sentence).toMatch(/^Only one row of directory\.users \(u\) meets it, where .*; a multiple join wants two\.$/);
    const every = await why('select p.lastName from hr.persons as p all join hr.departments as d on d.id = p.departmentId', '1');
    expect(dropOf(every).sentence).toMatch(/^Not every row of hr\.departments \(d\) meets it/);
    const groups = 'select u.userName from directory.users as u all join directory.groups as g via directory.members(member, "group")';
    expect((await why(groups, 'u2')).verdict).toBe('here');
    expect(dropOf(await why(groups, 'u1')).sentence).toMatch(
      /^Not every row of directory\.groups \(g\) meets it, as an all join wants; one that does is where .*'g1'/,
    );
    expect(dropOf(await why(groups, 'u4')).sentence).toMatch(/^directory\.members has no row with member = 'u4'/);
  });

  test('an anti join found a partner: which', async () => {
    const found = await why('select p.lastName from hr.persons as p anti join directory.users as u', '1');
    const step = dropOf(found);
    expect(step.kind).toBe('absence');
    expect(step.rows[0]).toContainEqual({ text: 'u.id', value: 'u1', found: true });
    expect(step.sentence).toMatch(/^The anti join drops it: directory\.users \(u\) has a row for it, where /);
  });

  test('a condition is false, or null: the values of both sides', async () => {
    const text =
      "parameter least number default 2950\nselect lastName from hr.persons as p where p.status = 'active' and p.salary > @least";
    const small = dropOf(await why(text, '2'));
    expect(small).toMatchObject({
      kind: 'condition',
      holds: 'false',
      text: 'p.salary > @least',
      rows: [
        [
          { text: 'p.salary', value: 2900 },
          { text: '@least', value: 2950 },
        ],
      ],
      sentence: 'p.salary > @least is false: p.salary is 2900, @least is 2950.',
    });
    const none = dropOf(await why(text, '5'));
    expect(none).toMatchObject({ holds: 'null', text: "p.status = 'active'" });
    expect(none.sentence).toContain('neither true nor false: p.status is null');
    const other = await why(text, '2', { parameters: { least: '100' } });
    expect(other).toMatchObject({ verdict: 'here', parameters: [{ name: 'least', value: 100, from: 'given' }] });
  });

  test('a lookup', async () => {
    const text =
      'select employeeNumber from hr.persons\nlookup hasAccount include employeeNumber in directory.users.employeeNumber\nlookup none exclude employeeNumber in directory.users.employeeNumber';
    const included = dropOf(await why(text, 'E 07 ', { lookup: 'hasAccount' }));
    expect(included).toMatchObject({ kind: 'lookup', near: [{ value: 'e 07' }] });
    expect(included.sentence).toContain("employeeNumber is 'E 07 ', which is not in directory.users.employeeNumber");
    expect(dropOf(await why(text, '1', { lookup: 'none' })).sentence).toContain('which is in directory.users.employeeNumber');
    expect((await why(text, '1', { lookup: 'hasAccount' })).verdict).toBe('here');
  });

  test('distinct on kept another row, and which', async () => {
    const text = 'select distinct on (departmentId) employeeNumber, departmentId from hr.persons order by salary desc';
    expect((await why(text, '1')).verdict).toBe('here');
    const step = dropOf(await why(text, '2'));
    expect(step.kind).toBe('distinct');
    expect(step.rows[1]).toEqual([
      { text: 'employeeNumber', value: '1', found: true },
      { text: 'departmentId', value: 1, found: true },
    ]);
  });

  test('a group that having drops', async () => {
    const text = 'select departmentId, count(*) as n from hr.persons group by departmentId having count(*) > 1';
    expect((await why(text, '2')).verdict).toBe('here');
    const found = await why(text, '3');
    expect(dropOf(found)).toMatchObject({ kind: 'having', holds: 'false', rows: [[{ text: 'count(*)', value: 1 }]] });
  });

  test('the limit', async () => {
    const text = 'select employeeNumber from hr.persons order by salary desc limit 2';
    expect((await why(text, '2')).verdict).toBe('here');
    const found = await why(text, '3');
    expect(dropOf(found)).toMatchObject({ kind: 'limit', sentence: 'It is number 6 in the order asked for, and the limit is 2.' });
  });

  test('exclude by a script, with its value', async () => {
    const text =
      "select employeeNumber, script $$ return Persons.firstName[0] $$ as initial from hr.persons as Persons exclude when initial = 'A'";
    expect((await why(text, '2')).verdict).toBe('here');
    const found = await why(text, '1');
    expect(found.steps.find(({ kind }) => kind === 'script')).toMatchObject({
      rows: [
        [
          { text: 'Persons.firstName', value: 'Ann' },
          { text: 'initial', value: 'A', found: true },
        ],
      ],
    });
    expect(dropOf(found)).toMatchObject({ kind: 'exclude', sentence: "It is excluded, since initial = 'A' is true: initial is 'A'." });
  });

  test('a row of a joined table that nothing leads to', async () => {
    const found = await why('select u.userName from hr.persons as p join directory.users as u', { kind: 'table', alias: 'u', value: 'u6' });
    expect(dropOf(found)).toMatchObject({ kind: 'join', rows: [[{ text: 'u.employeeNumber', value: 'e 07', found: true }]] });
    expect(found.sentence).toContain(
      "No row of the tables before leads to this row of directory.users (u) by u.employeeNumber = p.employeeNumber, where u.employeeNumber is 'e 07'. There is 'E 07 ', the same but for blanks and capital letters.",
    );
  });

  test('what a parent says', async () => {
    const parent = "select lastName from hr.persons as p where p.status = 'active'";
    const found = await why('extends Parent select p.employeeNumber', '3', { others: { Parent: parent } });
    expect(dropOf(found)).toMatchObject({ kind: 'condition', holds: 'false', text: "p.status = 'active'" });
  });

  test('an append that does not have it either, and one that has', async () => {
    const text = "select employeeNumber from hr.persons where status = 'active'\nappend Others";
    const others = { Others: "select employeeNumber from hr.persons where status = 'leaver'" };
    const here = await why(text, '3', { others });
    expect(here).toMatchObject({ verdict: 'here', times: 1 });
    expect(here.sentence).toContain('It comes from the appended filter Others.');
    const not = await why(text, '5', { others });
    expect(not.verdict).toBe('not-here');
    expect(not.sentence).toBe(
      "The row with persons.employeeNumber = '5' is not there. status = 'active' is neither true nor false: status is null. What is not true drops the row. The appended filter Others does not have it either. status = 'leaver' is neither true nor false: status is null. What is not true drops the row.",
    );
  });

  test('a table or column that is not there', async () => {
    const text = 'select lastName from hr.persons as p';
    await expect(why(text, { kind: 'table', alias: 'q', value: '1' })).rejects.toThrow(/come from no table "q"/);
    await expect(why(text, { kind: 'table', column: 'lastname2', value: '1' })).rejects.toThrow(
      /no column "lastname2"\. Did you mean "lastName"/,
    );
  });
});
