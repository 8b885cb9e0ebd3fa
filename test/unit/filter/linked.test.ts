import { describe, expect, it } from 'vitest';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { compileLinked, rowsOfLinked, type Filters } from './linked-filters.ts';
import { memoryVault } from './vault.ts';

const vault = memoryVault({
  // employeeNumber firstName lastName mail departmentId status active startDate endDate salary skills changedAt
  'hr.persons': [
    ['1', 'Ada', 'Byron', 'ada@x.example', 3, 'active', 1, '2020-01-01', null, 100, '["SQL","JSON"]', null],
    ['2', 'Bea', 'Curie', null, 2, 'active', 0, null, null, 200, '[]', null],
    ['3', 'Cem', 'Dahl', '', null, 'left', 0, null, null, null, null, null],
  ],
  'hr.departments': [
    [1, 'All', null, '1'],
    [2, 'IT', 1, '2'],
    [3, 'Dev', 2, null],
  ],
  'directory.users': [
    ['u1', 'ada', '1', null, 1],
    ['u9', 'nobody', null, null, 1],
  ],
  'directory.groups': [['g1', 'Staff']],
  'directory.members': [['g1', 'u1']],
});
const rows = async (filters: Filters, name = 'Main', options: Parameters<typeof rowsOfLinked>[3] = {}): Promise<unknown[][]> =>
  (await rowsOfLinked(vault, filters, name, options)).map((row) => Object.values(row));
const said = (filters: Filters, name = 'Main'): readonly string[] => compileLinked(filters, name).said;

describe('extends', () => {
  const parent = `parameter status text default 'active'
    select p.employeeNumber from hr.persons as p left join directory.users as u where status = @status limit 1`;
  it('takes tables, joins, conditions and parameters, and adds its own', async () => {
    const child = "extends Parent select p.lastName, d.name, u.id join hr.departments as d where d.name <> 'Nowhere' order by 1";
    expect(await rows({ Parent: parent, Main: child })).toEqual([
      ['Byron', 'Dev', 'u1'],
      ['Curie', 'IT', null],
    ]);
    expect(await rows({ Parent: parent, Main: child }, 'Main', { parameters: new Map([['status', 'left']]) })).toEqual([]);
  });
  it('takes over several generations, and a child may declare a parameter anew', async () => {
    const filters = {
      Parent: parent,
      Middle: 'extends Parent select p.lastName where p.active = true',
      Main: "parameter status text default 'left' extends Middle select p.firstName",
      Other: 'extends Middle select p.firstName',
    };
    expect(await rows(filters)).toEqual([]);
    expect(await rows(filters, 'Other')).toEqual([['Ada']]);
  });
  it('reads what the parent wrote without a table as the parent meant it', async () => {
    // Both persons and users have "active" and "mail".
    const filters = {
      Parent: 'select p.lastName from hr.persons as p where mail is not null and active = true',
      Main: 'extends Parent select p.lastName, u.userName join directory.users as u',
    };
    expect(await rows(filters)).toEqual([['Byron', 'ada']]);
  });
  it('says what is wrong with the parent where it is named', () => {
    expect(said({ Main: 'extends Parnt select p.id', Parent: parent })).toContain('unknown-filter@Parnt');
    expect(said({ Main: 'extends Parent select p.lastName', Parent: 'select nothing from hr.persons as p' })).toEqual([
      'filter-broken@Parent',
    ]);
    expect(said({ Main: 'extends Parent select p.lastName', Parent: 'extends Main select p.lastName' })).toEqual(['filter-cycle@Parent']);
    expect(said({ Main: 'extends Main select lastName' })).toEqual(['filter-cycle@Main']);
    expect(said({ Main: 'extends Parent select p.lastName from hr.persons as p', Parent: parent })).toContain('syntax@from');
    expect(said({ Main: 'extends Parent select 1 as one join hr.departments as p limit 1', Parent: parent })).toEqual([
      'duplicate-alias@p',
    ]);
  });
  it('says which clauses of the parent it does not take over', () => {
    const filters = {
      Parent: `select distinct on (status) p.status, script boolean $$ return true $$ as out from hr.persons as p
        exclude when out order by p.status limit 3`,
      Groups: 'select status, count(*) as n from hr.persons as p group by status having count(*) > 1',
      Main: 'extends Parent select p.lastName',
      Middle: 'extends Parent select distinct p.lastName limit 1',
      Same: 'extends Parent select distinct on (p.status) p.status, false as out exclude when out limit 5',
      Child: 'extends Middle select p.status limit 2',
    };
    const told = (name: string): readonly string[] =>
      compileLinked(filters, name).found.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
    expect(told('Main')).toEqual([
      'info extends-partly: "Parent" has "distinct on", "exclude when" and "limit", which are not taken over: this filter may have more rows for that. Write them here if they are meant.',
    ]);
    expect(said({ ...filters, Main: 'extends Groups select p.lastName' })).toEqual(['extends-partly@Groups']);
    expect(told('Same')).toEqual([]);
    expect(told('Child')).toEqual([expect.stringContaining('"Middle" has "distinct", which is not taken over')]);
  });
  it('has no other problems for what a parent brings along', () => {
    const multiplied = 'select p.lastName from hr.departments as d join hr.persons as p';
    expect(said({ Main: multiplied })).toEqual(['join-multiplies@hr.persons as p']);
    expect(said({ Main: 'extends Parent select p.lastName', Parent: multiplied })).toEqual([]);
  });
});

