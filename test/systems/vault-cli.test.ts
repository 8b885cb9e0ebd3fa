import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;
let server: TestServer;
let persons: readonly unknown[];

const many = (count: number): readonly unknown[] => Array.from({ length: count }, (_, i) => ({ id: `p${i}`, name: `Person ${i}` }));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-vault-cli-'));
  persons = many(100);
  server = await startServer(() => ({ json: persons }));
  writeFiles(folder, {
    'sollist.json': { name: 'test' },
    'connectors/HR.json': {
      schema: {
        crud_objects: {
          persons: {
            key: 'id',
            operations: { persons_get: { method: 'get', call: { mode: 'normal', path: '/persons' } } },
            resources: { id: 'string*', name: 'string*' },
          },
        },
      },
      rest: { config: { baseUrl: server.url, authentication: 'none', call_handling: 'generic', test_connection: { url: '/persons' } } },
    },
    'systems/hr.json': { connector: 'HR', tables: { persons: {} } },
  });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

test('a collapsing source ends with 3 and says what to do; what it says works', async () => {
  expect(await sollist('vault')).toMatchObject({ code: 2, err: expect.stringContaining('sollist collect hr') as string });
  expect((await sollist('collect', 'hr')).code).toBe(0);
  persons = many(30);
  const held = await sollist('collect', 'hr');
  expect(held.code).toBe(3);
  expect(held.out).toContain('held back; the table is as it was');
  expect(held.out).toContain('hr.persons: 30 rows where 100 were collected');

  const list = await sollist('vault');
  expect(list.out).toMatch(/^hr\.persons\n/);
  expect(list.out).toMatch(/ 2 {2}held back .* 30 {2}complete; −70 rows\n/);
  expect(list.out).toMatch(/ 1 {2}current .* 100 {2}complete\n/);

  expect(await sollist('vault', 'compare', 'hr.persons', 'current', 'held-back')).toMatchObject({
    code: 0,
    out: expect.stringContaining('0 new, 70 gone, 0 changed, 30 the same') as string,
  });
  const loaded = await sollist('vault', 'load', 'hr.persons', 'held-back');
  expect(loaded.out).toMatch(/^hr\.persons holds version 2 \(30 rows, collected .*Z\) now\.\n$/);
  expect((await sollist('collect', 'hr')).code).toBe(0);
  persons = many(3);
  expect((await sollist('collect', 'hr', '--accept', 'hr.persons')).code).toBe(0);
  expect((await sollist('vault', 'list', 'hr.persons')).out).toMatch(/current .* 3 {2}complete; −27 rows/);
});

test('versions are compared, pinned, dropped and listed as records; mistakes are named', async () => {
  await sollist('collect', 'hr');
  persons = [...many(99), { id: 'new', name: 'New' }];
  await sollist('collect', 'hr');
  const compared = await sollist('vault', 'compare', 'hr.persons', '--format', 'json');
  expect(JSON.parse(compared.out)).toMatchObject({ version: 1, key: ['id'], counts: { new: 1, gone: 1, changed: 0, same: 99 } });
  expect((await sollist('vault', 'pin', 'hr.persons', 'previous')).out).toContain('version 1 (100 rows');
  expect(JSON.parse((await sollist('vault', 'hr.persons', '--format', 'json')).out)).toMatchObject({
    version: 1,
    versions: [
      { id: 2, state: 'current', pinned: false, evidence: { drift: { rowsBefore: 100 } } },
      { id: 1, state: 'past', pinned: true },
    ],
  });
  expect((await sollist('vault', 'unpin', 'hr.persons', '1')).out).toContain('no longer pinned');
  expect(await sollist('vault', 'drop', 'hr.persons', 'current')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Load another one first') as string,
  });
  expect((await sollist('vault', 'drop', 'hr.persons', '1')).out).toContain('is gone');
  expect(await sollist('vault', 'load', 'hr.persons', '1')).toMatchObject({
    code: 2,
    err: 'hr.persons has no version "1". It has: 2 (current).\n',
  });
  expect(await sollist('vault', 'list', 'hr.person')).toMatchObject({ code: 2, err: expect.stringContaining('hr.persons') as string });
});

test('a collection that failed is gone on with, and --resume says what it cannot be given', async () => {
  expect(await sollist('collect', 'hr', '--resume')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no collection of hr') as string,
  });
  await sollist('collect', 'hr');
  const resumed = await sollist('collect', 'hr', '--resume');
  expect(resumed.code).toBe(0);
  expect(resumed.out).toMatch(/persons +100 .*before this run; complete/);
  expect(server.requests).toHaveLength(1);
  expect(await sollist('collect', 'hr', '--resume', '--limit', '3')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--limit') as string,
  });
  expect(await sollist('collect', 'hr', '--accept', 'person')).toMatchObject({
    code: 2,
    err: expect.stringContaining('persons') as string,
  });
});

test('columns that came and went are shown', async () => {
  await sollist('collect', 'hr');
  writeFiles(folder, { 'systems/hr.json': { connector: 'HR', tables: { persons: { columns: ['id'] } } } });
  expect((await sollist('collect', 'hr')).out).toContain('complete; Columns gone: name.');
  expect((await sollist('vault')).out).toContain('columns gone: name');
});
