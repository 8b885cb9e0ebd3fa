import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../../engine/cli/run-cli.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { openWorkspace, systemToRun } from '../../engine/run/workspace/open-workspace.ts';
import { startServer } from '../support/http-server.ts';
import { collect, rowsOf, testRun } from '../unit/run/support.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A workspace on the disk with one system, and an overlay if there is one. */
function workspaceAt(url: string, overlay?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-overlay-'));
  folders.push(folder);
  const files: Readonly<Record<string, unknown>> = {
    'sollist.json': { name: 'test' },
    'connectors/HR.json': {
      schema: {
        crud_objects: {
          users: {
            key: 'id',
            operations: { users_get: { method: 'get', call: { mode: 'normal', path: '/users' } } },
            resources: { id: 'string*', name: 'string*', phones: [{ number: 'string*' }] },
          },
        },
      },
      rest: { config: { baseUrl: url, authentication: 'none', call_handling: 'generic', test_connection: { url: '/users' } } },
    },
    'systems/hr.json': { connector: 'HR', tables: { users: {}, users_phones: {} } },
    ...(overlay !== undefined && { 'overlays/hr.json': overlay }),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(content));
  }
  return folder;
}

const users = [
  { id: 'u1', name: 'Ada', custom: { hr: { badge: 17 } }, phones: [{ number: '1', kind: 'home' }] },
  { id: 'u2', name: 'Bo', custom: {}, phones: [] },
];

const overlay = {
  schema: {
    crud_objects: { users: { resources: { custom: { hr: { badge: '_:number*' } }, phones: [{ kind: 'string*' }] } } },
  },
};

test('a collection stores what the overlay adds, in the table and its child table', async () => {
  await using server = await startServer(() => ({ json: users }));
  const open = openWorkspace(workspaceAt(server.url, overlay));
  const { system, connector } = systemToRun(open, 'hr');
  const { rows } = await collect(connector, system, testRun());
  expect(rows('users')).toMatchObject([
    { id: 'u1', name: 'Ada', custom_hr_badge: 17 },
    { id: 'u2', name: 'Bo', custom_hr_badge: null },
  ]);
  expect(rows('users_phones')).toMatchObject([{ users_id: 'u1', number: '1', kind: 'home' }]);
});

test('without one the columns are those of the connector', async () => {
  await using server = await startServer(() => ({ json: users }));
  const { system, connector } = systemToRun(openWorkspace(workspaceAt(server.url)), 'hr');
  const { rows } = await collect(connector, system, testRun());
  expect(rows('users').map((row) => Object.keys(row))).toEqual([
    ['id', 'name'],
    ['id', 'name'],
  ]);
});

test('the command line collects with it, checks it, and refuses a broken one', async () => {
  await using server = await startServer(() => ({ json: users }));
  const folder = workspaceAt(server.url, overlay);
  const output: string[] = [];
  const run = (args: readonly string[]): Promise<number> =>
    runCli(args, {
      cwd: folder,
      env: {},
      stdout: (text) => void output.push(text),
      stderr: (text) => void output.push(text),
      interactive: false,
      colour: false,
      signal: new AbortController().signal,
    });
  await run(['collect', 'hr']);
  expect(output.join('')).toMatch(/users +2 /);
  const vault = openVault(join(folder, '.sollist/vault.db'));
  try {
    expect(rowsOf(vault, 'hr', 'users').map((row) => row['custom_hr_badge'])).toEqual([17, null]);
  } finally {
    vault.close();
  }
  writeFileSync(join(folder, 'overlays/hr.json'), JSON.stringify({ schema: { crud_objects: { user: { resources: { a: 'string*' } } } } }));
  output.length = 0;
  expect(await run(['check', '--format', 'json'])).toBe(1);
  expect(JSON.parse(output.join(''))).toContainEqual(
    expect.objectContaining({ file: 'overlays/hr.json', code: 'unknown-table', line: 1 }) as unknown,
  );
  expect(await run(['collect', 'hr'])).toBe(2);
  expect(output.join('')).toContain('overlays/hr.json:1:28 must be mended first');
});
