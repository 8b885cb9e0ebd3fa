import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../engine/model/workspace/check-file.ts';
import { between, dataColumn, expression, group, link, manyToOne, nimFilter, oneToMany, start, type Item } from '../../support/nim-json.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exportOf, expectSameAgain, imported, problemsOf, textOf, workspaceOf } from './round-trip.ts';

const persons = (children: readonly Item[]): Item => start('Staff', 'persons', children);

/** What stands behind the columns. */
function body(root: Item): string {
  const filter = nimFilter('F', root, [dataColumn('persons.number')]);
  const { files } = imported([filter]);
  expect(
    problemsOf(workspaceOf({ files }), 'F').filter(({ severity }) => severity === 'error' || severity === 'warning'),
    files.get('filters/F.filter'),
  ).toEqual([]);
  expectSameAgain(exportOf(nimExport([filter])));
  const text = textOf(filter);
  return text.slice(text.indexOf('from ')).trimEnd();
}

describe('items of a NIM filter as text', () => {
  it('a relation that the data model knows as the only one needs no condition', () => {
    expect(body(persons([manyToOne('any', 'department', ['Staff', 'departments'])]))).toBe('from   Staff.persons\njoin Staff.departments');
  });
  it('any-none is a left join, and no an anti join', () => {
    expect(
      body(
        persons([
          group('and', [manyToOne('any-none', 'department', ['Staff', 'departments']), oneToMany('no', 'person', ['Staff', 'phones'])]),
        ]),
      ),
    ).toBe('from   Staff.persons\nleft join Staff.departments\nanti join Staff.phones');
  });
  it('a relation between systems, under another name', () => {
    expect(body(persons([between('any', 'number', 'employee', ['Directory', 'accounts', 'a'])]))).toBe(
      'from   Staff.persons\njoin Directory.accounts as a',
    );
  });
  it('conditions of a plain join stand in where, so that its relation need not', () => {
    expect(body(persons([manyToOne('any', 'department', ['Staff', 'departments', 'd'], [expression('title', 'equals (ci)', 'IT')])]))).toBe(
      "from   Staff.persons\njoin Staff.departments as d\nwhere  d.title = 'IT' collate nocase",
    );
  });
  it('conditions of a left or anti join decide which of its rows count, so they stand in its on', () => {
    expect(body(persons([oneToMany('no', 'person', ['Staff', 'phones', 'p'], [expression('kind', 'equals', 'work')])]))).toBe(
      "from   Staff.persons\nanti join Staff.phones as p on p.person = persons.number and p.kind = 'work'",
    );
  });
  it('what hangs on a reference in a chain hangs on the joined table', () => {
    const chain = between(
      'any',
      'number',
      'employee',
      ['Directory', 'accounts', 'a'],
      [link('any', ['Directory', 'members'], 'account', 'group', ['Directory', 'groups', 'g'], [expression('title', 'equals', 'Admins')])],
    );
    expect(body(persons([chain]))).toBe(
      'from   Staff.persons\njoin Directory.accounts as a\njoin Directory.groups as g via Directory.members(account, "group")\nwhere  g.title = \'Admins\'',
    );
  });
  it('joins below an any-none or no stand in its brackets', () => {
    const text = body(
      persons([
        between(
          'no',
          'number',
          'employee',
          ['Directory', 'accounts', 'a'],
          [
            link(
              'any',
              ['Directory', 'members'],
              'account',
              'group',
              ['Directory', 'groups', 'g'],
              [expression('title', 'equals', 'Admins')],
            ),
          ],
        ),
      ]),
    );
    expect(text).toContain('anti join (');
    expect(text).toContain('via Directory.members(account, "group")');
    expect(text).toContain('a.employee = persons.number');
    expect(text).toContain("g.title = 'Admins'");
  });
  it('a reference below an or is a left join that the condition asks about', () => {
    const text = body(
      persons([
        group('or', [
          expression('active', 'equals', true),
          manyToOne('any', 'department', ['Staff', 'departments', 'd'], [expression('title', 'equals', 'IT')]),
        ]),
      ]),
    );
    expect(text).toBe(
      "from   Staff.persons\nleft join Staff.departments as d on d.code = persons.department and d.title = 'IT'\nwhere  persons.active = true or matched(d)",
    );
  });
  it('several references in an and below an or must all match', () => {
    const text = body(
      persons([
        group('or', [
          group('and', [
            manyToOne('any', 'department', ['Staff', 'departments', 'd']),
            oneToMany('any', 'person', ['Staff', 'phones', 'p']),
          ]),
          expression('hours', 'greater than', 20),
        ]),
      ]),
    );
    expect(text).toContain('(matched(d) and matched(p)) or persons.hours > 20');
    expect(text).not.toContain('\njoin');
  });
  it('a recursive relation walks the tree, up and down', () => {
    expect(body(persons([manyToOne('any', 'department', ['Staff', 'departments', 'd'], [], true)]))).toContain(
      'join recursive Staff.departments as d',
    );
    const down = nimFilter('F', start('Staff', 'departments', [oneToMany('any', 'above', ['Staff', 'departments', 'below'], [], true)]), [
      dataColumn('below.title'),
    ]);
    expect(textOf(down)).toContain('join recursive Staff.departments as below on below.above = departments.code');
    expectSameAgain(exportOf(nimExport([down])));
  });
  it('where two relations could be meant, the one that is meant is written out', () => {
    const text = body(
      persons([
        between(
          'any',
          'number',
          'employee',
          ['Directory', 'accounts', 'a'],
          [link('any', ['Directory', 'members'], 'account', 'group', ['Directory', 'groups', 'g'])],
        ),
        between('any', 'number', 'employee', ['Directory', 'accounts', 'b']),
      ]),
    );
    expect(text).toContain('join Directory.accounts as b on b.employee = persons.number');
  });
  it('a link table that several tables could mean is joined by itself', () => {
    const text = body(
      persons([
        group('and', [
          between('any', 'number', 'employee', ['Directory', 'accounts', 'a']),
          between(
            'any',
            'number',
            'employee',
            ['Directory', 'accounts', 'b'],
            [link('any', ['Directory', 'members'], 'account', 'group', ['Directory', 'groups', 'g'], [expression('title', 'equals', 'x')])],
          ),
        ]),
      ]),
    );
    expect(text).toContain('join Directory.members as g_members on g_members.account = b.guid');
    expect(text).toContain('join Directory.groups as g on g.guid = g_members."group"');
  });
  it('a relation the data model lacks is assumed, and told', () => {
    const root = start('Other', 'people', [manyToOne('any', 'boss', ['Other', 'people', 'chief'], [expression('age', 'greater than', 3)])]);
    const { files, notes } = imported([nimFilter('F', root, [dataColumn('people.id'), dataColumn('chief.name')])]);
    expect(JSON.parse(files.get('systems/Other.json') ?? '{}')).toEqual({
      tables: {
        people: { key: 'id', fields: { boss: 'text', age: 'number', id: 'text', name: 'text' }, relations: { boss: 'people' } },
      },
    });
    expect(notes.some(({ message }) => message.includes('Other.people.boss refers to') && message.includes('people.id is assumed'))).toBe(
      true,
    );
    const workspace = workspaceOf({ files });
    expect(problemsOf(workspace, 'F').filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(checkFile(workspace, 'systems/Other.json')).toEqual([]);
  });
  it('what is switched off is a comment that can be switched on again', () => {
    const off = expression('name', 'exists', undefined, { enabled: false });
    expect(body(persons([group('and', [expression('active', 'equals', true), off])]))).toBe(
      'from   Staff.persons\nwhere  active = true\n  -- and exists(name)',
    );
    expect(body(persons([group('and', [off])]))).toBe('from   Staff.persons\n-- where exists(name)');
  });
  it('a group that is switched off is one comment', () => {
    const off = group('or', [expression('active', 'equals', true), expression('hours', 'smaller than', 8)], { enabled: false });
    expect(body(persons([group('and', [expression('name', 'exists'), off])]))).toContain('-- and (active = true or hours < 8)');
  });
  it('a reference that is switched off leaves its text, too', () => {
    const filter = nimFilter(
      'F',
      persons([
        group('and', [
          {
            ...manyToOne('any', 'department', ['Staff', 'departments', 'd']),
            core: { ...manyToOne('any', 'department', ['Staff', 'departments', 'd']).core, enabled: false },
          },
        ]),
      ]),
      [dataColumn('persons.number')],
    );
    expect(textOf(filter)).toContain('-- join Staff.departments as d');
  });
});
