import { describe, expect, it } from 'vitest';
import { definitionAt, hoverAt, symbolsOf } from '../../support/filter-language.ts';

const text = `-- Who works where.
parameter department text default 'IT'

select p.displayName as shown,
       lower(d.name) as place,
       script $$ return 1 $$ as one
from hr.persons as p
left join hr.departments as d
anti join directory.users as u
where d.name = @department and matched(d)
order by shown
lookup known include shown in directory.users.userName`;

/** The text with a caret in the first occurrence of a marked piece. */
function at(marked: string): string {
  const piece = marked.replace('<|>', '');
  if (!text.includes(piece)) throw new Error(`The text has no ${piece}.`);
  return text.replace(piece, () => marked);
}

describe('hover', () => {
  it.for([
    ['hr.<|>persons', ['Table `hr.persons`', 'key `id`', '`displayName` text', '`hr.persons.departmentId` refers to `hr.departments.id`']],
    ['<|>p.displayName', ['Alias `p`', 'Table `hr.persons`']],
    ['lower(<|>d.name)', ['Alias `d`: its row may be absent']],
    ['p.display<|>Name', ['Column `displayName` of `hr.persons`: text']],
    ['low<|>er(', ['`lower(text)`']],
    ['= @depart<|>ment', ["Parameter `@department`: text, `'IT'` unless given"]],
    ['parameter depart<|>ment', ['Parameter `@department`']],
    ['order by sh<|>own', ['Column `shown` of this filter: text']],
    ['as o<|>ne', ['made by a script']],
    ['matched(<|>d)', ['Table `hr.departments`']],
    ['lookup kno<|>wn', ['the rows whose value is found', 'Who works where.']],
    ['users.user<|>Name', ['Column `userName` of `directory.users`']],
  ] as const)('%s', ([marked, parts]) => {
    for (const part of parts) expect(hoverAt(at(marked))).toContain(part);
  });

  it('says of a reference whose column it is', () => {
    const text = 'select p.id from hr.persons as p join hr.persons as m via managerId';
    expect(hoverAt(text.replace('managerId', 'man<|>agerId'))).toContain('Column `managerId` of `hr.persons`');
  });

  it('says what another filter is', () => {
    const shown = hoverAt('select p.id from hr.persons as p append Emplo<|>yees');
    expect(shown).toContain('Filter `Employees`\n\nEverybody who works here, as the directory should know them.');
    expect(shown).toContain('`department` text');
  });

  it('nothing where nothing is known', () => {
    expect(hoverAt('sel<|>ect nothing from nowhere')).toBe('');
    expect(hoverAt('select noth<|>ing from nowhere.at_all')).toBe('');
    expect(hoverAt('<|>')).toBe('');
  });
});

describe('definition', () => {
  it.for([
    ['<|>p.displayName', 'p'],
    ['matched(<|>d)', 'd'],
    ['= @depart<|>ment', "department text default 'IT'"],
    ['hr.<|>persons', 'systems/hr.json:"persons": {'],
    ['p.display<|>Name', 'connectors/hr.json:"displayName": "string*",'],
  ] as const)('%s → %s', ([marked, expected]) => {
    expect(definitionAt(at(marked))).toBe(expected);
  });

  it('of an output column and of another filter', () => {
    expect(definitionAt(at('order by sh<|>own'))).toContain('shown');
    expect(definitionAt('select p.id from hr.persons as p append Emplo<|>yees')).toMatch(/^filters\/Employees\.filter:-- Everybody/);
  });
});

it('symbols: parameters, columns, tables, lookups', () => {
  expect(symbolsOf(text)).toEqual([
    '@department text',
    'shown text',
    'place text',
    'one text',
    'p hr.persons',
    'd hr.departments',
    'u directory.users',
    'known include',
  ]);
  expect(symbolsOf('')).toEqual([]);
});

it('never fails on a text that ends anywhere', () => {
  for (let end = 0; end <= text.length; end++) {
    const cut = text.slice(0, end);
    expect(() => [hoverAt(`${cut}<|>`), definitionAt(`${cut}<|>`), symbolsOf(cut)]).not.toThrow();
  }
});
