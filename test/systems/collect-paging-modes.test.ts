import { describe, expect, test } from 'vitest';
import { startServer, type Answer, type SeenRequest, type TestServer } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

const people = (count: number, first = 1): readonly Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${first + i}`, name: `Person ${first + i}` }));

/** One way in which an API names its next page. */
interface Mode {
  readonly name: string;
  /** `rest.config` beside the base address and the sign-in. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The token of the page that a request asks for; undefined for the first. */
  readonly asked: (request: SeenRequest) => string | undefined;
  /** A page; `base` is the address of the server that the next page is said to be on. */
  readonly page: (items: readonly Person[], next: string | undefined, base: string) => Answer;
  readonly end: 'no-next';
  /** Whether the answer names a whole address, which could be on another host. */
  readonly address: boolean;
}

const cursor = ({ query }: SeenRequest): string | undefined => query.get('cursor') ?? undefined;

const modes: readonly Mode[] = [
  {
    name: 'link with absolute addresses',
    config: { get: { pagination: { mode: 'link', page_size: 10, params: { per_page: '{page_size}' } } } },
    asked: cursor,
    page: (items, next, base) => ({
      json: { items },
      headers: {
        link: [
          `<${base}/persons?cursor=first,;>; rel="first prev"; title="a \\"quoted\\" <title>, with; signs"`,
          ...(next === undefined ? [] : [`<${base}/persons?cursor=${next}>; title*=UTF-8''next; REL="last Next"`]),
        ].join(', '),
      },
    }),
    end: 'no-next',
    address: true,
  },
  {
    name: 'link with relative addresses',
    config: { get: { pagination: { mode: 'link' } } },
    asked: cursor,
    page: (items, next, base) => ({
      json: { items },
      ...(next !== undefined && {
        headers: { link: `<${base.startsWith('http') ? new URL(base).pathname : ''}persons?cursor=${next}>;rel=next` },
      }),
    }),
    end: 'no-next',
    address: false,
  },
  {
    name: 'url with a field',
    config: { get: { pagination: { mode: 'url', field: 'Paging.Next' } } },
    asked: cursor,
    page: (items, next, base) => ({ json: { items, Paging: { Next: next === undefined ? null : `${base}/persons?cursor=${next}` } } }),
    end: 'no-next',
    address: true,
  },
  {
    name: 'url with a relative field',
    config: { get: { pagination: { mode: 'url', field: 'next' } } },
    asked: cursor,
    page: (items, next) => ({ json: { items, next: next === undefined ? '' : `?cursor=${next}` } }),
    end: 'no-next',
    address: false,
  },
  {
    name: 'url with a token',
    config: {
      get: {
        pagination: {
          mode: 'url',
          replace_in_url: true,
          last_page: { type: 'token', path: 'PagingInfo.Bookmark' },
          query_params: [{ name: 'bookmark', value: { type: 'response_field', value: 'PagingInfo.Bookmark' } }],
        },
      },
    },
    asked: ({ query }) => query.get('bookmark') ?? undefined,
    page: (items, next) => ({ json: { items, PagingInfo: next === undefined ? {} : { Bookmark: next } } }),
    end: 'no-next',
    address: false,
  },
  {
    name: 'google',
    config: { call_handling: 'google', get: { maxPageCount: 10 } },
    asked: ({ query }) => query.get('pageToken') ?? undefined,
    page: (items, next) => ({
      json: { kind: 'x', ...(items.length > 0 && { items }), ...(next !== undefined && { nextPageToken: next }) },
    }),
    end: 'no-next',
    address: false,
  },
  {
    name: 'azure',
    config: { call_handling: 'azure', get: { maxPageCount: 10 } },
    asked: ({ query }) => query.get('cursor') ?? undefined,
    page: (items, next, base) => ({ json: { items, ...(next !== undefined && { '@odata.nextLink': `${base}/persons?cursor=${next}` }) } }),
    end: 'no-next',
    address: true,
  },
];

function connector(url: string, config: Mode['config']): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: {
            persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' } },
          },
        },
      },
    },
    rest: { config: { baseUrl: url, authentication: 'basic_auth', ...config } },
  });
}

/** A server that gives out a new token with each page, and takes no other than the one it gave last. */
async function book(mode: Mode, pages: readonly (readonly Person[])[], elsewhere?: string): Promise<TestServer> {
  let expected: { readonly token: string | undefined; readonly page: number } = { token: undefined, page: 0 };
  const server: TestServer = await startServer((request, number) => {
    if (request.headers.authorization === undefined) return { status: 401, json: {} };
    const token = mode.asked(request);
    if (token !== expected.token) return { status: 410, json: { error: `the page ${token ?? 'first'} was not handed out` } };
    const { page } = expected;
    const next = page + 1 < pages.length ? `{t}/${number} &=ü` : undefined;
    expected = { token: next, page: page + 1 };
    return mode.page(
      pages[page] ?? [],
      next === undefined ? undefined : mode.address || mode.asked === cursor ? encodeURIComponent(next) : next,
      elsewhere ?? server.url,
    );
  });
  return server;
}

function run(server: TestServer, mode: Mode): Promise<Collected> {
  return collect(
    connector(server.url, mode.config),
    systemOf('hr', ['persons'], { user_name: 'reader', password: 'a-long-password' }),
    testRun(),
  );
}

describe.each(modes)('$name', (mode) => {
  test.each([
    ['three pages', [people(10), people(10, 11), people(5, 21)]],
    ['a last page that is exactly full', [people(10), people(10, 11)]],
    ['a single page', [people(3)]],
    ['a single page that is exactly full', [people(10)]],
    ['pages of different lengths, shorter than asked', [people(2), people(7, 3), people(1, 10)]],
  ] as const)('%s', async (_, pages) => {
    await using server = await book(mode, pages);
    const { table, rows } = await run(server, mode);
    expect(rows('persons')).toEqual(pages.flat());
    expect(server.requests).toHaveLength(pages.length);
    expect(table('persons')).toMatchObject({
      state: 'collected',
      evidence: { pages: pages.length, calls: pages.length, end: mode.end, complete: true, notes: [] },
    });
    expect(table('persons').evidence?.assumed.length).toBeGreaterThan(0);
  });

  test('an empty page between others is not the end', async () => {
    await using server = await book(mode, [people(10), [], people(5, 11)]);
    const { table, rows } = await run(server, mode);
    expect(rows('persons')).toHaveLength(15);
    expect(table('persons').evidence).toMatchObject({ pages: 3, complete: true });
  });

  // Google leaves out a list without entries: below.
  const emptyFirst = mode.name === 'google' ? undefined : test;
  emptyFirst?.('a first page without rows is an empty table', async () => {
    await using server = await book(mode, [[]]);
    const { table } = await run(server, mode);
    expect(server.requests).toHaveLength(1);
    expect(table('persons').evidence).toMatchObject({ rows: 0, end: mode.end, complete: true });
  });

  test('a next page that was asked for before is a circle', async () => {
    await using server = await startServer((request): Answer =>
      mode.page(people(2, mode.asked(request) === undefined ? 1 : 3), 'again', server.url),
    );
    const { table, vault } = await run(server, mode);
    expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'page-repeated' } });
    expect(vault.tables()).toEqual([]);
    // A token may stay as it is while a cursor moves on, so there the rows tell.
    expect(server.requests).toHaveLength(mode.name === 'url with a token' ? 3 : 2);
  });

  const otherHost = mode.address ? test : undefined;
  otherHost?.('a next page on another host is refused, and no credential follows', async () => {
    await using other = await startServer(() => ({ json: { items: [] } }));
    await using server = await book(mode, [people(10), people(10, 11)], other.url.replace('127.0.0.1', 'localhost'));
    const { table, vault } = await run(server, mode);
    expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'host-refused' } });
    expect(vault.tables()).toEqual([]);
    expect(other.requests).toEqual([]);
    expect(other.connections).toBe(0);
  });

  test('a next page that is refused is a failure, not the end', async () => {
    await using server = await startServer((_request, number): Answer =>
      number === 1 ? mode.page(people(3), 'gone', server.url) : { status: 404, json: {} },
    );
    const { table } = await run(server, mode);
    expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'http-status', subject: '404' } });
  });
});

test('google: a first page that leaves out the list is no proof of an empty table', async () => {
  const mode = modes.find(({ name }) => name === 'google');
  if (!mode) throw new Error('no mode');
  await using server = await book(mode, [[]]);
  const { table } = await run(server, mode);
  expect(table('persons').error?.code).toBe('output-field-missing');
});

test('a token that stays where it is, without rows, is the end of a cursor', async () => {
  await using server = await startServer((_, number) => ({ json: { items: number === 1 ? people(2) : [], next: 'cursor-7' } }));
  const pagination = { mode: 'url', query_params: [{ name: 'c', value: { type: 'response_field', value: 'next' } }] };
  const { table } = await collect(
    connector(server.url, { get: { pagination } }),
    systemOf('hr', ['persons'], { user_name: 'u', password: 'a-long-password' }),
    testRun(),
  );
  expect(table('persons').evidence).toMatchObject({ rows: 2, end: 'empty-page', complete: true });
  expect(server.requests.map(({ query }) => query.get('c'))).toEqual([null, 'cursor-7']);
});

describe('the size of a page', () => {
  const sizeOf = async (config: Mode['config'], operation: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    await using server = await startServer(() => ({ json: { items: people(2) } }));
    const json = {
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
      rest: { config: { baseUrl: server.url, ...config } },
    };
    const { table } = await collect(connectorOf(json), systemOf('hr', ['persons']), testRun());
    expect(table('persons').state).toBe('collected');
    return server.requests[0]?.query.toString() ?? '';
  };

  test.each([
    [{ call_handling: 'google', get: { maxPageCount: 500 } }, {}, 'maxResults=500'],
    [{ call_handling: 'google', get: { maxPageCount: -1 } }, {}, ''],
    [{ call_handling: 'google' }, {}, ''],
    [{ call_handling: 'google', get: { maxPageCount: 500 } }, { maxPageCount: 20 }, 'maxResults=20'],
    [{ call_handling: 'google', get: { maxPageCount: 500 } }, { maxPageCount: -1 }, ''],
    [{ call_handling: 'azure', get: { maxPageCount: 999 } }, {}, '%24top=999'],
    [{ call_handling: 'azure', get: { maxPageCount: 999 } }, { pagination: 'none' }, ''],
    // A block that is written out replaces what the call handling would do.
    [{ call_handling: 'google', get: { maxPageCount: 9, pagination: { mode: 'link', params: { n: '{page_size}' } } } }, {}, 'n=9'],
    [{ call_handling: 'generic', get: { pagination: { mode: 'link', page_size: 7, params: { n: '{take_count}' } } } }, {}, 'n=7'],
    [
      { call_handling: 'generic', get: { pagination: { mode: 'link', page_size: 7, params: { n: '{take_count}' } } } },
      { maxPageCount: -1 },
      '',
    ],
    // An operation's own block replaces the general one as a whole.
    [
      { call_handling: 'generic', get: { pagination: { mode: 'generic', page_size: 7, params: { n: '{page_size}' } } } },
      { pagination: { mode: 'link', page_size: 3, params: { size: '{page_size}' } } },
      'size=3',
    ],
  ] as const)('%j with %j sends %s', async (config, operation, query) => {
    expect(await sizeOf(config, operation)).toBe(query);
  });
});

describe('pages by number, ended by a flag', () => {
  const rest =
    (pagination: unknown, path: string): ((url: string) => ReturnType<typeof connectorOf>) =>
    (url) =>
      connectorOf({
        schema: {
          crud_objects: {
            persons: {
              key: 'id',
              resources: { id: 'string*', name: 'string*' },
              operations: { persons_get: { method: 'get', call: { path }, processing_options: { output_field: 'users' } } },
            },
          },
        },
        rest: { config: { baseUrl: url, get: { pagination } } },
      });
  const inPath = rest(
    { mode: 'url', zero_based: true, replace_in_url: true, last_page: { type: 'field', name: 'lastPage' } },
    '/users/o1/{page_number}',
  );
  const read = async (
    make: (url: string) => ReturnType<typeof connectorOf>,
    pages: readonly (readonly Person[])[],
    first: number,
    marked: (page: number) => unknown = (page) => page === pages.length - 1,
  ): Promise<{
    readonly paths: readonly string[];
    readonly evidence: unknown;
    readonly count: number;
    readonly error: string | undefined;
  }> => {
    let expected = first;
    await using server = await startServer(({ path, query }) => {
      const asked = Number(query.get('page') ?? path.split('/').at(-1));
      // Pages come in order only.
      if (asked !== expected) return { status: 400, json: {} };
      expected += 1;
      return { json: { users: pages[asked - first] ?? [], lastPage: marked(asked - first) } };
    });
    const { table, vault } = await collect(make(server.url), systemOf('hr', ['persons']), testRun());
    const { evidence, error } = table('persons');
    return {
      paths: server.requests.map(({ path, query }) => `${path}${query.size > 0 ? `?${query.toString()}` : ''}`),
      evidence,
      count: vault.tables()[0]?.evidence.rows ?? -1,
      error: error?.code,
    };
  };

  test('{page_number} in the path, from 0, and the flag is believed on a full page', async () => {
    const { paths, evidence } = await read(inPath, [people(10), people(10, 11)], 0);
    expect(paths).toEqual(['/users/o1/0', '/users/o1/1']);
    expect(evidence).toMatchObject({ rows: 20, end: 'flag', complete: true });
  });

  test.each(['true', 'TRUE', 1])('the flag as %j', async (flag) => {
    expect((await read(inPath, [people(4)], 0, () => flag)).evidence).toMatchObject({ end: 'flag', pages: 1, complete: true });
  });

  test('one page, an empty first page, an empty page that is not the last', async () => {
    expect((await read(inPath, [people(4)], 0)).evidence).toMatchObject({ rows: 4, end: 'flag', pages: 1, complete: true });
    expect((await read(inPath, [[]], 0)).evidence).toMatchObject({ rows: 0, end: 'flag', pages: 1, complete: true });
    expect((await read(inPath, [people(4), [], people(2, 5)], 0)).evidence).toMatchObject({ rows: 6, end: 'flag', complete: true });
  });

  test('an answer that lacks the flag ends with an empty page, which is said to be assumed', async () => {
    const { evidence, paths } = await read(inPath, [people(4), people(4, 5)], 0, () => undefined);
    expect(evidence).toMatchObject({ rows: 8, end: 'empty-page', complete: true });
    expect(evidence).toHaveProperty('assumed', [expect.stringContaining('"lastPage"')]);
    expect(paths).toHaveLength(3);
  });

  test('in generic and in skip_take too', async () => {
    const generic = rest({ mode: 'generic', params: { page: '{page_number}' }, last_page: { type: 'field', name: 'lastPage' } }, '/users');
    const { paths, evidence } = await read(generic, [people(3), people(3, 4)], 1);
    expect(paths).toEqual(['/users?page=1', '/users?page=2']);
    expect(evidence).toMatchObject({ rows: 6, end: 'flag', complete: true });
  });

  test('url_part, the older spelling, goes behind the path and before its query', async () => {
    const part = rest({ mode: 'url', url_part: '/{page_number}', last_page: { type: 'field', name: 'lastPage' } }, '/users?all=1');
    const { paths, evidence } = await read(part, [people(3), people(3, 4)], 1);
    expect(paths).toEqual(['/users/1?all=1', '/users/2?all=1']);
    expect(evidence).toHaveProperty('assumed', expect.arrayContaining([expect.stringContaining('url_part')]));
  });

  test('skip_take that is told of more rows and gets none fails: the next request would be the same', async () => {
    await using server = await startServer(({ query }) => ({ json: { users: query.get('skip') === '0' ? people(3) : [], more: 'yes' } }));
    const skip = rest({ mode: 'skip_take', params: { skip: '{skip_count}' }, last_page: { type: 'token', path: 'more' } }, '/users');
    const { table } = await collect(skip(server.url), systemOf('hr', ['persons']), testRun());
    expect(table('persons').error?.code).toBe('page-repeated');
    expect(server.requests).toHaveLength(2);
  });
});

test('what is no address is not followed', async () => {
  for (const next of ['http://', 7, { href: '/x' }]) {
    await using server = await startServer(() => ({ json: { items: people(1), next } }));
    const { table } = await collect(
      connector(server.url, { authentication: 'none', get: { pagination: { mode: 'url', field: 'next' } } }),
      systemOf('hr', ['persons']),
      testRun(),
    );
    expect(table('persons').error).toMatchObject({ code: 'page-next-invalid', message: expect.stringContaining('persons_get') as string });
    expect(server.requests).toHaveLength(1);
  }
});

test('a paging mode that does not exist is named, before anything is called', async () => {
  await using server = await startServer(() => ({ json: { items: [] } }));
  const { table } = await collect(
    connector(server.url, { authentication: 'none', get: { pagination: { mode: 'cursor' } } }),
    systemOf('hr', ['persons']),
    testRun(),
  );
  expect(table('persons').error).toMatchObject({ code: 'paging-unsupported', subject: 'cursor' });
  expect(table('persons').error?.message).toContain('generic, skip_take, url, link');
  expect(server.requests).toEqual([]);
});

test('maxPageCount -1 where the API has no pages: its rows are kept, and the table is not said to be complete', async () => {
  await using server = await startServer(({ path }) => ({ json: { items: path === '/persons' ? people(3) : [{ id: path }] } }));
  const operation = (more: object): object => ({ method: 'get', processing_options: { output_field: 'items' }, ...more });
  const tables = connectorOf({
    schema: {
      crud_objects: {
        persons: { key: 'id', resources: { id: 'string*', name: 'string' }, operations: { persons_get: operation({ maxPageCount: -1 }) } },
        badges: {
          key: 'id',
          resources: { id: 'string*' },
          operations: {
            badges_get: operation({
              maxPageCount: -1,
              call: { mode: 'iteration', table: 'persons', iterator: 'id', path: '/b/{iterator}' },
            }),
          },
        },
      },
    },
    rest: {
      config: {
        baseUrl: server.url,
        get: { pagination: { mode: 'generic', page_size: 2, params: { page: '{page_number}', size: '{page_size}' } } },
      },
    },
  });
  const { table, rows } = await collect(tables, systemOf('hr', ['persons', 'badges']), testRun());
  expect(server.requests.slice(0, 2).map(({ query }) => query.toString())).toEqual(['page=1', 'page=2']);
  expect(rows('persons')).toHaveLength(3);
  expect(rows('badges')).toHaveLength(3);
  for (const name of ['persons', 'badges']) {
    expect(table(name)).toMatchObject({ state: 'collected', evidence: { complete: false } });
    expect(table(name).evidence?.notes.join(' ')).toContain('"pagination": "none"');
  }
});
