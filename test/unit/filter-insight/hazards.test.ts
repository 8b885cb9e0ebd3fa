import { describe, expect, test } from 'vitest';
import { catalogOf } from '../../../engine/model/system/catalog.ts';
import { filterHazardCodes } from '../../../engine/model/problems/codes/filter-hazards.ts';
import { hazardsOf, insightOf, world, type Rows } from './support.ts';

async function hazards(text: string, more: Parameters<typeof insightOf>[2] = {}, rows: Rows = world): Promise<readonly string[]> {
  const insight = await insightOf(text, rows, more);
  const known = new Set(filterHazardCodes.map(({ code }) => code));
  expect(insight.hazards.filter(({ code }) => !known.has(code))).toEqual([]);
  return hazardsOf(text, insight);
}

const persons = 'select p.lastName from hr.persons as p';

describe('joins that multiply', () => {
  test('a key that repeats, with its values', async () => {
    expect(await hazards(`${persons} join directory.users as u on u.employeeNumber = p.employeeNumber`)).toEqual([
      'warning hazard-multiplied at directory.users as u: 3 rows that meet "u" become 4. 1 value of u.employeeNumber occurs more than once, e.g. \'2\' (2 times). If one row each is meant, narrow the join, or write "select distinct".',
    ]);
  });
  test('where the data model expects it, the figures alone', async () => {
    expect(await hazards('select p.lastName from hr.departments as d join hr.persons as p')).toEqual([
      'info hazard-multiplied at hr.persons as p: 3 rows that meet "p" become 4. 1 value of p.departmentId occurs more than once, e.g. 1 (2 times).',
    ]);
  });
  test.each([
    `${persons} join directory.users as u on u.employeeNumber = p.employeeNumber and u.active = true`,
    'select distinct p.lastName from hr.persons as p join directory.users as u',
    'select p.lastName, count(*) as n from hr.persons as p join directory.users as u group by p.lastName',
    `${persons} anti join directory.users as u`,
    `${persons} left join hr.departments as d`,
  ])('silent: %s', async (text) => {
    expect(await hazards(text)).toEqual([]);
  });
  test('keys that do not stand in the rows before it are no matter of this join', async () => {
    const others = [...(world['directory.users'] ?? []), ['u5', 'x', '9', null], ['u6', 'x', '9', null]];
    const [found] = await hazards(`${persons} join directory.users as u`, {}, { ...world, 'directory.users': others });
    expect(found).toContain('1 value of u.employeeNumber occurs');
  });
});

describe('keys that are nearly equal', () => {
  test('case and blanks', async () => {
    expect(await hazards(`${persons} left join directory.users as u on u.mail = p.mail`)).toEqual([
      "warning hazard-nearly-equal at directory.users as u: 2 values of p.mail meet none of u.mail but for case and the blanks around them, e.g. 'Ann@school.example' and 'ann@school.example', 'bob@school.example' and 'bob@school.example'. Mend the data, or write \"collate nocase\", or trim(…), if they are the same.",
    ]);
  });
  test('without regard to case only blanks are left', async () => {
    expect(await hazards(`${persons} anti join directory.users as u on u.mail = p.mail collate nocase`)).toEqual([
      expect.stringContaining('1 value of p.mail meets none of u.mail but for the blanks around them'),
    ]);
  });
});

describe('values of a lookup that are nearly equal', () => {
  const mail = 'select p.mail, lower(p.mail) as small, script $$ return p.mail $$ as made from hr.persons as p';
  const there = (looked: string): Promise<readonly string[]> => hazards(`${mail} lookup l exclude ${looked} in directory.users.mail`);
  test('case and blanks', async () => {
    expect(await there('mail')).toEqual([
      "warning hazard-nearly-equal at directory.users: 2 values are in users.mail but for case and the blanks around them, e.g. 'Ann@school.example' and 'ann@school.example', 'bob@school.example' and 'bob@school.example', so this lookup does not find them. Mend the data, or look up a column of the output that is written as there, such as lower(…) or trim(…).",
    ]);
  });
  test('as a column makes them', async () => {
    expect(await there('small')).toEqual([expect.stringContaining('1 value is in users.mail but for case and the blanks around it')]);
  });
  test('silent for scripts, other types, rows that conditions leave out, and where the table was not collected', async () => {
    expect(await there('made')).toEqual([]);
    expect(await hazards(`${persons} lookup l exclude p.departmentId in hr.departments.id`)).toEqual([]);
    expect(await hazards(`${persons} where p.lastName = 'Dunn' lookup l exclude p.mail in directory.users.mail`)).toEqual([]);
    expect(await hazards(`${persons} lookup l exclude p.mail in directory.groups.id`)).toEqual([]);
  });
});

