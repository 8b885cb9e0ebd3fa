import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCollection } from '../../engine/run/collect/run-collection.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { readVault } from '../../engine/run/vault/read-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import { groupCount, personsIn, startGenerations, writeGenerations } from '../support/generations.ts';
import type { SeenRequest } from '../support/http-server.ts';
import { testRun } from '../unit/run/support.ts';

const kills = 100;
const seed = 20260105;
const root = join(import.meta.dirname, '../..');
const tables = ['groups', 'members', 'persons', 'persons_phones'];

let folder: string;
let path: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-kill-'));
  path = join(folder, '.sollist/vault.db');
  // Bundled, since a hundred processes that each compile the engine take minutes.
  program = join(folder, 'collect-for-ever.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/support/collect-for-ever.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['better-sqlite3'],
    logLevel: 'warning',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  'an engine that is killed at a hundred random moments leaves whole tables and a vault that can be read',
  { timeout: 240_000 },
  async () => {
    const random = randomFrom(seed);
    let onRequest: (request: SeenRequest) => void = () => undefined;
    await using server = await startGenerations((request) => onRequest(request));
    writeGenerations(folder, server.url);
    const met = { staging: 0, betweenSwaps: 0, resumed: 0 };

    let next = start(0);
    for (let i = 0; i < kills; i++) {
      const child = await next;
      // The next one gets ready meanwhile.
      if (i + 1 < kills) next = start(i + 1);
      const moment = momentOf(i, random, (hook) => (onRequest = hook));
      const exited = once(child, 'exit');
      child.stdin.write('go\n');
      await moment;
      child.kill('SIGKILL');
      const [code, signal] = (await exited) as [number | null, string | null];
      expect({ i, code, signal }).toEqual({ i, code: null, signal: 'SIGKILL' });
      onRequest = () => undefined;

      const left = leftBehind();
      if (left.stagings > 0) met.staging++;
      if (left.swapped > 0 && left.swapped < tables.length) met.betweenSwaps++;
      const vault = openVault(path);
      try {
        expect(damageOf(vault), `after kill ${i}`).toEqual([]);
        if (i % 20 === 19 && vault.lastRun('hr')) {
          met.resumed++;
          const report = await runCollection(
            openWorkspace(folder),
            { system: 'hr', resume: true },
            { env: {}, secrets: new Map() },
            vault,
            testRun().context,
          );
          expect(report.tables.map(({ state }) => state)).toEqual(tables.map(() => 'collected'));
          expect([...(vault.lastRun('hr')?.collected ?? [])].sort()).toEqual(tables);
          expect(damageOf(vault), `after resuming ${i}`).toEqual([]);
        }
      } finally {
        vault.close();
      }
    }
    // The moments were the ones that matter.
    expect(met.staging).toBeGreaterThan(kills / 5);
    expect(met.betweenSwaps).toBeGreaterThan(kills / 20);
    expect(met.resumed).toBeGreaterThan(3);
  },
);

