import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { formatEdits, formatFilter } from '../../../engine/model/filter/format.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { catalog } from './catalog.ts';
import { compileText } from './vault.ts';

const problems = (text: string): readonly Problem[] => {
  const document = readFilter(text);
  return [...document.problems, ...bindFilter(document, catalog).problems];
};
const errors = (text: string): readonly string[] =>
  problems(text).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
const sqlOf = (text: string): string | undefined => compileText(text).query?.sql;

describe('joins as other SQL has them', () => {
  const plain = 'select p.mail from hr.persons p join directory.users u';
  it('are read: inner join and left outer join', () => {
    expect(sqlOf('select p.mail from hr.persons p inner join directory.users u')).toBe(sqlOf(plain));
    expect(sqlOf('select persons.mail from hr.persons INNER JOIN directory.users u')).toBe(
      sqlOf('select persons.mail from hr.persons join directory.users u'),
    );
    expect(sqlOf('select p.mail from hr.persons p left outer join directory.users u')).toBe(sqlOf(plain.replace('join', 'left join')));
  });
  it('are written in their short form', () => {
    const long = 'select p.mail\nfrom   hr.persons as p\ninner /* why */ join directory.users as u\nleft outer join hr.departments as d\n';
    const short = formatFilter(long);
    expect(short).not.toMatch(/inner|outer/);
    expect(short).toContain('/* why */');
    expect(sqlOf(short)).toBe(sqlOf(long));
    let edited = long;
    for (const { span, text } of formatEdits(long).toReversed())
      edited = edited.slice(0, span.offset) + text + edited.slice(span.offset + span.length);
    expect(edited).toBe(short);
  });
  it('leave names that read the same', () => {
    expect(errors('select inner.mail from hr.persons as inner join directory.users as outer')).toEqual([]);
  });
  it.each([
    ['right join directory.users u', /Swap the two tables/],
    ['right outer join directory.users u', /Swap the two tables/],
    ['full outer join directory.users u on u.mail = persons.mail', /append a filter .* anti join/],
    ['cross join directory.users u', /"join … on 1 = 1"/],
    ['natural join directory.users u', /Write "join"/],
    ['natural left join directory.users u', /Write "join"/],
  ])('say what to write: %s', (join, message) => {
    const found = errors(`select persons.mail from hr.persons ${join} where persons.active = true`);
    expect(found).toEqual([expect.stringMatching(message)]);
  });
  it('run as they are told to be written', () => {
    expect(errors('select p.mail from hr.persons p join directory.users u on 1 = 1')).toEqual([]);
  });
});

describe('is true and its like', () => {
  it.each([
    ['p.active is true', 'p.active = true'],
    ['p.active is false', 'p.active = false'],
    ['p.active is not true', '(p.active = false or p.active is null)'],
    ['p.active is not false', '(p.active = true or p.active is null)'],
  ])('are refused with what to write: %s', (condition, instead) => {
    const [problem, ...others] = problems(`select p.mail from hr.persons p where ${condition}`);
    expect(others).toEqual([]);
    expect(problem?.message).toContain(`Write ${instead}.`);
    expect(problem?.fixes?.map(({ text }) => text)).toEqual([instead]);
  });
});

describe('a script column without a type', () => {
  const withCondition = (condition: string, type = ''): string =>
    `select p.mail, script ${type} $$ return !p.mail $$ as bad from hr.persons p exclude when ${condition}`;
  const conditions = [
    'bad',
    'not bad',
    'bad = true',
    'false <> bad',
    'bad and p.active',
    'p.active = bad',
    'bad in (true)',
    `case when bad then true else false end`,
    `case bad when true then true end`,
    'coalesce(bad, false)',
    'case when p.active then bad end',
  ];
  it.each(conditions)('is refused where true or false is expected: %s', (condition) => {
    const found = problems(withCondition(condition)).filter(({ severity }) => severity === 'error');
    expect(found.map(({ code }) => code)).toEqual(['script-needs-boolean']);
    expect(found[0]?.fixes?.[0]?.title).toBe('Write "script boolean"');
    expect(errors(withCondition(condition, 'boolean'))).toEqual([]);
  });
  it.each([`bad = 'true'`, 'bad is null', 'bad > 3', `coalesce(bad, '') = ''`, `case bad when 'x' then true else false end`])(
    'is read as what it is elsewhere: %s',
    (condition) => {
      expect(errors(withCondition(condition))).toEqual([]);
    },
  );
});

describe('a name of the output in "where"', () => {
  const select = `select p.firstName || ' ' || p.lastName as fullName, count(*) as n, script $$ return 1 $$ as points from hr.persons p`;
  const said = (condition: string): Problem | undefined =>
    problems(`${select} where ${condition}`).find(({ code }) => code === 'unknown-column');
  it('is told what to write instead', () => {
    expect(said(`fullName = 'Ada A'`)?.message).toMatch(/Write what it stands for: p.firstName \|\| ' ' \|\| p.lastName/);
    expect(said('points > 1')?.message).toMatch(/"exclude when"/);
    expect(said('n > 1')?.message).toMatch(/after "having"/);
    expect(said('nobody = 1')?.message).toMatch(/No table here has a column "nobody"/);
  });
  it('is that of a column of a table where there is one', () => {
    expect(errors(`select p.lastName as mail from hr.persons p where mail = 'x'`)).toEqual([]);
  });
});
