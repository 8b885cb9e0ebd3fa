import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkFile } from '../../engine/model/workspace/check-file.ts';
import { runCollection } from '../../engine/run/collect/run-collection.ts';
import { basisOf, staleNote } from '../../engine/run/plan/basis.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { wholeTable } from '../../engine/run/vault/whole-table.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import { testRun } from '../unit/run/support.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workspace whose system `payroll` reads `people.csv`, with script columns. */
function workspaceWith(scripts: object, more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-scripts-'));
  folders.push(folder);
  const files = {
    'sollist.json': '{"name":"Test"}',
    'systems/payroll.json': JSON.stringify({
      files: { folder: 'data' },
      tables: { people: { key: 'nr', scripts }, teams: { key: 'id' } },
    }),
    'data/people.csv': 'nr,first,last,born\n1,Ada,Lovelace,1815-12-10\n2,Alan,,1912-06-23\n3,Grace,Hopper,1906-12-09\n',
    'data/teams.csv': 'id,lead\na,1\n',
    ...more,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return openWorkspace(folder);
}

async function collect(open: ReturnType<typeof workspaceWith>, vault = openVault(':memory:'), tables?: readonly string[]) {
  const report = await runCollection(
    open,
    { system: 'payroll', ...(tables && { tables }) },
    { env: {}, secrets: new Map() },
    vault,
    testRun().context,
  );
  return { report, vault, people: () => [...vault.query(wholeTable('payroll', 'people'))] };
}

describe('script columns of a table', () => {
  test('are computed from the row while it is collected, and are columns like others', async () => {
    const open = workspaceWith({
      name: { code: ["const { first, last } = people;", "return [first, last].filter(Boolean).join(' ')"] },
      year: { code: "return data['people']['born'].slice(0, 4)", type: 'number' },
      old: { code: 'return people.born < Limits.born', type: 'boolean' },
    }, { 'libraries/Limits.js': "return { born: '1900-01-01' }" }); // oxfmt-ignore
    const { report, people, vault } = await collect(open);
    expect(report.tables.map(({ state }) => state)).toEqual(['collected', 'collected']);
    expect(people()).toMatchObject([
      { nr: '1', name: 'Ada Lovelace', year: 1815, old: 1 },
      { nr: '2', name: 'Alan', year: 1912, old: 0 },
      { nr: '3', name: 'Grace Hopper', year: 1906, old: 0 },
    ]);
    expect(vault.table('payroll', 'people')?.columns.slice(-3)).toEqual([
      { name: 'name', type: 'text' },
      { name: 'year', type: 'number' },
      { name: 'old', type: 'boolean' },
    ]);
    const columns = open.workspace.catalog.parts.get('payroll')?.tables[0]?.columns.map(({ name }) => name);
    expect(columns).toEqual(['nr', 'first', 'last', 'born', 'name', 'year', 'old']);
    expect(checkFile(open.workspace, 'systems/payroll.json')).toEqual([]);
  });

  test('are on the day that a point in time is on in the time zone of the workspace', async () => {
    const scripts = { day: { code: "return '2026-05-10T22:30:00Z'", type: 'date' } };
    const days = async (timeZone: string) => {
      const { people } = await collect(workspaceWith(scripts, { 'sollist.json': JSON.stringify({ name: 'Test', timeZone }) }));
      return people().map(({ day }) => day);
    };
    expect(await days('Europe/Amsterdam')).toEqual(['2026-05-11', '2026-05-11', '2026-05-11']);
    expect(await days('UTC')).toEqual(['2026-05-10', '2026-05-10', '2026-05-10']);
  });

  test('a row whose script fails has nothing there, and the table says how many did', async () => {
    const { report, people } = await collect(workspaceWith({ initial: { code: 'return people.last[0]' } }));
    expect(people().map(({ initial }) => initial)).toEqual(['L', null, 'H']);
    expect(report.tables[0]?.evidence?.notes).toEqual([
      expect.stringMatching(/^Scripts failed in 1 row, which has nothing there\. The first: initial: TypeError: /),
    ]);
    expect(report.tables[0]?.evidence?.complete).toBe(true);
  });

  test('may ask whether another table has a row', async () => {
    const open = workspaceWith({
      leads: {
        code: "return vaultObjectExistsByRef('payroll', 'teams', 'lead', people.nr) + '' + vaultObjectExists('payroll', 'teams', 'a')",
      },
    });
    const vault = openVault(':memory:');
    await collect(open, vault, ['teams']);
    const { people } = await collect(open, vault, ['people']);
    expect(people().map(({ leads }) => leads)).toEqual(['truetrue', 'falsetrue', 'falsetrue']);
  });

  test('what it asks for and nobody knows, or nobody has collected, makes it fail', async () => {
    const ask = async (code: string): Promise<readonly (string | undefined)[]> => {
      const { report, people } = await collect(workspaceWith({ there: { code } }), undefined, ['people']);
      expect(people().map(({ there }) => there)).toEqual([null, null, null]);
      return report.tables.flatMap(({ evidence }) => evidence?.notes ?? []);
    };
    expect((await ask("return vaultObjectExists('no', 'such', 1)")).join()).toContain('There is no system "no".');
    expect((await ask("return vaultObjectExists('payroll', 'teams', 'a')")).join()).toContain('payroll.teams is not in the vault');
    expect((await ask("return vaultObjectExistsByRef('payroll', 'people', 'nummer', 1)")).join()).toContain('has no column "nummer"');
  });

  test('one with the name of a column is reported and not run', async () => {
    const open = workspaceWith({ Last: { code: "return 'x'" } });
    expect(checkFile(open.workspace, 'systems/payroll.json').map(({ code }) => code)).toEqual(['script-column-taken']);
    const { people } = await collect(open);
    expect(people()[0]).toMatchObject({ last: 'Lovelace' });
    expect(Object.keys(people()[0] ?? {})).not.toContain('Last');
  });

  test('may be what a row is shown and found by', () => {
    const open = workspaceWith({ label: { code: 'return people.first' } });
    const system = JSON.parse(open.workspace.systems.get('payroll')?.document.text ?? '{}') as { tables: { people: object } };
    Object.assign(system.tables.people, { display: 'label', references: ['label', 'labl'] });
    const found = checkFile(
      openWorkspace(open.folder, { overlay: [{ path: 'systems/payroll.json', text: JSON.stringify(system) }] }).workspace,
      'systems/payroll.json',
    );
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('"labl"')]);
  });

  test('are checked in the file, line by line', () => {
    const open = workspaceWith({
      name: { code: ['// "quoted"', "return people['lst'] + day"] },
      other: { code: 'return 1', type: 'list' },
    });
    const text = open.workspace.systems.get('payroll')?.document.text ?? '';
    const found = checkFile(open.workspace, 'systems/payroll.json').map(
      ({ code, span }) => `${code} ${text.slice(span.offset, span.offset + span.length)}`,
    );
    expect(found).toContain(`script-unknown-column "return people['lst'] + day"`);
    expect(found).toContain(`script-unknown-name "return people['lst'] + day"`);
    expect(found.filter((one) => one.includes('"list"'))).toHaveLength(1);
  });
});