describe('append', () => {
  it('adds rows by the names of the columns, then sorts and limits all of them', async () => {
    const filters = {
      Main: "select lastName as name, mail from hr.persons where status = 'active' append Groups append Departments order by name desc limit 4",
      Groups: 'select displayName as NAME from directory.groups',
      Departments: 'select name, id as extra from hr.departments where id < 3 order by id limit 1',
    };
    const main = filters.Main.replace(' append Groups append Departments order by name desc limit 4', '');
    const whole = `${main} order by name desc limit 4 append Groups append Departments`;
    expect(await rows({ ...filters, Main: whole })).toEqual([
      ['Staff', null],
      ['Curie', null],
      ['Byron', 'ada@x.example'],
      ['All', null],
    ]);
    expect(said({ ...filters, Main: whole })).toEqual(['append-columns@Groups', 'append-columns@Departments']);
  });
  it('gives its parameters to those of the same name', async () => {
    const filters = {
      Main: "parameter wanted text default 'IT' select lastName as name from hr.persons where lastName = @wanted append Departments",
      Departments: 'parameter WANTED text select name from hr.departments where name = @wanted',
    };
    expect(await rows(filters)).toEqual([['IT']]);
    expect(await rows(filters, 'Main', { parameters: new Map([['wanted', 'Byron']]) })).toEqual([['Byron']]);
    expect(said({ ...filters, Main: 'select lastName as name from hr.persons append Departments' })).toEqual([
      'parameter-missing@Departments',
    ]);
  });
  it('looks up and keeps one row per value before it appends', async () => {
    const filters = {
      Main: 'select distinct on (status) status as name from hr.persons order by name append Departments lookup known include name in hr.departments.name',
      Departments: "select name from hr.departments where name = 'IT'",
    };
    expect(await rows(filters)).toEqual([['IT'], ['active'], ['left']]);
    expect(await rows(filters, 'Main', { lookup: 'known' })).toEqual([['IT']]);
  });
  it('refuses what the appended rows cannot be sorted by, and circles', () => {
    const filters = { Other: 'select lastName from hr.persons' };
    expect(said({ ...filters, Main: 'select lastName from hr.persons order by mail append Other' })).toEqual(['order-needs-output@mail']);
    expect(said({ Main: 'select lastName from hr.persons append Main' })).toEqual(['filter-cycle@Main']);
    const back = 'select lastName from hr.persons append Main';
    expect(said({ Main: 'select lastName from hr.persons append Back', Back: back })).toEqual(['filter-cycle@Back']);
  });
});

