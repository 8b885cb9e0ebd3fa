import { describe, expect, it } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { formatFilter } from '../../../engine/model/filter/format.ts';
import { catalogOf, type Catalog, type Relation } from '../../../engine/model/system/catalog.ts';

/* Tables that refer to another by several columns, and to themselves. */

const ref = (text: string): Relation['from'] => {
  const [system = '', table = '', column = ''] = text.split('.');
  return { system, table, column };
};
const reference = (from: string, to: string): Relation => ({ kind: 'reference', from: ref(from), to: ref(to) });
const table = (name: string, ...columns: readonly string[]): Catalog['tables'][number] => ({
  system: 'hr',
  table: name,
  columns: ['id', ...columns].map((column) => ({ name: column, type: 'text' as const })),
  key: 'id',
});
const catalog = catalogOf(
  [table('persons', 'name', 'manager', 'deputy', 'unit', 'office'), table('units', 'name', 'parent'), table('links', 'unit', 'person')],
  [
    reference('hr.persons.manager', 'hr.persons.id'),
    reference('hr.persons.deputy', 'hr.persons.id'),
    reference('hr.persons.unit', 'hr.units.id'),
    reference('hr.persons.office', 'hr.units.id'),
    reference('hr.units.parent', 'hr.units.id'),
  ],
);

const bind = (text: string): ReturnType<typeof bindFilter> => bindFilter(readFilter(text), catalog);
const codes = (text: string): readonly string[] => {
  const document = readFilter(text);
  return [...document.problems, ...bindFilter(document, catalog).problems]
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
};
const sqlOf = (text: string): string => compileFilter(bind(text), { parameters: new Map(), today: '2026-05-10' }).query?.sql ?? '';
const same = (one: string, other: string): void => {
  expect(codes(one)).toEqual([]);
  expect(sqlOf(one)).toBe(sqlOf(other));
  expect(sqlOf(one)).not.toBe('');
};
const problemsOf = (text: string): readonly string[] =>
  bind(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ message, fixes = [] }) => `${message}${fixes.map(({ title }) => ` [${title}]`).join('')}`);

