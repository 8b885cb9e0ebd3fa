import type { CodeAction } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../engine/model/text/edits.ts';
import { filterExtractions, filterRepairs, filterRewrites } from '../../../server/capabilities/actions/filter/actions.ts';
import { openFilterIn } from '../../../server/capabilities/filter/language.ts';
import { askedProblems } from '../../../server/capabilities/quick-fixes.ts';
import { diagnosticsOf } from '../../../server/convert.ts';
import { viewWith } from '../../support/filter-language.ts';
import { parseCaret } from '../../support/marks.ts';

const path = 'filters/Test.filter';
const uri = 'file:///test.filter';

/** The text after each change that is offered at the caret, by its title. */
function offeredAt(marked: string): Readonly<Record<string, string>> {
  const { text, caret } = parseCaret(marked);
  const filter = openFilterIn(uri, text, { view: viewWith({ [path]: text }), path });
  const span = { offset: caret, length: 0 };
  const problems = [...filter.document.problems, ...filter.bound.problems];
  const diagnostics = diagnosticsOf(text, problems, { uriOf: () => uri, textOf: () => text });
  const actions = [
    ...filterRewrites(filter, span),
    ...filterExtractions(filter, span),
    ...filterRepairs(filter, askedProblems({ uri, text, problems }, diagnostics)),
  ];
  const after = (action: CodeAction): string =>
    applyEdits(
      text,
      (action.edit?.changes?.[uri] ?? []).map(({ range, newText }) => {
        const [start, end] = [range.start, range.end].map(({ line, character }) => filter.lines.offsetAt({ line, column: character }));
        return { span: { offset: start ?? 0, length: (end ?? 0) - (start ?? 0) }, text: newText };
      }),
    );
  return Object.fromEntries(actions.map((action) => [action.title, after(action)]));
}

describe('relations', () => {
  const bare = 'select p.id\nfrom hr.persons as p\nleft join hr.departments as d -- its own\nwhere d.name is null';
  const full = bare.replace(' --', ' on d.id = p.departmentId --');

  test('are written out, and left out where the data model says the same', () => {
    const out = offeredAt(bare.replace('as d', 'as <|>d'));
    const title = Object.keys(out).find((one) => one.startsWith('Write out the relation'));
    expect(title).toMatch(/^Write out the relation: on d\.id = p\.\w+$/);
    const written = out[title ?? ''] ?? '';
    expect(written).toMatch(/join hr\.departments as d on d\.id = p\.\w+ -- its own/);
    expect(offeredAt(written.replace('as d', 'as <|>d'))['Leave out the condition that the data model says']).toBe(bare);
    // Turned round it says the same.
    const turned = written.replace(/on (d\.id) = (p\.\w+)/, 'on $2 = $1');
    expect(offeredAt(turned.replace('as d', 'as <|>d'))['Leave out the condition that the data model says']).toBe(bare);
  });

  test('by a reference are written out in its place', () => {
    const text = 'select p.id\nfrom hr.persons as p\njoin hr.persons as <|>m via managerId\nwhere m.mail is not null';
    expect(offeredAt(text)['Write out the relation: on m.id = p.managerId']).toBe(
      text.replace('<|>', '').replace('via managerId', 'on m.id = p.managerId'),
    );
    const tree = offeredAt(text.replace('join', 'join recursive'));
    expect(Object.keys(tree).filter((title) => title.startsWith('Write out'))).toEqual([]);
  });

  test('by a reference keep it where a condition moves into the join', () => {
    const text = "select p.id\nfrom hr.persons as p\nleft join hr.persons as m via managerId\nwhere <|>m.status = 'active'";
    const moved = Object.values(offeredAt(text)).find((after) => after.includes("via managerId on m.status = 'active'"));
    expect(moved).toBeDefined();
  });

  test('another condition stays', () => {
    const other = full.replace(/on .* --/, 'on d.id = p.id --');
    expect(Object.keys(offeredAt(other.replace('as d', 'as <|>d')))).not.toContain('Leave out the condition that the data model says');
  });
});

describe('parameters', () => {
  test('a value becomes one, with its type, its name from the column', () => {
    expect(
      offeredAt("-- notes\nselect p.id from hr.persons as p where p.status = 'act<|>ive'")["Make 'active' the parameter @status"],
    ).toBe("-- notes\nparameter status text default 'active'\n\nselect p.id from hr.persons as p where p.status = @status");
    expect(
      offeredAt("parameter status text default 'x'\nselect p.id from hr.persons as p where p.status <> @status and p.status = 'act<|>ive'"),
    ).toMatchObject({
      "Make 'active' the parameter @status2":
        "parameter status text default 'x'\nparameter status2 text default 'active'\nselect p.id from hr.persons as p where p.status <> @status and p.status = @status2",
    });
    expect(offeredAt('select p.id from hr.persons as p where length(p.mail) > 1<|>0')['Make 10 the parameter @value']).toContain(
      'parameter value number default 10\n',
    );
  });

  test('an undeclared one gets the type of what it is compared with', () => {
    expect(offeredAt('select p.id from hr.persons as p where length(p.mail) > @<|>least')['Declare @least as a number']).toBe(
      'parameter least number\n\nselect p.id from hr.persons as p where length(p.mail) > @least',
    );
  });

  test('an unused one goes with its line', () => {
    expect(offeredAt("parameter town text default 'x'\n<|>select p.id from hr.persons as p")['Remove the parameter @town']).toBe(
      'select p.id from hr.persons as p',
    );
  });
});