describe('null', () => {
  test('a condition that denies drops what is missing, and the fix keeps it', async () => {
    const text = `${persons} where p.status <> 'leaver'`;
    const { hazards: found } = await insightOf(text, world);
    expect(found).toEqual([
      {
        code: 'hazard-null-dropped',
        severity: 'warning',
        message:
          "2 rows are dropped here because p.status is null, which is neither equal nor unequal to anything, e.g. '4', '5'. If they are meant, write \"(… or p.status is null)\".",
        span: { offset: text.indexOf('p.status'), length: "p.status <> 'leaver'".length },
        fixes: [
          {
            title: 'Keep the rows where p.status is null',
            span: { offset: text.indexOf('p.status'), length: "p.status <> 'leaver'".length },
            text: "(p.status <> 'leaver' or p.status is null)",
          },
        ],
      },
    ]);
    const [fix] = found[0]?.fixes ?? [];
    const mended = `${text.slice(0, fix?.span.offset)}${fix?.text ?? ''}`;
    expect(await hazards(mended)).toEqual([]);
  });
  test('comparisons of size where many go', async () => {
    expect(await hazards(`${persons} where p.endDate >= '2026-05-01'`)).toEqual([
      expect.stringContaining("info hazard-null-dropped at p.endDate >= '2026-05-01': 3 rows are dropped here because p.endDate is null"),
    ]);
  });
  test('in a join', async () => {
    expect(await hazards(`${persons} left join directory.users as u on u.employeeNumber = p.employeeNumber and u.active <> false`)).toEqual(
      [expect.stringContaining('warning hazard-null-dropped at u.active <> false: 1 row would meet but for this condition')],
    );
  });
  test.each([
    "p.status = 'active'",
    "p.status in ('active')",
    "p.status <> 'leaver' or p.status is null",
    "coalesce(p.status, '') <> 'x'",
    "p.lastName <> 'x'",
    "p.status <> 'leaver' or p.active = true",
    "p.status <> 'leaver' or p.lastName = 'x' or p.status is null",
    "p.status <> 'leaver' and p.lastName = 'Berg' or p.status is null and p.lastName = 'Ekes'",
    "p.status <> 'leaver' or not exists(p.status)",
    "p.status = 'active' or p.lastName = 'Dunn'",
  ])('silent: %s', async (condition) => {
    expect(await hazards(`${persons} where ${condition}`)).toEqual([]);
  });
});

