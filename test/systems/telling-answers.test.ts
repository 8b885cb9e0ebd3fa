import { expect, test } from 'vitest';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';

/*
 * Answers that tell, beside their rows and in the words of many APIs, that the rows are not all: a further page, a larger total, an error, a
 * part. And their counterparts, which say nothing of the kind.
 */

const people = (from: number, count: number): readonly object[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${from + i}`, name: `N${from + i}` }));

interface Shape {
  readonly pagination?: unknown;
  readonly outputField?: string;
  readonly key?: null;
  readonly resources?: object;
  readonly google?: true;
}

function connector(url: string, shape: Shape): ReturnType<typeof connectorOf> {
  const { pagination, outputField = 'items', resources = { id: 'string*', name: 'string*' } } = shape;
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          ...(shape.key !== null && { key: 'id' }),
          resources,
          operations: {
            persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: outputField } },
          },
        },
        mails: {
          resources: { person: '_nim*', mail: 'string*' },
          operations: {
            mails_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'persons', iterator: 'name', path: '/mails/{iterator}', base: { person: '{iterator}' } },
              processing_options: { output_field: 'mails' },
            },
          },
        },
      },
    },
    rest: {
      config: { baseUrl: url, ...(shape.google && { call_handling: 'google' }), get: pagination === undefined ? {} : { pagination } },
    },
  });
}

async function collected(
  handler: (request: SeenRequest, number: number) => Answer,
  shape: Shape = {},
  tables: readonly string[] = ['persons'],
  vault: Vault = openVault(':memory:'),
): Promise<Collected & { readonly paths: readonly string[] }> {
  await using server = await startServer(handler);
  const outcome = await collect(connector(server.url, shape), systemOf('hr', tables), testRun(), { vault });
  return { ...outcome, paths: server.requests.map(({ path, query }) => (query.size === 0 ? path : `${path}?${query.toString()}`)) };
}

const counting = { mode: 'generic', page_size: 10, params: { page: '{page_number}', size: '{page_size}' } };
const pageOf = ({ query }: SeenRequest): number => Number(query.get('page') ?? 1);

test.for<[string, object]>([
  ['next', { next: 'https://elsewhere.example/persons?page=2' }],
  ['next', { links: { next: '/persons?page=2' } }],
  ['next', { _links: { next: { href: '/persons?page=2' } } }],
  [
    'next',
    {
      links: [
        { rel: 'self', href: '/persons' },
        { rel: 'next', href: '/persons?page=2' },
      ],
    },
  ],
  ['nextCursor', { nextCursor: 'abc' }],
  ['next_cursor', { response_metadata: { next_cursor: 'abc' } }],
  ['next_page', { next_page: 2 }],
  ['ContinuationToken', { ContinuationToken: 'x' }],
  ['total_pages', { meta: { page: 1, total_pages: 20 } }],
  ['hasNext', { page: { current: 1, total: 20, hasNext: true } }],
])('a table without paging is not complete where the answer names a further page: %s in %j', async ([name, told]) => {
  const { table } = await collected(() => ({ json: { items: people(0, 50), ...told } }));
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: false });
  expect(table('persons').evidence?.notes.join(' ')).toContain(`there is a further page (${name})`);
});

test('a further page in the words of the list’s own object, or behind a link that is not written as one', async () => {
  const inData = await collected(() => ({ json: { data: { users: people(0, 50), nextPage: '/persons?page=2' } } }), {
    outputField: 'data.users',
  });
  expect(inData.table('persons').evidence?.complete).toBe(false);
  const link = { mode: 'link', page_size: 50, params: { size: '{page_size}' } };
  const bare = await collected(() => ({ json: { items: people(0, 50) }, headers: { link: '/persons?page=2; rel="next"' } }), {
    pagination: link,
  });
  expect(bare.table('persons').evidence?.complete).toBe(false);
});

test.for<object>([
  { next: null, links: { next: '', prev: '/persons' }, meta: { next_page: 0, total_pages: 1, total: 50 } },
  { nextCursor: 'stays', hasMore: false },
  { next: '/persons?page=2', pagination: { total: 50 } },
  { summary: { total: 123456 }, links: [{ rel: 'self', href: '/persons' }] },
  { error: null, errors: [], errorCode: 0, errorMessage: '', message: 'fine', success: true, status: 'success', code: 200, partial: false },
])('an answer that says nothing of more rows is whole: %j', async (told) => {
  const { table } = await collected(() => ({ json: { items: people(0, 50), ...told } }));
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: true, notes: [] });
});

test('a cursor that stays on the empty page behind the last is no further page', async () => {
  const { table } = await collected(
    (request) => ({ json: { items: pageOf(request) < 3 ? people(pageOf(request) * 10, 10) : [], cursor: { next: 'c' }, next: 'c' } }),
    {
      pagination: counting,
    },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 20, complete: true });
});

test.for<[string, object, string?]>([
  ['meta.total', { items: people(0, 50), meta: { total: 1000 } }],
  ['pagination.total_count', { items: people(0, 50), pagination: { total_count: '1000' } }],
  ['page.totalElements', { items: people(0, 50), page: { totalElements: 1000 } }],
  ['meta.pagination.total', { items: people(0, 50), meta: { pagination: { total: 1000 } } }],
  ['TotalCount', { items: people(0, 50), TotalCount: 1000 }],
  ['data.total', { data: { users: people(0, 50), total: 1000 } }, 'data.users'],
])('a larger total than came is told, wherever it stands: %s', async ([where, json, outputField]) => {
  const { table } = await collected(() => ({ json }), outputField === undefined ? {} : { outputField });
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: false });
  expect(table('persons').evidence?.notes.join(' ')).toContain(`announces 1000 rows (${where}), and 50 came`);
});

test('a total that stands elsewhere is held against all pages', async () => {
  const answer =
    (last: number) =>
    (request: SeenRequest): Answer => ({
      json: { items: pageOf(request) <= last ? people(pageOf(request) * 10, 10) : [], meta: { total: 30 } },
    });
  expect((await collected(answer(3), { pagination: counting })).table('persons').evidence).toMatchObject({ rows: 30, complete: true });
  expect((await collected(answer(2), { pagination: counting })).table('persons').evidence).toMatchObject({ rows: 20, complete: false });
});

test.for<object>([
  { errors: [{ message: 'one of three servers did not answer' }] },
  { error: 'timeout' },
  { success: false },
  { status: 'failed' },
  { statusCode: 500 },
  { incomplete_results: true },
  { timed_out: true },
])('rows beside an error, or said to be a part, are kept and are not all: %j', async (told) => {
  const { table } = await collected(() => ({ json: { items: people(0, 50), ...told } }));
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: false });
});

test('an error in one of the entries that the lists are gathered from', async () => {
  const { table } = await collected(() => ({ json: { groups: [{ users: people(0, 5) }, { error: 'timeout' }] } }), {
    outputField: 'groups.users',
  });
  expect(table('persons').evidence).toMatchObject({ rows: 5, complete: false });
});

test('an empty list beside an error is no answer: the table stays as it was', async () => {
  const vault = openVault(':memory:');
  await collected(() => ({ json: { items: people(0, 5) } }), {}, ['persons'], vault);
  const { table, rows } = await collected(() => ({ json: { items: [], error: 'db down' } }), {}, ['persons'], vault);
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'answer-tells-failure', subject: 'error' } });
  expect(rows('persons')).toHaveLength(5);
});

test('in an iteration it is a parent whose call failed', async () => {
  const { table } = await collected(
    ({ path }) => ({
      json: path === '/persons' ? { items: people(0, 3) } : path === '/mails/N1' ? { mails: [], error: 'x' } : { mails: [{ mail: path }] },
    }),
    {},
    ['persons', 'mails'],
  );
  expect(table('mails').evidence).toMatchObject({ rows: 2, complete: false, parents: { total: 3, skipped: 1 } });
});

test.for<[number, boolean]>([
  [202, false],
  [206, false],
  [203, true],
])('status %i of the only page: complete is %s', async ([status, complete]) => {
  const { table } = await collected(() => ({ status, json: { items: people(0, 5) } }));
  expect(table('persons').evidence).toMatchObject({ rows: 5, complete });
});

test('a list that is one object, with a further page beside it', async () => {
  const { table } = await collected(() => ({ json: { items: { id: '1', name: 'x' }, nextPageToken: 'abc' } }), { google: true });
  expect(table('persons').evidence).toMatchObject({ rows: 1, complete: false });
});

test('pages that overlap are found without a key, too', async () => {
  const skip = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const all = people(0, 50);
  const { table } = await collected(
    ({ query }) => {
      const from = Number(query.get('skip'));
      // One row of each page is hidden from the caller.
      return { json: { items: all.slice(from, from + 10).filter((_, i) => i !== 3) } };
    },
    { pagination: skip, key: null },
  );
  expect(table('persons').evidence?.complete).toBe(false);
  expect(table('persons').evidence?.notes.join(' ')).toContain('overlap');
});

test('a value that several parents share calls for the same rows again, which is said', async () => {
  const { table, rows } = await collected(
    ({ path }) => ({
      json:
        path === '/persons'
          ? {
              items: [
                { id: '1', name: 'A' },
                { id: '2', name: 'A' },
                { id: '3', name: 'B' },
              ],
            }
          : { mails: [{ mail: path }] },
    }),
    {},
    ['persons', 'mails'],
  );
  expect(rows('mails')).toHaveLength(3);
  expect(table('mails').evidence).toMatchObject({ complete: true });
  expect(table('mails').evidence?.notes).toEqual([
    '1 row of persons has the same name as another, so the same rows were called for again.',
  ]);
});

test('parents with few rows each are no sign that the API cuts its pages', async () => {
  const { table } = await collected(
    ({ path, query }) => ({
      json: path === '/persons' ? { total: 3, items: people(0, 3) } : { mails: query.get('page') === '1' ? [{ mail: path }] : [] },
    }),
    { pagination: counting },
    ['persons', 'mails'],
  );
  expect(table('mails').evidence).toMatchObject({ rows: 3, complete: true, notes: [] });
});

test('a count that only repeats how many were asked for is no total', async () => {
  const { table } = await collected(
    (request) => ({
      json: { count: 10, items: pageOf(request) < 3 ? people(pageOf(request) * 10, 10) : pageOf(request) === 3 ? people(90, 3) : [] },
    }),
    { pagination: counting },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 23, complete: true });
});

test('pages without rows and without end are not asked for a hundred thousand times', async () => {
  const { table, paths } = await collected(
    (request) => ({ json: { items: pageOf(request) < 3 ? people(pageOf(request) * 10, 10) : [], last: false } }),
    {
      pagination: { ...counting, last_page: { type: 'field', name: 'last' } },
    },
  );
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'page-runaway' } });
  expect(paths.length).toBeLessThan(1_100);
});

test('a next address is relative to where a redirect led', async () => {
  const { rows, paths } = await collected(
    (request) =>
      request.path === '/persons'
        ? { status: 307, headers: { location: '/v2/list/persons' } }
        : request.path.startsWith('/v2/list/')
          ? {
              json: { items: people(pageOf(request) * 10, 10) },
              ...(pageOf(request) < 3 && { headers: { link: `<more?page=${pageOf(request) + 1}>; rel="next"` } }),
            }
          : { status: 404 },
    { pagination: { mode: 'link', page_size: 10, params: { size: '{page_size}' } } },
  );
  expect(paths.slice(1)).toEqual(['/v2/list/persons', '/v2/list/more?page=2', '/v2/list/more?page=3']);
  expect(rows('persons')).toHaveLength(30);
});

test.for(['0', '1.5', 'Mon, 05 Jan 2026 11:59:00 GMT'])(
  'a server that says "come back" with Retry-After: %s is asked again',
  async (header) => {
    const { table } = await collected((_, number) =>
      number === 1 ? { status: 429, headers: { 'retry-after': header } } : { json: { items: people(0, 3) } },
    );
    expect(table('persons').evidence).toMatchObject({ rows: 3, retries: 1, complete: true });
  },
);

test('an empty element of XML, or an empty text, is a list without entries', async () => {
  const shape = { outputField: 'r.user', resources: { id: 'string*', name: 'string*', tags: ['string*'], mails: [{ mail: 'string*' }] } };
  const xml = await collected(
    () => ({ text: '<r><user><id>1</id><tags/><mails/></user><user><id>2</id><tags>t</tags><mails><mail>a</mail></mails></user></r>' }),
    shape,
    ['persons', 'persons_mails'],
  );
  expect(xml.rows('persons').map(({ tags }) => tags)).toEqual(['[]', '["t"]']);
  expect(xml.rows('persons_mails')).toEqual([{ persons_id: '2', mail: 'a' }]);
  expect(xml.table('persons').evidence).toMatchObject({ complete: true, notes: [] });
  const json = await collected(() => ({ json: { r: { user: [{ id: '1', tags: '', mails: '' }] } } }), shape, ['persons', 'persons_mails']);
  expect(json.rows('persons')).toEqual([{ id: '1', name: null, tags: '[]' }]);
  expect(json.table('persons_mails').evidence).toMatchObject({ rows: 0, complete: true });
});

/** Collects two tables of which the second is called for over the first, with `base` as given. */
async function withBase(base: object, call: object = {}): Promise<Collected> {
  await using server = await startServer(({ path }) => ({
    json:
      path === '/a'
        ? [
            { id: '1', unit: null },
            { id: '2', unit: 'U' },
          ]
        : [{ id: path }],
  }));
  const made = connectorOf({
    schema: {
      crud_objects: {
        a: { key: 'id', resources: { id: 'string*', unit: 'string*' }, operations: { a_get: { method: 'get' } } },
        b: {
          key: 'id',
          resources: { id: 'string*', unit: '_nim*' },
          operations: {
            b_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'a', iterator: 'id', iterator_columns: ['unit'], path: '/b/{iterator}', base, ...call },
            },
          },
        },
      },
    },
    rest: { config: { baseUrl: server.url } },
  });
  return await collect(made, systemOf('hr', ['a', 'b']), testRun());
}

test('what base takes from a parent that has no value is null, not an empty text', async () => {
  const { rows, table } = await withBase({ unit: '{unit}' });
  expect(rows('b').map(({ unit }) => unit)).toEqual([null, 'U']);
  expect(table('b').evidence?.complete).toBe(true);
});

test('what base names and nothing gives fails the table', async () => {
  const { table } = await withBase({ unit: 'x-{untt}' });
  expect(table('b')).toMatchObject({ state: 'failed', error: { code: 'variable-missing', subject: 'untt' } });
});

test('a constant without its values proves nothing', async () => {
  const { table } = await withBase({}, { mode: 'constant' });
  expect(table('b').evidence).toMatchObject({ rows: 0, complete: false });
});

test('thousands of parents with a flaw each make a report that can be read', async () => {
  const { table } = await collected(
    ({ path }) => ({
      json:
        path === '/persons' ? { items: people(0, 200) } : { total: 1000 + Number(path.slice('/mails/N'.length)), mails: [{ mail: path }] },
    }),
    {},
    ['persons', 'mails'],
  );
  expect(table('mails').evidence).toMatchObject({ rows: 200, complete: false });
  expect(table('mails').evidence?.notes).toHaveLength(51);
  expect(table('mails').evidence?.notes.at(-1)).toBe('150 more flaws like these were found.');
});
