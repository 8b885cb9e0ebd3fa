import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FilterWhy } from '../../engine/run/filter/filter-report.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-filter-cli-'));
  writeFiles(folder, {
    'sollist.json': { name: 'Test', session: { userName: 'ann' } },
    'systems/school.json': { files: { folder: 'data' }, tables: { persons: { key: 'id' }, classes: {} } },
    'data/persons.csv': 'id,name,active,class\n1,Ann,true,1a\n2,"Bob, ""B""",true,1b\n3,Cid,false,1a\n4,Dan,,2c\n',
    'data/classes.csv': 'code,title\n1a,First\n1b,Second\n',
    'filters/Pupils.filter': 'select p.id, p.name, p.active from school.persons as p join school.classes as c on c.code = p.class\n',
    'filters/Mine.filter':
      "parameter me text from session.userName default 'nobody'\nparameter low text\nselect p.id, @me as me from school.persons as p where p.id >= @low\n",
    'filters/Broken.filter':
      "select p.id, script $$ if (p.id === '2') throw new Error('no luck'); return p.name $$ as name from school.persons as p\n",
  });
  expect(await sollist('collect', 'school')).toMatchObject({ code: 0 });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

describe('rows', () => {
  test('as a table, as json, as csv', async () => {
    expect(await sollist('filter', 'Pupils')).toMatchObject({ code: 0, err: '3 rows.\n' });
    const json = await sollist('filter', 'Pupils', '--format', 'json', '--limit', '1');
    expect(JSON.parse(json.out)).toHaveLength(1);
    expect(JSON.parse((await sollist('filter', 'Pupils', '--format', 'json')).out)).toHaveLength(3);
    const csv = await sollist('filter', 'Pupils', '--format', 'csv');
    expect(csv).toMatchObject({ code: 0, err: '' });
    expect(csv.out).toContain('\uFEFFid,name,active\r\n');
    expect(csv.out).toContain('2,"Bob, ""B""",true\r\n');
  });

  test('into a file, whole or not at all', async () => {
    expect(await sollist('filter', 'Pupils', '--out', 'pupils.csv')).toEqual({ code: 0, out: '', err: '3 rows in pupils.csv.\n' });
    expect(readFileSync(join(folder, 'pupils.csv'), 'utf8').split('\r\n')).toHaveLength(5);
    await sollist('filter', 'Pupils', '--out', 'pupils.json', '--quiet');
    expect(JSON.parse(readFileSync(join(folder, 'pupils.json'), 'utf8'))).toContainEqual({ id: '3', name: 'Cid', active: false });
    expect(await sollist('filter', 'Pupils', '--out', 'pupils.xls')).toMatchObject({
      code: 2,
      err: expect.stringContaining('.csv or .json') as string,
    });
    expect(await sollist('filter', 'Pupils', '--out', 'systems/school.json')).toMatchObject({ code: 2 });
    expect(await sollist('filter', 'Pupils', '--out', 'nowhere/pupils.csv')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Make the folder') as string,
    });
  });

  test('rows whose script failed are told of, and the code says so', async () => {
    const run = await sollist('filter', 'Broken', '--format', 'json');
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^The script of 1 row failed, and its value is null there\. Row 2: .*no luck/);
    expect(JSON.parse(run.out)).toContainEqual({ id: '2', name: null });
  });

  test('parameters: given, from the session, by default', async () => {
    const me = async (...more: readonly string[]): Promise<unknown> =>
      (JSON.parse((await sollist('filter', 'Mine', '--param', 'low=4', '--format', 'json', ...more)).out) as { me: string }[])[0]?.me;
    expect(await me()).toBe('ann');
    expect(await me('--session', 'userName=bob')).toBe('bob');
    expect(await me('--session', 'USERNAME=bob')).toBe('bob');
    expect(await me('--session', 'userName=bob', '--param', 'me=cid')).toBe('cid');
    expect(await sollist('filter', 'Mine', '--param', 'low=4', '--session', 'userName=bob', '--session', 'username=cid')).toMatchObject({
      code: 2,
      err: expect.stringContaining('gives "username" twice') as string,
    });
    expect(await sollist('filter', 'Mine', '--param', 'low=4', '--session', 'usrName=bob')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean "userName"?') as string,
    });
  });

  test('the SQL, that before scripts included', async () => {
    expect((await sollist('filter', 'Mine', '--param', 'low=4', '--sql')).out).toMatch(/^SELECT[^]*-- \?1 = "ann"\n/);
    const scripted = (await sollist('filter', 'Broken', '--explain')).out;
    expect(scripted).toMatch(/^-- "sollist:rows 1": what the scripts of name are run on\nSELECT/);
    expect(scripted).toMatch(/SCAN p/);
  });

  test('without a name the filters are listed', async () => {
    const list = await sollist('filter');
    expect(list.out).toMatch(/^Broken\s*\nMine\s+me text from session\.userName default 'nobody', low text\s*\nPupils\s*\n$/);
    expect(JSON.parse((await sollist('filter', '--format', 'json')).out)).toMatchObject([
      { name: 'Broken' },
      { name: 'Mine', parameters: [{ name: 'me' }, { name: 'low' }] },
      { name: 'Pupils' },
    ]);
    expect(await sollist('filter', '--sql')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--sql needs the name of a filter.') as string,
    });
  });

  test('runs are kept with their parameters, and compared by key', async () => {
    await sollist('filter', 'Mine', '--param', 'low=2');
    await sollist('filter', 'Mine', '--param', 'low=3', '--session', 'userName=bob');
    const { runs } = JSON.parse((await sollist('runs', '--format', 'json')).out) as { runs: { id: string; kind: string }[] };
    const [newer = { id: '' }, older = { id: '' }] = runs.filter(({ kind }) => kind === 'filter');
    const shown = JSON.parse((await sollist('runs', 'show', newer.id, '--format', 'json')).out) as { inputs: object };
    expect(shown.inputs).toMatchObject({
      parameters: { low: '3' },
      session: { userName: 'bob' },
      used: { low: '3', me: 'bob' },
      key: 'id',
    });
    const compared = JSON.parse((await sollist('runs', 'compare', older.id, newer.id, '--format', 'json')).out) as object;
    expect(compared).toMatchObject({
      key: ['id'],
      counts: { same: 0, changed: 2, new: 0, gone: 1 },
      notes: ['The filter was run with different parameters.'],
    });
  });
});

