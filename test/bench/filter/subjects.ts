/** A filter, and what a careful person writes for the same question. `sollist_fold` is there for both: SQLite has nothing like it. */
export interface Subject {
  readonly what: string;
  readonly filter: string;
  readonly sql: string;
  readonly lookup?: string;
  /** Rows must all be seen before the first one comes. */
  readonly whole?: true;
}

/** A filter that another appends. */
export const appended = {
  name: 'Disabled',
  text: 'select a.id as id, a.userName as name from ad.accounts as a where a.enabled = false',
};

export const subjects: readonly Subject[] = [
  {
    what: 'plain conditions',
    filter: "select p.id, p.lastName, p.mail from hr.persons as p where p.status = 'active' and exists(p.mail)",
    sql: `select id, lastName, mail from "hr.persons" where status = 'active' and mail <> ''`,
  },
  {
    what: 'join over a relation',
    filter: "select p.id, p.lastName, d.name from hr.persons as p join hr.departments as d where d.name like 'Department 1%'",
    sql: `select p.id, p.lastName, d.name from "hr.persons" p join "hr.departments" d on d.id = p.departmentId where d.name glob 'Department 1*'`,
  },
  {
    what: 'left join',
    filter: 'select p.id, a.userName, a.enabled from hr.persons as p left join ad.accounts as a',
    sql: `select p.id, a.userName, a.enabled from "hr.persons" p left join "ad.accounts" a on a.employeeNumber = p.id`,
  },
  {
    what: 'anti join',
    filter: 'select p.id, p.lastName from hr.persons as p anti join ad.accounts as a on a.employeeNumber = p.id and a.enabled = true',
    sql: `select id, lastName from "hr.persons" p where not exists (select 1 from "ad.accounts" a where a.employeeNumber = p.id and a.enabled = 1)`,
  },
  {
    what: 'multiple join',
    filter: 'select distinct p.id, p.lastName from hr.persons as p multiple join ad.accounts as a',
    sql: `select distinct p.id, p.lastName from "hr.persons" p where (select count(*) from "ad.accounts" a where a.employeeNumber = p.id) > 1`,
  },
  {
    what: 'nested joins',
    filter:
      'select p.id, g.displayName from hr.persons as p left join (ad.accounts as a join ad.members as m join ad.groups as g on g.id = m."group" and g.displayName = \'Group 17\') on a.employeeNumber = p.id',
    sql: `select p.id, g.displayName from "hr.persons" p left join ("ad.accounts" a join "ad.members" m on m.member = a.id join "ad.groups" g on g.id = m."group" and g.displayName = 'Group 17') on a.employeeNumber = p.id`,
  },
  {
    what: 'recursion',
    filter: "select p.id, p.lastName, d.name from hr.persons as p join recursive hr.departments as d where d.name = 'Department 7'",
    sql: `with recursive below(id) as (select id from "hr.departments" where name = 'Department 7' union select d.id from below b join "hr.departments" d on d.parentId = b.id)
      select p.id, p.lastName, 'Department 7' as name from "hr.persons" p where p.departmentId in (select id from below)`,
  },
  {
    what: 'groups',
    filter:
      'select g.id, g.displayName, count(*) as members, min(m.member) as first from ad.groups as g join ad.members as m group by g.id, g.displayName having count(*) > 10',
    sql: `select g.id, g.displayName, count(*) as members, min(m.member) as first from "ad.groups" g join "ad.members" m on m."group" = g.id group by g.id, g.displayName having count(*) > 10`,
    whole: true,
  },
  {
    what: 'one row per value',
    filter: 'select distinct on (p.departmentId) p.departmentId, p.id, p.startDate from hr.persons as p order by p.startDate, p.id',
    sql: `select departmentId, id, startDate from (select departmentId, id, startDate, row_number() over (partition by departmentId order by startDate, id) as n from "hr.persons") where n = 1 order by startDate, id`,
    whole: true,
  },
  {
    what: 'without case',
    filter: "select p.id, p.lastName from hr.persons as p where contains(p.lastName, 'STRAUSS') collate nocase order by p.lastName",
    sql: `select id, lastName from "hr.persons" where instr(sollist_fold(lastName), 'strauss') > 0 order by lastName`,
    whole: true,
  },
  {
    what: 'lookup',
    filter: 'select p.id, p.mail from hr.persons as p lookup known exclude id in ad.accounts.employeeNumber',
    lookup: 'known',
    sql: `select id, mail from "hr.persons" p where not exists (select 1 from "ad.accounts" a where a.employeeNumber = p.id)`,
  },
  {
    what: 'append',
    filter: "select p.id as id, p.lastName as name from hr.persons as p where p.status = 'left' append Disabled",
    sql: `select id, lastName as name from "hr.persons" where status = 'left' union all select id, userName from "ad.accounts" where enabled = 0`,
  },
];