describe('null under an or', () => {
  const [what, advice] = ['which is neither equal nor unequal to anything', 'If they are meant, write'];
  test('rows that a denial alone could have kept, and the fix keeps them', async () => {
    const text = `${persons} where p.status <> 'leaver' or p.salary > 2650`;
    const { hazards: found } = await insightOf(text, world);
    const span = { offset: text.indexOf('p.status'), length: "p.status <> 'leaver'".length };
    expect(found.filter(({ code }) => code === 'hazard-null-dropped')).toEqual([
      {
        code: 'hazard-null-dropped',
        severity: 'warning',
        message: `1 row is dropped here because p.status is null, ${what}, e.g. '4'. ${advice} "… or p.status is null".`,
        span,
        fixes: [{ title: 'Keep the rows where p.status is null', span, text: "p.status <> 'leaver' or p.status is null" }],
      },
    ]);
    const mended = text.replace("p.status <> 'leaver'", found[0]?.fixes?.[0]?.text ?? '');
    expect((await hazards(mended)).filter((one) => one.includes('null-dropped'))).toEqual([]);
  });
  test('within an and under it, in brackets of their own', async () => {
    expect(await hazards(`${persons} where p.lastName = 'Dunn' or p.status <> 'leaver' and p.departmentId = 3`)).toEqual([
      `warning hazard-null-dropped at p.status <> 'leaver': 1 row is dropped here because p.status is null, ${what}, e.g. '4'. ${advice} "(… or p.status is null)".`,
    ]);
    // Whoever has no status is of no department 1 either: null drops nobody.
    expect(await hazards(`${persons} where p.lastName = 'Dunn' or p.status <> 'leaver' and p.departmentId = 1`)).toEqual([]);
  });
  test('one condition is told of once for a column, and another column’s null is none of it', async () => {
    expect(await hazards(`${persons} where p.status <> 'leaver' or p.status not like 'l%' or p.mail is null`)).toEqual([
      expect.stringContaining("hazard-null-dropped at p.status <> 'leaver': 1 row is dropped"),
    ]);
  });
  test('comparisons of size where many go', async () => {
    expect(await hazards(`${persons} where p.endDate >= '2026-05-01' or p.lastName = 'Berg'`)).toEqual([
      expect.stringContaining("info hazard-null-dropped at p.endDate >= '2026-05-01': 2 rows are dropped here because p.endDate is null"),
    ]);
  });
  test('left-joined tables, of which the language itself does not warn there', async () => {
    const joined = `${persons} left join directory.users as u on u.employeeNumber = p.employeeNumber and u.active = true`;
    expect(await hazards(`${joined} where u.userName <> 'bob' or p.lastName = 'Berg'`)).toEqual([
      expect.stringContaining("warning hazard-null-dropped at u.userName <> 'bob': 3 rows are dropped here because u.userName is null"),
    ]);
    expect(await hazards(`${joined} where u.userName <> 'bob' or not matched(u)`)).toEqual([]);
    expect(await hazards(`${joined} where u.userName <> 'bob' or u.active = true`)).toEqual([]);
  });
  test('in a join', async () => {
    const on = 'directory.users as u on u.employeeNumber = p.employeeNumber';
    expect(await hazards(`${persons} join ${on} and (u.active <> true or u.userName = 'ann')`)).toEqual([
      `warning hazard-null-dropped at u.active <> true: 1 row would meet but for this condition: u.active is null there, ${what}. ${advice} "… or u.active is null".`,
    ]);
    expect(await hazards(`${persons} join ${on} and (u.active <> true or u.userName = 'cid')`)).toEqual([]);
  });
  test('in a join by a named reference', async () => {
    const unnamed = { ...world, 'hr.departments': [...(world['hr.departments'] ?? []).slice(0, 2), [3, null, 1]] };
    expect(await hazards(`${persons} join hr.departments as d via departmentId on d.name <> 'Sales'`, {}, unnamed)).toEqual([
      `warning hazard-null-dropped at d.name <> 'Sales': 1 row would meet but for this condition: d.name is null there, ${what}. ${advice} "(… or d.name is null)".`,
    ]);
  });
  test('in an anti join, where whoever has a row seems to have none', async () => {
    const on = 'directory.users as u on u.employeeNumber = p.employeeNumber';
    const said = `1 row is left here as if nothing met it, because u.active is null, ${what}. If such rows meet, too, write`;
    expect(await hazards(`${persons} anti join ${on} and u.active <> false`)).toEqual([
      `warning hazard-null-dropped at u.active <> false: ${said} "(… or u.active is null)".`,
    ]);
    expect(await hazards(`${persons} anti join ${on} and (u.active <> false or u.userName = 'x')`)).toEqual([
      `warning hazard-null-dropped at u.active <> false: ${said} "… or u.active is null".`,
    ]);
    // Another row of the same person meets: nothing hangs on the null.
    const another = { ...world, 'directory.users': [...(world['directory.users'] ?? []), ['u5', 'cid2', '3', 'c', 1]] };
    expect(await hazards(`${persons} anti join ${on} and u.active <> false`, {}, another)).toEqual([]);
  });
});

