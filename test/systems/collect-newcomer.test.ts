import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, expect, test } from 'vitest';
import schema from '../../schemas/collection-report.schema.json' with { type: 'json' };
import { startServer, type TestServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

/** What somebody meets who collects for the first time: nothing is there yet, names are misspelt, a run is stopped. */
let folder: string;
let server: TestServer;
let stop: AbortController;
/** Whether somebody presses Ctrl+C when the second table is asked for. */
let impatient: boolean;

const table = (path: string): object => ({
  key: 'id',
  operations: { [`${path}_get`]: { method: 'get', call: { mode: 'normal', path: `/${path}` } } },
  resources: { id: 'string*' },
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-newcomer-'));
  stop = new AbortController();
  impatient = false;
  server = await startServer(({ path }) => {
    if (impatient && path === '/groups') stop.abort();
    return { json: [{ id: '1' }] };
  });
  const config = { call_handling: 'generic', test_connection: { url: '/persons' } };
  writeFiles(folder, {
    'sollist.json': { name: 'test' },
    'connectors/HR.json': {
      schema: { crud_objects: { persons: table('persons'), groups: table('groups') } },
      rest: { config: { ...config, baseUrl: server.url, authentication: 'none' } },
    },
    'connectors/Signed.json': {
      schema: { crud_objects: { persons: table('persons') } },
      rest: {
        config: { ...config, baseUrl: 'http://{tenant}', authentication: 'client_credentials' },
        authOptions: { authUrl: 'http://{tenant}/token' },
      },
    },
    'systems/hr.json': { connector: 'HR', tables: { persons: {}, groups: {} } },
    'systems/far.json': {
      connector: 'Signed',
      connection: { tenant: 'api.invalid', client_id: 'a', client_secret: 'b' },
      tables: { persons: {} },
    },
    'systems/odd.json': {
      connector: 'Signed',
      connection: { tenant: 'a:99999', client_id: 'a', client_secret: 'b' },
      tables: { persons: {} },
    },
    'systems/staff.json': { files: { folder: 'staff' }, tables: { people: { key: 'id' } } },
    'staff/people.csv': 'id,name\n1,Ann\n',
  });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder, signal: stop.signal });
}

test('a misspelt table, one that is nothing like any, and a misspelt command say what there is', async () => {
  expect((await sollist('collect', 'hr', '--table', 'person')).err).toContain('Did you mean "persons"?');
  expect((await sollist('collect', 'hr', '--table', 'x')).err).toContain('It has: persons, groups.');
  expect((await sollist('runs', 'shwo')).err).toContain('runs has no command "shwo". Did you mean "show"?');
  await sollist('collect', 'hr', '--table', 'persons');
  expect((await sollist('vault', 'lod')).err).toContain('Did you mean "load"?');
});

test('an empty vault says so', async () => {
  await sollist('collect', 'hr', '--table', 'x');
  expect(await sollist('vault')).toMatchObject({ code: 0, out: '', err: expect.stringContaining('the vault is empty') as string });
});

test('a plan refuses what it would take no notice of', async () => {
  for (const other of [['--resume'], ['--accept', 'persons'], ['--record'], ['--limit', '5']])
    expect(await sollist('collect', 'hr', '--plan', ...other)).toMatchObject({
      code: 2,
      err: `${other[0] ?? ''} means nothing with --plan: nothing is called. Leave one of them out.\n`,
    });
  expect(server.requests).toEqual([]);
});

test('who stops a collection is told how to go on, and who has nothing to go on with, that there is nothing', async () => {
  impatient = true;
  const stopped = await sollist('collect', 'hr');
  expect(stopped.out).toMatch(/groups .*cancelled/);
  expect(stopped.err).toContain('Go on with "sollist collect hr --resume"');
  impatient = false;
  stop = new AbortController();
  expect(await sollist('collect', 'hr', '--resume')).toMatchObject({ code: 0, err: '' });
  expect((await sollist('collect', 'hr', '--resume')).err).toContain('Nothing was left over');
});

test('an address without TLS elsewhere, and one that is none, are named before anything is sent', async () => {
  expect((await sollist('collect', 'far')).out).toContain(
    'would send credentials to api.invalid unencrypted. Use https in systems/far.json.',
  );
  expect((await sollist('collect', 'odd')).err).toContain('the authUrl "http://a:99999/token" is no address');
});

test('a folder of files has no recording to rehearse, and its report has the form its schema says', async () => {
  const rehearsed = await sollist('rehearse', 'staff');
  expect(rehearsed.code).toBe(2);
  expect(rehearsed.err).toContain('staff is a folder of files');
  expect(rehearsed.err).not.toContain('--record');
  const { out } = await sollist('collect', 'staff', '--format', 'json');
  const validate = new Ajv({ strict: true }).compile(schema);
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
});
