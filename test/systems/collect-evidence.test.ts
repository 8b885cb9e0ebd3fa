import { expect, test } from 'vitest';
import { basisOf, whyNoRemoval } from '../../engine/run/plan/basis.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';

const people = Array.from({ length: 50 }, (_, i) => ({ id: `p${i + 1}`, name: `Person ${i + 1}` }));
const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };

function connector(url: string, operation: Readonly<Record<string, unknown>> = {}, key: unknown = 'id'): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          ...(key !== null && { key }),
          resources: { id: 'string*', name: 'string*' },
          operations: { persons_get: { method: 'get', processing_options: { output_field: 'items' }, ...operation } },
        },
        kids: {
          key: 'kid',
          resources: { kid: 'string*', owner: '_nim*' },
          operations: {
            kids_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'persons', iterator: 'id', path: '/kids/{iterator}', base: { owner: '{iterator}' } },
              processing_options: { output_field: 'kids' },
            },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, get: { pagination: paging } } },
  });
}

const skipOf = ({ query }: SeenRequest): number => Number(query.get('skip') ?? 0);
/** Bytes as they stand. */
const raw =
  (body: string | Uint8Array, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  };

/** Collects from a server that is gone afterwards. */
async function collectFrom(
  handler: (request: SeenRequest, number: number) => Answer,
  more: {
    readonly tables?: readonly string[];
    readonly operation?: Readonly<Record<string, unknown>>;
    readonly key?: null;
    readonly vault?: ReturnType<typeof openVault>;
  } = {},
): Promise<Collected & { readonly calls: number }> {
  await using server = await startServer(handler);
  const { tables = ['persons'], operation, key, vault } = more;
  const collected = await collect(connector(server.url, operation, key), systemOf('hr', tables), testRun(), { ...(vault && { vault }) });
  return { ...collected, calls: server.requests.length };
}

const whole = (request: SeenRequest): Answer => ({ json: { items: people.slice(skipOf(request), skipOf(request) + 10) } });

test.each([
  ['an error', { json: { error: 'internal' } }],
  ['null for the list', { json: { items: null, next: 'x' } }],
  ['an object for the list', { json: { items: { id: 'p99' } } }],
  ['a number for the list', { json: { items: 5 } }],
  ['an empty body', raw('')],
  ['status 204', raw('', 204)],
] satisfies [string, Answer][])('%s after the first page is no end: the table fails and the old one stays', async (_what, bad) => {
  const vault = openVault(':memory:');
  await collectFrom(whole, { vault });
  const { table, rows } = await collectFrom((request) => (skipOf(request) >= 20 ? bad : whole(request)), { vault });
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'output-field-missing' } });
  expect(rows('persons')).toHaveLength(50);
});

test('behind all rows that were announced the list may be left out', async () => {
  const { table, rows } = await collectFrom((request) =>
    skipOf(request) >= 50 ? { json: { total: 50 } } : { json: { total: 50, items: people.slice(skipOf(request), skipOf(request) + 10) } },
  );
  expect(rows('persons')).toHaveLength(50);
  expect(table('persons').evidence).toMatchObject({ end: 'empty-page', complete: true, notes: [] });
});

test.each([
  ['an error', { json: { error: 'oops' } }, 'The answer has error.'],
  ['an error in the list’s place', { json: { items: { error: 'x' } } }, 'holds no rows in "items". The answer has error.'],
  ['an error with a total of none', { json: { error: 'db down', total: 0 } }, 'The answer has error, total.'],
  ['null and an error', { json: { items: null, Error: 'x' } }, 'The answer has items, Error.'],
  ['a text in the list’s place', { json: { items: 'oops' } }, 'holds no rows in "items"'],
] satisfies [string, Answer, string][])('%s on the first page is no row', async (_what, bad, message) => {
  const { table, vault } = await collectFrom(() => bad);
  expect(table('persons').error).toMatchObject({ code: 'output-field-missing', subject: 'items' });
  expect(table('persons').error?.message).toContain(message);
  expect(vault.tables()).toEqual([]);
});

