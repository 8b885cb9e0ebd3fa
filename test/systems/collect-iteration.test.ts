import { expect, test } from 'vitest';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const groups = Array.from({ length: 12 }, (_, i) => ({ id: `g/${i + 1}`, kind: i % 2 === 0 ? 'team' : 'list' }));

function connector(url: string, members: Readonly<Record<string, unknown>> = {}): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        members: {
          resources: { group_id: '_nim*', id: 'string*', roles: [{ name: 'string*', scopes: [{ code: 'string*' }] }] },
          operations: {
            members_get: {
              method: 'get',
              call: {
                mode: 'iteration',
                table: 'groups',
                iterator: 'id',
                iterator_columns: ['kind'],
                path: '/{kind}/{iterator}/members',
                base: { group_id: '{iterator}' },
              },
              processing_options: { output_field: 'members' },
              maxSessionCount: 4,
              ...members,
            },
          },
        },
        groups: {
          key: 'id',
          resources: { id: 'string*', kind: 'string' },
          operations: { groups_get: { method: 'get' } },
        },
      },
    },
    rest: { config: { baseUrl: `${url}/`, get: {} } },
  });
}

function answer({ path }: SeenRequest): Answer {
  if (path === '/groups') return { json: groups };
  const id = decodeURIComponent(path.split('/')[2] ?? '');
  if (id === 'g/3') return { json: { id } };
  return { json: { members: [{ id: `${id}:a`, roles: [{ name: 'owner', scopes: [{ code: 'x' }, { code: 'y' }] }, { name: 'editor' }] }] } };
}

test('parents come first, calls run in parallel sessions, base and child tables are filled', async () => {
  let now = 0;
  let most = 0;
  await using server = await startServer(async (request) => {
    if (request.path === '/groups') return answer(request);
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 15));
    now--;
    return answer(request);
  });
  const { report, rows, table } = await collect(
    connector(server.url),
    systemOf('d', ['members', 'members_roles', 'members_roles_scopes', 'groups']),
    testRun(),
  );
  expect(report.tables.map((outcome) => [outcome.table, outcome.state])).toEqual([
    ['groups', 'collected'],
    ['members', 'collected'],
    ['members_roles', 'collected'],
    ['members_roles_scopes', 'collected'],
  ]);
  expect(most).toBe(4);
  expect(server.requests.some(({ path }) => path === '/team/g%2F1/members')).toBe(true);
  expect(
    rows('members')
      .map((row) => row['group_id'])
      .sort(),
  ).toEqual(
    groups
      .map(({ id }) => id)
      .filter((id) => id !== 'g/3')
      .sort(),
  );
  expect(rows('members_roles')).toHaveLength(22);
  expect(rows('members_roles_scopes')).toHaveLength(22);
  expect(table('members').evidence).toMatchObject({ rows: 11, calls: 12, parents: { total: 12, skipped: 0 }, complete: true });
  expect(table('members').evidence?.notes).toEqual(['1 answers had no "members", which was taken as an empty list.']);
  expect(table('members_roles').evidence?.notes.join(' ')).toContain('no key');
});

test('a parent that was not asked for comes from the vault where it is there, and is collected where not', async () => {
  await using server = await startServer(answer);
  const vault = openVault(':memory:');
  const first = await collect(connector(server.url), systemOf('d', ['members']), testRun(), { vault });
  expect(first.report.tables.map(({ table }) => table)).toEqual(['groups', 'members']);
  const second = await collect(connector(server.url), systemOf('d', ['members']), testRun(), { vault });
  expect(second.report.tables.map(({ table }) => table)).toEqual(['members']);
  expect(second.table('members').evidence).toMatchObject({ complete: true });
  expect(second.table('members').evidence?.notes.join(' ')).toContain('groups was not collected in this run');
  expect(server.requests.filter(({ path }) => path === '/groups')).toHaveLength(1);
});

test('children of a capped table are not complete, nor are those of parents that were skipped', async () => {
  await using server = await startServer(answer);
  const capped = await collect(connector(server.url), systemOf('d', ['groups', 'members']), testRun(), { limits: { rows: 5 } });
  expect(capped.table('members').evidence).toMatchObject({ parents: { total: 5, skipped: 0 }, rows: 4, complete: false });

  await using gone = await startServer((request) => (request.path.includes('%2F7') ? { status: 404, json: {} } : answer(request)));
  const skipped = await collect(connector(gone.url, { warning_only: [404] }), systemOf('d', ['groups', 'members']), testRun());
  expect(skipped.table('members')).toMatchObject({
    state: 'collected',
    evidence: { rows: 10, parents: { total: 12, skipped: 1 }, complete: false },
  });
});

test('a parent whose call fails is noted and gone past, and the table is not complete', async () => {
  await using server = await startServer((request) =>
    request.path.includes('%2F2') ? { status: 400, json: { error: 'bad' } } : answer(request),
  );
  const { table, rows } = await collect(connector(server.url), systemOf('d', ['groups', 'members']), testRun());
  expect(table('members')).toMatchObject({
    state: 'collected',
    evidence: { complete: false, parents: { total: 12, skipped: 1 }, failedParents: [{ parent: 'g/2' }] },
  });
  expect(table('members').evidence?.failedParents?.[0]?.message).toMatch(
    /was answered with status 400 .* The answer says: {"error":"bad"}/,
  );
  expect(new Set(rows('members').map((row) => row['group_id'])).size).toBe(10);
});

