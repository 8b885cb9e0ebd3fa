import { expect, test } from 'vitest';
import { catalogOf } from '../../../engine/model/system/catalog.ts';
import { mostCounted } from '../../../engine/run/filter/insight/insight.ts';
import { catalog } from '../filter/catalog.ts';
import { insightOf, stepsOf, vaultOf, world } from './support.ts';

async function steps(text: string, more: Parameters<typeof insightOf>[2] = {}): Promise<readonly string[]> {
  return stepsOf(text, await insightOf(text, world, more));
}

test('the rows after each join in order, after the conditions, and of the whole', async () => {
  expect(
    await steps(
      "select p.employeeNumber, u.id from hr.persons as p left join hr.departments as d join directory.users as u where p.status = 'active' and d.name = 'IT'",
    ),
  ).toEqual([
    'result select: 3',
    'from hr.persons as p: 5',
    'join left join hr.departments as d: 5 (4 met, 1 did not)',
    'join join directory.users as u: 4 (3 met, 2 did not)',
    "where p.status = 'active' and d.name = 'IT': 3",
  ]);
});

test('what rests on a column that was not collected yet is not counted, and the rest is', async () => {
  const vault = vaultOf(world);
  const tables = catalog.tables.map((one) =>
    one.table === 'persons' ? { ...one, columns: [...one.columns, { name: 'late', type: 'text' as const }] } : one,
  );
  try {
    expect(
      await steps("select p.lastName from hr.persons as p join hr.departments as d where p.late = 'x'", {
        vault,
        catalog: catalogOf(tables, catalog.relations),
      }),
    ).toEqual(['from hr.persons as p: 5', 'join join hr.departments as d: 4 (4 met, 1 did not)']);
  } finally {
    vault.close();
  }
});

test('anti, multiple and all joins, joins in brackets, along a tree', async () => {
  expect(await steps('select p.lastName from hr.persons as p anti join directory.users as u')).toEqual([
    'result select: 2',
    'from hr.persons as p: 5',
    'join anti join directory.users as u: 2 (3 met, 2 did not)',
  ]);
  expect(await steps('select p.lastName from hr.persons as p multiple join directory.users as u')).toContain(
    'join multiple join directory.users as u: 2',
  );
  expect(
    await steps(
      'select p.lastName from hr.persons as p left join (hr.departments as d join hr.departments as up on up.id = d.parentId) on d.id = p.departmentId',
    ),
  ).toContain(
    'join left join (hr.departments as d join hr.departments as up on up.id = d.parentId) on d.id = p.departmentId: 5 (2 met, 3 did not)',
  );
  expect(await steps('select p.lastName from hr.persons as p join recursive hr.departments as d')).toContain(
    'join join recursive hr.departments as d: 6 (4 met, 1 did not)',
  );
});

test('groups, one row per value and a limit count for the whole alone', async () => {
  expect(await steps('select p.status, count(*) as n from hr.persons as p group by p.status')).toEqual([
    'result select: 3',
    'from hr.persons as p: 5',
  ]);
  expect((await steps('select distinct on (p.departmentId) p.lastName from hr.persons as p order by p.lastName'))[0]).toBe(
    'result select: 4',
  );
  expect((await steps('select p.lastName from hr.persons as p order by p.lastName limit 2'))[0]).toBe('result select: 2');
});

test('a parameter has the value that is given, else its default; without either its conditions are left out, and said so', async () => {
  const text =
    "parameter status text default 'leaver'\nparameter department text\nselect p.lastName from hr.persons as p join hr.departments as d where p.status = @status and d.name = @department";
  const insight = await insightOf(text, world);
  expect(stepsOf(text, insight).at(-1)).toBe('where p.status = @status: 1');
  expect(insight.without).toEqual(['department']);
  const given = await insightOf(text, world, {
    parameters: new Map([
      ['Department', 'IT'],
      ['status', 'active'],
    ]),
  });
  expect(stepsOf(text, given).at(-1)).toBe('where p.status = @status and d.name = @department: 2');
  expect(given.without).toEqual([]);
});

