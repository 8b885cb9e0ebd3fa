import { describe, expect, test } from 'vitest';
import { catalogOf } from '../../../engine/model/system/catalog.ts';
import { hazardsOf, insightOf, world, type Rows } from './support.ts';

const through = 'directory.groups as g via directory.members(member, "group")';
const users = 'select u.userName from directory.users as u';

/** Groups and who is in them: `group member` a row. */
function linked(members: string, groups = 'g1 g2'): Rows {
  const ids = groups.split(' ').filter((id) => id !== '');
  const pairs = members.split(', ').filter((pair) => pair !== '');
  return {
    ...world,
    'directory.groups': ids.map((id) => [id.replaceAll('_', ' '), `Group ${id}`]),
    'directory.members': pairs.map((pair) => pair.split(' ').map((id) => id.replaceAll('_', ' '))),
  };
}

async function hazards(text: string, rows: Rows, more: Parameters<typeof insightOf>[2] = {}): Promise<readonly string[]> {
  return hazardsOf(text, await insightOf(text, rows, more));
}

describe('keys of a link table that are nearly equal', () => {
  test('to the rows before it', async () => {
    expect(await hazards(`${users} left join ${through}`, linked('g1 u1, g1 U2, g2 u3_'))).toEqual([
      "warning hazard-nearly-equal at member: 2 values of u.id meet none of members.member but for case and the blanks around them, e.g. 'u2' and 'U2', 'u3' and 'u3', and \"via\" compares exactly. Mend the data, or join directory.members as a table of its own, with \"on members.member = u.id collate nocase\", or trim(…), if they are the same.",
    ]);
  });
  test('to the joined table, also where every row meets another', async () => {
    const rows = linked('g1 u1, g1 u2, g1 u3, g1 u4, G2 u1');
    expect(await hazards(`${users} join ${through}`, rows)).toEqual([
      'warning hazard-nearly-equal at "group": 1 value of members."group" meets none of g.id but for case and the blanks around them, e.g. \'G2\' and \'g2\', and "via" compares exactly. Mend the data, or join directory.members as a table of its own, with "on g.id = members."group" collate nocase", or trim(…), if they are the same.',
    ]);
  });
  test('what its advice says is a filter that meets them', async () => {
    const text = `${users} join directory.members on members.member = u.id collate nocase join directory.groups as g on g.id = members."group"`;
    const { steps } = await insightOf(text, linked('g1 u1, g1 U2'));
    expect(steps.find(({ kind }) => kind === 'result')?.rows).toBe(2);
  });
  test('silent where they are equal, where nobody here is linked so, and for others', async () => {
    expect(await hazards(`${users} left join ${through}`, linked('g1 u1, g2 u2'))).toEqual([]);
    // The link that is written otherwise is of nobody among the rows.
    expect(await hazards(`${users} left join ${through}`, linked('g1 u1, G2 somebody'))).toEqual([]);
    expect(await hazards(`${users} left join ${through}`, linked('g1 u1, g9 u2'))).toEqual([]);
    // The group it nearly meets is none that the join wants.
    expect(await hazards(`${users} left join ${through} on g.displayName <> 'Group g2'`, linked('g1 u1, G2 u2'))).toEqual([]);
  });
});

describe('joins through a link table that multiply', () => {
  test('what is linked several times is information, with the keys', async () => {
    expect(await hazards(`${users} join ${through}`, linked('g1 u1, g2 u1, g1 u2'))).toEqual([
      'info hazard-multiplied at directory.groups as g: 2 rows that meet "g" become 3. 1 value of u.id is linked more than once, e.g. \'u1\' (2 times).',
    ]);
  });
  test('the same link twice is a warning', async () => {
    expect(await hazards(`${users} left join ${through}`, linked('g1 u1, g1 u1, g1 u2, g2 u2'))).toEqual([
      'warning hazard-multiplied at directory.groups as g: 2 rows that meet "g" become 4. 1 link of directory.members is there more than once, e.g. \'u1\' with \'g1\' (2 times). If one row each is meant, narrow the join, or write "select distinct".',
    ]);
  });
  test('so is a key of the joined table that repeats', async () => {
    expect(await hazards(`${users} join ${through}`, linked('g1 u1, g2 u2', 'g1 g1 g2'))).toEqual([
      'warning hazard-multiplied at directory.groups as g: 2 rows that meet "g" become 3. 1 value of g.id occurs more than once, e.g. \'g1\' (2 times). If one row each is meant, narrow the join, or write "select distinct".',
    ]);
  });
  test('silent for links that no row here has, and for groups the join leaves out', async () => {
    expect(await hazards(`${users} join ${through}`, linked('g1 u1, g1 other, g1 other'))).toEqual([]);
    expect(await hazards(`${users} join ${through} on g.displayName = 'Group g1'`, linked('g1 u1, g2 u1'))).toEqual([]);
    expect(await hazards(`select distinct u.userName from directory.users as u join ${through}`, linked('g1 u1, g1 u1'))).toEqual([]);
  });
});

