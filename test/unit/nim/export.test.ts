import { describe, expect, it } from 'vitest';
import { recordsOf, textOf as property, type JsonRecord } from '../../../engine/model/nim/json-value.ts';
import { exportedText, imported } from './round-trip.ts';
import { nimFilter, start, dataColumn } from '../../support/nim-json.ts';

function unsayable(text: string): readonly string[] {
  const { data, problems } = exportedText(text);
  expect(data, text).toBeUndefined();
  return problems
    .filter(({ code }) => code === 'nim-cannot-say')
    .map(({ message, span }) => `${text.slice(span.offset, span.offset + span.length)}: ${message}`);
}

function items(text: string, others: Readonly<Record<string, string>> = {}): readonly JsonRecord[] {
  const { data, problems } = exportedText(text, others);
  expect(
    problems.filter(({ severity }) => severity === 'error'),
    text,
  ).toEqual([]);
  return recordsOf(data ?? {}, 'filter_items');
}

const of = (where: string): string => `select p.number from Staff.persons as p ${where}`;

describe('a filter written by hand as NIM has it', () => {
  it('items stand below each other, each with its place, its parent and an id', () => {
    const list = items(of("join Staff.departments as d where p.active = true and d.title = 'IT'"));
    expect(list.map((one) => [one['type'], one['index'], one['parent'], one['indent'], one['child_count']])).toEqual([
      ['start', 0, undefined, 0, 1],
      ['and', 1, 0, 1, 2],
      ['expression', 2, 1, 2, 0],
      ['reference', 3, 1, 2, 1],
      ['expression', 4, 3, 3, 0],
    ]);
    expect(new Set(list.map((one) => one['id'])).size).toBe(5);
    expect(list[3]).toMatchObject({
      ref_type: 'n-1',
      system_name_1: 'Staff',
      col_name_1: 'departments',
      field_n: 'department',
      option: 'any',
      colrefname: 'd',
    });
    expect(list[4]?.['parentId']).toBe(list[3]?.['id']);
    expect(items(of('where p.active = true')).map((one) => one['id'])).toEqual(items(of('where p.active = true')).map((one) => one['id']));
  });
  it('a condition written the other way round, and one without a comparison', () => {
    const list = items(of('where 3 < p.hours and p.active and not exists(p.name)'));
    expect(list.map((one) => [one['field_name'], one['function_name'], one['operand_value']]).slice(2)).toEqual([
      ['hours', 'greater than', 3],
      ['active', 'equals', true],
      ['name', 'not exists', undefined],
    ]);
  });
  it('joins in brackets, joins behind left joins, and matched', () => {
    const bracketed = items(
      of('join (Staff.departments as d) on d.code = p.department left join Directory.accounts as a where matched(a) or p.hours > 3'),
    );
    expect(bracketed.map((one) => one['type'])).toEqual(['start', 'and', 'reference', 'or', 'reference', 'expression']);
    const behind = items(of('left join Directory.accounts as a left join Directory.groups as g on g.owner = a.guid'));
    expect(behind.map((one) => [one['type'], one['option'], one['parent']])).toEqual([
      ['start', undefined, undefined],
      ['reference', 'any-none', 0],
      ['reference', 'any-none', 1],
    ]);
  });
  it('a join behind brackets hangs on the table that it names', () => {
    const joins =
      'left join (Directory.accounts as a join Directory.members as m on m.account = a.guid) left join Directory.groups as g on g.guid = m."group"';
    expect(items(of(joins)).map((one) => [one['colrefname'], one['parent'], one['option'], one['field_n']])).toEqual([
      ['p', undefined, undefined, undefined],
      ['a', 0, 'any-none', undefined],
      ['m', 1, 'any', 'account'],
      ['g', 2, 'any-none', 'group'],
    ]);
  });
  it('columns, hidden ones for what is sorted by, constants as scripts', () => {
    const { data } = exportedText(
      "select p.number as id, 'x' as kind, script $$ return 1; $$ as one from Staff.persons as p order by p.name",
    );
    expect(
      recordsOf(data ?? {}, 'filter_columns').map((one) => [
        one['name'],
        one['display_name'],
        one['show'],
        one['source'],
        one['javascript'],
      ]),
    ).toEqual([
      ['p.number', 'id', true, 'data', undefined],
      ['kind', 'kind', true, 'script', 'return "x";'],
      ['one', 'one', true, 'script', 'return 1;'],
      ['p.name', 'p.name', false, 'data', undefined],
    ]);
    expect(data?.['sort_columns']).toEqual([{ name: 'p.name', ascending: true }]);
  });
  it('a parent is named in small letters, and what comes from it is marked', () => {
    const parent = of('where p.active = true');
    const list = items('extends Base select p.number where p.hours > 3', { Base: parent });
    expect(list.map((one) => [one['type'], one['inherited']])).toEqual([
      ['start', true],
      ['and', false],
      ['expression', true],
      ['expression', false],
    ]);
    expect(property(exportedText('extends Base select p.number', { Base: parent }).data ?? {}, 'filter_name_parent')).toBe('base');
  });
  it('what is not proven is told, and exported', () => {
    const { data, problems } = exportedText(of("multiple join Staff.phones as t where starts_with(p.name, 'a') and p.leaves >= today()"));
    expect(data).toBeDefined();
    expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'nim-unproven warning',
      'nim-unproven warning',
      'nim-unproven warning',
    ]);
  });
});