describe('nothing is left', () => {
  test('the condition that no row meets, with what there is instead', async () => {
    expect(await hazards(`${persons} where p.active = true and p.status = 'Active'`)).toEqual([
      "warning hazard-no-rows at p.status = 'Active': None of 5 rows meets this condition. There is 'active', written otherwise.",
    ]);
    expect(await hazards(`${persons} where p.status = 'gone'`)).toEqual([
      "warning hazard-no-rows at p.status = 'gone': None of 5 rows meets this condition. p.status has 'active', 'leaver'",
    ]);
  });
  test('values that are there but for case and blanks, wherever they are', async () => {
    const many = Array.from({ length: 300 }, (_, i) => [`${i}`, 'x', 'y', `m${i}`, 1, `s${i}`]);
    const rows = { ...world, 'hr.persons': [...many, ...many, ['900', 'x', 'y', 'm', 1, ' Éva ']] };
    expect(await hazards(`${persons} where p.status = 'éva'`, {}, rows)).toEqual([
      expect.stringContaining("There is 'Éva', written otherwise."),
    ]);
    expect(await hazards(`${persons} where p.status = 'Éva'`, {}, rows)).toEqual([
      expect.stringContaining("There is 'Éva', with other blanks around it."),
    ]);
    expect(await hazards(`${persons} where p.status in ('ACTIVE', 'Leaver', 'x')`)).toEqual([
      expect.stringContaining("There is 'active' and 'leaver', written otherwise."),
    ]);
    expect(await hazards(`${persons} where p.status like 'ACTIVE'`)).toEqual([expect.not.stringContaining('otherwise')]);
    // It is there as it is written: the join keeps it out.
    expect(await hazards(`${persons} join directory.users as u on u.mail = p.mail where p.status = 'leaver' and p.active = true`)).toEqual([
      expect.not.stringContaining('otherwise'),
      expect.anything(),
    ]);
  });
  test('conditions that exclude each other', async () => {
    expect(await hazards(`${persons} where p.active = false and p.status = 'active'`)).toEqual([
      expect.stringContaining("hazard-no-rows at p.status = 'active': Rows meet this condition, and rows meet those before it"),
    ]);
  });
  test('a parameter whose default yields nothing', async () => {
    expect(
      await hazards(
        "parameter department text default 'ITT' select p.lastName from hr.persons as p join hr.departments as d where d.name = @department",
      ),
    ).toEqual([
      "warning hazard-parameter-nothing at d.name = @department: None of 4 rows meets this condition. @department is 'ITT'. d.name has 'IT', 'Care', 'Sales'",
    ]);
  });
  test('a join that keeps nothing, and a left join that matches nothing', async () => {
    expect(await hazards(`${persons} join directory.users as u on u.id = p.employeeNumber`)).toEqual([
      "warning hazard-no-rows at directory.users as u: None of the 5 rows before it meets a row of \"u\", so none is left. p.employeeNumber has '1', '2', '3', …; u.id has 'u1', 'u2', 'u3', …: join by columns that hold the same.",
    ]);
    expect(await hazards(`${persons} left join directory.users as u on u.id = p.employeeNumber`)).toEqual([
      "warning hazard-join-nothing at directory.users as u: None of the 5 rows before it meets a row of \"u\", so its columns are always null. p.employeeNumber has '1', '2', '3', …; u.id has 'u1', 'u2', 'u3', …: join by columns that hold the same.",
    ]);
    const on = 'directory.users as u on u.employeeNumber = p.employeeNumber';
    expect(await hazards(`${persons} left join ${on} and u.userName = 'x'`)).toEqual([
      expect.stringContaining('always null. No row of "u" meets what the join asks of it alone.'),
    ]);
    // Each of the two is there, but not together.
    expect(await hazards(`${persons} left join ${on} and u.mail = p.lastName`)).toEqual([
      expect.stringContaining("always null. p.lastName has 'Berg', 'Cray', 'Dunn', …; u.mail has"),
    ]);
    expect(await hazards(`${persons} left join ${on} and u.id <> 'u1' and p.employeeNumber = '1'`)).toEqual([
      'warning hazard-join-nothing at directory.users as u: None of the 5 rows before it meets a row of "u", so its columns are always null.',
    ]);
    const absent = (world['hr.persons'] ?? []).map(([id, first, last]) => [id ?? null, first ?? null, last ?? null]);
    expect(await hazards(`${persons} left join directory.users as u on u.mail = p.mail`, {}, { ...world, 'hr.persons': absent })).toEqual([
      expect.stringContaining('always null. p.mail is always null; u.mail has'),
    ]);
    expect(
      await hazards(`${persons} left join directory.groups as g on g.id = p.employeeNumber`, {}, { ...world, 'directory.groups': [] }),
    ).toEqual([expect.stringContaining('directory.groups was collected without a single row.')]);
    expect(await hazards(`${persons} anti join hr.departments as d on 1 = 1`)).toEqual([
      expect.stringContaining('Every one of the 5 rows before it meets a row of "d", so none is left.'),
    ]);
  });
  test('silent where there was nothing to begin with', async () => {
    expect(await hazards(`${persons} left join hr.departments as d where p.status = 'x'`, {}, { ...world, 'hr.persons': [] })).toEqual([]);
  });
});

