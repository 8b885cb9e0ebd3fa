import { describe, expect, it } from 'vitest';
import { completionsAt, labelsAt, lineAfter } from '../../support/filter-language.ts';

const staff = "select p.displayName\nfrom hr.persons as p\nleft join hr.departments as d\nwhere p.status = 'active'";

describe('keywords by place', () => {
  it.for([
    ['<|>', ['parameter', 'extends', 'select']],
    ['parameter d <|>', ['text', 'number', 'boolean', 'date', 'datetime']],
    ['parameter d text <|>', ['default', 'from session', 'parameter', 'extends', 'select']],
    ['parameter d boolean default <|>', ['null', 'true', 'false']],
    ['parameter d text from <|>', ['session']],
    ['select a from hr.persons as p left <|>', ['join']],
    ['select a from hr.persons as p group <|>', ['by']],
    ['select a from hr.persons as p exclude <|>', ['when']],
    ['select a from hr.persons as p where p.mail is <|>', ['null', 'not null']],
    ['select a from hr.persons as p where p.mail not <|>', ['in', 'like', 'between', 'null']],
    ['select a from hr.persons as p where p.mail = 1 collate <|>', ['nocase']],
    ['select cast(p.id as <|>) from hr.persons as p', ['text', 'number', 'boolean', 'date', 'datetime']],
    ['select a from hr.persons lookup x <|>', ['include', 'exclude']],
    ['select a from hr.persons lookup x include id <|>', ['in']],
  ] as const)('%s', ([marked, expected]) => {
    expect(labelsAt(marked)).toEqual(expected);
  });

  it('after a table: its alias, joins, and the clauses', () => {
    expect(labelsAt('select a from hr.persons <|>')).toEqual(expect.arrayContaining(['as', 'join', 'left join', 'where', 'lookup']));
    expect(labelsAt('select a from hr.persons as p <|>')).not.toContain('on');
    expect(labelsAt('select a from hr.persons as p join hr.departments as d <|>')).toEqual(expect.arrayContaining(['on', 'via', 'where']));
  });

  it('after a value: operators and the clauses that come later', () => {
    const words = labelsAt(`${staff} <|>`);
    expect(words).toEqual(expect.arrayContaining(['and', 'order by', 'group by', 'lookup']));
    expect(words).not.toContain('where');
    expect(labelsAt('select p.id <|> from hr.persons as p')).toEqual(expect.arrayContaining(['as', 'from']));
    expect(labelsAt(`${staff} order by p.id <|>`)).toEqual(expect.arrayContaining(['desc', 'limit']));
  });

  it.for([
    '-- a comment <|>',
    "select a from hr.persons where mail = 'te<|>xt'",
    "select a from hr.persons where mail = 'te<|>",
    'select a as <|> from hr.persons',
    'parameter <|>',
    'select a from hr.persons limit <|>',
    "select script $$ return 'a<|>b' $$ as x from hr.persons",
  ])('nothing where a name is made up or text stands: %s', (marked) => {
    expect(labelsAt(marked)).toEqual([]);
  });
});

describe('tables', () => {
  it('after from, each with a free alias', () => {
    expect(labelsAt('select 1 from <|>')).toEqual(expect.arrayContaining(['hr.persons', 'directory.users']));
    expect(lineAfter('select 1 from <|>', 'hr.persons')).toBe('select 1 from hr.persons as p');
    expect(lineAfter('select 1 from hr.<|>', 'hr.departments')).toBe('select 1 from hr.departments as d');
    expect(lineAfter('select 1 from hr.dep<|>', 'hr.departments')).toBe('select 1 from hr.departments as d');
    expect(lineAfter('select 1 from pers<|> where 1 = 1', 'hr.persons')).toBe('select 1 from hr.persons as p where 1 = 1');
    expect(lineAfter('select 1 from hr.<|> as x', 'hr.persons')).toBe('select 1 from hr.persons as x');
    expect(labelsAt('select 1 from hr.<|>')).not.toContain('directory.users');
  });

  it('after join, the related ones first, and an alias nobody has', () => {
    const items = completionsAt('select p.id from hr.persons as p join <|>\nwhere p.id = 1');
    const related = items.filter(({ detail }) => detail?.startsWith('related')).map(({ label }) => label);
    expect(items.slice(0, related.length).map(({ label }) => label)).toEqual(related);
    expect(related).toEqual(expect.arrayContaining(['hr.departments', 'hr.contracts', 'hr.persons', 'directory.users']));
    expect(related).not.toContain('directory.groups');
    expect(lineAfter('select p.id from hr.persons as p join <|>', 'hr.persons')).toBe(
      'select p.id from hr.persons as p join hr.persons as pe',
    );
  });

  it('as the alias after as', () => {
    expect(labelsAt('select 1 from hr.persons as <|>')).toEqual(['p']);
  });

  it('in brackets, after recursive, and in lookups without an alias', () => {
    expect(labelsAt('select 1 from hr.persons as p left join (<|>')).toContain('directory.users');
    expect(labelsAt('select 1 from hr.persons as p join recursive <|>')).toContain('hr.departments');
    expect(lineAfter('select id from hr.persons as p lookup x include id in <|>', 'directory.users')).toContain('in directory.users');
    expect(labelsAt('select id from hr.persons as p lookup x include id in directory.users.<|>')).toEqual(
      expect.arrayContaining(['id', 'userName']),
    );
  });
});