test('without output_field an object is a row only if it has the key, or without a key a column', async () => {
  const operation = { processing_options: {} };
  const error = await collectFrom(() => ({ json: { error: 'oops' } }), { operation });
  expect(error.table('persons').error).toMatchObject({ code: 'output-field-missing', subject: 'output_field' });
  const keyless = await collectFrom(() => ({ json: { name: 'x' } }), { operation });
  expect(keyless.table('persons').state).toBe('failed');
  const row = await collectFrom(() => ({ json: people[0] }), { operation });
  expect(row.table('persons').evidence).toMatchObject({ rows: 1, end: 'single', complete: true });
  const named = await collectFrom(() => ({ json: { name: 'x' } }), { operation, key: null });
  expect(named.table('persons').evidence).toMatchObject({ rows: 1, complete: true });
});

test.each([
  ['null', { json: { items: null } }],
  ['status 204', raw('', 204)],
] satisfies [string, Answer][])('%s at once proves nothing', async (_what, answer) => {
  const { table } = await collectFrom(() => answer);
  expect(table('persons').evidence).toMatchObject({ rows: 0, complete: false });
});

test('rows that nobody can find again make the table not complete', async () => {
  const { table } = await collectFrom((request) => ({
    json: { items: skipOf(request) === 0 ? [people[0], { name: 'x' }, { id: '', name: 'y' }, { id: null }, {}, { other: 1 }] : [] },
  }));
  expect(table('persons').evidence).toMatchObject({
    rows: 6,
    complete: false,
    notes: ['3 rows have no id.', '2 rows have none of the columns of persons.'],
  });
});

test('rows that share their key over several pages may be pages that overlap', async () => {
  const { table } = await collectFrom((request) => {
    const skip = skipOf(request);
    return { json: { total: 50, items: skip >= 50 ? [] : people.slice(skip - skip / 10, skip - skip / 10 + 10) } };
  });
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: false, duplicates: { count: 8 } });
  expect(table('persons').evidence?.notes).toEqual([expect.stringMatching(/^8 rows share their key, so pages may overlap: p\d/)]);
});

test('totals that change between pages make the table not complete', async () => {
  const { table } = await collectFrom((request) => {
    const skip = skipOf(request);
    return { json: { total: skip < 20 ? 50 : 25, items: people.slice(skip, skip === 20 ? 25 : skip + 10) } };
  });
  expect(table('persons').evidence?.complete).toBe(false);
  expect(table('persons').evidence?.notes).toContain('The API announced different totals on different pages (50, then 25).');
});

test('a server that cuts its pages shorter than asked is read on', async () => {
  const { table, rows, calls } = await collectFrom((request) => ({ json: { items: people.slice(skipOf(request), skipOf(request) + 7) } }));
  expect(rows('persons')).toEqual(people);
  expect(calls).toBe(9);
  expect(table('persons').evidence).toMatchObject({ end: 'empty-page', complete: true });
});

test('a short list that comes again for the second page is kept, but nothing rests on it', async () => {
  const { table, calls } = await collectFrom(() => ({ json: { items: people.slice(0, 7) } }));
  expect(calls).toBe(2);
  expect(table('persons').evidence).toMatchObject({ rows: 7, end: 'short-page', complete: false });
  expect(table('persons').evidence?.notes[0]).toContain('"pagination": "none" for persons_get');
});

test('a page that brings no new key is a page that came before, whatever else changed', async () => {
  const { table, calls } = await collectFrom((_request, number) => ({
    json: { items: people.slice(0, 10).map(({ id }) => ({ id, name: `at ${number}` })) },
  }));
  expect(table('persons').error?.code).toBe('page-repeated');
  expect(calls).toBe(2);
});

/** Two persons, and what their kids are answered with. */
const withKids =
  (kids: (id: string, request: SeenRequest) => Answer, count = 2) =>
  (request: SeenRequest): Answer =>
    request.path === '/persons'
      ? { json: { total: count, items: people.slice(0, count) } }
      : kids(request.path.split('/')[2] ?? '', request);