describe('why', () => {
  test('a row is not there', async () => {
    const text = await sollist('filter', 'Pupils', '--why-not', '4');
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toContain("The row with p.id = '4' is not there. school.classes (c) has no row for it where p.class is '2c'.");
    expect(text.out).toContain('✗ join school.classes as c on c.code = p.class');
    const json = JSON.parse((await sollist('filter', 'Pupils', '--why-not', 'name=dan', '--format', 'json')).out) as FilterWhy;
    expect(json).toMatchObject({ version: 1, verdict: 'not-here', steps: [{ kind: 'start', near: [{ value: 'Dan', how: 'case' }] }] });
  });

  test('by a reference key, by the output alone, by a joined table', async () => {
    writeFiles(folder, {
      'systems/school.json': {
        files: { folder: 'data' },
        tables: { persons: { key: 'id', references: ['name'] }, classes: { key: 'code' } },
      },
      'filters/Flags.filter': 'select distinct p.active from school.persons as p\n',
      'filters/All.filter': 'select p.id, p.name from school.persons as p\nappend Classes\n',
      'filters/Classes.filter': 'select c.title as id, c.code as name from school.classes as c\n',
      'filters/Titles.filter':
        "select p.name, c.title from school.persons as p join school.classes as c on c.code = p.class and c.title <> 'Second'\n",
    });
    const why = async (...args: readonly string[]): Promise<string> => (await sollist('filter', ...args)).out;
    expect(await why('Pupils', '--why-not', 'Ann')).toContain("The row with p.name = 'Ann' is there once.");
    expect(await why('Flags', '--why', 'true')).toContain('The row with active = true is there once.');
    const appended = "The row with id = 'Second' is there once. It comes from the appended filter Classes.";
    expect(await why('All', '--why', 'id=Second')).toContain(appended);
    expect(await why('All', '--why', 'Second')).toContain(appended);
    const kept = await why('Titles', '--why-not', 'title=Second');
    expect(kept).toContain("The join wants c.title <> 'Second', which this row of school.classes (c) does not meet: c.title is 'Second'.");
    expect(kept).not.toContain('from school');
  });

  test('a row is there', async () => {
    expect((await sollist('filter', 'Pupils', '--why', 'c.code=1a')).out).toContain("The row with c.code = '1a' is there 2 times");
    expect((await sollist('filter', 'Mine', '--param', 'low=1', '--why', 'me=ann')).out).toContain('is there 4 times');
    expect(await sollist('filter', 'Pupils', '--why', '1', '--why-not', '2')).toMatchObject({
      code: 2,
      err: 'Ask one thing at a time: --why or --why-not.\n',
    });
    expect(await sollist('filter', 'Pupils', '--why', 'x.id=1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('come from no table "x"') as string,
    });
  });
});

