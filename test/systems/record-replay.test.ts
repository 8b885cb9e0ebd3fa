import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import type { Plan } from '../../engine/run/plan/plan.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import collectionSchema from '../../schemas/collection-report.schema.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import exchangeSchema from '../../schemas/recorded-exchange.schema.json' with { type: 'json' };
import recordingSchema from '../../schemas/recording.schema.json' with { type: 'json' };
import roleSchema from '../../schemas/role-report.schema.json' with { type: 'json' };
import { dumpVault } from '../support/vault-dump.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

const root = join(import.meta.dirname, '../..');
const both = ['hr', 'directory'];
const secrets = { HR_CLIENT_SECRET: sampleSecrets.hrClientSecret, DIRECTORY_PASSWORD: sampleSecrets.directoryPassword };

let systems: SampleSystems;
/** Collected live, and recorded. */
let recorded: string;
/** Where the systems are; known also to replays, so that addresses in the answers are the same. */
let addresses: Readonly<Record<string, string>>;
const folders: string[] = [];

function sollist(folder: string, args: readonly string[], env: object = {}, signal = new AbortController().signal): Promise<Outcome> {
  return runCommand([...args, '--environment', 'elsewhere'], { env: { ...addresses, ...env }, cwd: folder, signal });
}

/** The command line in a process of its own, in which the network throws. */
function offline(folder: string, args: readonly string[], env: object = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', join(root, 'test/support/deny-network.mjs'), join(root, 'engine/cli/main.ts'), ...args, '--environment', 'elsewhere'],
    { cwd: folder, env: { ...env }, encoding: 'utf8', timeout: 120_000 },
  );
  return { code: status ?? -1, out: stdout, err: stderr };
}

function copyOf(folder: string, without: readonly string[] = ['.sollist']): string {
  const copy = mkdtempSync(join(tmpdir(), 'sollist-record-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  for (const name of without) rmSync(join(copy, name), { recursive: true, force: true });
  return copy;
}

function bytesOf(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(join(folder, 'recordings'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'base64')] as const)
      .map(([path, text]) => [path.slice(folder.length), text]),
  );
}

const vaultOf = (folder: string): string => join(folder, '.sollist/vault@elsewhere.db');

beforeAll(async () => {
  systems = await startSampleSystems();
  addresses = { HR_ADDRESS: systems.hr.address, DIRECTORY_ADDRESS: systems.directory.address };
  recorded = copyOf(join(root, 'examples/workspace'), ['.sollist', 'recordings']);
  for (const system of both) {
    const outcome = await sollist(recorded, ['collect', system, '--record'], secrets);
    expect(outcome).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^recordings\/\w+ holds \d+ requests with their answers\.\n$/) as string,
    });
  }
});