test('values that are not of their column’s type; they are not told of as missing, too', async () => {
  expect(await hazards(`${persons} where p.salary > 2000`)).toEqual([
    "warning hazard-unlike-value at p.salary: 1 of 5 values of p.salary is no number, e.g. 'n/a'. Here they count as null: mend the data, or the type of the column.",
  ]);
  expect(await hazards(`${persons} where p.lastName <> 'x'`)).toEqual([]);
});

describe('what is appended', () => {
  const others = {
    Guests: 'select u.userName as lastName, u.id as salary, u.mail as mail from directory.users as u',
    Nobody: "select u.userName as lastName, u.mail as mail from directory.users as u where u.employeeNumber = '3' and u.mail like 'c%'",
    Empty: 'select u.userName as lastName, nullif(u.userName, u.userName) as mail from directory.users as u',
  };
  test('columns of another type', async () => {
    expect(await hazards('select p.lastName, p.salary, p.mail from hr.persons as p append Guests', { others })).toEqual([
      'warning hazard-append-types at Guests: Columns of "Guests" are of another type: "salary" is number here and text there. Cast one of them, so that they can be compared.',
    ]);
  });
  test('a column without any value', async () => {
    expect(await hazards('select p.lastName, p.mail from hr.persons as p append Empty', { others })).toEqual([
      'info hazard-append-null at Empty: "mail" has no value in any of the 4 rows of "Empty". If another column is meant, give it that name there, with "as".',
    ]);
    expect(await hazards('select p.lastName, p.mail from hr.persons as p append Nobody', { others })).toEqual([]);
  });
});

test('what a parent brings is its own matter', async () => {
  const others = { Twice: 'select p.lastName from hr.persons as p join directory.users as u on u.employeeNumber = p.employeeNumber' };
  expect(await hazards("extends Twice select p.lastName where p.status = 'active'", { others })).toEqual([]);
});

test('values of what is secret by its name are never shown', async () => {
  const vaulted = catalogOf(
    [
      {
        system: 'safe',
        table: 'people',
        columns: ['id', 'apiToken', 'mail'].map((name) => ({ name, type: 'text' as const })),
        key: 'apiToken',
      },
    ],
    [],
  );
  const rows: Rows = {
    'safe.people': [
      ['1', 'hidden-1', null],
      ['2', 'hidden-2', 'a'],
      ['3', 'hidden-2', 'b'],
      ['4', 'HIDDEN-2', 'b'],
    ],
  };
  const more = { catalog: vaulted };
  const texts = [
    "select a.id from safe.people as a where a.mail <> 'a'",
    'select a.id from safe.people as a join safe.people as b on b.apiToken = a.apiToken and b.id > a.id',
    "select a.id from safe.people as a left join safe.people as b on b.apiToken = a.apiToken and b.id = '3'",
    "parameter token text default 'hidden-9' select a.id from safe.people as a where a.apiToken = @token",
    'select a.id from safe.people as a join safe.people as b on b.apiToken = a.apiToken',
  ];
  const found = await Promise.all(texts.map((text) => hazards(text, more, rows)));
  expect(found.map((one) => one.length)).toEqual([1, 0, 1, 1, 1]);
  expect(found.flat().join(' ')).not.toMatch(/hidden/i);
});
