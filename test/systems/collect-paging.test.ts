import { expect, test } from 'vitest';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const people = Array.from({ length: 25 }, (_, i) => ({ id: `p${i + 1}`, name: `Person ${i + 1}` }));

function connector(url: string, pagination: unknown, operation: Readonly<Record<string, unknown>> = {}): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: {
            persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' }, ...operation },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, get: { pagination } } },
  });
}

const slices =
  (first: number, total = true) =>
  ({ query }: SeenRequest): Answer => {
    const skip = Number(query.get('skip') ?? query.get('startIndex') ?? 0) - first;
    const take = Number(query.get('take') ?? query.get('count') ?? people.length);
    return { json: { ...(total && { total: people.length }), items: people.slice(skip, skip + take) } };
  };

test('skip_take skips the rows received and ends on a short page when all rows announced are there', async () => {
  await using server = await startServer(slices(0));
  const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const { table, rows } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(rows('persons')).toEqual(people);
  expect(server.requests.map(({ query }) => query.toString())).toEqual(['take=10&skip=0', 'take=10&skip=10', 'take=10&skip=20']);
  expect(table('persons')).toMatchObject({
    state: 'collected',
    evidence: { rows: 25, pages: 3, calls: 3, rowsPerPage: [10, 10, 5], end: 'short-page', announced: 25, complete: true, notes: [] },
  });
});

test('skip_take counts rows from 1 where zero_based is false, as the startIndex of SCIM', async () => {
  await using server = await startServer(slices(1));
  const paging = { mode: 'skip_take', page_size: '10', zero_based: false, params: { count: '{take_count}', startIndex: '{skip_count}' } };
  const { table, rows } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(rows('persons')).toHaveLength(25);
  expect(server.requests.map(({ query }) => query.get('startIndex'))).toEqual(['1', '11', '21']);
  expect(table('persons').evidence?.complete).toBe(true);
});

test('generic counts pages, from 0 with zero_based; without a total a short page is not the end', async () => {
  const pages =
    (first: number) =>
    ({ query }: SeenRequest): Answer => {
      const start = (Number(query.get('page')) - first) * Number(query.get('size'));
      return { json: { items: people.slice(start, start + Number(query.get('size'))) } };
    };
  for (const [zeroBased, numbers] of [
    [undefined, ['1', '2', '3', '4']],
    [true, ['0', '1', '2', '3']],
  ] as const) {
    await using server = await startServer(pages(zeroBased ? 0 : 1));
    const paging = { mode: 'generic', zero_based: zeroBased, page_size: 10, params: { page: '{page_number}', size: '{page_size}' } };
    const { table, rows } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
    expect(rows('persons')).toEqual(people);
    expect(server.requests.map(({ query }) => query.get('page'))).toEqual(numbers);
    expect(table('persons').evidence).toMatchObject({ end: 'empty-page', complete: true, notes: [] });
    expect(table('persons').evidence).not.toHaveProperty('announced');
  }
});

test('without a page size only an empty page ends a table, and the evidence says so', async () => {
  await using server = await startServer(({ query }) => ({
    json: { items: people.slice(Number(query.get('skip')), Number(query.get('skip')) + 10) },
  }));
  const paging = { mode: 'skip_take', params: { take: '{take_count}', skip: '{skip_count}' } };
  const { table } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(server.requests.map(({ query }) => query.toString())).toEqual(['skip=0', 'skip=10', 'skip=20', 'skip=25']);
  expect(table('persons').evidence).toMatchObject({ end: 'empty-page', rows: 25, complete: true });
  expect(table('persons').evidence?.assumed.join(' ')).toContain('only an empty page');
});

test('a server that sends the same page again is found out, and the old table stays', async () => {
  await using server = await startServer(() => ({ json: { items: people.slice(0, 10) } }));
  const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const { table, vault } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'page-repeated' } });
  expect(server.requests).toHaveLength(2);
  expect(vault.tables()).toEqual([]);
});

test('a server that goes in a circle is found out too', async () => {
  await using server = await startServer(({ query }) => ({
    json: { items: people.slice(Number(query.get('skip')) % 20, (Number(query.get('skip')) % 20) + 10) },
  }));
  const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const { table } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(table('persons').error?.code).toBe('page-repeated');
});

test('an announced total that does not come makes the table incomplete', async () => {
  await using server = await startServer(({ query }) => ({
    json: { totalResults: 25, items: query.get('skip') === '0' ? people.slice(0, 8) : [] },
  }));
  const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const { table } = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun());
  expect(table('persons')).toMatchObject({ state: 'collected', evidence: { announced: 25, rows: 8, complete: false } });
  expect(table('persons').evidence?.notes[0]).toContain('announced 25 rows, and 8 came');
});

test('limits cap a table, say so, and make it incomplete', async () => {
  await using server = await startServer(slices(0));
  const paging = { mode: 'skip_take', page_size: 10, params: { take: '{take_count}', skip: '{skip_count}' } };
  const byRows = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun(), { limits: { rows: 15 } });
  expect(byRows.table('persons').evidence).toMatchObject({
    rows: 15,
    calls: 2,
    end: 'capped',
    complete: false,
    caps: ['Stopped after 15 rows, the limit of this run.'],
  });
  const byCalls = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun(), { limits: { calls: 1 } });
  expect(byCalls.table('persons').evidence).toMatchObject({ rows: 10, calls: 1, end: 'capped', complete: false });
  const unneeded = await collect(connector(server.url, paging), systemOf('hr', ['persons']), testRun(), { limits: { rows: 25, calls: 3 } });
  expect(unneeded.table('persons').evidence).toMatchObject({ rows: 25, caps: [], complete: true });
});

test('a missing output_field says what the answer has instead', async () => {
  await using server = await startServer(() => ({ json: { value: people, next: null } }));
  const { table } = await collect(connector(server.url, null), systemOf('hr', ['persons']), testRun());
  expect(table('persons').error).toMatchObject({ code: 'output-field-missing', subject: 'items' });
  expect(table('persons').error?.message).toContain('The answer has value, next.');
});

test('without output_field a list in an object is not taken for a row', async () => {
  await using server = await startServer(() => ({ json: { value: people } }));
  const { table } = await collect(connector(server.url, null, { processing_options: {} }), systemOf('hr', ['persons']), testRun());
  expect(table('persons').error).toMatchObject({ code: 'output-field-missing', subject: 'output_field' });
});

test('duplicates by key are counted and named', async () => {
  await using server = await startServer(() => ({ json: { items: [...people, ...people.slice(0, 2)] } }));
  const { table } = await collect(connector(server.url, null), systemOf('hr', ['persons']), testRun());
  expect(table('persons').evidence).toMatchObject({ rows: 27, duplicates: { count: 4, samples: ['p1', 'p2'] }, complete: false });
  expect(table('persons').evidence?.notes).toEqual([
    '4 rows share their key with another, so one may stand where another is missing: p1, p2.',
  ]);
});