afterAll(async () => {
  await systems.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('while the systems run', () => {
  test('a second recording is the same byte by byte, from other ports too', async () => {
    const before = bytesOf(recorded);
    expect(before.size).toBeGreaterThan(500);
    for (const system of both)
      expect((await sollist(recorded, ['collect', system, '--record'], secrets)).err).toMatch(/is unchanged: the same \d+ requests/);
    const others = await startSampleSystems();
    try {
      const elsewhere = copyOf(recorded, ['.sollist', 'recordings']);
      const env = { ...secrets, HR_ADDRESS: others.hr.address, DIRECTORY_ADDRESS: others.directory.address };
      for (const system of both) expect((await sollist(elsewhere, ['collect', system, '--record'], env)).code).toBe(0);
      expect(bytesOf(elsewhere)).toEqual(before);
    } finally {
      await others.stop();
    }
    expect(bytesOf(recorded)).toEqual(before);
  });

  test('a recording holds neither secrets nor addresses, and its files have the form their schemas say', () => {
    const ajv = new Ajv({ strict: true });
    const forms = { manifest: ajv.compile(recordingSchema), exchange: ajv.compile(exchangeSchema) };
    for (const [path, base64] of bytesOf(recorded)) {
      const text = Buffer.from(base64, 'base64').toString('utf8');
      for (const hidden of [...Object.values(secrets), ...Object.values(addresses), 'Bearer', 'access_token'])
        expect(text, path).not.toContain(hidden);
      const isValid = path.endsWith('/recording.json') ? forms.manifest : forms.exchange;
      expect(isValid(JSON.parse(text)), `${path} ${JSON.stringify(isValid.errors)}`).toBe(true);
    }
  });

  test('a recording that fails or is cancelled leaves the one before as it was', async () => {
    const folder = copyOf(recorded);
    const before = bytesOf(folder);
    systems.hr.faults.add({ path: /contracts/, after: 0, action: { kind: 'status', status: 500 } });
    try {
      const failed = await sollist(folder, ['collect', 'hr', '--record', '--table', 'departments', '--table', 'persons'], {
        ...secrets,
        HR_CLIENT_SECRET: 'wrong',
      });
      expect(failed).toMatchObject({ code: 2, err: expect.stringContaining('recordings/hr is as it was') as string });
    } finally {
      systems.hr.faults.clear();
    }
    const controller = new AbortController();
    systems.hr.faults.add({ path: /contracts/, after: 20, times: 1, action: { kind: 'hang' } });
    const running = sollist(folder, ['collect', 'hr', '--record'], secrets, controller.signal);
    await expect.poll(() => systems.hr.log.filter(({ path }) => path.includes('contracts')).length).toBeGreaterThan(20);
    controller.abort();
    expect((await running).code).toBe(2);
    systems.hr.faults.clear();
    expect(bytesOf(folder)).toEqual(before);
    expect(readdirSync(join(folder, 'recordings')).sort()).toEqual(['directory', 'hr']);
  });

  test('a recording of fewer tables says what it has lost', async () => {
    const folder = copyOf(recorded);
    const { code, err } = await sollist(folder, ['collect', 'hr', '--record', '--table', 'departments'], secrets);
    expect(code).toBe(0);
    expect(err).toContain('The recording before this one also had contracts, persons');
    const replayed = await sollist(folder, ['collect', 'hr', '--replay']);
    expect(replayed.code).toBe(2);
    expect(replayed.out).toContain('persons_get asks GET /api/v1/persons?skip=0&take=100, which is not in recordings/hr.');
    expect(replayed.out).toContain('The recording has the tables departments.');
  });

  test('--record and --replay exclude each other, and a collection that goes on cannot be recorded', async () => {
    expect(await sollist(recorded, ['collect', 'hr', '--record', '--replay'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('exclude each other') as string,
    });
    expect(await sollist(recorded, ['collect', 'hr', '--record', '--resume'], secrets)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be recorded') as string,
    });
  });

  test('in a process that must not use the network, the network throws', () => {
    const folder = copyOf(recorded);
    const live = offline(folder, ['collect', 'hr'], { ...addresses, ...secrets });
    expect(live.code).toBe(2);
    expect(live.err).toContain('network denied');
  });
});

describe('with the network denied', () => {
  test('a replay gives the same vault byte by byte, rows, columns and evidence, without secrets', () => {
    const live = dumpVault(vaultOf(copyOf(recorded, [])), both);
    expect(JSON.parse(live)).toMatchObject({
      tables: expect.arrayContaining([expect.objectContaining({ table: 'persons' })]) as unknown[],
    });
    const log = systems.hr.log.length + systems.directory.log.length;
    const folder = copyOf(recorded);
    for (const system of both) {
      const { code, out, err } = offline(folder, ['collect', system, '--replay'], addresses);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`replayed from recordings/${system}`);
    }
    expect(systems.hr.log.length + systems.directory.log.length).toBe(log);
    expect(dumpVault(vaultOf(folder), both)).toBe(live);
  });

  test('not even the address of a system has to be known', () => {
    const folder = copyOf(recorded);
    for (const system of both) expect(offline(folder, ['collect', system, '--replay'])).toMatchObject({ code: 0, err: '' });
    expect(dumpVault(vaultOf(folder), both)).toBe(dumpVault(vaultOf(copyOf(recorded, [])), both));
  });

  test('reports say where the data came from, and plans name it first', async () => {
    const folder = copyOf(recorded);
    const collected = await sollist(folder, ['collect', 'hr', '--replay', '--format', 'json']);
    const report = JSON.parse(collected.out) as CollectionReport;
    expect(report).toMatchObject({ source: { kind: 'replay', recording: 'recordings/hr' } });
    for (const { evidence } of report.tables) expect(evidence?.source).toEqual({ kind: 'replay', recording: 'recordings/hr' });
    const isValid = new Ajv({ strict: true }).compile(collectionSchema);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    await sollist(folder, ['collect', 'directory', '--replay']);

    const planned = await sollist(folder, ['plan', '--format', 'json']);
    const plan = JSON.parse(planned.out) as Plan;
    expect(plan.attention[0]).toMatch(/^directory\.users was replayed from recordings\/directory, not read from the system/);
    expect(plan.attention[1]).toMatch(/^hr\.departments, hr\.persons were replayed from recordings\/hr/);
    expect(plan.restsOn.every(({ replayedFrom }) => replayedFrom !== undefined)).toBe(true);
    const isPlan = new Ajv({ strict: true, allowUnionTypes: true, schemas: [roleSchema] }).compile(planSchema);
    expect(isPlan(plan), JSON.stringify(isPlan.errors)).toBe(true);
    // Offline work would be of little use without deletes; that they rest on a recording is said.
    expect(
      plan.mappings.find(({ mapping }) => mapping === 'Accounts of leavers')?.changes.every(({ blocked }) => blocked === undefined),
    ).toBe(true);
    expect((await sollist(folder, ['plan'])).out).toMatch(/Rests on\n +! directory\.users was replayed/);
    expect((await sollist(folder, ['roles', 'development'])).out).toContain('replayed from recordings/hr');
  });

  test('without a recording the reader is told how to make one', async () => {
    const folder = copyOf(recorded, ['.sollist', 'recordings']);
    expect(await sollist(folder, ['collect', 'hr', '--replay'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Make one with "sollist collect hr --record"') as string,
    });
  });
});
