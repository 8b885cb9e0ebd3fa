import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCollection, type CollectionWish } from '../../engine/run/collect/run-collection.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import { groupCount, startGenerations, writeGenerations } from '../support/generations.ts';
import type { SeenRequest } from '../support/http-server.ts';
import { rowsOf, testRun, type TestRun } from '../unit/run/support.ts';

let folder: string;
let vault: Vault;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-resume-'));
  vault = openVault(join(folder, 'vault.db'));
});
afterEach(() => {
  vault.close();
  rmSync(folder, { recursive: true });
});

const run = (wish: Partial<CollectionWish> = {}, by: TestRun = testRun(), into = vault): Promise<CollectionReport> =>
  runCollection(openWorkspace(folder), { system: 'hr', ...wish }, { env: {}, secrets: new Map() }, into, by.context);

const states = ({ tables }: CollectionReport): readonly string[] =>
  tables.map(({ table, state, earlier }) => `${table} ${state}${earlier ? ' earlier' : ''}`);

const generationsOf = (table: string): readonly unknown[] => [...new Set(rowsOf(vault, 'hr', table).map(({ generation }) => generation))];

test('a cancelled collection goes on with the tables that it did not get to, over the parents it had', async () => {
  const cancelled = testRun();
  let seen = (_: SeenRequest): void => undefined;
  await using server = await startGenerations((request) => seen(request));
  writeGenerations(folder, server.url);
  seen = ({ path }) => {
    if (path.endsWith('/members')) cancelled.abort();
  };
  expect(states(await run({}, cancelled))).toEqual([
    'persons collected',
    'persons_phones collected',
    'groups collected',
    'members cancelled',
  ]);
  expect(vault.lastRun('hr')).toMatchObject({ state: 'ended', collected: ['persons', 'persons_phones', 'groups'] });
  seen = () => undefined;
  const before = server.requests.length;

  const report = await run({ resume: true });
  expect(states(report)).toEqual([
    'persons collected earlier',
    'persons_phones collected earlier',
    'groups collected earlier',
    'members collected',
  ]);
  expect(report.tables[0]?.evidence).toMatchObject({ rows: 201, complete: true });
  expect(
    [...server.requests]
      .slice(before)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(Array.from({ length: groupCount }, (_, i) => `/groups/2-${i}/members`));
  expect(generationsOf('members')).toEqual(generationsOf('groups'));
  expect(vault.table('hr', 'members')).toMatchObject({ evidence: { complete: true } });
  expect(vault.table('hr', 'members')).not.toHaveProperty('lastAttempt');

  const nothing = await run({ resume: true });
  expect(nothing.tables.every(({ earlier }) => earlier)).toBe(true);
  expect(server.requests).toHaveLength(before + groupCount);
});

test('a table that failed is tried again, and one that was loaded from the history since', async () => {
  let broken = true;
  await using server = await startGenerations(({ path }) => {
    if (broken && path === '/groups') throw new Error('broken');
  });
  writeGenerations(folder, server.url);
  broken = false;
  await run();
  broken = true;
  expect(states(await run())).toEqual(['persons collected', 'persons_phones collected', 'groups failed', 'members not-reached']);
  broken = false;
  const past = vault.versions('hr', 'persons').find(({ state }) => state === 'past');
  vault.load(past?.id ?? 0, 1);
  expect(states(await run({ resume: true }))).toEqual([
    'persons collected',
    'persons_phones collected',
    'groups collected',
    'members collected',
  ]);
});

test('the limits of the interrupted collection are those of the one that goes on', async () => {
  const cancelled = testRun();
  let hook = (): void => cancelled.abort();
  await using server = await startGenerations(({ path }) => {
    if (path === '/groups') hook();
  });
  writeGenerations(folder, server.url);
  await run({ limits: { rows: 5 }, tables: ['persons', 'groups'] }, cancelled);
  hook = () => undefined;
  const report = await run({ resume: true });
  expect(report.limits).toEqual({ rows: 5 });
  expect(states(report)).toEqual(['persons collected earlier', 'persons_phones collected earlier', 'groups collected']);
  expect(rowsOf(vault, 'hr', 'groups')).toHaveLength(5);
});

test('nothing to go on with, and one that still runs, are said so', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let arrived: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (arrived = resolve));
  await using server = await startGenerations(() => {
    arrived();
    return held;
  });
  writeGenerations(folder, server.url);
  await expect(run({ resume: true })).rejects.toMatchObject({ code: 'nothing-to-resume' });
  await expect(run({ tables: ['nothing'] })).rejects.toMatchObject({ code: 'unknown-table' });
  await expect(run({ accept: ['nothing'] })).rejects.toMatchObject({ code: 'unknown-table' });
  expect(vault.lastRun('hr')).toBeUndefined();

  const other = openVault(join(folder, 'vault.db'));
  const first = run({}, testRun(), other);
  await asked;
  await expect(run({ resume: true })).rejects.toMatchObject({ code: 'collection-running' });
  release();
  await first;
  other.close();
});

test('two collections of the same system at once leave every table whole', async () => {
  await using server = await startGenerations();
  writeGenerations(folder, server.url, { collection: { keep: 4 } });
  const vaults = Array.from({ length: 3 }, () => openVault(join(folder, 'vault.db')));
  const reports = await Promise.all(vaults.map((each) => run({ tables: ['groups', 'members'] }, testRun(), each)));
  for (const each of vaults) each.close();
  expect(reports.flatMap(({ tables }) => tables.map(({ state }) => state))).toEqual(new Array(6).fill('collected'));
  for (const { id, table, evidence } of vault.versions()) {
    const rows = [...vault.query(vault.wholeVersion(id))];
    expect(rows).toHaveLength(evidence.rows);
    if (table === 'groups') expect(new Set(rows.map(({ generation }) => generation)).size).toBe(1);
  }
  expect(vault.versions('hr', 'groups')).toHaveLength(3);
});

test('the workspace says how many versions are kept', async () => {
  await using server = await startGenerations();
  writeGenerations(folder, server.url, { collection: { keep: 2 } });
  for (let i = 0; i < 3; i++) await run({ tables: ['groups'] });
  expect(vault.versions('hr', 'groups')).toHaveLength(2);
});
