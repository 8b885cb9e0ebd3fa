import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, rowsOf, systemOf, testRun } from '../unit/run/support.ts';
import { evidenceOf } from '../support/evidence.ts';

const simple = (count: number): unknown => ({ type: 'simple', maxCount: count, waitTime: 5 });
const people = Array.from({ length: 30 }, (_, i) => ({ id: `p${i + 1}` }));

function connector(url: string, config: Readonly<Record<string, unknown>> = {}): ReturnType<typeof connectorOf> {
  const table = (path: string): unknown => ({
    key: 'id',
    resources: { id: 'string*' },
    operations: { [`${path}_get`]: { method: 'get', call: { path: `/${path}` } } },
  });
  return connectorOf({
    schema: { crud_objects: { persons: table('persons'), others: table('others') } },
    rest: {
      config: {
        baseUrl: url,
        get: { pagination: { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } } },
        ...config,
      },
    },
  });
}

function pages({ query }: SeenRequest): Answer {
  const skip = Number(query.get('skip'));
  return { json: people.slice(skip, skip + 10) };
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** A vault on disk that already holds one row of `hr.persons`. */
function vaultWithOldTable(): Vault {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-collect-'));
  const vault = openVault(join(folder, 'vault.db'));
  cleanups.push(() => {
    vault.close();
    rmSync(folder, { recursive: true });
  });
  const staging = vault.stage('hr', 'persons', [{ name: 'id', type: 'text' }]);
  staging.add([['old']]);
  staging.commit(evidenceOf(1));
  return vault;
}

function expectOldTable(vault: Vault): void {
  expect(rowsOf(vault, 'hr', 'persons')).toEqual([{ id: 'old' }]);
  expect([...vault.query({ sql: "select name from sqlite_schema where name like '%staging-%'", parameters: [] })]).toEqual([]);
}

test('a 503 is tried again as the connector says, after Retry-After where that is longer', async () => {
  await using server = await startServer((request, number) =>
    number === 2 ? { status: 503 } : number === 3 ? { status: 503, headers: { 'retry-after': '42' } } : pages(request),
  );
  const run = testRun();
  const rules = [{ type: 'statusCode', statusCode: 503, retry: simple(3) }];
  const { table } = await collect(connector(server.url, { retry: rules }), systemOf('hr', ['persons']), run);
  expect(table('persons')).toMatchObject({ state: 'collected', evidence: { rows: 30, retries: 2, calls: 4, complete: true } });
  expect(run.waits).toEqual([5_000, 42_000]);
  expect(run.trace.map(({ status, attempt }) => [status, attempt])).toEqual([
    [200, 0],
    [503, 0],
    [503, 1],
    [200, 2],
    [200, 0],
    [200, 0],
  ]);
});

test('a 500 in mid-table leaves the old table, and other tables go on', async () => {
  await using server = await startServer((request) =>
    request.path === '/persons' && request.query.get('skip') === '10' ? { status: 500, text: 'database\non fire' } : pages(request),
  );
  const vault = vaultWithOldTable();
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons', 'others']), testRun(), { vault });
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '500' } });
  expect(table('persons').error?.message).toBe(
    `hr: persons_get was answered with status 500 by ${server.url}. The fault is on its side: try again later, or add a retry rule for this status to the connector. The answer says: database on fire`,
  );
  expect(table('others').state).toBe('collected');
  expectOldTable(vault);
});

test('a server that stops in mid-table is reported, and what follows is not tried', async () => {
  await using server = await startServer((request, number) => {
    if (number < 2) return pages(request);
    void server.stop();
    return (response) => void response.destroy();
  });
  const vault = vaultWithOldTable();
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons', 'others']), testRun(), { vault });
  expect(table('persons').error).toEqual({
    code: 'connection-refused',
    message: `hr: nothing answers at ${server.url} (persons_get). Is the system running, and is the address in systems/hr.json right?`,
  });
  expect(table('others')).toMatchObject({ state: 'not-reached', error: { code: 'connection-refused' } });
  expectOldTable(vault);
});