describe('names', () => {
  const text = 'select displayName, d.name from hr.persons as p join hr.departments as d where p.status = 1';

  test('get their table, one or all', () => {
    const out = offeredAt(`${text.replace('displayName', 'display<|>Name')} and mail = 2`);
    expect(out['Write p.displayName']).toContain('select p.displayName, d.name');
    expect(out['Write the table before all 2 columns that lack it']).toContain('select p.displayName, d.name');
    expect(out['Write the table before all 2 columns that lack it']).toContain('and p.mail = 2');
  });

  test('lose their table only where they still mean the same', () => {
    expect(offeredAt(text.replace('p.status', 'p.sta<|>tus'))['Write status without its table']).toContain('where status = 1');
    expect(Object.keys(offeredAt('select p.<|>id from hr.persons as p join hr.departments as d'))).not.toContain(
      'Write id without its table',
    );
  });

  test('get the word as', () => {
    const out = offeredAt('select p.mail post<|>, p.id as x from hr.persons p');
    expect(out['Write as before post']).toBe('select p.mail as post, p.id as x from hr.persons p');
    expect(out['Write as before all 2 names that lack it']).toBe('select p.mail as post, p.id as x from hr.persons as p');
  });
});

describe('columns of the output', () => {
  test('a star is written out under the same names', () => {
    const text = offeredAt('select d.*<|> from hr.departments as d')['Write out the 3 columns'] ?? '';
    expect(text).toMatch(/^select d\.\w+,\n {7}d\.\w+,\n {7}d\.\w+ from hr\.departments as d$/);
    const both = Object.entries(offeredAt('select *<|> from hr.departments as d join hr.persons as p')).find(([title]) =>
      title.startsWith('Write out the'),
    )?.[1];
    expect(both).toContain('d.id as "d.id"');
  });

  test('all columns of a table are added, clashing ones under a name of their own', () => {
    const out = offeredAt('select p.id\nfrom hr.persons as p\njoin hr.departments as d<|>');
    const added = out['Add all 3 columns of d to the output'];
    expect(added).toMatch(/^select p\.id,\n {7}d\.id as d_id,\n/);
    expect(Object.keys(offeredAt('select d.* from hr.departments as d<|>')).filter((title) => title.startsWith('Add'))).toEqual([]);
  });
});

describe('left joins', () => {
  const start = 'select p.id\nfrom hr.persons as p\nleft join hr.departments as d\n';
  const title = 'Move the condition into the "on" of the left join of "d"';

  test.each([
    ["where d.name = '<|>IT'", "left join hr.departments as d on d.id = p.department and d.name = 'IT'"],
    ["where p.status = 1 and d.name = '<|>IT'", "and d.name = 'IT'\nwhere p.status = 1"],
    ["where d.name = '<|>IT' and p.status = 1", "and d.name = 'IT'\nwhere p.status = 1"],
    [
      "where p.status = 1 and (d.name = '<|>IT' or d.id = 2)\norder by p.id",
      "and (d.name = 'IT' or d.id = 2)\nwhere p.status = 1\norder by p.id",
    ],
  ])('%s', (where, expected) => {
    const out = offeredAt(start + where)[title];
    expect(out?.replace(/p\.department\w+/, 'p.department')).toContain(expected);
  });

  test('a condition with or in it stays whole', () => {
    const text = `${start.trim()} on d.id = p.id or d.id = 1\nwhere d.name = <|>'x'`;
    expect(offeredAt(text)[title]).toContain("on (d.id = p.id or d.id = 1) and d.name = 'x'");
  });

  test('not where the join cannot see the other table', () => {
    const text = `${start}join directory.users as u on u.externalId = p.employeeNumber\nwhere d.name = <|>u.userName`;
    expect(Object.keys(offeredAt(text))).not.toContain(title);
  });

  test('one that nothing names can go', () => {
    const remove = 'Remove the left join of "d", which nothing names';
    expect(offeredAt(`${start.replace('as d', 'as <|>d')}where p.id = 1`)[remove]).toBe(
      'select p.id\nfrom hr.persons as p\nwhere p.id = 1',
    );
    expect(Object.keys(offeredAt(`${start.replace('as d', 'as <|>d')}where d.id = 1`))).not.toContain(remove);
    expect(Object.keys(offeredAt(start.replace('as d', 'as <|>d').replace('p.id', '*')))).not.toContain(remove);
    expect(Object.keys(offeredAt(start.replace('as d', 'as <|>d').replace('p.id', 'script $$ return d.name $$ as x')))).not.toContain(
      remove,
    );
  });
});

test('nothing in a text that cannot be read to its end', () => {
  expect(offeredAt('select d.*<|> from hr.departments as d where')).toEqual({});
});
