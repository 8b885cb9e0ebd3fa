import { describe, expect, test } from 'vitest';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

type Json = Readonly<Record<string, unknown>>;

/** A connector of the tables given: each with its resources and its get operation. */
function connector(
  url: string,
  tables: Readonly<Record<string, { readonly key?: string; readonly resources: Json; readonly get: Json }>>,
  config: Json = {},
): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: Object.fromEntries(
        Object.entries(tables).map(([name, { key = 'id', resources, get }]) => [
          name,
          { key, resources, operations: { [`${name}_get`]: { method: 'get', ...get } } },
        ]),
      ),
    },
    rest: { config: { baseUrl: url, ...config } },
  });
}

const addresses = (requests: readonly SeenRequest[]): readonly string[] =>
  requests.map(({ path, query }) => `${path}${query.size > 0 ? `?${decodeURIComponent(query.toString())}` : ''}`);

describe('what a call asks', () => {
  test('both spellings of query parameters, general and own; true, numbers, and a query in the path', async () => {
    await using server = await startServer(() => ({ json: [] }));
    const get = {
      call: {
        path: '/users%2F?expand=a%20b',
        queryParameters: { $top: 5, active: true, a: 'call' },
        query_parameters: { b: 'older call' },
      },
      query_parameters: { a: 'operation', c: 'operation' },
      queryParameters: { d: 'operation' },
    };
    const config = { get: { query_parameters: { e: 'general', a: 'general' }, queryParameters: { f: false } } };
    await collect(connector(server.url, { users: { resources: { id: 'string*' }, get } }, config), systemOf('hr', ['users']), testRun());
    expect(server.requests[0]?.path).toBe('/users%2F');
    expect(Object.fromEntries(server.requests[0]?.query ?? [])).toEqual({
      expand: 'a b',
      $top: '5',
      active: 'true',
      a: 'call',
      b: 'older call',
      c: 'operation',
      d: 'operation',
      e: 'general',
      f: 'false',
    });
  });

  test('a search by POST sends its body, with the number of the page as a number, the connection and nothing encoded', async () => {
    await using server = await startServer(({ body }) => {
      const { page } = JSON.parse(body) as { page: number };
      return { json: { items: page === 1 ? [{ id: 1 }, { id: 2 }] : [] } };
    });
    const get = {
      verb: 'post',
      call: { path: '/search' },
      processing_options: { output_field: 'items' },
      body: { page: '{page_number}', size: '{page_size}', where: [{ org: '{org}', text: 'org {org}' }, null, 3, true], none: null },
    };
    const config = {
      get: { pagination: { mode: 'generic', page_size: 2 } },
      accept: 'application/vnd.x+json',
      headers: { 'X-Org': '{org}' },
    };
    const { rows } = await collect(
      connector(server.url, { users: { resources: { id: 'number*' }, get } }, config),
      systemOf('hr', ['users'], { org: 'a/b' }),
      testRun(),
    );
    expect(rows('users')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(server.requests.map(({ method, body }) => [method, JSON.parse(body) as unknown])).toEqual(
      [1, 2].map((page) => ['POST', { page, size: 2, where: [{ org: 'a/b', text: 'org a/b' }, null, 3, true], none: null }]),
    );
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'application/vnd.x+json',
      'x-org': 'a/b',
      'content-type': 'application/json',
    });
  });

  test('an array, and a form, as the body of a get', async () => {
    await using server = await startServer(() => ({ json: [] }));
    const post = (body: unknown): Json => ({ verb: 'post', call: { path: '/search' }, body });
    const tables = { users: { resources: { id: 'string*' }, get: post([{ a: '{org}' }, ['x']]) } };
    await collect(connector(server.url, tables), systemOf('hr', ['users'], { org: 'o&1' }), testRun());
    const form = { users: { resources: { id: 'string*' }, get: post({ a: '{org}', b: ['x', 2], c: null, d: { e: 1 }, f: true }) } };
    await collect(connector(server.url, form, { postAsForm: true }), systemOf('hr', ['users'], { org: 'o&1' }), testRun());
    expect(server.requests.map(({ body }) => body)).toEqual(['[{"a":"o&1"},["x"]]', 'a=o%261&b=x&b=2&c=&d=%7B%22e%22%3A1%7D&f=true']);
    expect(server.requests[1]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('no_encode puts a value in as it is, but never one that leads to another path', async () => {
    await using server = await startServer(({ path }) => ({
      json: path === '/folders' ? [{ id: 'a/b' }, { id: 'x?y=1' }] : [{ id: path }],
    }));
    const tables = {
      folders: { resources: { id: 'string*' }, get: { call: { path: '/folders' } } },
      files: {
        resources: { id: 'string*' },
        get: { call: { mode: 'iteration', table: 'folders', iterator: 'id', path: '/f/{iterator:no_encode}/z' } },
      },
    };
    const { table } = await collect(connector(server.url, tables), systemOf('hr', ['folders', 'files']), testRun());
    expect(addresses(server.requests)).toEqual(['/folders', '/f/a/b/z', '/f/x?y=1/z']);
    expect(table('files').state).toBe('collected');
    for (const id of ['../admin', 'a/../../x', 'a#b', 'a/%2e%2e/x', 'a\\..\\b']) {
      await using hostile = await startServer(() => ({ json: [{ id }] }));
      const outcome = await collect(connector(hostile.url, tables), systemOf('hr', ['folders', 'files']), testRun());
      expect(hostile.requests.map(({ path }) => path)).toEqual(['/folders']);
      expect(outcome.table('files').evidence?.complete ?? false).toBe(false);
    }
  });
});

describe('selectors', () => {
  const resources = { id: 'string*', name: { first: '_:string*', last: 'string' }, phones: [{ number: 'string*' }], emails: ['string*'] };

  test('array: one parameter for each column that is collected, as the API has it', async () => {
    await using server = await startServer(() => ({ json: [] }));
    const tables = { users: { resources, get: { call: { path: '/users' } } } };
    const config = { get: { selector: { mode: 'array', array: 'searchFields' } } };
    const { table } = await collect(connector(server.url, tables, config), systemOf('hr', ['users', 'users_phones']), testRun());
    expect(addresses(server.requests)).toEqual([
      '/users?searchFields[0]=id&searchFields[1]=name.first&searchFields[2]=emails&searchFields[3]=phones.number',
    ]);
    expect(table('users').evidence?.assumed.join(' ')).toContain('searchFields[0]');
  });

  test('objects: all of them in one parameter, which is said to be assumed', async () => {
    await using server = await startServer(() => ({ json: [] }));
    const tables = { users: { resources, get: { call: { path: '/users' } } } };
    const config = { get: { selector: { mode: 'objects', parameter: 'orgs' } } };
    const { table } = await collect(connector(server.url, tables, config), systemOf('hr', ['users']), testRun());
    expect(addresses(server.requests)).toEqual(['/users?orgs=id,name.first,emails']);
    expect(table('users').evidence?.assumed.join(' ')).toContain('joined by commas');
  });

  test('an operation that names its columns itself is left alone', async () => {
    await using server = await startServer(() => ({ json: [] }));
    const tables = { users: { resources, get: { call: { path: '/users?searchFields[0]=NameEmailID' } } } };
    const config = { get: { selector: { mode: 'array', array: 'searchFields' } } };
    await collect(connector(server.url, tables, config), systemOf('hr', ['users']), testRun());
    expect(addresses(server.requests)).toEqual(['/users?searchFields[0]=NameEmailID']);
  });
});

describe('where the rows stand', () => {
  const collectOne = async (
    answer: unknown,
    options: Json,
    resources: Json = { id: 'string*' },
  ): Promise<{ readonly rows: readonly unknown[]; readonly complete: boolean | undefined; readonly error: string | undefined }> => {
    await using server = await startServer((): Answer => ({ json: answer }));
    const tables = { users: { resources, get: { processing_options: options } } };
    const { table, rows, vault } = await collect(connector(server.url, tables), systemOf('hr', ['users']), testRun());
    const { evidence, error } = table('users');
    return { rows: vault.tables().length > 0 ? rows('users') : [], complete: evidence?.complete, error: error?.code };
  };
  const ids = (...values: readonly string[]): readonly Json[] => values.map((id) => ({ id }));

  test.each([
    [{ a: { b: ids('1', '2') } }, { output_field: 'a.b' }, ['1', '2']],
    [ids('1'), { output_field: null }, ['1']],
    [ids('1'), { output_field: 'null' }, ['1']],
    [{ 'a.b': ids('1') }, { output_field: 'a.b' }, ['1']],
    [
      { schools: [{ users: ids('1', '2') }, { users: [] }, { name: 'none' }, { users: ids('3') }] },
      { output_field: 'schools.users' },
      ['1', '2', '3'],
    ],
    [{ schools: [] }, { output_field: 'schools.users' }, []],
    [[{ list: ids('1') }, { list: ids('2') }], { output_field: 'list' }, ['1', '2']],
    [{ x: [{ y: [{ z: ids('1') }, { z: ids('2') }] }, { y: [] }] }, { output_field: 'x.y.z' }, ['1', '2']],
    [{ x: [{ y: { id: '1' } }, { y: null }] }, { output_field: 'x.y' }, ['1']],
    [{ aliases: ['a', 'b'] }, { output_field: 'aliases', stringArrayColumnName: 'id' }, ['a', 'b']],
    [['a', 'b'], { stringArrayColumnName: 'id' }, ['a', 'b']],
  ])('%j with %j has %j', async (answer, options, expected) => {
    expect(await collectOne(answer, options)).toEqual({ rows: ids(...expected), complete: true, error: undefined });
  });

  test('lists without anything at the path are no rows, and other things among them are missed', async () => {
    expect(await collectOne({ schools: [{ name: 'x' }] }, { output_field: 'schools.users' })).toMatchObject({
      rows: [],
      error: 'output-field-missing',
    });
    expect(await collectOne({ schools: [{ users: ids('1') }, { users: 'n/a' }] }, { output_field: 'schools.users' })).toMatchObject({
      complete: false,
    });
  });

  test('google and azure know where their rows are; the table says that it was assumed', async () => {
    for (const [handling, field] of [
      ['google', 'groups'],
      ['azure', 'value'],
    ] as const) {
      await using server = await startServer(() => ({ json: { [field]: ids('1'), other: [{ x: 1 }] } }));
      const tables = { groups: { resources: { id: 'string*' }, get: { call: { path: '/g' } } } };
      const { table, rows } = await collect(
        connector(server.url, tables, { call_handling: handling }),
        systemOf('hr', ['groups']),
        testRun(),
      );
      expect(rows('groups')).toEqual(ids('1'));
      expect(table('groups').evidence?.assumed.join(' ')).toContain(`"${field}"`);
    }
  });

  test('a null that is written out is the answer itself, also with google', async () => {
    await using server = await startServer(() => ({ json: { id: '7', settings: [{ id: 'no' }] } }));
    const tables = { settings: { resources: { id: 'string*' }, get: { processing_options: { output_field: null } } } };
    const { rows } = await collect(connector(server.url, tables, { call_handling: 'google' }), systemOf('hr', ['settings']), testRun());
    expect(rows('settings')).toEqual(ids('7'));
  });
});

test('XML: rows, attributes, child tables, numbers with all their digits, and pages', async () => {
  await using server = await startServer(({ query }): Answer => ({
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    text:
      query.get('page') === '1'
        ? `<?xml version="1.0"?><result total="2"><users><user ref="a&amp;b"><id>00012345678901234567890</id><n>42</n><phones><number>1</number></phones><tags>x</tags><tags>y</tags></user></users></result>`
        : query.get('page') === '2'
          ? `<result><users><user><id>2</id><n/></user></users></result>`
          : `<result><users/></result>`,
  }));
  const tables = {
    users: {
      resources: { id: 'string*', n: 'number*', '@ref': 'string*', phones: [{ number: 'string*' }], tags: ['string*'] },
      get: { call: { path: '/users' }, processing_options: { output_field: 'result.users.user' } },
    },
  };
  const config = { get: { pagination: { mode: 'generic', params: { page: '{page_number}' } } } };
  const { table, rows } = await collect(connector(server.url, tables, config), systemOf('hr', ['users', 'users_phones']), testRun());
  expect(rows('users')).toEqual([
    { id: '00012345678901234567890', n: 42, '@ref': 'a&b', tags: '["x","y"]' },
    { id: '2', n: null, '@ref': null, tags: null },
  ]);
  expect(rows('users_phones')).toEqual([{ users_id: '00012345678901234567890', number: '1' }]);
  expect(table('users').evidence).toMatchObject({ pages: 3, end: 'empty-page', complete: true });
});

describe('columns', () => {
  test('written only is not collected, element handlers are lists, and other types are text and said to be', async () => {
    await using server = await startServer(() => ({
      json: [{ id: '1', password: 'topsecret', aliases: 'one', more: ['x'], big: 5, _data: { t: 1 }, odd: 12 }],
    }));
    const handler = { _nim_mode_: 'array_element_update', handler: { crud_object: 'a', add: { operation: 'o' } } };
    const tables = {
      users: {
        resources: {
          id: 'string*',
          password: 'string^',
          aliases: { ...handler, config: ['string*'] },
          more: { ...handler, config: 'string*' },
          big: 'long*',
          _data: 'powerschool_extension_table*',
          odd: 'strin*g*',
          owner: '_nim*',
        },
        get: {},
      },
    };
    const system = systemOf('hr', ['users']);
    const span = { offset: 0, length: 0 };
    const all = {
      ...system,
      tables: system.tables.map((table) => ({
        ...table,
        columns: ['id', 'password', 'aliases', 'more', 'big', '_data', 'odd', 'owner'].map((text) => ({ text, span })),
      })),
    };
    const { table, rows } = await collect(connector(server.url, tables), all, testRun());
    expect(rows('users')).toEqual([{ id: '1', aliases: '["one"]', more: '["x"]', big: 5, _data: '{"t":1}', odd: '12', owner: null }]);
    const { assumed = [] } = table('users').evidence ?? {};
    expect(assumed).toEqual([
      'The type "powerschool_extension_table" is read as text: users._data.',
      'The type "strin*g" is read as text: users.odd.',
      'The type "_nim" is read as text: users.owner.',
    ]);
  });
});

test('iteration over several levels, over a child table, with further columns and base', async () => {
  await using server = await startServer(({ path }): Answer => {
    if (path === '/districts')
      return {
        json: [
          {
            id: 'd1',
            schools: [
              { code: 's/1', kind: 'k1' },
              { code: 's2', kind: 'k2' },
            ],
          },
          { id: 'd2' },
        ],
      };
    if (path.startsWith('/classes/')) return { json: [{ id: `${path.split('/').at(-1) ?? ''}-c` }] };
    return { json: [{ id: 'x' }] };
  });
  const tables = {
    districts: { resources: { id: 'string*', schools: [{ code: 'string*', kind: 'string' }] }, get: { call: { path: '/districts' } } },
    classes: {
      resources: { id: 'string*' },
      get: {
        call: {
          mode: 'iteration',
          table: 'districts_schools',
          iterator: 'code',
          iterator_columns: ['kind', 'districts_id'],
          path: '/classes/{districts_id}/{kind}/{iterator}',
          base: { school: '{iterator}', fixed: 'f', on: true },
        },
        maxSessionCount: 2,
      },
    },
    students: {
      key: 'student',
      resources: { student: 'string*', id: 'string*' },
      get: {
        call: {
          mode: 'iteration',
          table: 'classes',
          iterator: 'id',
          path: '/students',
          queryParameters: { of: '{iterator}' },
          base: { student: '{iterator}' },
        },
      },
    },
  };
  const { rows, report } = await collect(connector(server.url, tables), systemOf('hr', ['students']), testRun());
  expect(addresses(server.requests).toSorted()).toEqual([
    '/classes/d1/k1/s%2F1',
    '/classes/d1/k2/s2',
    '/districts',
    '/students?of=s%2F1-c',
    '/students?of=s2-c',
  ]);
  expect(report.tables.map(({ table }) => table)).toEqual(['districts', 'districts_schools', 'classes', 'students']);
  expect(rows('classes')).toEqual([
    { id: 's%2F1-c', school: 's/1', fixed: 'f', on: 'true' },
    { id: 's2-c', school: 's2', fixed: 'f', on: 'true' },
  ]);
  expect(rows('students').map((row) => row['student'])).toEqual(['s%2F1-c', 's2-c']);
});