describe('columns', () => {
  it('after an alias, also when nothing stands behind the dot', () => {
    expect(labelsAt('select p.<|>\nfrom hr.persons as p')).toEqual(expect.arrayContaining(['employeeNumber', 'displayName']));
    expect(labelsAt('select p.<|> from hr.persons as p')).toContain('employeeNumber');
    expect(labelsAt('select p.id from hr.persons as p where p.<|> and p.id = 1')).toContain('status');
    expect(labelsAt('select p.id from hr.persons as p where p.sta<|>')).toContain('status');
    expect(labelsAt('select p.id from hr.persons as p anti join directory.users as u on u.<|>')).toContain('externalId');
    expect(labelsAt('select x.<|> from hr.persons as p')).toEqual([]);
  });

  it('bare where one table has the name, with the alias where several do', () => {
    const names = labelsAt(`${staff} and <|>`);
    expect(names).toEqual(expect.arrayContaining(['status', 'name', 'p.id', 'd.id', 'p', 'd']));
    expect(names).not.toContain('id');
  });

  it('names that are no plain words are quoted', () => {
    expect(lineAfter('select <|> from hr.persons as p', 'displayName')).toBe('select displayName from hr.persons as p');
  });

  it('not of an anti-joined table, except in its own condition', () => {
    const anti = 'select p.id from hr.persons as p anti join directory.users as u';
    expect(labelsAt(`${anti} where <|>`)).not.toContain('userName');
    expect(labelsAt(`${anti} on <|>`)).toContain('userName');
  });

  it('of the output, where they may be named', () => {
    expect(labelsAt('select p.displayName as shown from hr.persons as p order by <|>')).toContain('shown');
    expect(labelsAt('select p.displayName as shown from hr.persons as p lookup x include <|>')).toContain('shown');
    expect(labelsAt('select p.displayName as shown from hr.persons as p where <|>')).not.toContain('shown');
  });
});

describe('functions, parameters, filters', () => {
  it('functions with their signature; aggregates only over groups', () => {
    const items = completionsAt('select <|> from hr.persons as p');
    expect(items.find(({ label }) => label === 'substr')).toMatchObject({
      detail: 'substr(text, start [, count])',
      textEdit: { newText: 'substr($1)' },
    });
    expect(items.find(({ label }) => label === 'today')).toMatchObject({ textEdit: { newText: 'today()' } });
    expect(items.map(({ label }) => label)).toContain('count');
    expect(labelsAt('select 1 from hr.persons as p where <|>')).not.toContain('count');
    expect(labelsAt('select lower(<|>) from hr.persons as p')).toContain('mail');
  });

  it('matched takes a left-joined table', () => {
    expect(labelsAt(`${staff} and matched(<|>)`)).toEqual(['d']);
  });

  it('parameters after @, replacing what is there', () => {
    const head = "parameter department text default 'IT'\nparameter day date\n";
    expect(labelsAt(`${head}select 1 from hr.persons as p where status = @<|>`)).toEqual(['@day', '@department']);
    expect(lineAfter(`${head}select 1 from hr.persons as p where status = @dep<|>`, '@department')).toBe(
      'select 1 from hr.persons as p where status = @department',
    );
  });

  it('other filters after append and extends', () => {
    expect(labelsAt('select 1 from hr.persons append <|>')).toEqual([
      'Badges',
      'Employees',
      'External badges',
      'Leavers with an account',
      'Staff of a department',
      'Staff without an account',
    ]);
    expect(lineAfter('extends <|>', 'Staff of a department')).toBe('extends "Staff of a department"');
  });
});

it('never fails, wherever the caret stands and wherever the text ends', () => {
  const text = `parameter x text default 'a'\n${staff}\n  and (@x = d.name or matched(d)) group by p.id order by 1 desc limit 5\nlookup l exclude displayName in directory.users.id`;
  for (let end = 0; end <= text.length; end++) expect(() => labelsAt(`${text.slice(0, end)}<|>`)).not.toThrow();
  for (let caret = 0; caret <= text.length; caret += 3)
    expect(() => labelsAt(`${text.slice(0, caret)}<|>${text.slice(caret)}`)).not.toThrow();
});
