import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { catalog } from './catalog.ts';
import { readMarked, showProblems, writeMarked } from './check.ts';

const folder = new URL('../../fixtures/filter/problems/', import.meta.url);

function problemsOf(text: string): ReturnType<typeof readFilter>['problems'] {
  const document = readFilter(text);
  const bound = bindFilter(document, catalog);
  const values = new Map(document.parameters.map(({ name, default: value }) => [name.text, value ?? null]));
  return [...document.problems, ...bound.problems, ...compileFilter(bound, { parameters: values, today: '2026-05-10' }).problems];
}

describe('what is wrong with a filter, and where', () => {
  // Filters in one file stand apart by lines of dashes. UPDATE_GOLDEN=1 writes the marks anew, to be read before they are kept.
  const line = /^-{10,}\n/m;
  for (const file of readdirSync(folder)) {
    const filters = readFileSync(new URL(file, folder), 'utf8').split(line);
    if (process.env['UPDATE_GOLDEN']) {
      it(`${file} is marked anew`, () => {
        const texts = filters.map((marked) => readMarked(marked).text);
        writeFileSync(new URL(file, folder), texts.map((text) => writeMarked(text, problemsOf(text))).join('----------\n'));
      });
    } else {
      filters.forEach((marked, i) => {
        it(`${file} ${i + 1}`, () => {
          const { text, expected } = readMarked(marked);
          expect(showProblems(text, problemsOf(text))).toEqual(expected);
        });
      });
    }
  }

  it('every fix makes its problem go away', () => {
    const texts = [
      'select p.lastNam from hr.persons p',
      'select p.lastName from hr.person p',
      'select persons.lastName from hr.persons p',
      'select mail from hr.persons p join directory.users u',
      'select p.mail, u.mail from hr.persons p join directory.users u',
      'select p.mail from hr.persons p where p.mail = null',
      'select p.mail from persons p',
      'select p.mail from hr.persons p where p.mail = @m',
      'select p.firstName + p.lastName as n from hr.persons p',
      'select u.id from directory.users u join directory.members m on m.member = u.id join hr.persons p join hr.departments a on a.id = p.departmentId join hr.departments b',
      'select lowr(p.mail) from hr.persons p',
      'select a.id from hr.departments a join recursive hr.departments b',
      'select p.mail, script $$ return !p.mail $$ as bad from hr.persons p exclude when bad',
      `select p.firstName || ' ' || p.lastName as fullName from hr.persons p where fullName = 'Ada'`,
      'select p.salary / 2 as half from hr.persons p where half * 2 > 7',
      'select p.mail from hr.persons p where p.active is true',
      'select p.mail from hr.persons p where p.salary = 1 or p.active is not false and p.mail is null',
    ];
    for (const text of texts) {
      const problem = problemsOf(text).find(({ fixes }) => fixes);
      expect(problem, text).toBeDefined();
      for (const fix of problem?.fixes ?? []) {
        const fixed = text.slice(0, fix.span.offset) + fix.text + text.slice(fix.span.offset + fix.span.length);
        expect(
          problemsOf(fixed).map(({ code }) => code),
          fixed,
        ).not.toContain(problem?.code);
      }
    }
  });
});
