import { describe, expect, test } from 'vitest';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { ColumnFacts } from '../../../engine/run/filter/insight/column-facts.ts';
import { openFilter, type OpenFilter } from '../../../server/capabilities/filter/document.ts';
import { hoverJoin, subjectAt } from '../../../server/capabilities/filter/insight-hover.ts';
import { valueCompletions, valuePlaceAt } from '../../../server/capabilities/filter/insight-values.ts';
import { parseCaret } from '../../support/marks.ts';
import { catalog } from '../filter/catalog.ts';

function open(text: string): OpenFilter {
  return openFilter('file:///a.filter', readFilter(text), catalog);
}

/** The column whose value is expected at the caret, and what a value replaces there. */
function placeAt(condition: string): string | undefined {
  const { text, caret } = parseCaret(`select p.lastName from hr.persons as p left join hr.departments as d where ${condition}`);
  const place = valuePlaceAt(open(text), caret);
  if (!place) return undefined;
  const { column, span, present } = place;
  return [`${column.table}.${column.column}`, text.slice(span.offset, span.offset + span.length), ...present].join(' | ');
}

describe('a value of a column is expected', () => {
  test.each([
    ['p.status = <|>', 'persons.status | '],
    ['p.status = ac<|>', 'persons.status | ac'],
    ["p.status <> 'ac<|>tive' and p.active = true", "persons.status | 'active'"],
    ["p.status = 'ac<|>\norder by p.lastName", "persons.status | 'ac"],
    ["p.status = 'ac<|> and p.active = true", "persons.status | 'ac"],
    ['p.departmentId >= 1<|>', 'persons.departmentId | 1'],
    ["p.status in (<|>, 'b')", 'persons.status |  | b'],
    ["p.status not in ('a', 'b', '<|>')", "persons.status | '' | a | b"],
    ['p.departmentId in (1, 2, <|>)', 'persons.departmentId |  | 1 | 2'],
    ["p.status not like '<|>'", "persons.status | ''"],
    ['p.startDate between <|>', 'persons.startDate | '],
    ["p.startDate not between '2020-01-01' and <|>", 'persons.startDate | '],
    ['contains(p.mail, <|>)', 'persons.mail | '],
    ['starts_with(status, <|>)', 'persons.status | '],
    ['salary > <|>', 'persons.salary | '],
    ['"p"."status" = <|>', 'persons.status | '],
    ['case when d.name = <|>', 'departments.name | '],
  ])('%s', (condition, expected) => {
    expect(placeAt(condition)).toBe(expected);
  });

  test.each([
    '<|>',
    'p.status <|>',
    "p.status = 'active' <|>",
    "p.status = 'active'<|>",
    'p.status = p.<|>',
    'p.status = @<|>',
    'lower(p.status) = <|>',
    'nothing = <|>',
    'coalesce(p.status, <|>',
    'p.active = true and <|>',
    '-- p.status = <|>',
  ])('but not here: %s', (condition) => {
    expect(placeAt(condition)).toBeUndefined();
  });
});

test('a parameter has the values of the column it is compared with', () => {
  const at = (marked: string): string | undefined => {
    const { text, caret } = parseCaret(marked);
    return valuePlaceAt(open(text), caret)?.column.column;
  };
  const rest = 'parameter b text select p.lastName from hr.persons as p where p.firstName = @b and p.status = @a';
  expect(at(`parameter a text default <|> ${rest}`)).toBe('status');
  expect(at(`parameter a text default 'x<|>' ${rest}`)).toBe('status');
  expect(at(`parameter c text default <|> ${rest}`)).toBeUndefined();
});

test('nothing fails, wherever the caret stands and wherever the text ends', () => {
  const text =
    "parameter a text default 'x'\nselect p.lastName, script $$ return 'a' $$ as s from hr.persons as p join recursive hr.departments as d left join (directory.users as u join directory.members as m on m.member = u.id) on u.mail = p.mail where p.status in ('a', @a) and contains(p.mail, 'b') and p.startDate between '2020-01-01' and today() exclude when s = 'a' lookup x include lastName in hr.persons.lastName";
  for (let end = 0; end <= text.length; end++) {
    const filter = open(text.slice(0, end));
    for (const offset of [0, end >> 1, end - 1, end]) {
      expect(() => [valuePlaceAt(filter, Math.max(0, offset)), subjectAt(filter, Math.max(0, offset))]).not.toThrow();
    }
  }
});

test('what is not of the type of its column is not offered, and a value is written as the language has it', () => {
  const offered = (condition: string, type: ColumnFacts['type'], values: readonly (string | number)[]): readonly string[] => {
    const { text, caret } = parseCaret(`select p.lastName from hr.persons as p where ${condition}`);
    const filter = open(text);
    const place = valuePlaceAt(filter, caret);
    const facts: ColumnFacts = { name: 'x', type, looked: 9, filled: 9, distinct: 9, values: values.map((value) => ({ value, rows: 1 })) };
    return place ? valueCompletions(filter, place, facts).map(({ label, filterText }) => `${label} by ${filterText ?? ''}`) : [];
  };
  expect(offered('p.salary = <|>', 'number', [1.5, 'n/a', -2])).toEqual(['1.5 by 1.5', '-2 by -2']);
  expect(offered('p.active = <|>', 'boolean', [1, 0, 'yes'])).toEqual(['true by true', 'false by false']);
  expect(offered('p.endDate = <|>', 'date', ['2026-01-31', 'never'])).toEqual(["'2026-01-31' by '2026-01-31'"]);
  expect(offered("p.status = 'O<|>", 'text', ["O'Neil", 5])).toEqual(["'O''Neil' by 'O''Neil'", "'5' by '5'"]);
  expect(offered('p.status = O<|>', 'text', ["O'Neil"])).toEqual(["'O''Neil' by O'Neil"]);
});

test('of a join by a reference what it compares is said', () => {
  const filter = open('select d.name from hr.departments as e join recursive hr.departments as d via parentId');
  const subject = subjectAt(filter, filter.text.indexOf('join'));
  if (subject?.kind !== 'join') throw new Error('There is no join.');
  const { value } = hoverJoin(filter, subject, undefined).contents as { readonly value: string };
  expect(value).toContain('On `d.id = e.parentId`, by the reference `parentId`.');
  expect(value).toContain('Every row above along `parentId`, the first one included.');
});