test('two processes that collect the same system at once do not hinder each other, nor one who reads', { timeout: 60_000 }, async () => {
  await using server = await startGenerations();
  const workspaces = ['a', 'b'].map((name) => join(folder, name));
  for (const workspace of workspaces) writeGenerations(workspace, `${server.url}/as-${basename(workspace)}`);
  path = join(folder, 'busy.db');
  openVault(path).close();
  const children = await Promise.all(workspaces.map((workspace) => start(0, workspace)));
  const exits = children.map((child) => once(child, 'exit'));
  for (const child of children) child.stdin.write('go\n');
  let looks = 0;
  while (server.generation < 60) {
    await wait(5);
    const reader = readVault(path);
    for (const { table } of reader?.tables() ?? []) {
      const [row] = reader?.query({ sql: `select count(distinct generation) as n from "hr.${table}"`, parameters: [] }) ?? [];
      expect(Number(row?.['n'])).toBeLessThanOrEqual(1);
      looks++;
    }
    reader?.close();
  }
  for (const child of children) child.kill('SIGKILL');
  expect(await Promise.all(exits)).toEqual([
    [null, 'SIGKILL'],
    [null, 'SIGKILL'],
  ]);
  expect(looks).toBeGreaterThan(5);
  const raw = openVault(path);
  raw.close();
  const database = new Database(path, { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.prepare("select count(*) from sqlite_schema where name like 'staging~%'").pluck().get()).toBe(0);
  database.close();
});

async function start(number: number, workspace = folder): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(process.execPath, [program, workspace, path, number % 2 === 0 ? 'anew' : 'resume'], {
    env: { ...process.env, NODE_PATH: join(root, 'node_modules'), NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  child.stderr.on('data', (text: Buffer) => console.error(String(text)));
  await once(child.stdout, 'data');
  return child;
}

/** At any time, at some request, or where the last rows of a table have been given and it is about to be swapped. */
async function momentOf(i: number, random: () => number, listen: (hook: (request: SeenRequest) => void) => void): Promise<void> {
  const kind = i % 4;
  if (kind === 0) return wait(random() * 150);
  let left = kind === 1 ? 1 + Math.floor(random() * 12) : random() < 0.8 ? 1 : 2;
  const counts = ({ path: asked, query }: SeenRequest): boolean =>
    kind === 1 || (kind === 2 ? asked === '/persons' && Number(query.get('skip')) >= 180 : asked.endsWith('-5/members'));
  await new Promise<void>((resolve) =>
    listen((request) => {
      if (counts(request) && --left === 0) resolve();
    }),
  );
  await wait(random() * (kind === 1 ? 4 : 14));
}

/** What the killed process left: before anybody cleans up. */
function leftBehind(): { readonly stagings: number; readonly swapped: number } {
  const database = new Database(path);
  try {
    const count = (sql: string): number => Number(database.prepare(sql).pluck().get());
    if (count("select count(*) from sqlite_schema where name = 'versions'") === 0) return { stagings: 0, swapped: 0 };
    return {
      stagings: count('select count(*) from stagings'),
      swapped: count("select count(*) from versions where state = 'current' and run = (select max(id) from runs where ended is null)"),
    };
  } finally {
    database.close();
  }
}

/** All that is wrong with a vault, in words. */
function damageOf(vault: Vault): readonly string[] {
  const one = (sql: string): Readonly<Record<string, unknown>> => [...vault.query({ sql, parameters: [] })][0] ?? {};
  const raw = new Database(path, { readonly: true });
  const integrity = raw.pragma('integrity_check', { simple: true });
  const names = raw.prepare<[], string>("select name from sqlite_schema where type = 'table' and name like 'staging~%'").pluck().all();
  raw.close();
  const damage: string[] = [...(integrity === 'ok' ? [] : [`integrity: ${String(integrity)}`]), ...names.map((name) => `left: ${name}`)];

  const generations = new Map<number, Map<string, number>>();
  for (const { id, table, evidence, batch } of vault.versions()) {
    const { sql } = vault.wholeVersion(id);
    const { rows, least, most } = one(`select count(*) as rows, min(generation) as least, max(generation) as most from (${sql})`);
    const generation = Number(least);
    const expected = table === 'groups' ? groupCount : table === 'members' ? groupCount * 3 : personsIn(generation);
    if (least !== most) damage.push(`${table} ${id} mixes the generations ${String(least)} and ${String(most)}`);
    if (rows !== expected || rows !== evidence.rows) damage.push(`${table} ${id} has ${String(rows)} rows, not ${expected}`);
    if (!evidence.complete) damage.push(`${table} ${id} is not complete`);
    generations.set(batch, (generations.get(batch) ?? new Map<string, number>()).set(table, generation));
  }
  for (const [batch, of] of generations) {
    if (new Set(of.values()).size > 1) damage.push(`batch ${batch} mixes ${JSON.stringify([...of])}`);
  }
  const current = vault.versions().filter(({ state }) => state === 'current');
  const batchOf = (name: string): number | undefined => current.find(({ table }) => table === name)?.batch;
  if (batchOf('persons') !== batchOf('persons_phones')) damage.push('persons and persons_phones are of different answers');
  return damage;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function randomFrom(start_: number): () => number {
  let state = start_;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