describe('a clause behind append', () => {
  const select = 'select lastName from hr.persons';
  const problem = (text: string): Problem | undefined => readFilter(text).problems[0];
  it('is told to stand before it, once', () => {
    expect(readFilter(`${select} append Other order by lastName`).problems.map(({ message }) => message)).toEqual([
      '"order by" stands before "append", and holds for all rows together, the appended ones, too. Move it there.',
    ]);
    expect(problem(`${select} append Other where mail is null`)?.message).toBe(
      '"where" stands before "append"; appended rows have their own in their filter. Move it there.',
    );
    expect(problem(`${select} lookup l include mail in hr.persons.mail limit 5`)?.message).toBe(
      '"limit" stands before "lookup". Move it there.',
    );
  });
  it.each([
    [
      `${select}\nappend Other -- why\norder by lastName desc, 1\nappend More`,
      `${select}\norder by lastName desc, 1\nappend Other -- why\nappend More`,
    ],
    [`${select} order by 1 append Other\nlimit 5`, `${select} order by 1\nlimit 5 append Other`],
    [`${select} limit 5 append Other order by 1`, `${select} order by 1\nlimit 5 append Other`],
    [
      `${select}\nlimit -- limit of all\n  5\nlookup l include mail in hr.persons.mail\norder by 1`,
      `${select}\norder by 1\nlimit -- limit of all\n  5\nlookup l include mail in hr.persons.mail`,
    ],
    [`${select} append Other limit 5 order by 1`, `${select}\norder by 1\nlimit 5 append Other`],
    [`${select} append Other order by 1 limit 5`, `${select}\norder by 1\nlimit 5 append Other`],
  ])('is moved: %s', (text, expected) => {
    let moved = text;
    for (let found = problem(moved); found?.fixes?.[0]; found = problem(moved)) {
      const [fix] = found.fixes;
      const edits = [fix, ...(fix.more ?? [])].sort((a, b) => b.span.offset - a.span.offset);
      for (const { span, text: by } of edits) moved = moved.slice(0, span.offset) + by + moved.slice(span.offset + span.length);
    }
    expect(moved).toBe(expected);
  });
  it('is left to its author where there is one already', () => {
    expect(problem(`${select} order by 1 append Other order by 1`)?.fixes).toBe(undefined);
  });
});

describe('parameters of one name', () => {
  const other = 'parameter wanted number default 2 select name from hr.departments where id = @wanted';
  it.each([
    ['append', 'parameter wanted text select lastName as name from hr.persons where lastName = @wanted append Other'],
    ['extends', 'parameter wanted text extends Other select d.name where d.name <> @wanted'],
  ])('and different types are told where they are declared: %s', (_, main) => {
    const filters = { Main: main, Other: other.replace('departments', 'departments as d') };
    expect(said(filters)).toContain('parameter-clash@text');
    const [clash] = compileLinked(filters, 'Main').found.filter(({ code }) => code === 'parameter-clash');
    expect(clash?.message).toMatch(/is a text here and a number in "Other"/);
    expect(clash?.related?.map(({ path }) => path)).toEqual(['', 'Other.filter']);
    expect(
      said({ ...filters, Main: main.replace('wanted text', 'wanted number').replaceAll(/\w+ (=|<>) @wanted/g, 'true') }),
    ).not.toContain('parameter-clash@number');
  });
  it('are told also where the parameter itself is inherited', () => {
    const filters = {
      Main: 'extends Parent select p.lastName as name append Other',
      Parent: "parameter wanted text default 'x' select p.lastName from hr.persons as p where p.lastName = @wanted",
      Other: other,
    };
    expect(said(filters)).toEqual(['parameter-clash@Other']);
    const [clash] = compileLinked(filters, 'Main').found;
    expect(clash?.related?.map(({ path, span }) => [path, span.offset])).toEqual([
      ['', filters.Main.indexOf('Other')],
      ['Parent.filter', 0],
      ['Other.filter', 0],
    ]);
  });
  it('and different defaults are told of an appended filter, whose rows change; a child declares its own on purpose', () => {
    const filters = {
      Main: 'parameter wanted number default 3 select d.name from hr.departments as d where id = @wanted append Other',
      Other: other,
    };
    expect(said(filters)).toEqual(['parameter-default@3']);
    expect(said({ ...filters, Main: filters.Main.replace('default 3', 'default 2') })).toEqual([]);
    expect(said({ Main: 'parameter wanted number default 3 extends Other select name', Other: other })).toEqual([]);
  });
});

