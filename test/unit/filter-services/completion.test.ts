import { describe, expect, it } from 'vitest';
import { filterLanguage } from '../../../server/capabilities/filter/language.ts';
import { completionsAt, labelsAt, lineAfter, viewWith } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

const path = 'filters/Test.filter';

/** Labels at the caret in a workspace with more filters. */
function labelsBeside(marked: string, others: Readonly<Record<string, string>>): readonly string[] {
  const { text, caret } = parseCaret(marked);
  const view = viewWith({ ...others, [path]: text });
  return filterLanguage('file:///test.filter', text, { view, path })
    .complete(caret)
    .map(({ label }) => label);
}

describe('joins', () => {
  const join = 'select p.id from hr.persons as p join <|>';

  it('come without a condition where one relation is known', () => {
    expect(lineAfter(join, 'hr.departments')).toBe('select p.id from hr.persons as p join hr.departments as d');
    expect(labelsAt(join).filter((label) => label.startsWith('hr.departments'))).toEqual(['hr.departments']);
  });

  it('come with each condition where several could be meant', () => {
    const conditions = labelsAt(join).filter((label) => label.startsWith('hr.persons on'));
    expect(conditions.length).toBeGreaterThan(1);
    expect(lineAfter(join, conditions[0] ?? '')).toMatch(
      /^select p\.id from hr\.persons as p join hr\.persons as pe on pe\.(\w+) = p\.(?!\1\b)\w+$/,
    );
  });

  it('have no condition where one stands already', () => {
    expect(labelsAt('select p.id from hr.persons as p join <|> on p.id = 1').filter((label) => label.includes(' on '))).toEqual([]);
    expect(labelsAt('select p.id from <|>').filter((label) => label.includes(' on '))).toEqual([]);
  });

  it('go through a link table with its two columns', () => {
    const via = 'select u.id from directory.users as u join directory.groups as g via <|>';
    expect(labelsAt(via)[0]).toBe('directory.members(value, group_id)');
    expect(lineAfter(via, 'directory.members(value, group_id)')).toBe(
      'select u.id from directory.users as u join directory.groups as g via directory.members(value, group_id)',
    );
    expect(lineAfter('select u.id from directory.users as u join <|>', 'directory.groups via directory.members(value, group_id)')).toBe(
      'select u.id from directory.users as u join directory.groups as g via directory.members(value, group_id)',
    );
    expect(lineAfter(via.replace('<|>', 'directory.mem<|>'), 'directory.members(value, group_id)')).toContain(
      'via directory.members(value, group_id)',
    );
  });
});

describe('via', () => {
  const from = 'select p.id from hr.persons as p';

  it('offers the references between the tables first, with what they compare', () => {
    const marked = `${from} join hr.persons as m via <|>`;
    expect(labelsAt(marked)[0]).toBe('managerId');
    expect(completionsAt(marked)[0]).toMatchObject({ detail: 'm.id = p.managerId' });
    expect(lineAfter(marked, 'managerId')).toBe(`${from} join hr.persons as m via managerId`);
    expect(lineAfter(`${from} join hr.persons as m via man<|>`, 'managerId')).toBe(`${from} join hr.persons as m via managerId`);
    expect(labelsAt(`${from} join hr.departments as d via <|>`)[0]).toBe('departmentId');
  });

  it('offers those of one table after its alias, those that make a tree after recursive, and both where they could be of two tables', () => {
    expect(labelsAt(`${from} join hr.persons as m via m.<|>`)).toEqual(['m.managerId']);
    expect(labelsAt(`${from} join recursive hr.persons as m via <|>`)[0]).toBe('managerId');
    expect(labelsAt(`${from} join hr.persons as q join hr.departments as d via <|>`).slice(0, 2)).toEqual([
      'p.departmentId',
      'q.departmentId',
    ]);
    expect(labelsAt(`${from} left join (hr.persons as m join hr.departments as d via departmentId) via <|>`)[0]).toBe('managerId');
  });

  it('is followed by a condition, or by what follows a join', () => {
    expect(labelsAt(`${from} join hr.persons as m via managerId <|>`)).toEqual(expect.arrayContaining(['on', 'join', 'where']));
  });
});