describe('links that lead nowhere', () => {
  const none =
    'hazard-join-nothing at directory.groups as g: None of the 4 rows before it meets a row of "g", so its columns are always null.';
  const nothing = async (members: string, join = `left join ${through}`, groups?: string): Promise<readonly string[]> =>
    (await hazards(`${users} ${join}`, linked(members, groups))).filter((one) => one.includes('nothing') || one.includes('no-rows'));
  test('the link table is empty', async () => {
    expect(await nothing('')).toEqual([`warning ${none} directory.members was collected without a single row.`]);
    expect(await nothing('g1 u1', undefined, '')).toEqual([`warning ${none} directory.groups was collected without a single row.`]);
  });
  test('one of its sides meets nothing', async () => {
    expect(await nothing('g1 x1, g2 x2')).toEqual([
      `warning ${none} No value of members.member is a u.id of those: look which column it refers to.`,
    ]);
    expect(await nothing('x1 u1')).toEqual([`warning ${none} No value of members."group" is a g.id: look which column it refers to.`]);
    expect(await nothing('g1 u1', `left join ${through} on g.displayName = 'x'`)).toEqual([
      `warning ${none} No value of members."group" is a g.id of a row that meets the conditions of the join.`,
    ]);
  });
  test('its columns are the other way round', async () => {
    const bare = catalogOf(
      [
        { system: 'a', table: 'people', columns: [{ name: 'id', type: 'text' }], key: 'id' },
        { system: 'a', table: 'teams', columns: [{ name: 'id', type: 'text' }], key: 'id' },
        {
          system: 'a',
          table: 'links',
          columns: [
            { name: 'team', type: 'text' },
            { name: 'person', type: 'text' },
          ],
        },
      ],
      [],
    );
    const rows: Rows = { 'a.people': [['p1']], 'a.teams': [['t1']], 'a.links': [['t1', 'p1']] };
    const join = (link: string): Promise<readonly string[]> =>
      hazards(`select p.id from a.people as p join a.teams as t via a.links(${link})`, rows, { catalog: bare });
    expect(await join('team, person')).toEqual([
      'warning hazard-no-rows at a.teams as t: None of the 1 row before it meets a row of "t", so none is left. The columns of the link are the other way round: write "via a.links(person, team)".',
    ]);
    expect(await join('person, team')).toEqual([]);
  });
});

test('values of link columns that are secret by their names are never shown', async () => {
  const secret = catalogOf(
    [
      { system: 'a', table: 'people', columns: [{ name: 'id', type: 'text' }], key: 'id' },
      { system: 'a', table: 'teams', columns: [{ name: 'id', type: 'text' }], key: 'id' },
      {
        system: 'a',
        table: 'links',
        columns: [
          { name: 'apiToken', type: 'text' },
          { name: 'person', type: 'text' },
        ],
      },
    ],
    [],
  );
  const rows: Rows = {
    'a.people': [['p1'], ['p2']],
    'a.teams': [['hidden-1']],
    'a.links': [
      ['hidden-1', 'p1'],
      ['hidden-1', 'p1'],
      ['HIDDEN-1', 'p2'],
    ],
  };
  const found = await hazards('select p.id from a.people as p join a.teams as t via a.links(person, apiToken)', rows, { catalog: secret });
  expect(found.map((one) => one.split(' ')[1])).toEqual(['hazard-multiplied', 'hazard-nearly-equal']);
  expect(found.join(' ')).not.toMatch(/hidden/i);
});
