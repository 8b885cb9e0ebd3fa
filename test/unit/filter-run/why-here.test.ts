import { describe, expect, test } from 'vitest';
import { why } from './support.ts';

describe('why a row is there', () => {
  test('the rows that matched, on which columns, and the conditions that held', async () => {
    const text =
      "select p.lastName, d.name from hr.persons as p join hr.departments as d anti join directory.groups as g on g.id = p.status where p.active and d.name = 'IT'";
    const found = await why(text, '1');
    expect(found).toMatchObject({
      verdict: 'here',
      times: 1,
      subject: "p.employeeNumber = '1'",
      sentence: "The row with p.employeeNumber = '1' is there once.",
    });
    expect(found.droppedBy).toBeUndefined();
    expect(found.steps.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'start passed',
      'join passed',
      'absence passed',
      'condition passed',
      'condition passed',
    ]);
    const [, join, absence, active, name] = found.steps;
    expect(join?.rows).toEqual([
      [
        { text: 'p.departmentId', value: 1 },
        { text: 'd.id', value: 1, found: true },
      ],
    ]);
    expect(absence?.rows).toEqual([[{ text: 'p.status', value: 'active' }]]);
    expect(active).toMatchObject({ text: 'p.active', holds: 'true', rows: [[{ text: 'p.active', value: true }]] });
    expect(name).toMatchObject({
      text: "d.name = 'IT'",
      path: 'filters/F.filter',
      span: { offset: text.indexOf("d.name = 'IT'"), length: 13 },
    });
  });

  test('a row that is there several times: which join makes it so', async () => {
    const text =
      'select p.lastName, u.userName from hr.persons as p join hr.departments as d left join directory.users as u on u.employeeNumber = p.employeeNumber';
    const found = await why(text, '2');
    expect(found).toMatchObject({ times: 2, sentence: "The row with p.employeeNumber = '2' is there 2 times: u makes 2 of 1." });
    expect(found.steps.at(-1)).toMatchObject({ before: 1, after: 2 });
  });

  test('a left join that found nothing keeps the row, and says what is near', async () => {
    const found = await why('select p.lastName from hr.persons as p left join directory.users as u', 'E 07 ');
    expect(found.verdict).toBe('here');
    expect(found.steps.at(-1)).toMatchObject({ outcome: 'passed', near: [{ value: 'e 07' }] });
    expect(found.steps.at(-1)?.sentence).toMatch(/A left join keeps the row without it\.$/);
  });

  test('recursion: the rows that are reached', async () => {
    const found = await why("select p.lastName from hr.persons as p join recursive hr.departments as d where d.name = 'IT'", '3');
    expect(found.verdict).toBe('here');
    expect(found.steps[1]).toMatchObject({ kind: 'join', before: 1, after: 2 });
    expect(found.steps[2]?.sentence).toBe("d.name = 'IT' is true: d.name is 'IT'. It drops 1 of 2 combinations.");
  });

  test('asked by a row of the output', async () => {
    const text =
      'select p.lastName as name, u.userName, p.departmentId + 1 as next from hr.persons as p left join directory.users as u where p.active';
    const found = await why(text, { kind: 'output', values: { NAME: 'Cray', userName: 'bob2', next: 2 } });
    expect(found).toMatchObject({ verdict: 'here', times: 1, subject: "name = 'Cray' and userName = 'bob2' and next = 2" });
    expect(found.steps.map(({ kind, sentence }) => `${kind}: ${sentence}`)).toEqual([
      "start: It rests on 1 row of hr.persons (p), where p.employeeNumber is '2'.",
      "join: directory.users (u) has a row for it: u.employeeNumber is '2', u.id is 'u3'.",
      'condition: p.active is true.',
    ]);
    expect(await why(text, { kind: 'output', values: { name: 'Cray', userName: null } })).toMatchObject({
      verdict: 'not-here',
      droppedBy: 0,
      steps: [
        {
          kind: 'start',
          sentence:
            'The joins bring no rows together that give name = \'Cray\' and userName = null, whatever the conditions of "where" say.',
        },
      ],
    });
    await expect(why(text, { kind: 'output', values: { nme: 'Cray' } })).rejects.toThrow(/gives no column "nme"\. Did you mean "name"/);
    const counts = await why('select count(*) as n from hr.persons', { kind: 'output', values: { n: 6 } });
    expect(counts.verdict).toBe('unknown');
    expect(counts.sentence).toMatch(/^Only columns of scripts and counts were given/);
    expect(counts.notes).toEqual([]);
  });

  test('asked by a row of a joined table: all joins that lead there', async () => {
    const text =
      'select p.lastName from hr.persons as p join hr.departments as d join directory.users as u on u.employeeNumber = p.employeeNumber';
    const found = await why(text, { kind: 'table', alias: 'u', value: 'u3' });
    expect(found).toMatchObject({ verdict: 'here', times: 1, subject: "u.id = 'u3'" });
    expect(found.steps.map(({ table, before, after }) => `${table?.alias ?? ''} ${before} ${after}`)).toEqual(['u 1 1', 'd 1 1', 'u 1 1']);
  });

  test('one moment that is written in several ways makes one group, of which one row is kept', async () => {
    const person = (id: string, changedAt: string): readonly string[] => [id, 'Ann', 'Berg', '', '', '', '', '', '', '', '', changedAt];
    const rows = {
      'hr.persons': [person('1', '2026-05-10T10:00:00+02:00'), person('2', '2026-05-10T08:00:00Z'), person('3', '2026-05-10')],
    };
    const grouped = await why('select changedAt, count(*) as n from hr.persons group by changedAt having count(*) > 1', '1', { rows });
    expect(grouped).toMatchObject({ verdict: 'here', times: 1 });
    expect(grouped.steps.map(({ sentence }) => sentence).join('\n')).toMatch(/It is one of 2 rows in the group/);
    const alone = await why('select changedAt, count(*) as n from hr.persons group by changedAt having count(*) > 1', '3', { rows });
    expect(alone.steps.map(({ sentence }) => sentence).join('\n')).toMatch(/It is one of 1 row in the group/);
    const kept = 'select distinct on (changedAt) employeeNumber from hr.persons order by employeeNumber';
    expect((await why(kept, '1', { rows })).verdict).toBe('here');
    const other = await why(kept, '2', { rows });
    expect(other.verdict).toBe('not-here');
    expect(other.steps[other.droppedBy ?? -1]?.sentence).toMatch(
      /another one is kept, the first in the order asked for: employeeNumber is '1'/,
    );
  });

  test('the record can cross a border', async () => {
    const found = await why('select p.lastName from hr.persons as p join hr.departments as d limit 3', '1');
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe('parameters', () => {
  const text =
    "parameter who text from session.userName default 'Dunn'\nparameter least number default 0\nselect lastName from hr.persons where lastName = @who and salary > @least";
  const used = async (ask: Parameters<typeof why>[2]): Promise<unknown> => (await why(text, '1', ask)).parameters[0];
  test('given comes before the session, the session before the default', async () => {
    const settings = { name: 'Test', session: { USERNAME: 'Cray' } };
    expect(await used({})).toEqual({ name: 'who', type: 'text', session: 'userName', value: 'Dunn', from: 'default' });
    expect(await used({ settings })).toMatchObject({ value: 'Cray', from: 'session' });
    expect(await used({ settings, session: { userName: 'Ekes' } })).toMatchObject({ value: 'Ekes', from: 'session' });
    expect(await used({ settings, session: { userName: 'Ekes' }, parameters: { WHO: 'Berg' } })).toMatchObject({
      value: 'Berg',
      from: 'given',
    });
  });
  test('a session variable that is not of the type says so', async () => {
    const days = 'parameter day date from session.day\nselect lastName from hr.persons where startDate = @day';
    await expect(why(days, '1', { session: { day: 'tomorrow' } })).rejects.toThrow(
      /"day" takes the session variable "day", and its value is not a date/,
    );
    await expect(why(days, '1')).rejects.toThrow(/has no default and was given no value/);
  });
});