describe('a relation that nobody has written down', () => {
  const told = (text: string): readonly string[] =>
    exportedText(text).problems.map(({ code, severity, message, span }) => {
      const place = text.slice(span.offset, span.offset + span.length);
      return `${severity} ${code} at ${place}: ${message}`;
    });
  it('between systems', () => {
    expect(told(of('join Directory.accounts as a on a.login = p.name'))).toEqual([
      'warning nim-relation-assumed at join Directory.accounts as a on a.login = p.name: NIM must have an inter-system relation between Staff.persons.name and Directory.accounts.login for this join: it is not in relations.json, so the export does not bring it. Add it there, or in NIM.',
    ]);
  });
  it('within a system', () => {
    expect(told(of('join Staff.departments as d on d.code = p.note'))).toEqual([
      expect.stringContaining('NIM must have a relation between Staff.persons.note and Staff.departments.code in its data model'),
    ]);
  });
  it.each(['join Directory.accounts as a', 'left join Directory.accounts as a on p.number = a.employee', 'join Staff.phones as t'])(
    'silent: %s',
    (joins) => {
      expect(told(of(joins))).toEqual([]);
    },
  );
});

describe('what NIM cannot say is named with its place', () => {
  const cases: readonly (readonly [text: string, message: RegExp])[] = [
    [of('where case when p.active then 1 else 0 end = 1'), /cannot say "case"/],
    [of('where p.hours + 1 > 3'), /cannot calculate/],
    [of('where p.hours between 1 and 3'), /no "between"/],
    [of("where p.name like 'a%'"), /no "like"/],
    [of('where p.name is null'), /exists/],
    [of("where not (p.name = 'a' and p.hours = 3)"), /around a group/],
    [of('where p.name = p.note'), /two columns/],
    [of("where lower(p.name) = 'a'"), /lower/],
    [of("where p.name in ('a,b')"), /comma/],
    [of("join Staff.departments as d where p.name = 'a' or d.title = 'b'"), /speaks of "p" and "d"/],
    [of("left join Staff.departments as d where d.title = 'b'"), /Put it there/],
    [of('join Staff.departments as d on d.code = p.department and d.title <> p.note'), /speaks of|two columns/],
    [of('join Staff.departments as d on d.title = p.name'), /knows none between persons.name and departments.title/],
    ['select p.number, count(*) as n from Staff.persons as p group by p.number having count(*) > 1', /./],
    ['select distinct p.number from Staff.persons as p', /distinct on/],
    [of('limit 3'), /no "limit"/],
    ["select p.number || 'x' as y from Staff.persons as p", /neither/],
    ['select p.number, p.number as again from Staff.persons as p', /once/],
  ];
  for (const [text, message] of cases) {
    it(text.slice(0, 90), () => {
      const found = unsayable(text);
      expect(found.length).toBeGreaterThan(0);
      expect(found.join('\n')).toMatch(message);
    });
  }
  it('a text with errors of its own is not exported', () => {
    const { data, problems } = exportedText('select from where');
    expect(data).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('notes', () => {
  it('what NIM holds that the text cannot say is told when importing', () => {
    const filter = nimFilter('F', start('Staff', 'persons'), [dataColumn('persons.number')], {
      group_by: { enabled: true, groupFields: ['x'], outputColumns: [] },
      group: { enabled: true, count: 3, field: 'persons.number' },
    });
    const said = imported([filter])
      .notes.map(({ message }) => message)
      .join('\n');
    expect(said).toContain('It keeps 3 rows of each group');
    expect(said).toContain('group_by');
  });
});