test.each([
  ['an error', { json: { error: 'rate limited' } }],
  ['a message', { json: { Message: 'rate limited' } }],
  ['an error for the list', { json: { kids: { error: 'x' } } }],
  ['null and an error', { json: { kids: null, errors: [] } }],
  ['an empty body', raw('')],
  ['null', { json: null }],
  ['another status', { status: 202, json: {} }],
] satisfies [string, Answer][])('%s for a parent leaves the parent out, and says which', async (_what, bad) => {
  const { table, rows } = await collectFrom(
    withKids((id) => (id === 'p2' ? bad : { json: { kids: [{ kid: `k-${id}` }] } })),
    { tables: ['persons', 'kids'] },
  );
  expect(rows('kids')).toEqual([{ kid: 'k-p1', owner: 'p1' }]);
  expect(table('kids').evidence).toMatchObject({ parents: { total: 2, skipped: 1 }, complete: false });
  expect(table('kids').evidence?.notes[0]).toMatch(/^The calls for 1 row of persons failed and were skipped: p2\. hr: /);
});

test.each([
  ['no list', { json: { id: 'p2' } }],
  ['null', { json: { kids: null } }],
  ['nothing at all', { json: {} }],
] satisfies [string, Answer][])('%s for a parent, and no sign of an error, is none', async (_what, none) => {
  const { table } = await collectFrom(
    withKids((id) => (id === 'p2' ? none : { json: { kids: [{ kid: `k-${id}` }] } })),
    { tables: ['persons', 'kids'] },
  );
  expect(table('kids').evidence).toMatchObject({ rows: 1, parents: { total: 2, skipped: 0 }, complete: true });
});

test('several parents that end at the same length look like a cap; fewer do not', async () => {
  await using server = await startServer(
    withKids((id) => ({ json: { kids: Array.from({ length: id === 'p1' ? 4 : 12 }, (_, i) => ({ kid: `${id}-${i}` })) } }), 4),
  );
  const larger = { ...paging, page_size: 100 };
  const base = connector(server.url);
  const asked = { ...base, rest: { ...base.rest, paging: pagedBy(larger) } };
  const capped = await collect(asked, systemOf('hr', ['persons', 'kids']), testRun());
  expect(capped.table('kids').evidence).toMatchObject({ rows: 40, complete: false });
  expect(capped.table('kids').evidence?.notes[0]).toContain('3 parents ended at exactly 12');
  expect(capped.table('kids').evidence?.assumed.join(' ')).toContain('last one of its parent');

  const few = await collect(asked, systemOf('hr', ['persons', 'kids']), testRun(), { limits: { calls: 3 } });
  expect(few.table('kids').evidence?.notes.join(' ')).not.toContain('cut its pages');
});

function pagedBy(pagination: unknown): NonNullable<ReturnType<typeof connectorOf>['rest']['paging']> {
  const { paging: read } = connectorOf({ rest: { config: { get: { pagination } } } }).rest;
  if (!read) throw new Error('no paging');
  return read;
}

test('bytes that are no text are kept as well as can be, and nothing rests on them', async () => {
  const { table, rows } = await collectFrom((request) =>
    raw(skipOf(request) === 0 ? Buffer.from('{"items":[{"id":"p\xff1"},{"id":"p\xfe1"}]}', 'latin1') : '{"items":[]}'),
  );
  expect(rows('persons').map(({ id }) => id)).toEqual(['p�1', 'p�1']);
  expect(table('persons').evidence?.complete).toBe(false);
  expect(table('persons').evidence?.notes[0]).toContain('held bytes that are no text');
});

test('an attempt that failed stands in the way of deletes until one succeeds', async () => {
  const vault = openVault(':memory:');
  const why = (): string | undefined => whyNoRemoval(basisOf(vault, [{ system: 'hr', table: 'persons' }]), new Set());
  await collectFrom(whole, { vault });
  expect(why()).toBeUndefined();
  await collectFrom(() => ({ status: 500, json: {} }), { vault });
  expect(vault.table('hr', 'persons')?.lastAttempt).toMatchObject({ state: 'failed' });
  expect(why()).toContain('hr.persons is not proven complete: the last attempt to collect it failed (hr: persons_get was answered with');
  await collectFrom(whole, { vault });
  expect(vault.table('hr', 'persons')).not.toHaveProperty('lastAttempt');
  expect(why()).toBeUndefined();
});

test('rows iterated over that could not be collected the last time make no complete table', async () => {
  const vault = openVault(':memory:');
  const kids = withKids((id) => ({ json: { kids: [{ kid: id }] } }));
  await collectFrom(kids, { vault, tables: ['persons', 'kids'] });
  vault.noteAttempt('hr', 'persons', { state: 'failed', at: 1 });
  const { table } = await collectFrom(kids, { vault, tables: ['kids'] });
  expect(table('kids').evidence?.complete).toBe(false);
  expect(table('kids').evidence?.notes[0]).toBe('persons, whose rows were iterated over, could not be collected the last time.');
});

