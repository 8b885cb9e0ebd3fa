import { describe, expect, test } from 'vitest';
import { extractItem } from '../../../../engine/model/connector/refactor/extract-item.ts';
import { findTable } from '../../../../engine/model/connector/connector.ts';
import { valueOf, childOf, parseJson } from '../../../../engine/model/text/json.ts';
import { openConnector } from '../../../support/connector.ts';
import { parseMarks } from '../../../support/marks.ts';
import { applySoundly } from './support.ts';

interface Parts {
  readonly path?: string;
  readonly body?: string;
  readonly baseUrl?: string;
  readonly headers?: string;
  readonly connection?: string;
}

/** A connector with the marks of the parts in it. */
function connector({ path = '/users', body = '{}', baseUrl = 'https://{tenant_id}', headers = '{}', connection }: Parts): string {
  return `{
  "schema": {
    "crud_objects": {
      "users": {
        "key": "id",
        "operations": {
          "users_get": { "method": "get", "call": { "path": "${path}" } },
          "user_create": { "method": "post", "call": { "path": "/users" }, "semantics": "create", "body": ${body} }
        },
        "resources": { "id": "string*", "region": "string" }
      }
    }
  },
  "rest": {
    "config": {
      "baseUrl": "${baseUrl}",
      "authentication": "client_credentials",
      "call_handling": "generic",
      "headers": ${headers},
      "get": {},
      "test_connection": { "url": "/ping" }
    }
  }${connection === undefined ? '' : `,\n  "connection": ${connection}`}
}
`;
}

function extracted(parts: Parts): { readonly before: string; readonly found: ReturnType<typeof extractItem> } {
  const { text, caret, ranges } = parseMarks(connector(parts));
  const selection = ranges[0] ?? { offset: caret ?? -1, length: 0 };
  return { before: text, found: extractItem(openConnector(text).connector, text, selection) };
}

/** The text after the extraction, what stands in place of the mark, and the items. */
function after(parts: Parts): { readonly text: string; readonly items: unknown; readonly name: string } {
  const { before, found } = extracted(parts);
  if (!found) throw new Error('Nothing was extracted.');
  const text = applySoundly(before, found.edits);
  return { text, name: found.name, items: valueOf(childOf(parseJson(text, { strict: true }).root, 'connection', 'items')) };
}

describe('a text is extracted', () => {
  test('the host of an address, and the connection is made', () => {
    const { text, items } = after({ baseUrl: 'https://api<|>.example.com/v1' });
    expect(text).toContain('"baseUrl": "https://{host}/v1"');
    expect(items).toEqual([{ name: 'host', type: 'textbox', label: 'Host:', value: 'api.example.com', required: true }]);
    expect(text).toMatch(/\n {2}\},\n {2}"connection": \{\n {4}"items": \[\n {6}\{\n {8}"name": "host",/);
  });

  test('the host that a path names, where the caret is at it', () => {
    expect(after({ path: 'api<|>.example.com/users', baseUrl: 'https://' }).text).toContain('"path": "{host}/users"');
  });

  test('a whole value, behind the last item', () => {
    const { text, items } = after({
      headers: '{ "X-Region": "<|>eu-west" }',
      connection: '{ "items": [{ "name": "region_code", "order": 4 }] }',
    });
    expect(text).toContain('"X-Region": "{region}"');
    expect(items).toMatchObject([{ name: 'region_code' }, { name: 'region', value: 'eu-west', order: 5 }]);
  });

  test.each([
    ['{ "x-api-key": "<|>4f1c9a77b2" }', '"x-api-key": "{api_key}"', 'api_key'],
    ['{ "Authorization": "Bearer <|>9f8e7d6c5b4a" }', '"Authorization": "Bearer {access_token}"', 'access_token'],
  ])('a secret in %s without its value', (headers, written, name) => {
    const { text, items } = after({ headers });
    expect(text).toContain(written);
    expect(items).toEqual([expect.objectContaining({ name, password: true, required: true })]);
    expect(JSON.stringify(items)).not.toContain('value');
    expect(text).not.toMatch(/4f1c9a77b2|9f8e7d6c5b4a/);
  });

  test('the selected part of a path, under the name of what stands before it', () => {
    expect(after({ path: '/customer/<|my_customer|>/users' }).text).toContain('"/customer/{customer}/users"');
    expect(after({ path: '/users?state=<|active|>' }).text).toContain('"/users?state={state}"');
    // Put into a path a value is encoded.
    expect(after({ path: '<|/api/v2|>/users' }).text).toContain('"{path:no_encode}/users"');
  });

  test('with its quotes selected as without', () => {
    expect(after({ headers: '{ "X-Region": <|"eu-west"|> }' }).text).toContain('"X-Region": "{region}"');
  });

  test('under a name that is free in its place', () => {
    // In a write, {region} would be the column of that name.
    expect(after({ body: '{ "region": "<|>eu-west" }' }).text).toContain('{ "region": "{region_2}" }');
    expect(after({ headers: '{ "X-Tenant-Id": "<|>acme" }' }).name).toBe('tenant_id_2');
  });

  test('everywhere at once, where it stands more than once', () => {
    const { before, found } = extracted({
      path: '/orgs/<|acme|>/users',
      headers: '{ "X-Org": "acme", "X-Other": "acme-2" }',
      body: '{ "of": ["acme"], "{acme}": 1 }',
    });
    expect(found?.all?.count).toBe(3);
    const text = applySoundly(before, found?.all?.edits ?? []);
    expect(text).toContain('/orgs/{orgs}/users');
    expect(text).toContain('{ "X-Org": "{orgs}", "X-Other": "acme-2" }');
    expect(text).toContain('"of": ["{orgs}"]');
    expect(findTable(openConnector(text).connector, 'users')).toBeDefined();
  });
});

describe('nothing is extracted', () => {
  test.each<Parts>([
    { path: '/us<|>ers' },
    { path: 'https://other.example.com/us<|>ers' },
    { path: '/users/<|{page_|>size}' },
    { path: '/users/{pa<|ge|>_size}' },
    { headers: '{ "<|>X-Region": "eu" }' },
    { headers: '{ "X-Region": "{ten<|>ant_id}" }' },
    { headers: '{ "X-Region": "<|>" }' },
    { body: '{ "a": tr<|>ue }' },
    { body: '{ "a": "say \\"<|>hi\\"" }' },
    { headers: '{ "X-Region": "<|>eu" }', connection: '{ "items": {} }' },
    { headers: '{ "A": "a<|b", "B": "c|>d" }' },
  ])('from %j', (parts) => {
    expect(extracted(parts).found).toBeUndefined();
  });
});
