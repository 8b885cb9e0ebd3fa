import { describe, expect, it } from 'vitest';
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
    expect(said({ Main: 'extends Parent select 1 as one join hr.departments as p', Parent: parent })).toEqual(['duplicate-alias@p']);
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