describe('via a reference', () => {
  const from = 'select p.name from hr.persons as p';
  it('joins what the row before refers to', () => {
    same(`${from} join hr.persons as m via manager`, `${from} join hr.persons as m on m.id = p.manager`);
    same(`${from} left join hr.persons as d via Deputy`, `${from} left join hr.persons as d on d.id = p.deputy`);
    same(`${from} join hr.units as u via office`, `${from} join hr.units as u on u.id = p.office`);
    same(
      'select u.name from hr.units as u join hr.persons as p via office',
      'select u.name from hr.units as u join hr.persons as p on p.office = u.id',
    );
  });
  it('joins what refers to the row before where the alias says so', () => {
    same(`${from} join hr.persons as m via m.manager`, `${from} join hr.persons as m on m.manager = p.id`);
    same(`${from} join hr.persons as m via p.manager`, `${from} join hr.persons as m via manager`);
  });
  it('goes with a condition, in every join, and in brackets', () => {
    same(
      `${from} anti join hr.persons as m via manager on m.name = 'x' and m.id <> 'y'`,
      `${from} anti join hr.persons as m on m.id = p.manager and m.name = 'x' and m.id <> 'y'`,
    );
    same(
      `${from} left join (hr.persons as m join hr.units as u via unit) via manager`,
      `${from} left join (hr.persons as m join hr.units as u on u.id = m.unit) on m.id = p.manager`,
    );
  });
  it('says along which reference a tree goes, and where it begins', () => {
    same(
      `select p.name from hr.links as l join hr.persons as p on p.id = l.person join recursive hr.persons as m via manager`,
      `select p.name from hr.links as l join hr.persons as p on p.id = l.person join recursive hr.persons as m via manager on m.id = p.manager`,
    );
    const up = bind(`${from} join recursive hr.persons as m via manager`).joins[0]?.recursion;
    expect(up).toMatchObject({ parent: 'manager', key: 'id', direction: 'up' });
    const down = bind(`${from} join recursive hr.persons as m via m.deputy`).joins[0]?.recursion;
    expect(down).toMatchObject({ parent: 'deputy', key: 'id', direction: 'down' });
    const started = bind("select l.unit from hr.links as l join recursive hr.persons as m via deputy on m.id = l.person and m.name <> 'x'");
    expect(started.joins[0]?.recursion).toMatchObject({ parent: 'deputy', direction: 'up', links: [{}], conditions: [{}] });
    expect(bind(`${from} join recursive hr.units as u via parent on u.id = p.unit`).joins[0]?.recursion).toMatchObject({
      parent: 'parent',
    });
  });
  it('is offered where several relations could be meant', () => {
    expect(problemsOf(`${from} join hr.persons as m`)).toEqual([
      '"m" is related to the tables before it in 4 ways. Write the one that is meant after "on", or its reference after "via".' +
        ' [Write on m.id = p.manager] [Write on m.manager = p.id] [Write on m.id = p.deputy] [Write on m.deputy = p.id] [Write via manager] [Write via deputy]',
    ]);
    expect(problemsOf(`${from} join recursive hr.persons as m on m.id = p.manager`)).toEqual([
      '"m" refers to itself by several columns: manager, deputy. Write the one that makes the tree after "via". [Write via manager] [Write via deputy]',
    ]);
  });
  it('has fixes that mend', () => {
    for (const text of [`${from} join hr.persons as m`, `${from} join recursive hr.persons as m on m.id = p.manager`]) {
      const fixes = bind(text).problems.flatMap((problem) => problem.fixes ?? []);
      expect(fixes.length).toBeGreaterThan(1);
      for (const { span, text: added } of fixes)
        expect(codes(`${text.slice(0, span.offset)}${added}${text.slice(span.offset + span.length)}`)).toEqual([]);
    }
  });
  it('is a problem where it names none or several', () => {
    expect(problemsOf(`${from} join hr.units as u via offices`)).toEqual([
      '"offices" is no reference between "u" and the tables before it. Did you mean "office"? There is: unit, office. [Write office]',
    ]);
    expect(problemsOf(`${from} join hr.persons as q on q.id = p.id join hr.units as u via unit`)).toEqual([
      'More than one table has the reference "unit". Write the alias before it. [Write via p.unit] [Write via q.unit]',
    ]);
    expect(codes(`${from} join hr.persons as q on q.id = p.id join hr.units as u via q.unit`)).toEqual([]);
    expect(codes(`${from} join hr.links as l via manager`)).toEqual(['no-relation']);
    expect(codes(`${from} join hr.units as u via x.unit`)).toEqual(['unknown-table']);
    expect(problemsOf(`${from} join hr.units as u via hr.links`)[0]).toMatch(
      /^The two columns of the link table are missing: write hr\.links\(near, far\)/,
    );
    expect(problemsOf(`${from} join recursive hr.persons as m via unit`)[0]).toMatch(
      /^"m" does not refer to itself by "unit"\..* It does by: manager, deputy\./,
    );
  });
  it('is still no reference where it is half written', () => {
    for (const end of ['via', 'via on x', 'via hr.', 'via hr.links(', 'via hr.links(unit', 'via m.'])
      expect(codes(`${from} join hr.units as m ${end}`).length, end).toBeGreaterThan(0);
  });
  it('goes with a filter that is extended', () => {
    const parent = readFilter(`${from} join recursive hr.persons as m via manager join hr.units as u via p.office`);
    const child = readFilter('extends Parent select m.name, u.name as unit');
    const bound = bindFilter(child, catalog, { names: ['Parent'], find: (name) => ({ name, document: parent }) });
    expect(bound.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(bound.joins[0]?.recursion).toMatchObject({ parent: 'manager', direction: 'up' });
  });
  it('is formatted as any join, and what stands behind it, too', () => {
    const text = `${from} join hr.persons as m VIA manager where (p.name = 'x' AND p.unit = 'y') or p.id IN ('1')`;
    const formatted = formatFilter(text, { keywords: 'lower' });
    expect(formatted).toMatch(/join hr\.persons as m via manager\n/);
    expect(formatted).not.toMatch(/AND|IN/);
  });
});