test('a cancelled collection is remembered, and so is what it did not get to', async () => {
  const vault = openVault(':memory:');
  const kids = withKids((id) => ({ json: { kids: [{ kid: id }] } }));
  await collectFrom(kids, { vault, tables: ['persons', 'kids'] });
  await using server = await startServer(() => () => run.abort());
  const run = testRun();
  await collect(connector(server.url), systemOf('hr', ['persons', 'kids']), run, { vault });
  expect(vault.tables().map(({ table, lastAttempt }) => [table, lastAttempt?.state])).toEqual([
    ['kids', 'not-reached'],
    ['persons', 'cancelled'],
  ]);
});

test('a secret in an answer is neither stored nor reported', async () => {
  const secret = 'S3cr3t-Passw0rd';
  const basic = Buffer.from(`bob:${secret}`).toString('base64');
  await using server = await startServer(({ headers, query }) => ({
    json: {
      items:
        Number(query.get('skip')) > 0
          ? []
          : [{ id: 'p1', name: `said ${headers.authorization ?? ''} ${secret}` }, { id: `p-${secret}` }, { id: `p-${secret}` }],
    },
  }));
  const json = {
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: { persons_get: { method: 'get', processing_options: { output_field: 'items' } } },
        },
      },
    },
    rest: { config: { baseUrl: server.url, authentication: 'basic_auth', get: { pagination: paging } } },
  };
  const system = systemOf('hr', ['persons'], { user_name: 'bob', password: secret });
  const { rows, table, report, vault } = await collect(connectorOf(json), system, testRun());
  const shown = JSON.stringify([rows('persons'), report, vault.tables()]);
  for (const hidden of [secret, basic]) expect(shown).not.toContain(hidden);
  expect(rows('persons')[0]?.['name']).toContain('said ');
  const notes = table('persons').evidence?.notes ?? [];
  expect(notes).toContain('A secret of the connection stood in the answer and was masked (column name, 1×).');
  // By the key rows are found: with a mask in it they are not what they were.
  expect(table('persons').evidence?.complete).toBe(false);
});

test('a secret in an ordinary column is masked, and the table is complete', async () => {
  await using server = await startServer(({ query }) => ({
    json: { items: Number(query.get('skip')) > 0 ? [] : [{ id: 'p1', name: 'key-of-hr' }] },
  }));
  const { rows, table } = await collect(connector(server.url), systemOf('hr', ['persons'], { api_key: 'key-of-hr' }), testRun());
  expect(rows('persons')).toEqual([{ id: 'p1', name: '***' }]);
  expect(table('persons').evidence?.complete).toBe(true);
});

test('a value of any length is cut, and the table is not complete', async () => {
  const { rows, table } = await collectFrom((request) => ({
    json: { items: skipOf(request) === 0 ? [{ id: 'p1', name: 'x'.repeat(1_000_001) }] : [] },
  }));
  expect(String(rows('persons')[0]?.['name'])).toHaveLength(1_000_000);
  expect(table('persons').evidence).toMatchObject({
    complete: false,
    notes: ['Column name held values longer than 1,000,000 characters, which were cut (1×).'],
  });
});

test.each([404, 400, 416])('a page behind the last one that is refused with %i is the end of it', async (status) => {
  const some = people.slice(0, 25);
  const { table } = await collectFrom((request) =>
    skipOf(request) >= some.length
      ? { status, json: { error: 'no such page' } }
      : { json: { items: some.slice(skipOf(request), skipOf(request) + 10) } },
  );
  expect(table('persons')).toMatchObject({ state: 'collected', evidence: { rows: 25, complete: true, end: 'short-page' } });
  expect(table('persons').evidence?.notes.join(' ')).toContain('The page after the last one was refused');
});

test('a page in the middle that is refused fails the table', async () => {
  const { table } = await collectFrom((request) =>
    skipOf(request) === 20
      ? { status: 404, json: { error: 'gone' } }
      : { json: { items: people.slice(skipOf(request), skipOf(request) + 10) } },
  );
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '404' } });
});
