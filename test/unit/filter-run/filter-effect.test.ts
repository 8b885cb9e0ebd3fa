import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filterEffect, type EffectWish } from '../../../engine/run/filter/effect/filter-effect.ts';
import type { FilterEffect } from '../../../engine/run/filter/filter-report.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { openWorkspace } from '../../../engine/run/workspace/open-workspace.ts';
import { writeFiles } from '../../support/write-files.ts';
import { whole } from '../run/vault-support.ts';
import { day, openWith, vaultOf } from './support.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-effect-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@school.example', '-c', 'init.defaultBranch=main', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
}

/** Compares the older text on the disk, or in the commit made of it, with another one in the editor. */
async function effect(
  before: string | undefined,
  after: string,
  wish: Partial<EffectWish> & { readonly others?: Readonly<Record<string, string>>; readonly limit?: number } = {},
): Promise<FilterEffect> {
  const { others = {}, limit, ...rest } = wish;
  if (before !== undefined) writeFiles(folder, { 'filters/F.filter': before });
  const open = { ...openWith({ F: after, ...others }), folder };
  const vault = vaultOf();
  try {
    const run = { signal: new AbortController().signal, now: () => 0, today: day, ...(limit !== undefined && { limit }) };
    return await filterEffect(open, vault, { filter: 'F', against: 'saved', parameters: {}, ...rest }, run);
  } finally {
    vault.close();
  }
}

const all = 'select employeeNumber, lastName from hr.persons';

describe('what an edit of a filter changes', () => {
  test('rows gained, lost and changed, by the key of the start table', async () => {
    const after =
      "select employeeNumber, case when employeeNumber = '1' then 'B.' else lastName end as lastName from hr.persons where salary > 2600";
    const { comparison, sameText, against } = await effect(`${all} where salary < 3000 or employeeNumber = '1'`, after);
    expect(comparison).toMatchObject({
      before: 'the saved file',
      after: 'now',
      key: ['employeeNumber'],
      counts: { same: 3, changed: 1, new: 0, gone: 2 },
    });
    expect(comparison.rows).toContainEqual({ change: 'changed', before: ['1', 'Berg'], after: ['1', 'B.'] });
    expect(comparison.rows.filter(({ change }) => change === 'gone').map(({ before }) => before?.[0])).toEqual(['3', '4']);
    expect({ sameText, against }).toEqual({ sameText: false, against: 'the saved file' });
  });

  test('whole rows, as a bag, where nothing tells them apart', async () => {
    const before = 'select departmentId from hr.persons';
    const { comparison } = await effect(before, `${before} where employeeNumber <> '2'`);
    expect(comparison).toMatchObject({
      key: [],
      counts: { same: 5, changed: 0, new: 0, gone: 1 },
      rows: [{ change: 'gone', before: [1] }],
    });
  });

  test('the same text gives the same rows', async () => {
    expect(await effect(all, all)).toMatchObject({
      sameText: true,
      comparison: { counts: { same: 6, changed: 0, new: 0, gone: 0 }, rows: [] },
    });
  });

  test('columns that came and went; names that differ in case are two', async () => {
    const { comparison } = await effect(
      'select employeeNumber, mail from hr.persons',
      'select employeeNumber, mail as Mail, status from hr.persons',
    );
    expect(comparison).toMatchObject({ columnsNew: ['Mail', 'status'], columnsGone: ['mail'], counts: { same: 6 } });
    expect(comparison.columns.map(({ name }) => name)).toEqual(['employeeNumber', 'Mail', 'status', 'mail']);
  });

  test('samples are bounded, counts are not', async () => {
    const { comparison } = await effect(`${all} limit 1`, all, { limit: 2 });
    expect(comparison.counts.new).toBe(5);
    expect(comparison.rows).toHaveLength(2);
  });

  test('a parameter that the older text does not have', async () => {
    const after = `parameter least number default 0\n${all} where salary > @least`;
    const { comparison, parameters } = await effect(all, after, { parameters: { least: 2650 } });
    expect(comparison.counts).toMatchObject({ gone: 2, new: 0 });
    expect(comparison.notes).toEqual(['Of the parameters given, the saved file has no least.']);
    expect(parameters).toMatchObject([{ name: 'least', value: 2650, from: 'given' }]);
  });

  test('an older text with an error is said to be the older one', async () => {
    await expect(effect('select nothing from hr.persons', all)).rejects.toThrow(
      /^As it is in the saved file: filters\/F\.filter:1:8 must be mended first/,
    );
  });

  test('a filter that was never saved', async () => {
    await expect(effect(undefined, all)).rejects.toMatchObject({
      code: 'no-older-text',
      message: expect.stringContaining('was never saved') as string,
    });
  });
});

