import { expect, test } from 'vitest';
import type { JsonRecord } from '../../../engine/model/nim/json-value.ts';
import { dataColumn, manyToOne, nimFilter, oneToMany, start } from '../../support/nim-json.ts';
import { collection, field, nimExport } from '../../support/nim-shop.ts';
import { expectSameAgain, exported, exportOf, imported, problemsOf, workspaceOf } from './round-trip.ts';

const toTeams = { ref_col: ['teams'] };

/** Teams that refer to each other in two ways. */
const offices: JsonRecord = {
  name: 'Offices',
  category: 1,
  data: {
    system_name: 'Offices',
    system_type_category: 'rest',
    system_type_name: 'Offices Server',
    name_values: [],
    collections: [
      collection('people', 'number', [field('number'), field('team', 'string', toTeams)]),
      collection('teams', 'code', [field('code'), field('above', 'string', toTeams), field('deputy', 'string', toTeams)]),
    ],
  },
  processValue: 0,
};

/** What the export of a text says, by code. */
function told(text: string): readonly string[] {
  const files = new Map(imported([], [offices]).files);
  files.set('filters/Made.filter', text);
  return exported(workspaceOf({ files }), 'Made').problems.map(({ code, message }) => `${code}: ${message}`);
}

test.each([
  [manyToOne('any', 'deputy', ['Offices', 'teams', 'up'], [], true), 'join recursive Offices.teams as up via teams.deputy'],
  [oneToMany('any', 'deputy', ['Offices', 'teams', 'down'], [], true), 'join recursive Offices.teams as down via down.deputy'],
])('the relation of a tree is the reference it goes by (%#)', (item, expected) => {
  const filter = nimFilter('F', start('Offices', 'teams', [item]), [dataColumn('teams.code')]);
  const made = imported([filter], [offices]);
  expect(made.files.get('filters/F.filter')).toContain(expected);
  expect(problemsOf(workspaceOf(made), 'F')).toEqual([]);
  expectSameAgain(exportOf(nimExport([filter], [offices])));
});

test('a tree that begins by another reference than it goes by has no form in NIM', () => {
  expect(told('select t.code from Offices.teams as t join recursive Offices.teams as u via deputy on u.code = t.above')).toEqual([
    'nim-cannot-say: NIM begins a tree by the reference that it goes by; here it begins by "above" and goes by "deputy". Begin it by "deputy", or build this one in NIM.',
  ]);
});

test('where a tree hangs on another table, nobody has seen which of its references NIM goes by', () => {
  expect(told('select p.number from Offices.people as p join recursive Offices.teams as u via deputy')).toEqual([
    'nim-unproven: No public export of NIM shows the reference that a tree goes by where it has several, here deputy: check the filter after importing it there.',
  ]);
});