describe('what is asked wrongly', () => {
  test.each([
    [['Pupils', '--exit-code'], '--exit-code goes with --against'],
    [['--exit-code'], '--exit-code goes with --against'],
    [['Pupils', '--why', ''], 'Name the row: by its key'],
    [['Pupils', '--why', 'x.id=1'], 'The filter\'s rows come from no table "x". They come from: p, c.'],
    [['Pupils', '--why', 'title=First'], 'school.persons (p) has no column "title". school.classes (c) has one: c.title=value.'],
    [['Pupils', '--why', 'c.cde=1a'], 'has no column "cde". Did you mean "code"?'],
  ])('filter %j', async (args, message) => {
    expect(await sollist('filter', ...args)).toEqual({ code: 2, out: '', err: expect.stringContaining(message) as string });
  });
});

test('scripts that failed in rows which then fell away are told of', async () => {
  const text = readFileSync(join(folder, 'filters/Broken.filter'), 'utf8');
  writeFiles(folder, { 'filters/Broken.filter': `${text.trim()}\norder by name desc\nlimit 1\n` });
  const run = await sollist('filter', 'Broken', '--format', 'json');
  expect(run.code).toBe(1);
  expect(JSON.parse(run.out)).toEqual([{ id: '4', name: 'Dan' }]);
  expect(run.err).toMatch(/^The script of 1 row failed, and "limit" or "distinct" then left out what came of it/);
});

test('a column that was not collected is said to be so', async () => {
  writeFiles(folder, {
    'systems/school.json': {
      files: { folder: 'data' },
      tables: { persons: { key: 'id', scripts: { twice: { code: 'return 2', type: 'number' } } }, classes: {} },
    },
    'filters/Twice.filter': 'select p.twice from school.persons as p\n',
  });
  expect(await sollist('filter', 'Twice')).toMatchObject({
    code: 2,
    err: expect.stringContaining('school.persons was collected without its column "twice".') as string,
  });
});

test('what an edit changes since a commit', async () => {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@school.example', ...args], { cwd: folder, stdio: 'ignore' });
  expect(await sollist('filter', 'Pupils', '--against', 'HEAD')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no git repository') as string,
  });
  git('init');
  git('add', 'filters');
  git('commit', '-m', 'one');
  expect(await sollist('filter', 'Pupils', '--against', 'HEAD', '--exit-code')).toMatchObject({
    code: 0,
    err: expect.stringContaining('The filter is the same as in HEAD') as string,
  });
  writeFiles(folder, { 'filters/Pupils.filter': 'select p.id, p.name, p.active from school.persons as p where p.active\n' });
  expect((await sollist('filter', 'Pupils', '--against', 'HEAD')).out).toMatch(
    /There is no system in HEAD .*, so the data model of now counts/,
  );
  const changed = await sollist('filter', 'Pupils', '--against', 'HEAD', '--exit-code');
  expect(changed.code).toBe(4);
  expect(changed.out).toContain('0 new, 1 gone, 0 changed, 2 the same');
  expect(await sollist('filter', 'Pupils', '--against', 'HEAD')).toMatchObject({ code: 0 });
  writeFiles(folder, { 'filters/Child.filter': 'extends Pupils\nselect p.id\n' });
  git('add', 'filters', 'systems');
  git('commit', '-m', 'two');
  writeFiles(folder, { 'filters/Pupils.filter': 'select p.id from school.persons as p\n' });
  const child = await sollist('filter', 'Child', '--against', 'HEAD', '--exit-code');
  expect(child).toMatchObject({ code: 4, err: '' });
  expect(child.out).toContain(
    '2 new, 0 gone, 0 changed, 2 the same\n  ! Other files that it rests on differ, too, and count here: filters/Pupils.filter.',
  );
});