describe('exclude when', () => {
  it('drops rows whose condition holds; what is not known does not hold', async () => {
    const filters = { Main: "select employeeNumber from hr.persons exclude when mail = '' order by 1" };
    expect(await rows(filters)).toEqual([['1'], ['2']]);
  });
  it('works on groups', async () => {
    expect(await rows({ Main: 'select status, count(*) as n from hr.persons group by status exclude when n > 1' })).toEqual([['left', 1]]);
  });
});

describe('script columns', () => {
  const script = `select p.employeeNumber, script $$ return p['firstName'][0] + '. ' + p.lastName $$ as short, u.userName,
    script boolean $$ return data['u'] ? false : p['active'] $$ as lonely, script number $$ return p['departmentId'] * 2 $$ as twice
    from hr.persons as p left join directory.users as u on u.employeeNumber = p.employeeNumber`;
  it.each([true, false])('read columns of all tables; a table without a row is undefined (streamed: %s)', async (asStreamed) => {
    expect(await rows({ Main: `${script} order by p.employeeNumber desc limit 2` }, 'Main', { asStreamed })).toEqual([
      ['3', 'C. Dahl', null, 0, 0, null],
      ['2', 'B. Curie', null, 0, 4, null],
    ]);
    const found = await rows({ Main: `${script} where p.employeeNumber = '1'` }, 'Main', { asStreamed });
    expect(found).toEqual([['1', 'A. Byron', 'ada', 0, 6, null]]);
  });
  it('can be excluded, sorted, looked up and appended by', async () => {
    const filters = {
      Main: `select script $$ return p['lastName'] $$ as name, script boolean $$ return p['active'] $$ as out from hr.persons as p
        exclude when out order by name desc append More lookup there include name in hr.persons.lastName`,
      More: `select script $$ return 'A' + d.id $$ as name from hr.departments as d where d.id < 3`,
    };
    const names = async (lookup?: string): Promise<unknown[]> =>
      (await rows(filters, 'Main', lookup === undefined ? {} : { lookup })).map(([name]) => name);
    expect(await names()).toEqual(['Dahl', 'Curie', 'A2', 'A1']);
    expect(await names('there')).toEqual(['Dahl', 'Curie', 'A2', 'A1']);
  });
  it('are one row per value, by script or by column', async () => {
    const filters = {
      Main: `select distinct on (kind) script $$ return p['active'] ? 'in' : 'out' $$ as kind, p.employeeNumber from hr.persons as p order by p.employeeNumber desc`,
    };
    expect(await rows(filters)).toEqual([
      ['out', '3', null],
      ['in', '1', null],
    ]);
  });
  it('say of a row whose script failed why, and give the others', async () => {
    const filters = { Main: "select p.employeeNumber, script $$ return p['mail'].length $$ as n from hr.persons as p order by 1" };
    const [ada, bea, cem] = await rows(filters);
    expect([ada, cem]).toEqual([
      ['1', 13, null],
      ['3', 0, null],
    ]);
    expect(bea?.slice(0, 2)).toEqual(['2', null]);
    expect(bea?.[2]).toMatch(/null/);
  });
  it('are refused where rows are groups', () => {
    expect(said({ Main: 'select count(*) as n, script $$ return 1 $$ as s from hr.persons' })).toContain(
      'script-in-groups@script $$ return 1 $$ as s',
    );
  });
});
