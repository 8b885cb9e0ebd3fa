import { describe, expect, it } from 'vitest';
import { between, dataColumn, expression, group, manyToOne, nimFilter, oneToMany, scriptColumn, start } from '../../support/nim-json.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exportOf, expectSameAgain, imported, problemsOf, textOf, workspaceOf } from './round-trip.ts';

const persons = start('Staff', 'persons');

describe('the parts of a NIM filter as text', () => {
  it('a whole filter reads as one that a person wrote', () => {
    const filter = nimFilter(
      'Leavers',
      start('Staff', 'persons', [
        group('and', [
          expression('leaves', '<= today + [days]', { parameter: 'days' }),
          manyToOne('any-none', 'department', ['Staff', 'departments', 'd']),
          between('no', 'number', 'employee', ['Directory', 'accounts', 'a'], [expression('enabled', 'equals', false)]),
          expression('name', 'not exists', undefined, { enabled: false }),
        ]),
      ]),
      [dataColumn('persons.number', 'Personnel number'), dataColumn('d.title'), scriptColumn('initial', "return persons['name'][0];")],
      {
        params: [
          {
            param_name: 'days',
            param_category: 'variable',
            data_type: 'number',
            default_value: '7',
            description: 'How far ahead',
            variable_name: 'daysAhead',
          },
        ],
        sort_columns: [
          { name: 'persons.leaves', ascending: false },
          { name: 'initial', ascending: true },
        ],
        group: { enabled: true, count: 1, field: 'persons.number' },
        lookups: [
          {
            lookupName: 'known',
            filterColumnName: 'persons.number',
            systemName: 'Directory',
            colName: 'accounts',
            fieldName: 'employee',
            includeVsExclude: true,
          },
          {
            lookupName: 'new',
            filterColumnName: 'initial',
            systemName: 'Directory',
            colName: 'accounts',
            fieldName: 'login',
            includeVsExclude: false,
          },
        ],
        meta_config: { notes: 'Who leaves soon.\nFor the desk.', tags: ['hr', 'desk'] },
      },
    );
    expect(textOf(filter)).toBe(`-- Who leaves soon.
-- For the desk.
-- Tags: hr, desk

parameter days number from session.daysAhead default 7 -- How far ahead

select distinct on (persons.number)
       persons.number                          as "Personnel number",
       d.title,
       script $$ return persons['name'][0]; $$ as initial
from   Staff.persons
left join Staff.departments as d
anti join Directory.accounts as a on a.employee = persons.number and a.enabled = false
where  persons.leaves <= today() + @days
  -- and not exists(persons.name)
order by persons.leaves desc, initial

lookup known include persons.number in Directory.accounts.employee
lookup new exclude initial in Directory.accounts.login
`);
    expect(problemsOf(workspaceOf(imported([filter])), 'Leavers').filter(({ severity }) => severity === 'error')).toEqual([]);
    expectSameAgain(exportOf(nimExport([filter])));
  });

  it('all columns of a table in a row are alias.*', () => {
    const names = ['number', 'name', 'active', 'hours', 'leaves', 'note', 'department'];
    // Seven are a list; eight, with one of another table, too.
    expect(
      textOf(
        nimFilter(
          'F',
          persons,
          names.map((name) => dataColumn(`persons.${name}`)),
        ),
      ),
    ).toContain('select number,');
  });

  it('a script of several lines is moved in, one that holds line breaks in a text is not', () => {
    const filter = nimFilter('F', persons, [
      scriptColumn('a', "  if (persons['name']) {\n    return 1;\n  }\n  return 2;\n"),
      scriptColumn('b', 'return `one\ntwo`;'),
      scriptColumn('c', "return 'costs $$5';"),
      scriptColumn('d', 'return 1; // one'),
    ]);
    const text = textOf(filter);
    expect(text).toContain(
      "script $$\n         if (persons['name']) {\n           return 1;\n         }\n         return 2;\n       $$ as a",
    );
    expect(text).toContain('$$\nreturn `one\ntwo`;\n       $$ as b');
    expect(text).toContain("return 'costs \\u0024$5';");
    expect(text).toContain('return 1; // one\n');
    expectSameAgain(exportOf(nimExport([filter])));
  });

  it('exclude takes the script that says so, and a hidden column stays where something names it', () => {
    const filter = nimFilter(
      'F',
      persons,
      [
        dataColumn('persons.number'),
        dataColumn('persons.name', 'name', false),
        dataColumn('persons.note', 'note', false),
        scriptColumn('gone', 'return true;', false),
      ],
      { exclude: { enabled: true, field_name: 'gone', exclude_after_oas: false } },
    );
    const mapping = { name: 'M', category: 6, data: { filter: 'F', items: [{ item_value: 'name' }] }, processValue: 0 };
    const text = imported([filter], [mapping]).files.get('filters/F.filter');
    expect(text).toContain('       name,');
    expect(text).not.toContain('note');
    expect(text).toContain('script boolean $$ return true; $$ as gone');
    expect(text).toContain('exclude when gone');
    expectSameAgain(exportOf(nimExport([filter], [mapping])));
  });

  it('columns of a table joined with no are empty, and left out unless something names them', () => {
    const root = start('Staff', 'persons', [oneToMany('no', 'person', ['Staff', 'phones', 'p'])]);
    const filter = nimFilter('F', root, [dataColumn('persons.number'), dataColumn('p.phone'), dataColumn('p.kind')]);
    const mapping = { name: 'M', category: 6, data: { filter: 'F[some]', items: [{ item_value: 'kind' }] }, processValue: 0 };
    const { files, notes } = imported([filter], [mapping]);
    expect(files.get('filters/F.filter')).toContain('select persons.number, null as kind\n');
    expect(notes.map(({ message }) => message).join()).toContain('left out, since it is empty in every row: phone');
    expectSameAgain(exportOf(nimExport([filter], [mapping])));
  });

  it('appends, one of them switched off', () => {
    const filter = nimFilter('F', persons, [dataColumn('persons.number')], {
      appends: [
        { filter_name: 'The-Other', enabled: true },
        { filter_name: 'Third', enabled: false },
      ],
    });
    const other = nimFilter('The-Other', persons, [dataColumn('persons.number')]);
    expect(textOf(filter, [other])).toContain('append "The-Other"\n-- append Third\n');
    expectSameAgain(exportOf(nimExport([filter, other])));
  });

  it('a child that adds to its parent extends it', () => {
    const active = expression('active', 'equals', true);
    const parent = nimFilter('Active', start('Staff', 'persons', [group('and', [active])]), [dataColumn('persons.number')], {
      params: [{ param_name: 'p', param_category: 'input', data_type: 'string', default_value: '', description: '', variable_name: '' }],
    });
    const marked = (item: typeof active): typeof active => ({ ...item, core: { ...item.core, inherited: true } });
    const root = start('Staff', 'persons', [
      {
        ...group('and', [
          marked(active),
          manyToOne('any', 'department', ['Staff', 'departments', 'd']),
          expression('hours', 'greater than', 3),
        ]),
        core: { type: 'and', inherited: true },
      },
    ]);
    const child = nimFilter(
      'Busy',
      { ...root, core: { ...root.core, inherited: true } },
      [dataColumn('persons.number'), dataColumn('d.title')],
      {
        filter_name_parent: 'active',
        params: [
          {
            param_name: 'p',
            param_category: 'input',
            data_type: 'string',
            default_value: '',
            description: '',
            variable_name: '',
            inherited: true,
          },
        ],
      },
    );
    expect(textOf(child, [parent])).toBe(`extends Active

select persons.number, d.title
join Staff.departments as d
where  persons.hours > 3
`);
    expect(problemsOf(workspaceOf(imported([parent, child])), 'Busy').filter(({ severity }) => severity === 'error')).toEqual([]);
    expectSameAgain(exportOf(nimExport([parent, child])));
  });

  it('a child that added to a group of its parent says everything itself', () => {
    const active = expression('active', 'equals', true);
    const parent = nimFilter('Base', start('Staff', 'persons', [group('or', [active])]), [dataColumn('persons.number')]);
    const root = start('Staff', 'persons', [
      {
        core: { type: 'or', inherited: true },
        children: [{ ...active, core: { ...active.core, inherited: true } }, expression('hours', 'greater than', 3)],
      },
    ]);
    const child = nimFilter('More', root, [dataColumn('persons.number')], { filter_name_parent: 'base' });
    const text = textOf(child, [parent]);
    expect(text).toContain('-- Parent in NIM: Base');
    expect(text).not.toContain('extends');
    expect(text).toContain('where  active = true or hours > 3');
    expectSameAgain(exportOf(nimExport([parent, child])));
  });

  it('a value of another type than its column is cast, not lost', () => {
    const root = start('Staff', 'persons', [expression('active', 'equals', { parameter: 'p' })]);
    const filter = nimFilter('F', root, [dataColumn('persons.number')], {
      params: [
        { param_name: 'p', param_category: 'input', data_type: 'string', default_value: 'undefined', description: '', variable_name: '' },
      ],
    });
    expect(textOf(filter)).toContain('parameter p text\n');
    expect(textOf(filter)).toContain('where  active = cast(@p as boolean)');
    expectSameAgain(exportOf(nimExport([filter])));
  });

  it('one table needs no alias, unless a column bears the name of another', () => {
    const sort = { sort_columns: [{ name: 'persons.name', ascending: true }] };
    const filter = nimFilter('F', start('Staff', 'persons', [expression('name', 'exists')]), [dataColumn('persons.note', 'name')], sort);
    expect(textOf(filter)).toContain('select persons.note as name');
    expect(textOf(filter)).toContain('order by persons.name');
    expectSameAgain(exportOf(nimExport([filter])));
  });
});