test('an answer that breaks off in its body is no answer', async () => {
  await using server = await startServer(() => (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"id":"p1"}', () => response.destroy());
  });
  const vault = vaultWithOldTable();
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { vault });
  expect(table('persons').error?.code).toBe('connection-lost');
  expect(server.requests).toHaveLength(2);
  expectOldTable(vault);
});

test('a connection that hangs runs into the time-out, before and inside the body', async () => {
  await using server = await startServer(({ path }) => (response) => {
    if (path === '/persons') return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[');
  });
  const vault = vaultWithOldTable();
  const timeouts = { idle: 300 };
  const before = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { vault, timeouts });
  expect(before.table('persons').error?.code).toBe('timeout');
  const inside = await collect(connector(server.url), systemOf('hr', ['others']), testRun(), { vault, timeouts });
  expect(inside.table('others').error).toMatchObject({ code: 'timeout', message: expect.stringContaining('took too long') as string });
  expectOldTable(vault);
});

test('a server that drips without end runs into the overall time', async () => {
  await using server = await startServer(() => (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { timeouts: { total: 300 } });
  expect(table('persons').error?.code).toBe('timeout');
});

test('cancelling ends within a second, also while waiting for an answer, and leaves the old table', async () => {
  await using server = await startServer((request, number) => (number === 1 ? pages(request) : () => undefined));
  const vault = vaultWithOldTable();
  const run = testRun(({ rows }) => {
    if (rows === 10) setTimeout(run.abort, 50);
  });
  const begun = performance.now();
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons', 'others']), run, { vault });
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(table('persons').state).toBe('cancelled');
  expect(table('others').state).toBe('not-reached');
  expectOldTable(vault);
});

test.each([
  ['is no JSON', { text: '<html>Login</html>' }, 'not-json-answer'],
  ['is cut off', { text: '[{"id":' }, 'not-json-answer'],
  ['is nested without end', { text: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, 'answer-too-deep'],
  ['is forbidden', { status: 403, json: { error: 'no scope' } }, 'forbidden'],
  ['is missing', { status: 404, json: {} }, 'http-status'],
] satisfies [string, Answer, string][])('an answer that %s fails the table with one sentence', async (_what, answer, code) => {
  await using server = await startServer(() => answer);
  const vault = vaultWithOldTable();
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { vault });
  expect(table('persons').error?.code).toBe(code);
  expect(table('persons').error?.message).not.toContain('\n');
  expectOldTable(vault);
});

test('an answer larger than the limit is not read to its end', async () => {
  await using server = await startServer(() => ({ text: JSON.stringify(Array.from({ length: 50_000 }, (_, id) => ({ id }))) }));
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { timeouts: { body: 100_000 } });
  expect(table('persons').error?.code).toBe('answer-too-large');
});

test('redirects are followed on the same host only, and not without end', async () => {
  await using other = await startServer(() => ({ json: people }));
  await using server = await startServer(({ path, query }) => {
    if (path === '/persons') return { status: 302, headers: { location: `${other.url}/persons` } };
    if (path === '/others') return { status: 307, headers: { location: `/moved?${query.toString()}` } };
    return { json: people.slice(0, 3) };
  });
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons', 'others']), testRun());
  expect(table('persons').error).toMatchObject({ code: 'host-refused', subject: other.host });
  expect(other.requests).toEqual([]);
  expect(table('others')).toMatchObject({ state: 'collected', evidence: { rows: 3 } });

  await using circle = await startServer(() => ({ status: 301, headers: { location: '/persons' } }));
  const turning = await collect(connector(circle.url), systemOf('hr', ['persons']), testRun());
  expect(turning.table('persons').error?.code).toBe('redirect-refused');
  expect(circle.requests).toHaveLength(6);
});

test('two columns that differ only in case fail their table with both names', async () => {
  await using server = await startServer(() => ({ json: [{ Mail: 'a', mail: 'b' }] }));
  const odd = connectorOf({
    schema: { crud_objects: { t: { resources: { Mail: 'string*', mail: 'string*' }, operations: { g: { method: 'get' } } } } },
    rest: { config: { baseUrl: server.url } },
  });
  const { table } = await collect(odd, systemOf('s', ['t']), testRun());
  expect(table('t').error).toMatchObject({ code: 'vault-name-clash', message: expect.stringContaining('"Mail" and "mail"') as string });
});
