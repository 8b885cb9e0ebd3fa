import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SeenAnswer } from '../../engine/model/connector/knowledge.ts';
import { createRunner } from '../../engine/host/runner.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { writeFiles } from '../support/write-files.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';

const secret = 'hunter2-of-the-api';

function connectorJson(url: string, outputField?: string): object {
  const processing = outputField === undefined ? {} : { processing_options: { output_field: outputField } };
  return {
    schema: {
      crud_objects: {
        users: {
          key: 'id',
          resources: { id: 'string*', name: { given: 'string*' }, emails: [{ value: 'string*' }] },
          operations: { users_get: { method: 'get', ...processing } },
        },
        badges: {
          key: 'no',
          resources: { no: 'string*', owner: '_nim*' },
          operations: {
            badges_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/badges/{iterator}', base: { owner: '{iterator}' } },
              maxSessionCount: 4,
            },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, authentication: 'basic_auth' } },
  };
}

const users = Array.from({ length: 6 }, (_, i) => ({
  id: `u${i}`,
  name: { given: `G${i}`, family: i % 2 === 0 ? `F${i}` : null },
  emails: [{ value: `${i}@x`, primary: i === 0 }],
  active: i > 0,
  apiToken: `t-${i}`,
  note: `see ${secret}`,
  birthDate: `200${i}-01-01`,
}));

const answer = ({ path }: SeenRequest): Answer =>
  path === '/users'
    ? { json: { items: users, total: users.length } }
    : { json: [{ no: `b-${path.slice(-1)}`, owner: 'ignored', color: path.endsWith('u5') ? 'red' : 'blue' }] };

async function collected(outputField: string | undefined, vault = openVault(':memory:')): Promise<Collected> {
  await using server = await startServer(answer);
  const system = systemOf('crm', ['users', 'badges'], { user_name: 'me', password: secret });
  return await collect(connectorOf(connectorJson(server.url, outputField)), system, testRun(), { vault });
}

const shortOf = ({ paths }: SeenAnswer): object =>
  Object.fromEntries(paths.map(({ path, filled, of }) => [path.join('.'), `${filled} of ${of}`]));

test('what the API sent and the connector does not declare is kept beside the table', async () => {
  const { vault, report } = await collected('items');
  expect(report.tables.map(({ table, state }) => [table, state])).toEqual([
    ['users', 'collected'],
    ['badges', 'collected'],
  ]);
  const [badges, ofUsers, ...more] = vault.answers();
  expect(more).toEqual([]);
  expect(badges).toMatchObject({ system: 'crm', table: 'badges', answer: { rows: 6 } });
  expect(shortOf(badges?.answer ?? { rows: 0, paths: [] })).toEqual({ color: '6 of 6' });
  expect(shortOf(ofUsers?.answer ?? { rows: 0, paths: [] })).toEqual({
    active: '6 of 6',
    apiToken: '6 of 6',
    birthDate: '6 of 6',
    'emails.primary': '6 of 6',
    'name.family': '3 of 6',
    note: '6 of 6',
  });
  expect(JSON.stringify(vault.answers())).not.toMatch(/hunter2|t-1/);
  vault.close();
});

test('a collection that fails for want of output_field says where the rows are, and keeps what was known', async () => {
  const vault = openVault(':memory:');
  await collected('items', vault);
  const before = vault.answers().find(({ table }) => table === 'users')?.answer;
  const { table } = await collected(undefined, vault);
  expect(table('users')).toMatchObject({ state: 'failed', error: { code: 'output-field-missing' } });
  expect(vault.answers().find(({ table: name }) => name === 'users')?.answer).toEqual({ ...before, wrapped: 'items' });
  await collected('items', vault);
  expect(vault.answers().find(({ table: name }) => name === 'users')?.answer).toEqual(before);
  vault.close();
});

test('a dry run reports it, also when it fails, and the engine describes a vault without making one', async () => {
  await using server = await startServer(answer);
  const folder = mkdtempSync(join(tmpdir(), 'sollist-seen-'));
  const runner = createRunner({ env: {}, onProgress: () => undefined });
  const input = { runId: '1', folder, overlay: [], secrets: {} };
  const signal = new AbortController().signal;
  const write = (outputField?: string): void =>
    writeFiles(folder, {
      'sollist.json': { name: 'Test' },
      'connectors/crm.json': connectorJson(server.url, outputField),
      'systems/crm.json': { connector: 'crm', connection: { user_name: 'me', password: secret }, tables: { users: {}, users_emails: {} } },
    });
  try {
    write();
    expect(await runner.describeVault(input, signal)).toEqual({ tables: [], answers: [] });
    expect(await runner.describeTable({ ...input, system: 'crm', table: 'users' }, signal)).toEqual({});
    const dryRun = { ...input, connector: 'connectors/crm.json', limits: {} };
    expect((await runner.dryRun({ ...dryRun, table: 'users' }, signal)).seen).toEqual({
      table: 'users',
      rows: 0,
      paths: [],
      wrapped: 'items',
    });
    write('items');
    const { seen } = await runner.dryRun({ ...dryRun, table: 'users_emails' }, signal);
    expect(seen).toMatchObject({ table: 'users', rows: 6 });
    expect(seen && shortOf(seen)).toHaveProperty('birthDate', '6 of 6');
    expect(await runner.describeVault(input, signal)).toEqual({ tables: [], answers: [] });

    await runner.collect({ ...input, system: 'crm' }, signal);
    const described = await runner.describeVault(input, signal);
    expect(described.tables).toMatchObject([
      { system: 'crm', table: 'users', rows: 6, complete: true },
      { system: 'crm', table: 'users_emails', rows: 6 },
    ]);
    expect(described.answers).toMatchObject([{ system: 'crm', table: 'users', seen: { rows: 6 } }]);
    const { statistics } = await runner.describeTable({ ...input, system: 'crm', table: 'users' }, signal);
    expect(statistics).toMatchObject({ rows: 6, looked: 6, columns: [{ name: 'id', filled: 6, distinct: 6 }, { name: 'given' }] });
    const preview = await runner.previewRequest(
      { ...input, connector: 'connectors/crm.json', table: 'users', operation: 'users_get' },
      signal,
    );
    expect(preview.request?.url).toBe(`${server.url}/users`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
