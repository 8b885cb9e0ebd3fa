import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filterEffect, type EffectWish } from '../../../engine/run/filter/effect/filter-effect.ts';
import type { FilterEffect } from '../../../engine/run/filter/filter-report.ts';
import { writeFiles } from '../../support/write-files.ts';
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
});
