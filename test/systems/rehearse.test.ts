import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems } from '../../examples/systems/start.ts';
import { faults } from '../../engine/run/rehearse/faults.ts';
import type { RehearsalReport, RehearsedFault, RehearsedTable } from '../../engine/run/rehearsal-report.ts';
import collectionSchema from '../../schemas/collection-report.schema.json' with { type: 'json' };
import rehearsalSchema from '../../schemas/rehearsal-report.schema.json' with { type: 'json' };
import { type Outcome, runCommand } from '../support/command-line.ts';

/** Recorded, with nothing collected: the systems are gone. */
let workspace: string;
const folders: string[] = [];
const reports = new Map<string, RehearsalReport>();

/** Neither secrets nor addresses are known. */
function sollist(folder: string, args: readonly string[], signal = new AbortController().signal, env = {}): Promise<Outcome> {
  return runCommand([...args, '--environment', 'elsewhere'], { env, cwd: folder, signal });
}

function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'sollist-rehearse-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Folders of rehearsals under way. */
function temporary(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('sollist-rehearsal-'));
}

/** Every fault on one system, rehearsed once for all tests. */
async function rehearsed(system: string): Promise<RehearsalReport> {
  const known = reports.get(system);
  if (known) return known;
  const { out } = await sollist(workspace, ['rehearse', system, '--format', 'json']);
  const report = JSON.parse(out) as RehearsalReport;
  reports.set(system, report);
  return report;
}

async function faultOf(system: string, id: string): Promise<RehearsedFault> {
  const fault = (await rehearsed(system)).faults.find((each) => each.id === id);
  if (!fault) throw new Error(`no fault ${id}`);
  return fault;
}

