import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CollectionPlan } from '../../engine/run/plan/preview-collection.ts';
import schema from '../../schemas/collection-plan.schema.json' with { type: 'json' };
import { startServer, type TestServer } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

const secret = 'a-very-secret-value';
let server: TestServer;
let folder: string;

const connector = {
  schema: {
    crud_objects: {
      persons: {
        key: 'id',
        resources: { id: 'string*', name: { first: '_:string*' }, phones: [{ number: 'string*' }] },
        operations: {
          persons_get: { method: 'get', call: { path: '/orgs/{org}/persons' }, processing_options: { output_field: 'items' } },
          person_create: { method: 'post' },
        },
      },
      badges: {
        resources: { badge: 'string*', person: 'string*' },
        operations: {
          badges_get: {
            method: 'get',
            verb: 'post',
            call: {
              mode: 'iteration',
              table: 'persons',
              iterator: 'id',
              iterator_columns: ['name_first'],
              path: '/badges',
              base: { person: '{iterator}' },
            },
            body: { person: '{iterator}', first: '{name_first}', take: '{page_size}' },
            maxSessionCount: 4,
            pagination: { mode: 'link', page_size: '{size}' },
          },
        },
      },
      kinds: {
        key: 'id',
        resources: { id: 'string*' },
        operations: { kinds_get: { method: 'get', call: { mode: 'constant', values: [{ id: 1 }, { id: 2 }] } } },
      },
      broken: { key: 'id', resources: { id: 'string*' }, operations: { broken_get: { method: 'get', call: { path: '/{nobody}' } } } },
      silent: { key: 'id', resources: { id: 'string*' }, operations: {} },
    },
  },
  rest: {
    config: {
      baseUrl: '{address}',
      authentication: 'basic_auth',
      headers: { 'X-Api-Key': '{key}' },
      get: { pagination: { mode: 'skip_take', page_size: 50, params: { take: '{take_count}', skip: '{skip_count}' } } },
    },
  },
  connection: { items: ['org', 'address', 'key', 'size'].map((name) => ({ name, type: 'textbox' })) },
};

beforeAll(async () => {
  server = await startServer(() => ({ json: [] }));
  folder = mkdtempSync(join(tmpdir(), 'sollist-plan-'));
  writeFiles(folder, {
    'sollist.json': '{}',
    'connectors/people.json': JSON.stringify(connector),
    'systems/hr.json': JSON.stringify({
      connector: 'people',
      connection: {
        address: server.url,
        user_name: 'reader',
        password: { secret: 'hr-password' },
        key: { secret: 'hr-key' },
        org: { env: 'HR_ORG' },
        size: '20',
      },
      tables: { badges: {}, kinds: {} },
    }),
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { env: { SOLLIST_SECRET_HR_KEY: secret }, cwd: folder });
}

const valid = new Ajv({ allErrors: true }).compile(schema);

async function planOf(...args: readonly string[]): Promise<CollectionPlan> {
  const { out } = await sollist('collect', ...args, '--plan', '--format', 'json');
  const plan = JSON.parse(out) as CollectionPlan;
  expect(valid(plan), JSON.stringify(valid.errors)).toBe(true);
  return plan;
}

describe('collect --plan', () => {
  test('a system: parents first, the row by its columns, what is missing by name, secrets masked', async () => {
    const { system, tables } = await planOf('hr');
    expect(system).toBe('hr');
    expect(tables).toMatchObject([
      {
        table: 'persons',
        onlyAsParent: true,
        calls: { kind: 'pages' },
        request: {
          verb: 'GET',
          url: `${server.url}/orgs/{org}/persons?take=50&skip=0`,
          headers: { authorization: 'Basic ***', 'x-api-key': '***', accept: 'application/json,application/xml' },
        },
        paging: { mode: 'skip_take', pageSize: 50 },
        outputField: 'items',
        columns: ['id', 'name_first'],
        missing: ['org'],
      },
      {
        table: 'badges',
        calls: { kind: 'per-row', of: 'persons', iterator: 'id', columns: ['id', 'name_first'], sessions: 4 },
        request: { verb: 'POST', url: `${server.url}/badges`, body: '{"person":"{persons.id}","first":"{persons.name_first}","take":20}' },
        paging: { mode: 'link', pageSize: 20 },
        missing: [],
      },
      { table: 'kinds', calls: { kind: 'constant', rows: 2 } },
    ]);
    expect(tables[2]).not.toHaveProperty('request');
  });

  test('calls nothing, makes no vault, and shows no secret', async () => {
    const text = await sollist('collect', 'hr', '--plan');
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toContain('for each row of persons, by id, name_first, 4 at the same time');
    expect(text.out).toContain('values missing here: {org}');
    expect(text.out).not.toContain(secret);
    expect(server.requests).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['connectors', 'sollist.json', 'systems']);
  });

  test('a table of a system', async () => {
    expect((await planOf('hr', '--table', 'kinds')).tables.map(({ table }) => table)).toEqual(['kinds']);
    expect(await sollist('collect', 'hr', '--plan', '--table', 'person')).toMatchObject({
      code: 2,
      err: expect.stringContaining('persons') as string,
    });
  });

  test('a lone connector: every table with a get operation, and values by their names', async () => {
    const file = join(folder, 'connectors/people.json');
    const { connector: name, tables } = await planOf('--connector', file);
    expect(name).toBe('people');
    expect(tables.map(({ table }) => table)).toEqual(['persons', 'badges', 'kinds', 'broken']);
    expect(tables[0]).toMatchObject({
      childTables: ['persons_phones'],
      request: { url: '{address}/orgs/{org}/persons?take=50&skip=0' },
      missing: ['org', 'address'],
    });
    expect(tables[1]).toMatchObject({
      request: { body: expect.stringContaining('"take":{page_size}') as string },
      missing: ['address', 'size'],
    });
    expect(tables[3]).toMatchObject({ table: 'broken', problem: expect.stringContaining('{nobody}') as string });
    // A table that cannot be called is a problem.
    expect((await sollist('collect', '--plan', '--connector', file)).code).toBe(1);
  });

  test.each([
    [['collect'], 'needs the name of a system'],
    [['collect', '--plan'], 'needs a system, or --connector'],
    [['collect', '--connector', 'x.json'], 'only goes with --plan'],
    [['collect', 'hr', '--plan', '--connector', 'x.json'], 'not both'],
    [['collect', 'hr', '--plan', '--limit', '5'], '--limit means nothing'],
    [['collect', '--plan', '--connector', 'nowhere.json'], 'cannot be read'],
    [['collect', '--plan', '--connector', 'sollist.json'], 'is no connector'],
    [['collect', '--plan', '--connector', 'half.json'], 'half.json:1:'],
  ])('%j is refused: %s', async (args, message) => {
    writeFileSync(join(folder, 'half.json'), '{"schema": ');
    const { code, err, out } = await sollist(...args);
    rmSync(join(folder, 'half.json'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
