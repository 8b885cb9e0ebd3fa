import { expect, test } from 'vitest';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';
import { evidenceOf } from '../support/evidence.ts';

/*
 * Answers that contradict what the connector makes of them: each has rows, and each says somewhere that they are not all. No table may be
 * complete then.
 */

const people = (from: number, count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${from + i}`, name: `N${from + i}` }));

interface Shape {
  readonly pagination?: unknown;
  readonly outputField?: string | null;
}

function connector(url: string, { pagination, outputField = 'items' }: Shape = {}): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: {
            persons_get: {
              method: 'get',
              call: { path: '/persons' },
              ...(outputField !== null && { processing_options: { output_field: outputField } }),
            },
          },
        },
        mails: {
          key: 'id',
          resources: { person: '_nim*', id: 'string*' },
          operations: {
            mails_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'persons', iterator: 'id', path: '/mails/{iterator}', base: { person: '{iterator}' } },
              processing_options: { output_field: 'mails' },
            },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, get: pagination === undefined ? {} : { pagination } } },
  });
}

async function collected(
  handler: (request: SeenRequest) => Answer,
  shape: Shape = {},
  tables: readonly string[] = ['persons'],
): Promise<Collected> {
  await using server = await startServer(handler);
  return await collect(connector(server.url, shape), systemOf('hr', tables), testRun());
}

const counting = { mode: 'generic', page_size: 10, params: { page: '{page_number}', size: '{page_size}' } };

test.for<[string, () => Answer]>([
  ['a Link header', () => ({ json: { items: people(0, 50) }, headers: { link: '</persons?page=2>; rel="next"' } })],
  ['@odata.nextLink', () => ({ json: { items: people(0, 50), '@odata.nextLink': 'https://elsewhere.example/persons?$skip=50' } })],
  ['nextPageToken', () => ({ json: { items: people(0, 50), nextPageToken: 'abc' } })],
  ['hasMore', () => ({ json: { items: people(0, 50), hasMore: true } })],
  ['has_more one level down', () => ({ json: { items: people(0, 50), meta: { has_more: true } } })],
])('a table without paging is not complete where the answer names a further page: %s', async ([, answer]) => {
  const { table } = await collected(answer);
  expect(table('persons').evidence).toMatchObject({ rows: 50, complete: false });
  expect(table('persons').evidence?.notes.join(' ')).toContain('there is a further page');
});

test('an empty page is no end where the same answer says there is more', async () => {
  const { table } = await collected(
    ({ query }) => ({ json: { items: query.get('page') === '1' ? people(0, 10) : [], pageInfo: { hasNextPage: true } } }),
    { pagination: counting },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 10, end: 'empty-page', complete: false });
});

test('that there is no further page is no doubt, nor is a link that stays when all rows announced are there', async () => {
  const plain = await collected(() => ({
    json: { items: people(0, 5), '@odata.nextLink': '', nextPageToken: null, hasMore: false, meta: { hasNextPage: false } },
    headers: { link: '</persons?page=1>; rel="last"' },
  }));
  expect(plain.table('persons').evidence).toMatchObject({ complete: true, notes: [] });
  const whole = await collected(() => ({ json: { total: 5, items: people(0, 5), hasMore: true } }), { pagination: counting });
  expect(whole.table('persons').evidence).toMatchObject({ complete: true });
});

test.for([{ 'x-total-count': '1000' }, { 'content-range': 'items 0-89/1000' }, { 'x-total': ' 1000 ' }])(
  'a total in the headers is held against what came: %j',
  async (headers) => {
    const { table } = await collected(() => ({ json: { items: people(0, 90) }, headers: headers }));
    expect(table('persons').evidence).toMatchObject({ rows: 90, complete: false });
    expect(table('persons').evidence?.notes.join(' ')).toContain('1000');
  },
);

test('a total in the headers that agrees is none to speak of, over pages too', async () => {
  const { table } = await collected(
    ({ query }) => ({
      json: { items: people(0, 25).slice((Number(query.get('page')) - 1) * 10, Number(query.get('page')) * 10) },
      headers: { 'x-total-count': '25', 'content-range': 'bytes 0-5/9999' },
    }),
    { pagination: counting },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 25, complete: true });
});

test('an envelope that has the key itself is not one row and all of the table', async () => {
  const { table } = await collected(() => ({ json: { id: 'request-1', people: people(0, 50) } }), { outputField: null });
  expect(table('persons').evidence).toMatchObject({ rows: 1, complete: false });
  expect(table('persons').evidence?.notes.join(' ')).toContain('"people"');
});

test.for([
  { status: 'error', reason: 'rate limit' },
  { success: false },
  { ok: false },
  { errorCode: 5 },
  { error_description: 'x' },
  { detail: 'quota exceeded' },
  { code: 429 },
  { status: 503, title: 'busy' },
])('an answer that speaks of a failure is no parent without children: %j', async (failure) => {
  const { table } = await collected(
    ({ path }) =>
      path === '/persons' ? { json: { items: people(0, 4) } } : { json: path === '/mails/p1' ? failure : { mails: [{ id: `${path}-1` }] } },
    {},
    ['persons', 'mails'],
  );
  expect(table('mails').evidence).toMatchObject({ rows: 3, complete: false });
});

test('an answer that only leaves the list out is a parent without children', async () => {
  const { table } = await collected(
    ({ path }) =>
      path === '/persons'
        ? { json: { items: people(0, 4) } }
        : { json: path === '/mails/p1' ? { id: 'p1', status: 'active', code: 7, success: true } : { mails: [{ id: `${path}-1` }] } },
    {},
    ['persons', 'mails'],
  );
  expect(table('mails').evidence).toMatchObject({ rows: 3, complete: true });
});

test('rows called for over the rows of a recording are not proven complete', async () => {
  await using server = await startServer(({ path }) => ({ json: { mails: [{ id: path }] } }));
  const vault = openVault(':memory:');
  const staging = vault.stage('hr', 'persons', [{ name: 'id', type: 'text' }]);
  staging.add([['p1']]);
  staging.commit(evidenceOf(1, { source: { kind: 'replay', recording: 'recordings/hr' } }));
  const { table } = await collect(connector(server.url), systemOf('hr', ['mails']), testRun(), { vault });
  expect(table('mails').evidence).toMatchObject({ rows: 1, complete: false });
  expect(table('mails').evidence?.notes.join(' ')).toContain('recordings/hr');
});

test.for([400, 404, 416, 422])('a page that is refused (%i) is no end where all pages before it were cut alike', async (status) => {
  const { table } = await collected(
    ({ query }) =>
      Number(query.get('page')) < 4 ? { json: { items: people(Number(query.get('page')) * 5, 5) } } : { status, text: 'too far' },
    { pagination: counting },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 15, complete: false });
});

test('a page that is refused after one that is shorter than the others is the end', async () => {
  const { table } = await collected(
    ({ query }) =>
      Number(query.get('page')) < 4
        ? { json: { items: people(Number(query.get('page')) * 5, query.get('page') === '3' ? 2 : 5) } }
        : { status: 404, text: 'too far' },
    { pagination: counting },
  );
  expect(table('persons').evidence).toMatchObject({ rows: 12, complete: true });
});