function tableOf({ tables }: RehearsedFault, name: string): RehearsedTable {
  const table = tables.find((each) => each.table === name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
}

beforeAll(async () => {
  const systems = await startSampleSystems();
  try {
    workspace = copyOf(join(import.meta.dirname, '../../examples/workspace'));
    for (const name of ['.sollist', 'recordings']) rmSync(join(workspace, name), { recursive: true, force: true });
    const env = {
      HR_ADDRESS: systems.hr.address,
      DIRECTORY_ADDRESS: systems.directory.address,
      HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
      DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
    };
    for (const system of ['hr', 'directory'])
      expect((await sollist(workspace, ['collect', system, '--record'], undefined, env)).code).toBe(0);
    rmSync(join(workspace, '.sollist'), { recursive: true });
  } finally {
    await systems.stop();
  }
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('every fault strikes a real recording, and the report has the form its schema says', async () => {
  const isValid = new Ajv({ strict: true, schemas: [collectionSchema] }).compile(rehearsalSchema);
  for (const system of ['hr', 'directory']) {
    const report = await rehearsed(system);
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
    expect(report.faults.map(({ id }) => id)).toEqual(faults.map(({ id }) => id));
    for (const { id, struck, place, verdict } of report.faults) {
      expect(struck, id).toBeGreaterThan(0);
      expect(place, id).toMatch(/^\w+_get, call \d+$/);
      expect(verdict, id).toMatch(/^\S.{15,400}\.$/);
    }
  }
});

test('what a clean replay would plan rests on the recordings of the other systems, too', async () => {
  const { clean } = await rehearsed('hr');
  expect(clean.map(({ mapping }) => mapping)).toEqual([
    'Accounts of leavers',
    'Changed accounts',
    'New accounts',
    'role model development',
  ]);
  expect(clean[0]).toMatchObject({ creates: 0, deletes: 17, deletesWrong: 0, deletesWithheld: 0 });
  expect(clean[2]).toMatchObject({ creates: 15 });
});

describe('a fault in a status', () => {
  test('page-fails: the table stays as it was, what iterates over it is not tried, and no delete is planned', async () => {
    const fault = await faultOf('hr', 'page-fails');
    expect(fault).toMatchObject({ struck: 1, place: 'persons_get, call 2', safe: true });
    expect(tableOf(fault, 'persons')).toMatchObject({
      rowsBefore: 500,
      rowsAfter: 500,
      lost: 0,
      deletesAllowed: false,
      outcome: { state: 'failed' },
    });
    expect(tableOf(fault, 'contracts').outcome.state).toBe('not-reached');
    expect(fault.mappings.find(({ mapping }) => mapping === 'Accounts of leavers')).toMatchObject({ deletes: 0, deletesWithheld: 17 });
  });

  test('token-expires: a fresh token is fetched, and everything comes', async () => {
    const fault = await faultOf('hr', 'token-expires');
    expect(fault).toMatchObject({ struck: 1, safe: true, verdict: 'No wrong delete: everything came as it should.' });
    for (const table of fault.tables)
      expect(table).toMatchObject({ lost: 0, deletesAllowed: true, outcome: { state: 'collected', evidence: { complete: true } } });
  });

  test('token-ends: the run gives up instead of going on without', async () => {
    const fault = await faultOf('hr', 'token-ends');
    expect(fault.safe).toBe(true);
    const states = fault.tables.map(({ outcome }) => outcome.error?.code);
    expect(states).toContain('authentication-failed');
    expect(fault.tables.every(({ lost }) => lost === 0)).toBe(true);
  });

  test('parents-missing: rows that stay away are no deletes', async () => {
    for (const [system, table] of [
      ['hr', 'contracts'],
      ['directory', 'members'],
    ] as const) {
      const fault = await faultOf(system, 'parents-missing');
      expect(fault.safe, system).toBe(true);
      expect(tableOf(fault, table).deletesAllowed).toBe(false);
    }
  });

  test('too-many-requests: half an hour of waiting passes in no time', async () => {
    const before = Date.now();
    const { out } = await sollist(workspace, ['rehearse', 'hr', '--fault', 'too-many-requests', '--format', 'json']);
    const [fault] = (JSON.parse(out) as RehearsalReport).faults;
    expect(fault).toMatchObject({ struck: 20, safe: true });
    expect(Date.now() - before).toBeLessThan(25_000);
  });
});

describe('a fault in an answer', () => {
  test('empty-source: nothing becomes empty unasked', async () => {
    const fault = await faultOf('hr', 'empty-source');
    expect(fault.safe).toBe(true);
    expect(tableOf(fault, 'persons')).toMatchObject({ lost: 0, deletesAllowed: false, outcome: { state: 'held-back' } });
    const small = tableOf(await faultOf('directory', 'empty-source'), 'groups');
    expect(small).toMatchObject({ deletesAllowed: false });
  });

  test('truncated-body, login-page: what is no JSON is no table', async () => {
    for (const id of ['truncated-body', 'login-page']) {
      for (const system of ['hr', 'directory']) {
        const fault = await faultOf(system, id);
        expect(fault, `${system} ${id}`).toMatchObject({ struck: 1, safe: true });
        expect(fault.tables.some(({ outcome }) => outcome.state !== 'collected' || outcome.evidence?.complete === false)).toBe(true);
      }
    }
  });

  test('page-repeated, rows-shift, total-lies: no table is called complete', async () => {
    for (const id of ['page-repeated', 'rows-shift', 'total-lies']) {
      for (const [system, table] of [
        ['hr', 'persons'],
        ['directory', 'users'],
      ] as const) {
        const fault = await faultOf(system, id);
        expect(fault.safe, `${system} ${id}`).toBe(true);
        expect(tableOf(fault, table).deletesAllowed, `${system} ${id}`).toBe(false);
      }
    }
    expect(tableOf(await faultOf('hr', 'rows-shift'), 'persons').lost).toBe(1);
    expect(tableOf(await faultOf('hr', 'total-lies'), 'persons').outcome.evidence?.notes.join()).toContain(
      'announced 1000 rows, and 500 came',
    );
  });

  test('duplicate-keys: pages of a list give themselves away', async () => {
    const table = tableOf(await faultOf('hr', 'duplicate-keys'), 'persons');
    expect(table).toMatchObject({ deletesAllowed: false });
    expect(table.lost).toBeGreaterThan(0);
  });

  test('source-shrinks: the guard on a collapsing source holds a large table back', async () => {
    expect(tableOf(await faultOf('hr', 'source-shrinks'), 'persons')).toMatchObject({ lost: 0, outcome: { state: 'held-back' } });
  });
});

describe('the command', () => {
  test('ends with 1 when something is not safe, and says what', async () => {
    const folder = copyOf(workspace);
    const { code, out, err } = await sollist(folder, ['rehearse', 'hr', '--fault', 'source-shrinks']);
    expect(code).toBe(1);
    expect(out).toContain('hr recordings/hr, seed 1: 1 fault, 1 not safe');
    expect(out).toMatch(/✗ source-shrinks struck 2× from persons_get, call 1\n/);
    expect(out).toContain('Not safe: departments lost 13 rows unnoticed, and deletes may rest on it.');
    expect(out).toMatch(/departments +26 +13 +13 +complete +may rest on it/);
    expect(err).toBe('Nothing was sent, and the vault is as it was.\n');
  });

  test('ends with 0 when all is safe, and sets nothing but a run in the history', async () => {
    const folder = copyOf(workspace);
    const before = readdirSync(join(folder, 'recordings/hr')).map((name) => statSync(join(folder, 'recordings/hr', name)).mtimeMs);
    const left = temporary();
    const { code, out } = await sollist(folder, ['rehearse', 'hr', '--fault', 'page-fails', '--fault', 'token-expires']);
    expect(code).toBe(0);
    expect(out).toContain('2 faults, all safe');
    expect(existsSync(join(folder, '.sollist/vault@elsewhere.db'))).toBe(false);
    expect(readdirSync(join(folder, 'recordings/hr')).map((name) => statSync(join(folder, 'recordings/hr', name)).mtimeMs)).toEqual(before);
    expect(temporary()).toEqual(left);
  });

  test('strikes at the same places for the same seed, and at others for another', async () => {
    const places = async (seed: number): Promise<string> => {
      const { out } = await sollist(workspace, [
        'rehearse',
        'directory',
        '--fault',
        'truncated-body',
        '--seed',
        String(seed),
        '--format',
        'json',
      ]);
      return JSON.stringify((JSON.parse(out) as RehearsalReport).faults.map(({ id, place, verdict }) => [id, place, verdict]));
    };
    const found: string[] = [];
    for (const seed of [3, 3, 1, 2, 4, 5]) found.push(await places(seed));
    expect(found[0]).toBe(found[1]);
    expect(new Set(found).size).toBeGreaterThan(1);
  });

  test('that is cancelled leaves nothing behind', async () => {
    const before = temporary();
    const { code, err } = await sollist(workspace, ['rehearse', 'hr'], AbortSignal.timeout(300));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Cancelled') as string });
    expect(temporary()).toEqual(before);
  });

  test('refuses a fault that is none, a system without a recording, and a recording that does not replay as it is', async () => {
    expect(await sollist(workspace, ['rehearse', 'hr', '--fault', 'page-fail'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean "page-fails"?') as string,
    });
    const folder = copyOf(workspace);
    const at = join(folder, 'recordings/hr');
    const name = readdirSync(at).find((each) => each.startsWith('persons')) ?? '';
    writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replace('"status": 200', '"status": 500'));
    expect(await sollist(folder, ['rehearse', 'hr'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('does not replay as it is') as string,
    });
    rmSync(at, { recursive: true });
    expect(await sollist(folder, ['rehearse', 'hr'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('sollist collect hr --record') as string,
    });
  });

  test('lists the faults in its help', async () => {
    const { out } = await sollist(workspace, ['rehearse', '--help']);
    for (const { id, title } of faults) expect(out).toContain(`${id.padEnd(17)}  ${title}`);
  });
});