test('a session variable gives its parameter a value, unless one is given', async () => {
  const text = "parameter status text from session.wanted default 'active' select p.lastName from hr.persons as p where p.status = @status";
  const session = new Map([['wanted', 'leaver']]);
  expect(stepsOf(text, await insightOf(text, world)).at(-1)).toBe('where p.status = @status: 2');
  expect(stepsOf(text, await insightOf(text, world, { session })).at(-1)).toBe('where p.status = @status: 1');
  const parameters = new Map([['status', 'active']]);
  expect(stepsOf(text, await insightOf(text, world, { session, parameters })).at(-1)).toBe('where p.status = @status: 2');
});

test('the filter that is extended counts where it is named, what is appended where it is appended', async () => {
  const others = {
    Active: "select p.lastName from hr.persons as p left join hr.departments as d where p.status = 'active'",
    Guests: 'select u.userName as lastName from directory.users as u',
  };
  expect(await steps("extends Active\nselect p.lastName join directory.users as u where d.name = 'IT'", { others })).toEqual([
    'parent : 5',
    'result select: 3',
    'join join directory.users as u: 4 (3 met, 2 did not)',
    "where d.name = 'IT': 3",
  ]);
  expect(await steps('select p.lastName from hr.persons as p append Guests', { others })).toEqual([
    'result select: 9',
    'from hr.persons as p: 5',
    'append Guests: 4',
  ]);
});

test('lookups narrow the result', async () => {
  expect(
    await steps('select p.employeeNumber from hr.persons as p\nlookup known include employeeNumber in directory.users.employeeNumber'),
  ).toContain('lookup lookup known include employeeNumber in directory.users.employeeNumber: 3');
});

test('rows that scripts drop are not counted', async () => {
  const text = 'select p.lastName, script $$ return 1 $$ as x from hr.persons as p exclude when x = 1';
  expect(await steps(text)).toEqual(['from hr.persons as p: 5']);
  expect((await steps('select p.lastName, script $$ return 1 $$ as x from hr.persons as p'))[0]).toBe('result select: 5');
});

test('nothing is told behind a table that was never collected, and nothing of a filter with errors', async () => {
  const text =
    'select p.lastName from hr.persons as p left join hr.departments as d left join directory.groups as g on g.id = p.mail where p.lastName > d.name';
  const insight = await insightOf(text, world);
  expect(stepsOf(text, insight)).toEqual(['from hr.persons as p: 5', 'join left join hr.departments as d: 5 (4 met, 1 did not)']);
  expect(insight.missing).toEqual(['directory.groups']);
  expect((await insightOf('select g.id from directory.groups as g', world)).missing).toEqual(['directory.groups']);
});

test('when the time is over no further query begins, and it says so; who cancels waits for one query at most', async () => {
  let queries = 0;
  const text = 'select p.lastName from hr.persons as p left join hr.departments as d left join directory.users as u';
  const insight = await insightOf(text, world, { now: () => (queries++ > 2 ? 5_000 : 0) });
  expect(insight.stopped).toBe(true);
  expect(insight.steps.length).toBeLessThan(4);
  const controller = new AbortController();
  controller.abort();
  await expect(insightOf(text, world, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
});

test('a join that would look at every pair of many rows is not begun, and it says so', async () => {
  const rows = Array.from({ length: 4000 }, (_, i) => [i, 'x', null]);
  const text = 'select a.id from hr.departments as a left join hr.departments as b on contains(b.name, a.name) where a.id > 1';
  const insight = await insightOf(text, { 'hr.departments': rows });
  expect(stepsOf(text, insight)).toEqual(['from hr.departments as a: 4000']);
  expect(insight.stopped).toBe(true);
  const few = await insightOf(text, { 'hr.departments': rows.slice(0, 100) });
  expect(few).toMatchObject({
    stopped: false,
    steps: [{ kind: 'result' }, { kind: 'from' }, { kind: 'join', rows: 10_000 }, { kind: 'where' }],
  });
});

test('counting ends at a million rows', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => [i, 'x', null]);
  const text = 'select a.id from hr.departments as a join hr.departments as b on b.name = a.name';
  const { steps: found } = await insightOf(text, { 'hr.departments': rows });
  expect(found.find(({ kind }) => kind === 'join')).toMatchObject({ rows: mostCounted, more: true });
  expect(found.find(({ kind }) => kind === 'join')).not.toHaveProperty('matched');
});
