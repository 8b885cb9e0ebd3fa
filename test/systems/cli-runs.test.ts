import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import type { RowsComparison, RunRecord, RunSummary } from '../../engine/run/run-record.ts';
import { collectedSamples, wrongSecret } from '../support/collected-samples.ts';

const samples = collectedSamples();
const elsewhere = ['--environment', 'elsewhere'];

/** Runs a command line in the copy of this test; most commands here take no environment. */
const sollist: typeof samples.sollist = (args, given) => samples.sollist(args, { environment: null, ...given });

async function history(): Promise<readonly RunSummary[]> {
  const { code, out } = await sollist(['runs', '--format', 'json']);
  expect(code).toBe(0);
  return (JSON.parse(out) as { readonly runs: readonly RunSummary[] }).runs;
}

async function newest(): Promise<RunRecord> {
  const [first] = await history();
  return JSON.parse((await sollist(['runs', 'show', first?.id ?? '', '--format', 'json'])).out) as RunRecord;
}

describe('what a command runs is kept', () => {
  test('a collection with its evidence and its first exchanges', async () => {
    const runs = await history();
    expect(runs.map(({ kind, subject, state, environment }) => [kind, subject, state, environment])).toEqual([
      ['collect', 'directory', 'ok', 'elsewhere'],
      ['collect', 'hr', 'ok', 'elsewhere'],
    ]);
    const run = (await newest()) as RunRecord<{ readonly requests: readonly { readonly url: string }[] }>;
    expect(run.result).toMatch(/^\d+ tables, [\d]+ rows, complete$/);
    expect(run.report?.requests.length).toBeGreaterThan(3);
  });

  test('a filter with its rows, a plan by its mappings, a role model', async () => {
    await sollist(['filter', 'Staff of a department', '--param', 'department=Sales', '--limit', '7', ...elsewhere]);
    expect(await newest()).toMatchObject({
      kind: 'filter',
      subject: 'Staff of a department',
      state: 'ok',
      limits: { rows: 7 },
      inputs: { parameters: { department: 'Sales' } },
      report: { rowSet: { total: 7 } },
    });
    await sollist(['plan', ...elsewhere]);
    await sollist(['roles', 'development', ...elsewhere]);
    const runs = await history();
    expect(runs.slice(0, 4).map(({ kind }) => kind)).toEqual(['roles', 'mapping', 'mapping', 'mapping']);
    expect(
      runs
        .slice(1, 4)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Accounts of leavers', 'Changed accounts', 'New accounts']);
  });

  test('also when it failed or was cancelled, and never with a secret', async () => {
    expect((await sollist(['collect', 'hr', ...elsewhere], { env: { HR_CLIENT_SECRET: wrongSecret } })).code).toBe(2);
    expect(await newest()).toMatchObject({ kind: 'collect', subject: 'hr', state: 'failed' });
    rmSync(join(samples.workspace, '.sollist/vault@elsewhere.db'));
    expect((await sollist(['filter', 'Employees', ...elsewhere])).code).toBe(2);
    expect(await newest()).toMatchObject({ state: 'failed', failure: { code: 'not-collected' } });
    const aborted = AbortSignal.abort();
    await sollist(['collect', 'hr', ...elsewhere], { signal: aborted });
    expect(await newest()).toMatchObject({ kind: 'collect', state: 'cancelled' });
    const folder = join(samples.workspace, '.sollist/runs');
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const hidden of [wrongSecret, sampleSecrets.hrClientSecret, sampleSecrets.directoryPassword])
        expect(text, name).not.toContain(hidden);
    }
  });

  test('as many as the workspace says', async () => {
    const path = join(samples.workspace, 'sollist.json');
    const settings = readFileSync(path, 'utf8');
    writeFileSync(path, settings.replace('{', '{ "runs": { "keep": 1 },'));
    expect((await sollist(['check'])).code).toBe(0);
    await sollist(['filter', 'Employees', ...elsewhere]);
    expect((await history()).map(({ kind }) => kind)).toEqual(['filter']);
    writeFileSync(path, settings.replace('{', '{ "runs": { "keep": 0 },'));
    await sollist(['roles', 'development', ...elsewhere]);
    expect((await history()).map(({ kind }) => kind)).toEqual(['filter']);
  });
});

describe('runs', () => {
  test('are listed for a person, the newest first, and shown by the beginning of their id', async () => {
    const { out, err } = await sollist(['runs']);
    expect(err).toBe('');
    expect(out).toMatch(/^ +started +run +about +took +result +id\n✓ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +collect +directory \(elsewhere\)/);
    expect(out.trim().split('\n')).toHaveLength(3);
    const [, hr] = await history();
    const shown = await sollist(['runs', 'show', hr?.id.slice(0, 19) ?? '']);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/^✓ collect hr: \d+ tables/);
    expect(shown.out).toMatch(/persons +\d+/);
    expect((await sollist(['runs', '--limit', '1'])).out.trim().split('\n')).toHaveLength(2);
  });

  test('of a filter are compared by key', async () => {
    const text = 'select p.id, p.firstName from hr.persons as p';
    writeFileSync(join(samples.workspace, 'filters/Some.filter'), `${text} where p.id <> 'P0003'\n`);
    await sollist(['filter', 'Some', ...elsewhere]);
    writeFileSync(join(samples.workspace, 'filters/Some.filter'), `${text} where p.id <> 'P0004'\n`);
    await sollist(['filter', 'Some', ...elsewhere]);
    const [after, before] = await history();
    const compared = await sollist(['runs', 'compare', after?.id ?? '', before?.id ?? '', '--format', 'json']);
    const { key, counts } = JSON.parse(compared.out) as RowsComparison;
    expect(key).toEqual(['id']);
    expect(counts).toMatchObject({ changed: 0, new: 1, gone: 1 });
    expect(counts.same).toBeGreaterThan(100);
    const said = (await sollist(['runs', 'compare', before?.id ?? '', after?.id ?? ''])).out;
    expect(said).toMatch(/ by id\n {2}1 new, 1 gone, 0 changed, \d+ the same\n\n {2}\+ {2}P0003/);
  });

  test('that are not there, not one, or about different things are refused in a sentence', async () => {
    const [directory, hr] = await history();
    for (const [args, sentence] of [
      [['show', 'nothing'], /^There is no run "nothing"/],
      [['show', '2'], /^2 runs begin with "2"/],
      [['compare', directory?.id ?? '', hr?.id ?? ''], /about different things/],
      [['compare', hr?.id ?? '', hr?.id ?? ''], /has no rows of its own/],
    ] as const) {
      const { code, out, err } = await sollist(['runs', ...args]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(sentence);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    expect((await sollist(['runs'], { cwd: tmpdir() })).err).toMatch(/^No sollist.json was found/);
  });

  test('are none in a workspace where nothing ran, and damaged files are named', async () => {
    writeFileSync(join(samples.workspace, '.sollist/runs/20261122T081500123Z-collect-3f2a.json'), '{"version":');
    const { code, out, err } = await sollist(['runs']);
    expect([code, out.trim().split('\n').length]).toEqual([0, 3]);
    expect(err).toBe('.sollist/runs/20261122T081500123Z-collect-3f2a.json is damaged: its end is missing.\n');
    rmSync(join(samples.workspace, '.sollist'), { recursive: true });
    expect(await sollist(['runs'])).toEqual({ code: 0, out: '', err: expect.stringMatching(/^Nothing has been run here yet/) as unknown });
    expect(readdirSync(samples.workspace)).not.toContain('.sollist');
  });
});