describe('a filter that extends another', () => {
  const others = {
    'filters/Parent.filter':
      "parameter town text from session.CurrentTown default 'X'\nselect p.id from hr.persons as p where p.status = @town",
  };

  it('knows the columns, aliases and parameters of its parent', () => {
    const select = labelsBeside('extends Parent\nselect <|>', others);
    expect(select).toEqual(expect.arrayContaining(['p', 'employeeNumber', '@town']));
    expect(labelsBeside('extends Parent\nselect p.<|>', others)).toContain('employeeNumber');
    expect(labelsBeside('extends Parent\nselect p.id where p.status = @<|>', others)).toEqual(['@town']);
  });

  it('goes on with joins and clauses, not with from', () => {
    const words = labelsBeside('extends Parent\nselect p.id <|>', others);
    expect(words).toEqual(expect.arrayContaining(['as', 'join', 'left join', 'where']));
    expect(words).not.toContain('from');
  });

  it('session variables: those of other filters and those there always are', () => {
    expect(labelsBeside('parameter me text from session.<|>', others)).toEqual(['CurrentTown', 'sessionExternalID', 'sessionUserName']);
  });
});

describe('in a script', () => {
  const from = 'from hr.persons as p\nleft join directory.users as u';

  it('tables, questions to the vault and words', () => {
    const names = labelsAt(`select script $$ return <|> $$ as x\n${from}`);
    expect(names).toEqual(['p', 'u', 'vaultObjectExists', 'vaultObjectExistsByRef', 'data', 'return']);
    expect(completionsAt(`select script $$ return <|> $$ as x\n${from}`)[1]?.detail).toBe('directory.users, undefined where it has no row');
    expect(lineAfter(`select script $$ return vault<|> $$ as x\n${from}`, 'vaultObjectExists')).toBe(
      "select script $$ return vaultObjectExists('${1:system}', '${2:table}', ${3:key}) $$ as x",
    );
  });

  it.for([
    ['p.<|>', 'employeeNumber', 'p.employeeNumber'],
    ['u?.user<|>', 'userName', 'u?.userName'],
    ["p['<|>']", 'employeeNumber', "p['employeeNumber']"],
    ['p["emp<|>"]', 'employeeNumber', 'p["employeeNumber"]'],
    ["data['p'].<|>", 'employeeNumber', "data['p'].employeeNumber"],
    ["data['p']['emp<|>Num']", 'employeeNumber', "data['p']['employeeNumber']"],
    ["data['<|>']", 'u', "data['u']"],
    ['data.<|>', 'u', 'data.u'],
    ["'a' + p.<|> + 'b'", 'mail', "'a' + p.mail + 'b'"],
  ] as const)('%s', ([code, label, after]) => {
    expect(lineAfter(`select script $$ return ${code} $$ as x\n${from}`, label)).toBe(`select script $$ return ${after} $$ as x`);
  });

  it.for(["'p.<|>'", '/* p.<|> */', '// p.<|>', 'p.mail.<|>', '1.<|>', 'other.<|>', "f(x)['<|>"])('nothing in %s', (code) => {
    expect(labelsAt(`select script $$ return ${code}\n$$ as x\n${from}`)).toEqual([]);
  });

  it('after the word: a type, or the code', () => {
    const items = completionsAt('select script <|> from hr.persons as p');
    expect(items.map(({ label }) => label)).toEqual(['$$ … $$', 'text', 'number', 'boolean', 'date', 'datetime']);
    expect(items[0]?.textEdit?.newText).toBe(String.raw`\$\$ return $1 \$\$ as ${'${2:name}'}`);
  });
});