test('an operation that fails for every parent fails its table, before it has asked for thousands', async () => {
  await using server = await startServer((request) => (request.path === '/groups' ? answer(request) : { status: 404, json: {} }));
  const few = await collect(connector(server.url), systemOf('d', ['groups', 'members']), testRun());
  expect(few.table('members')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '404' } });

  const many = Array.from({ length: 500 }, (_, i) => ({ id: `g${i}`, kind: 'team' }));
  await using large = await startServer(({ path }) => (path === '/groups' ? { json: many } : { status: 404, json: {} }));
  const { table } = await collect(connector(large.url), systemOf('d', ['groups', 'members']), testRun());
  expect(table('members')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '404' } });
  expect(large.requests.length).toBeLessThan(60);
});

test('with failedParents "fail" a failing call fails the table, stops the other sessions and leaves the parent', async () => {
  await using server = await startServer((request) =>
    request.path.includes('%2F2') ? { status: 400, json: { error: 'bad' } } : answer(request),
  );
  const system = { ...systemOf('d', ['groups', 'members']), failedParents: 'fail' as const };
  const { table, vault } = await collect(connector(server.url), system, testRun());
  expect(table('groups').state).toBe('collected');
  expect(table('members')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '400' } });
  expect(server.requests.length).toBeLessThan(13);
  expect(vault.tables().map((each) => each.table)).toEqual(['groups']);
});

test('an iteration over a failed parent is not tried', async () => {
  await using server = await startServer((request) => (request.path === '/groups' ? { status: 500, json: {} } : answer(request)));
  const { table } = await collect(connector(server.url), systemOf('d', ['groups', 'members']), testRun());
  expect(table('members')).toMatchObject({ state: 'not-reached', error: { code: 'parent-failed' } });
});

test('an output_field that no answer has is not taken for an empty table', async () => {
  await using server = await startServer((request) => (request.path === '/groups' ? { json: groups } : { json: { people: [] } }));
  const { table } = await collect(connector(server.url), systemOf('d', ['members']), testRun());
  expect(table('members').evidence).toMatchObject({ rows: 0, complete: false });
  expect(table('members').evidence?.notes.join(' ')).toContain('The answer has people.');
});

test('constant tables and lists of strings become rows', async () => {
  await using server = await startServer(() => ({ json: { aliases: ['a@x', 'b@x'] } }));
  const constants = connectorOf({
    schema: {
      crud_objects: {
        licences: {
          key: 'sku',
          resources: { sku: 'string*', seats: 'number*' },
          operations: { licences_get: { method: 'get', call: { mode: 'constant', values: [{ sku: 'A', seats: 5 }, { sku: 'B' }] } } },
        },
        aliases: {
          resources: { alias: 'string*' },
          operations: { aliases_get: { method: 'get', processing_options: { output_field: 'aliases', stringArrayColumnName: 'alias' } } },
        },
      },
    },
    rest: { config: { baseUrl: server.url } },
  });
  const { rows, table } = await collect(constants, systemOf('g', ['licences', 'aliases']), testRun());
  expect(rows('licences')).toEqual([
    { sku: 'A', seats: 5 },
    { sku: 'B', seats: null },
  ]);
  expect(table('licences').evidence).toMatchObject({ end: 'constant', complete: true, calls: 0 });
  expect(rows('aliases')).toEqual([{ alias: 'a@x' }, { alias: 'b@x' }]);
});

test('iterations that go in a circle, or over what is not there, are named', async () => {
  const circle = (table: string, iterator = 'id'): unknown => ({
    key: 'id',
    resources: { id: 'string*' },
    operations: { get: { method: 'get', call: { mode: 'iteration', table, iterator } } },
  });
  const odd = connectorOf({
    schema: {
      crud_objects: {
        a: circle('b'),
        b: circle('a'),
        c: circle('nowhere'),
        d: circle('e', 'nothing'),
        e: { resources: { id: 'string*' }, operations: {} },
      },
    },
    rest: { config: { baseUrl: 'http://127.0.0.1:9' } },
  });
  const { report } = await collect(odd, systemOf('x', ['a', 'c', 'd', 'e']), testRun());
  expect(report.tables.map(({ table, error }) => [table, error?.code])).toEqual([
    ['a', 'iteration-cycle'],
    ['c', 'iteration-invalid'],
    ['d', 'iteration-invalid'],
    ['e', 'no-get-operation'],
  ]);
  await expect(collect(odd, systemOf('x', []), testRun(), { tables: ['A'] })).rejects.toMatchObject({
    code: 'unknown-table',
    message: expect.stringContaining('Did you mean "a"?') as string,
  });
});

test('the rows stand in the order of their parents, whichever call is answered first', async () => {
  const released: (() => void)[] = [];
  await using server = await startServer(async (request) => {
    if (request.path === '/groups') return answer(request);
    // Of the calls under way the last one is always answered first.
    await new Promise<void>((resolve) => {
      released.push(resolve);
      setImmediate(() => setImmediate(() => released.pop()?.()));
    });
    return answer(request);
  });
  const { rows } = await collect(connector(server.url), systemOf('dir', ['groups', 'members']), testRun());
  const ids = rows('members').map((row) => String(row['group_id']));
  expect(ids).toEqual(groups.map(({ id }) => id).filter((id) => id !== 'g/3'));
});
