import { expect, test } from 'vitest';
import { parseJson } from '../../../engine/model/text/json.ts';
import { buildRequest, renderBody, type BuiltRequest } from '../../../engine/run/collect/request.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import { connectorOf, systemOf } from './support.ts';

const values = new Map(Object.entries({ id: 'a/b c', word: 'x&y', n: 7, yes: true, none: null, list: ['a', 'b'], dots: '..', empty: '' }));

function build(
  operation: Readonly<Record<string, unknown>>,
  config: Readonly<Record<string, unknown>> = {},
  attributes?: Readonly<Record<string, unknown>>,
): BuiltRequest {
  const connector = connectorOf({
    schema: { crud_objects: { 'my table': { resources: {}, operations: { op: { method: 'get', ...operation } } } } },
    rest: { config: { baseUrl: 'https://h.example/api/', ...config } },
  });
  const connection = resolveConnection(connector, systemOf('s', [], { org: 'o1' }), { env: {}, secrets: new Map() });
  const found = connector.tables[0]?.operations[0];
  if (!found) throw new Error('no operation');
  return buildRequest({ connector, operation: found, variables: values, connection, ...(attributes && { attributes }) });
}

test.each([
  [{}, 'https://h.example/api/my%20table'],
  [{ call: { path: '/users/{id}' } }, 'https://h.example/api/users/a%2Fb%20c'],
  [{ call: { path: 'users/{id:no_encode}' } }, 'https://h.example/api/users/a/b c'],
  [{ call: { path: '/u?x=1', queryParameters: { q: '{word}', $top: '{n}' } } }, 'https://h.example/api/u?x=1&q=x%26y&$top=7'],
  [{ call: { path: '/u#top', queryParameters: { q: '1' } } }, 'https://h.example/api/u?q=1'],
  [
    { call: { path: '/u', queryParameters: { 'f[0]': 'a eq "{word}"', flag: true } } },
    'https://h.example/api/u?f[0]=a%20eq%20%22x%26y%22&flag=true',
  ],
  [{ call: { path: '/u', queryParameters: { q: '{empty}', r: '', s: '{org}' } } }, 'https://h.example/api/u?r=&s=o1'],
  [{ call: { path: '/u', queryParameters: { a: '2' } }, query_parameters: { a: '1', b: '3' } }, 'https://h.example/api/u?a=2&b=3'],
])('address of %j', (operation, url) => {
  expect(build(operation).url).toBe(url);
});

test('a host in the path, where the base address is only the scheme', () => {
  expect(build({ call: { path: '/www.example/{id}' } }, { baseUrl: 'https://' }).url).toBe('https://www.example/a%2Fb%20c');
});

test('what cannot be sent is named', () => {
  expect(() => build({ call: { path: '/{nothing}' } })).toThrow(expect.objectContaining({ code: 'variable-missing', subject: 'nothing' }));
  expect(() => build({ call: { path: '/{none}' } })).toThrow(expect.objectContaining({ code: 'variable-missing', subject: 'none' }));
  // An empty segment would be another address: that of the whole list, to read or to delete.
  for (const path of ['/users/{empty}', '/users/{empty}/mails', '/users/{empty}?all=1', '{empty}'])
    expect(() => build({ call: { path } })).toThrow(expect.objectContaining({ code: 'variable-missing', subject: 'empty' }));
  for (const path of ['/users/x{empty}', '/users/{n}{empty}', '/users?name={empty}']) expect(() => build({ call: { path } })).not.toThrow();
  expect(() => build({ call: { path: '/a/{dots}/b' } })).toThrow(expect.objectContaining({ code: 'path-unsafe' }));
  expect(() => build({ call: { path: '/a/{dots:no_encode}/b' } })).toThrow(expect.objectContaining({ code: 'path-unsafe', subject: '..' }));
});

test('headers, and query parameters that belong to gets only', () => {
  const config = { headers: { 'X-Org': '{org}' }, accept: 'application/scim+json', get: { queryParameters: { all: 'yes' } } };
  expect(build({}, config)).toEqual({
    verb: 'GET',
    url: 'https://h.example/api/my%20table?all=yes',
    headers: { accept: 'application/scim+json', 'x-org': 'o1' },
  });
  expect(build({ method: 'put' }, config, { a: 1 })).toEqual({
    verb: 'PUT',
    url: 'https://h.example/api/my%20table',
    headers: { accept: 'application/scim+json', 'content-type': 'application/json', 'x-org': 'o1' },
    body: '{"a":1}',
  });
  expect(build({ method: 'delete' }, {}, { a: 1 })).not.toHaveProperty('body');
  expect(build({ method: 'post', body: { k: '{word}', n: '{n}' } }, { postAsForm: true }, {}).body).toBe('k=x%26y&n=7');
  expect(build({ method: 'post', body: { l: '{list}', none: '{none}', o: { a: '{n}' } } }, { postAsForm: true }, {}).body).toBe(
    'l=a&l=b&none=&o=%7B%22a%22%3A7%7D',
  );
});

test('a body keeps the type of a variable that stands alone, and merges attributes where it says so', () => {
  const render = (body: unknown): unknown => {
    const { value, missing } = renderBody(parseJson(JSON.stringify(body), { strict: true }).root, (name) => values.get(name), {
      a: 1,
      role: 'x',
    });
    return missing.length > 0 ? { value, missing } : value;
  };
  expect(render({ n: '{n}', yes: '{yes}', none: '{none}', list: ['{list}'], text: 'no {n}', plain: 3, nil: null })).toEqual({
    n: 7,
    yes: true,
    none: null,
    list: [['a', 'b']],
    text: 'no 7',
    plain: 3,
    nil: null,
  });
  expect(render({ outer: { _nim_merge_attributes_: true, role: 'OWNER' } })).toEqual({ outer: { a: 1, role: 'OWNER' } });
  expect(render({ _nim_merge_attributes_: false, b: 2 })).toEqual({ b: 2 });
  expect(render([{ do: '{nothing}' }, 'x {nothing}'])).toEqual({ value: [{ do: null }, 'x '], missing: ['nothing'] });
  expect(renderBody(undefined, () => undefined, { a: 1 }).value).toEqual({ a: 1 });
  expect(render({ ['__proto__']: '{n}' })).toEqual(JSON.parse('{"__proto__":7}'));
});