test('what was computed by a script, or with a library, that has changed since says so', async () => {
  const code = "return Mark(people['first'])";
  const library = { 'libraries/Mark.js': "return (name) => name + '!'", 'libraries/Other.js': 'return 1' };
  const { vault } = await collect(workspaceWith({ mark: { code }, plain: { code: 'return 1', type: 'number' } }, library));
  const people = [{ system: 'payroll', table: 'people' }];
  const noteOf = (scripts: object, libraries: Readonly<Record<string, string>>): readonly string[] =>
    basisOf(vault, people, workspaceWith(scripts, libraries).workspace).flatMap(staleNote);
  const both = { mark: { code }, plain: { code: 'return 1', type: 'number' } };
  expect(noteOf(both, { ...library, 'libraries/Other.js': 'return 2' })).toEqual([]);
  expect(noteOf({ ...both, mark: { code: `${code} // more` } }, library)).toEqual([
    'payroll.people was collected before the script of mark changed, and that column holds what was computed then: collect payroll again.',
  ]);
  expect(
    noteOf({ ...both, plain: { code: 'return 1', type: 'text' } }, { ...library, 'libraries/Mark.js': 'return (name) => name' }),
  ).toEqual([
    'payroll.people was collected before the scripts of mark, plain changed, and these columns hold what was computed then: collect payroll again.',
  ]);
  expect(basisOf(vault, [{ system: 'payroll', table: 'teams' }], workspaceWith(both, library).workspace)).not.toMatchObject([
    { staleScripts: {} },
  ]);
});

test('what was computed in another time zone says so, where a script depends on it', async () => {
  const scripts = {
    day: { code: "return '2026-05-10T22:30:00Z'", type: 'date' },
    hour: { code: 'return new Date().getHours()', type: 'number' },
    late: { code: 'return Clock.late', type: 'boolean' },
    plain: { code: "return people['first'] + ' Date'" },
  };
  const filesIn = (timeZone: string) => ({
    'libraries/Clock.js': 'return { late: new Date().getHours() > 17 }',
    'sollist.json': JSON.stringify({ name: 'Test', timeZone }),
  });
  const { vault } = await collect(workspaceWith(scripts, filesIn('Europe/Amsterdam')));
  const basisIn = (timeZone: string, those: object = scripts) =>
    basisOf(vault, [{ system: 'payroll', table: 'people' }], workspaceWith(those, filesIn(timeZone)).workspace);
  expect(basisIn('Europe/Amsterdam').flatMap(staleNote)).toEqual([]);
  expect(basisIn('America/New_York').flatMap(staleNote)).toEqual([
    'payroll.people was collected when days were those of Europe/Amsterdam, and these columns hold what was computed then (day, hour, late): collect payroll again.',
  ]);
  expect(basisIn('America/New_York')).toMatchObject([
    { notes: expect.arrayContaining(['day, hour, late were computed in the time zone Europe/Amsterdam']) as unknown },
  ]);
  const changed = { ...scripts, day: { code: "return '2026-05-10T22:30:00Z' ", type: 'date' } };
  expect(basisIn('America/New_York', changed).flatMap(staleNote)).toEqual([
    expect.stringContaining('before the script of day changed, and that column holds'),
    expect.stringContaining('these columns hold what was computed then (hour, late)'),
  ]);
});
