import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FoundRelations, RelationList } from '../../engine/run/relations/relation-report.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;

const persons = [
  'id,name,unit,chief',
  ...Array.from({ length: 40 }, (_, i) => `p${i},Person ${i},U${i % 8},${i === 0 ? '' : `p${i % 5}`}`),
];
const units = ['code,name', ...Array.from({ length: 9 }, (_, i) => `U${i},Unit ${i}`)];
const accounts = ['guid,employee,groupsOf', ...Array.from({ length: 30 }, (_, i) => `g-${i},P${i} ,x`)];
const members = ['member,team', ...Array.from({ length: 40 }, (_, i) => `p${i},T${i % 6}`)];
const teams = ['team,title', ...Array.from({ length: 6 }, (_, i) => `T${i},Team ${i}`)];

const system = `{
  // Persons and their units.
  "files": { "folder": "data/hr" },
  "tables": {
    "persons": { "key": "id" },
    "units": { "key": "code" },
    "teams": { "key": "team" },
    "members": { "relations": { "member": "persons" } }
  }
}
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-relations-'));
  writeFiles(folder, {
    'sollist.json': { name: 'test' },
    'systems/hr.json': system,
    'systems/ad.json': { files: { folder: 'data/ad' }, tables: { accounts: { key: 'guid' } } },
    'data/hr/persons.csv': persons.join('\n'),
    'data/hr/units.csv': units.join('\n'),
    'data/hr/members.csv': members.join('\n'),
    'data/hr/teams.csv': teams.join('\n'),
    'data/ad/accounts.csv': accounts.join('\n'),
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

test('relations are listed with their match once their tables are collected', async () => {
  const before = await sollist('relations');
  expect(before).toMatchObject({ code: 0, err: 'Not collected, so not looked at: hr.members, hr.persons.\n' });
  expect(before.out).toMatch(/hr\.members\.member\s+→\s+hr\.persons\.id\s+not collected/);

  await sollist('collect', 'hr');
  const { out, err } = await sollist('relations', 'hr');
  expect(err).toBe('');
  expect(out).toMatch(/hr\.members\.member\s+→\s+hr\.persons\.id\s+100 %\s+0\s+40\s+0\n/);
  const json = JSON.parse((await sollist('relations', '--format', 'json')).out) as RelationList & { readonly version: number };
  expect(json).toMatchObject({
    version: 1,
    relations: [{ kind: 'reference', match: { score: 100, common: { values: 40, rows: 40 } } }],
    links: [],
  });
});

test('relations are found, and the sure ones written among what the author wrote', async () => {
  expect(await sollist('relations', 'hr', '--find')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Nothing has been collected') as unknown,
  });
  await sollist('collect', 'hr');
  const found = await sollist('relations', 'hr', '--find');
  expect(found.code).toBe(0);
  expect(found.out).toMatch(/known\s+hr\.members\.member\s+→\s+hr\.persons\.id\s+100 %/);
  expect(found.out).toMatch(/new\s+hr\.persons\.unit\s+→\s+hr\.units\.code\s+100 %\s+8 of 8/);
  expect(found.err).toContain('With --write those marked "new" are written into systems/hr.json.');
  expect(read('systems/hr.json')).toBe(system);

  const written = await sollist('relations', 'hr', '--find', '--write');
  expect(written).toMatchObject({ code: 0, err: '3 relations written into systems/hr.json.\n' });
  const text = read('systems/hr.json');
  expect(text).toContain('// Persons and their units.');
  expect(JSON.parse(text.replace(/^.*\/\/.*$/m, ''))).toMatchObject({
    tables: {
      persons: { key: 'id', relations: { unit: 'units', chief: 'persons' } },
      members: { relations: { member: 'persons', team: 'teams' } },
    },
  });
  expect((await sollist('check')).code).toBe(0);
  expect(await sollist('relations', 'hr', '--find', '--write')).toMatchObject({
    err: 'Nothing was written: there is no new relation that is sure.\n',
  });
  expect(read('systems/hr.json')).toBe(text);

  // What the references make of a table between two others.
  expect((await sollist('relations', 'hr')).out).toMatch(/persons ↔ teams {2}via hr\.members\(member, team\)/);
});

test('relations between two systems, and what would match without blanks and case', async () => {
  await sollist('collect', 'hr');
  await sollist('collect', 'ad');
  const { candidates } = JSON.parse(
    (await sollist('relations', '--between', 'ad.accounts', 'hr.persons', '--format', 'json')).out,
  ) as FoundRelations;
  expect(candidates).toMatchObject([{ from: { column: 'employee' }, to: { column: 'id' }, score: 0, folded: 30, best: false }]);

  writeFiles(folder, { 'data/ad/accounts.csv': accounts.join('\n').replaceAll(/P(\d+) /g, 'p$1') });
  await sollist('collect', 'ad');
  const written = await sollist('relations', '--between', 'ad.accounts', 'hr.persons', '--write');
  expect(written.err).toBe('1 relation written into relations.json.\n');
  expect(JSON.parse(read('relations.json'))).toEqual({
    relations: [{ left: { system: 'ad', table: 'accounts', column: 'employee' }, right: { system: 'hr', table: 'persons', column: 'id' } }],
  });
  expect((await sollist('relations', 'ad')).out).toMatch(/ad\.accounts\.employee\s+↔\s+hr\.persons\.id\s+100 %\s+0\s+30\s+10/);
});

test('a slip of the pen is answered with what there is', async () => {
  expect(await sollist('relations', 'h')).toMatchObject({ code: 2, err: expect.stringContaining('There is no system "h"') as unknown });
  expect(await sollist('relations', '--find')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--find needs a system') as unknown,
  });
  expect(await sollist('relations', '--write')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--write goes with') as unknown,
  });
  await sollist('collect', 'hr');
  expect(await sollist('relations', '--between', 'hr.person', 'ad.accounts')).toMatchObject({
    code: 2,
    err: 'No system collects a table "hr.person". Did you mean "hr.persons"?\n',
  });
  expect(await sollist('relations', '--between', 'hr.persons', 'hr.units')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--find') as unknown,
  });
});

test('a file with errors is not written into', async () => {
  await sollist('collect', 'hr');
  writeFiles(folder, { 'systems/hr.json': system.replace('"key": "id"', '"key": "nobody"') });
  const refused = await sollist('relations', 'hr', '--find', '--write');
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('must be mended first') as unknown });
});
