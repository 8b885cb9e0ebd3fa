import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-cli-request-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(url: string, outputField?: string): void {
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'connectors/crm.json': {
      schema: {
        crud_objects: {
          users: {
            key: 'id',
            resources: { id: 'string*', mail: 'string*' },
            operations: {
              users_get: { method: 'get', ...(outputField !== undefined && { processing_options: { output_field: outputField } }) },
              user_create: {
                method: 'post',
                call: { path: '/users' },
                semantics: 'create',
                resource_mandatory: ['mail'],
                resource_prohibited: ['id'],
              },
            },
          },
        },
      },
      rest: { config: { baseUrl: url, authentication: 'none', call_handling: 'generic', test_connection: { url: '/users' } } },
    },
    'systems/crm.json': { connector: 'crm', connection: {}, tables: { users: {} } },
  });
}

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

test('the request of an operation, with names for values, then with those of the vault; nothing is sent and no vault is made', async () => {
  await using server = await startServer(() => ({ json: { items: [{ id: 'u1', mail: 'ann@x' }] } }));
  write(server.url, 'items');
  const before = await sollist('request', 'crm', 'users', 'user_create');
  expect(before).toMatchObject({ code: 0, err: '' });
  expect(before.out).toContain(`POST ${server.url}/users\n`);
  expect(before.out).toContain('"mail": "‹mail›"');
  expect(existsSync(join(folder, '.sollist'))).toBe(false);
  expect(server.requests).toEqual([]);

  expect((await sollist('collect', 'crm')).code).toBe(0);
  const after = await sollist('request', 'crm', 'users', 'user_create', '--format', 'json');
  expect(JSON.parse(after.out)).toMatchObject({ system: 'crm', request: { verb: 'POST', body: '{"mail":"ann@x"}' } });
  expect(server.requests.map(({ method }) => method)).toEqual(['GET']);
});

test.each([
  [['nothing', 'users', 'user_create'], 'unknown-system'],
  [['crm', 'persons', 'user_create'], 'no table "persons"'],
  [['crm', 'users', 'user_delete'], 'There are: users_get, user_create.'],
])('a wrong name in %j is said', async (args, part) => {
  write('http://127.0.0.1:9');
  const { code, err } = await sollist('request', ...args);
  expect(code).toBe(2);
  expect(err).toContain(part === 'unknown-system' ? 'no system "nothing"' : part);
});

test('check knows what the last answer wrapped', async () => {
  await using server = await startServer(() => ({ json: { items: [{ id: 'u1', mail: 'ann@x' }] } }));
  write(server.url);
  expect((await sollist('check')).out).not.toContain('output-field-missing');
  expect((await sollist('collect', 'crm')).code).toBe(2);
  const found = await sollist('check', '--format', 'json');
  expect(JSON.stringify(JSON.parse(found.out))).toContain('output-field-missing');
  write(server.url, 'items');
  expect((await sollist('check')).out).not.toContain('output-field-missing');
});
