import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunInput } from '../../engine/host/protocol.ts';
import { createRunner, type Runner } from '../../engine/host/runner.ts';
import { startServer, type TestServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';

/** The engine process's own border: recording, replaying and rehearsing as the editor asks for them. */

const secret = 'k3y-of-the-people';
const people = Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, name: `Person ${i}`, url: '' }));
const signal = new AbortController().signal;

let folder: string;
let server: TestServer;
let runner: Runner;
let runs = 0;
const input = (secrets: Readonly<Record<string, string>> = {}): RunInput => ({ runId: String(++runs), folder, overlay: [], secrets });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-host-record-'));
  let first = true;
  server = await startServer(({ headers, query }) => {
    if (headers['x-api-key'] !== secret) return { status: 403, json: { error: 'no' } };
    // Once, so that a retry is part of what is recorded.
    if (first) {
      first = false;
      return { status: 429, json: {}, headers: { 'retry-after': '0' } };
    }
    const skip = Number(query.get('skip'));
    const rows = people
      .slice(skip, skip + 10)
      .map((person) => ({ ...person, url: `${server.url}/people/${person.id}`, note: `known by ${secret}` }));
    return { json: { rows, total: people.length } };
  });
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'systems/people.json': {
      connector: 'people',
      connection: { host: { env: 'PEOPLE_HOST' }, api_key: { secret: 'people-key' }, page_size: 10 },
      tables: { people: {} },
    },
    'connectors/people.json': {
      schema: {
        crud_objects: {
          people: {
            key: 'id',
            operations: {
              people_get: { method: 'get', call: { mode: 'normal', path: '/people' }, processing_options: { output_field: 'rows' } },
            },
            resources: { id: 'string*', name: 'string*', url: 'string*', note: 'string*' },
          },
        },
      },
      rest: {
        config: {
          baseUrl: 'http://{host}',
          authentication: 'none',
          headers: { 'x-api-key': '{api_key}' },
          get: { pagination: { mode: 'skip_take', page_size: '{page_size}', params: { skip: '{skip_count}', take: '{take_count}' } } },
          retry: [{ type: 'statusCode', statusCode: 429, retry: { type: 'simple', maxCount: 3, waitTime: 0 } }],
        },
      },
    },
  });
  runner = createRunner({ env: { PEOPLE_HOST: server.host }, onProgress: () => undefined });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a system is recorded, described, replayed, tried and rehearsed, offline from the first on', async () => {
  expect(await runner.describeRecordings(input(), signal)).toMatchObject({ recordings: [] });
  const live = await runner.collect({ ...input({ 'people-key': secret }), system: 'people', traffic: 'record' }, signal);
  expect(live).toMatchObject({ source: { kind: 'live' }, recording: { folder: 'recordings/people', state: 'saved', notes: [] } });
  expect(live.tables).toMatchObject([{ state: 'collected', evidence: { rows: 30, retries: 1, complete: true } }]);
  const evidence = live.tables[0]?.evidence;
  if (!evidence) throw new Error('no evidence');
  await server.stop();
  const asked = server.requests.length;

  const { recordings, faults } = await runner.describeRecordings(input(), signal);
  expect(recordings).toMatchObject([{ system: 'people', path: 'recordings/people', tables: ['people'] }]);
  expect(recordings[0]?.exchanges).toBe(asked - 1);
  expect(recordings[0]?.changedAt).toBeGreaterThan(Date.now() - 600_000);
  expect(faults.map(({ id }) => id)).toContain('empty-source');

  const replayed = await runner.collect({ ...input(), system: 'people', traffic: 'replay' }, signal);
  expect(replayed.source).toEqual({ kind: 'replay', recording: 'recordings/people' });
  const asBefore = { startedAt: 0, endedAt: 0, source: undefined, drift: undefined };
  expect({ ...replayed.tables[0]?.evidence, ...asBefore }).toEqual({ ...evidence, ...asBefore });
  const { tables } = await runner.describeVault(input(), signal);
  expect(tables[0]?.notes[0]).toBe('Replayed from recordings/people.');

  const tried = await runner.dryRun(
    { ...input(), connector: 'connectors/people.json', table: 'people', limits: { rows: 10 }, replay: true },
    signal,
  );
  expect(tried.rowSet.rows[0]).toEqual(['p0', 'Person 0', `${server.url}/people/p0`, 'known by ***']);
  expect(tried.requests.map(({ status }) => status)).toEqual([429, 200]);

  const rehearsed = await runner.rehearse({ ...input(), system: 'people', faults: ['page-fails', 'too-many-requests'], seed: 2 }, signal);
  expect(rehearsed).toMatchObject({
    system: 'people',
    seed: 2,
    faults: [
      { id: 'page-fails', safe: true },
      { id: 'too-many-requests', safe: true },
    ],
  });
  expect(server.requests).toHaveLength(asked);

  const names = await readdir(join(folder, 'recordings/people'));
  for (const name of names) expect(readFileSync(join(folder, 'recordings/people', name), 'utf8')).not.toContain(secret);
});

test('a replay of what is not recorded fails as a run that can be mended', async () => {
  const overlay = [
    {
      path: 'connectors/people.json',
      text: readFileSync(join(folder, 'connectors/people.json'), 'utf8').replace('"/people"', '"/persons"'),
    },
  ];
  const report = await runner.collect({ ...input(), overlay, system: 'people', traffic: 'replay' }, signal);
  expect(report.tables).toMatchObject([{ state: 'failed', error: { code: 'not-recorded' } }]);
  expect(report.tables[0]?.error?.message).toContain('"persons" in the path is "people" there');
  await expect(runner.rehearse({ ...input(), system: 'people', faults: ['none-such'] }, signal)).rejects.toMatchObject({
    data: { code: 'unknown-fault' },
  });
});