describe('against a commit', () => {
  const against = { against: 'commit' } as const;

  test('the last one, or another', async () => {
    git('init');
    await effect(`${all} limit 2`, all).catch(() => undefined);
    git('add', '.');
    git('commit', '-m', 'one');
    writeFileSync(join(folder, 'filters/F.filter'), `${all} limit 3`);
    git('commit', '-am', 'two');
    expect(await effect(undefined, all, against)).toMatchObject({
      against: expect.stringMatching(/^HEAD \([0-9a-f]+\)$/) as string,
      comparison: { counts: { same: 3, new: 3 } },
    });
    expect(await effect(undefined, all, { ...against, revision: 'HEAD~1' })).toMatchObject({ comparison: { counts: { same: 2, new: 4 } } });
    await expect(effect(undefined, all, { ...against, revision: 'nowhere' })).rejects.toThrow('There is no commit "nowhere".');
    await expect(effect(undefined, all, { ...against, revision: '--output=x' })).rejects.toThrow('is no revision of git');
  });

  test('no repository, no commit, not in the commit', async () => {
    await expect(effect(all, all, against)).rejects.toMatchObject({ code: 'no-git' });
    git('init');
    await expect(effect(all, all, against)).rejects.toThrow('There is no commit yet');
    git('commit', '--allow-empty', '-m', 'one');
    await expect(effect(all, all, against)).rejects.toThrow(/filters\/F\.filter is not in the commit HEAD/);
  });

  test('in a hook of git, which names its own repository, the one of the folder is asked all the same', async () => {
    committed({ 'filters/F.filter': `${all} where departmentId = 1\n` });
    for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) vi.stubEnv(name, join(folder, 'elsewhere'));
    try {
      expect(await effect(undefined, all, against)).toMatchObject({ comparison: { counts: { same: 2 } } });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test.skipIf(process.platform === 'win32')('a git that is stopped has not said that there is no repository', async () => {
    writeFileSync(join(folder, 'git'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 });
    vi.stubEnv('PATH', folder);
    try {
      const asked = effect(all, all, against);
      await expect(asked).rejects.toMatchObject({ code: 'no-git' });
      await expect(asked).rejects.toThrow(/^git was stopped \(SIGKILL\) before it had answered/);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  /** A commit of these files. */
  function committed(files: Readonly<Record<string, string>>): void {
    git('init');
    writeFiles(folder, files);
    git('add', '.');
    git('commit', '-m', 'one');
  }

  test('the parent, the appended filter and the library are those of the commit, too', async () => {
    const text = `extends Base\nselect p.employeeNumber, script $$ return Mark(p.lastName) $$ as lastName\nappend More`;
    const more = (number: string): string => `select employeeNumber, lastName from hr.persons where employeeNumber = '${number}'`;
    const base = (least: number): string => `select p.lastName from hr.persons as p where p.salary > ${least}`;
    committed({
      'filters/F.filter': text,
      'filters/Base.filter': base(2900),
      'filters/More.filter': more('3'),
      'libraries/Mark.js': "return (name) => name + '!'",
      'libraries/Other.js': 'return 1',
    });
    const open = openWith({ F: text, Base: base(2900), More: more('3') });
    const now = async (filters: Readonly<Record<string, string>>, library = "return (name) => name + '!'"): Promise<FilterEffect> => {
      const changed = openWith({ F: text, Base: base(2900), More: more('3'), ...filters });
      const libraries = new Map([
        ['Mark', { path: 'libraries/Mark.js', name: 'Mark', text: library }],
        ['Other', { path: 'libraries/Other.js', name: 'Other', text: 'return 2' }],
      ]);
      const files = new Map([...changed.files, ['libraries/Mark.js', library], ['libraries/Other.js', 'return 2']]);
      const vault = vaultOf();
      const run = { signal: new AbortController().signal, now: () => 0, today: day };
      try {
        const workspace = { ...changed.workspace, libraries };
        return await filterEffect({ ...open, folder, files, workspace }, vault, { filter: 'F', parameters: {}, ...against }, run);
      } finally {
        vault.close();
      }
    };
    expect(await now({})).toMatchObject({
      sameText: true,
      alsoChanged: [],
      comparison: { counts: { same: 2, new: 0, gone: 0, changed: 0 } },
    });
    expect(await now({ Base: base(2800) })).toMatchObject({
      sameText: true,
      alsoChanged: ['filters/Base.filter'],
      comparison: {
        counts: { same: 2, new: 1, gone: 0 },
        rows: [{ change: 'new', after: ['2', 'Cray!'] }],
        notes: ['Other files that it rests on differ, too, and count here: filters/Base.filter.'],
      },
    });
    expect(await now({ More: more('4') })).toMatchObject({
      alsoChanged: ['filters/More.filter'],
      comparison: { counts: { same: 1, new: 1, gone: 1 } },
    });
    expect(await now({}, "return (name) => name + '?'")).toMatchObject({
      alsoChanged: ['libraries/Mark.js'],
      comparison: { counts: { same: 1, changed: 1 }, rows: [{ before: ['1', 'Berg!'], after: ['1', 'Berg?'] }] },
    });
  });

  test('a parent that the commit does not have, and one that was renamed with its children', async () => {
    const child = 'extends Base\nselect p.employeeNumber';
    committed({ 'filters/F.filter': child, 'filters/Old.filter': 'select p.mail from hr.persons as p' });
    await expect(effect(undefined, child, { ...against, others: { Base: 'select p.mail from hr.persons as p' } })).rejects.toThrow(
      /^As it is in HEAD \([0-9a-f]+\): filters\/F\.filter:1:9 must be mended first: .*Base/,
    );
    writeFiles(folder, { 'filters/F.filter': child.replace('Base', 'Old') });
    git('commit', '-am', 'two');
    expect(await effect(undefined, child, { ...against, others: { Base: 'select p.mail from hr.persons as p' } })).toMatchObject({
      sameText: false,
      alsoChanged: ['filters/Base.filter', 'filters/Old.filter'],
      comparison: { counts: { same: 6, new: 0, gone: 0, changed: 0 } },
    });
  });

  test('a filter that had another name then is known by what is in it', async () => {
    committed({ 'filters/Was.filter': `-- All.\n${all}\nwhere salary > 2900`, 'filters/Else.filter': 'select id from hr.departments' });
    expect(await effect(undefined, `-- All.\n${all}\nwhere salary > 2800`, against)).toMatchObject({
      against: expect.stringMatching(/^filters\/Was\.filter of HEAD \([0-9a-f]+\)$/) as string,
      sameText: false,
      comparison: { counts: { same: 1, new: 1 } },
    });
    await expect(effect(undefined, 'select id from directory.groups', against)).rejects.toThrow('is not in the commit HEAD');
  });

  test('a commit of a folder within a repository, with lines that end otherwise', async () => {
    const root = folder;
    folder = join(root, 'within');
    writeFiles(folder, { 'filters/F.filter': `${all}\nlimit 2`, 'sollist.json': { name: 'T' } });
    const own = folder;
    folder = root;
    git('init');
    git('add', '.');
    git('commit', '-m', 'one');
    folder = own;
    const found = await effect(undefined, `${all}\r\nlimit 2`, against);
    folder = root;
    expect(found).toMatchObject({ sameText: true, alsoChanged: [], comparison: { counts: { same: 2 } } });
  });

  test('a data model of then is that of the commit', async () => {
    const system = (target: string): string =>
      JSON.stringify({ files: { folder: 'data' }, tables: { persons: { key: 'id', relations: { boss: target } }, bosses: { key: 'id' } } });
    const texts = {
      'sollist.json': '{"name": "T"}',
      'data/persons.csv': 'id,boss\n1,2\n2,9\n',
      'data/bosses.csv': 'id,nr\n9,2\n',
      'systems/hr.json': system('bosses'),
      'filters/F.filter': 'select p.id from hr.persons as p join hr.bosses as b',
    };
    committed(texts);
    writeFiles(folder, { 'systems/hr.json': system('bosses.nr') });
    const open = openWorkspace(folder);
    const vault = openVault(':memory:');
    const stage = (table: string, columns: readonly string[], rows: readonly (readonly string[])[]): void => {
      const staging = vault.stage(
        'hr',
        table,
        columns.map((name) => ({ name, type: 'text' })),
      );
      staging.add(rows);
      staging.commit({ ...whole, rows: rows.length });
    };
    stage(
      'persons',
      ['id', 'boss'],
      [
        ['1', '2'],
        ['2', '9'],
      ],
    );
    stage('bosses', ['id', 'nr'], [['9', '2']]);
    try {
      const run = { signal: new AbortController().signal, now: () => 0, today: day };
      const found = await filterEffect(open, vault, { filter: 'F', parameters: {}, ...against }, run);
      expect(found).toMatchObject({
        sameText: true,
        alsoChanged: ['systems/hr.json'],
        comparison: { counts: { same: 0, new: 1, gone: 1 }, rows: expect.arrayContaining([{ change: 'new', after: ['1'] }]) as unknown },
      });
    } finally {
      vault.close();
    }
  });
});
