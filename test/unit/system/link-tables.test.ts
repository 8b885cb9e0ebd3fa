import { expect, test } from 'vitest';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { catalogOf, type Relation } from '../../../engine/model/system/catalog.ts';
import { linksBetween, manyToMany } from '../../../engine/model/system/link-tables.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';

function reference(from: string, column: string, to: string): Relation {
  return { kind: 'reference', from: { system: 'AD', table: from, column }, to: { system: 'AD', table: to, column: 'id' } };
}

const relations = [
  reference('Memberships', 'member', 'Users'),
  reference('Memberships', 'member', 'Groups'),
  reference('Memberships', 'group', 'Groups'),
  reference('Users', 'ou', 'OUs'),
  {
    kind: 'inter-system' as const,
    from: { system: 'AD', table: 'Users', column: 'id' },
    to: { system: 'HR', table: 'persons', column: 'ad' },
  },
];

test('two references of one table make a many-to-many relation, one column of two targets does not', () => {
  expect(
    manyToMany(relations).map(({ table, left, right }) => `${left.to.table} ${table}(${left.column}, ${right.column}) ${right.to.table}`),
  ).toEqual(['Users Memberships(member, group) Groups', 'Groups Memberships(member, group) Groups']);
});

test('links between two tables are told from the side of the first', () => {
  const [groups, users] = [
    { system: 'AD', table: 'Groups' },
    { system: 'AD', table: 'Users' },
  ];
  expect(linksBetween(relations, groups, users)).toMatchObject([
    { table: 'Memberships', left: { column: 'group' }, right: { column: 'member' } },
  ]);
  expect(linksBetween(relations, users, { system: 'AD', table: 'OUs' })).toEqual([]);
});

test('a join without a condition is told of the link table, and the quick fix writes it', () => {
  const table = (system: string, name: string, columns: readonly string[], key?: string): Parameters<typeof catalogOf>[0][number] => ({
    system,
    table: name,
    columns: columns.map((column) => ({ name: column, type: 'text' })),
    ...(key !== undefined && { key }),
  });
  const catalog = catalogOf(
    [table('AD', 'Users', ['id', 'ou'], 'id'), table('AD', 'Groups', ['id'], 'id'), table('AD', 'Memberships', ['member', 'group'])],
    relations.slice(1, 3).concat(relations.slice(0, 1)),
  );
  const check = (text: string): readonly Problem[] => {
    const document = readFilter(text);
    return [...document.problems, ...bindFilter(document, catalog).problems];
  };
  const text = 'select g.id from AD.Groups as g join AD.Users as u';
  const [problem] = check(text);
  expect(problem).toMatchObject({ code: 'no-relation' });
  expect(problem?.message).toContain('"AD.Memberships" relates both: write via AD.Memberships("group", member), or');
  const [fix] = problem?.fixes ?? [];
  const fixed = fix ? text.slice(0, fix.span.offset) + fix.text + text.slice(fix.span.offset + fix.span.length) : '';
  expect(fixed).toBe('select g.id from AD.Groups as g join AD.Users as u via AD.Memberships("group", member)');
  expect(check(fixed).map(({ code }) => code)).toEqual(['join-multiplies']);
});
