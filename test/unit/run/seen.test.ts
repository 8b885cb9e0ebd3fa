import { expect, test } from 'vitest';
import { findTable } from '../../../engine/model/connector/connector.ts';
import { deepestSeenPath, isSecretName, mostSeenPaths, type SeenAnswer } from '../../../engine/model/connector/knowledge.ts';
import { createSeenNotes } from '../../../engine/run/collect/seen.ts';
import { wrappedList } from '../../../engine/run/collect/wrapped.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { connectorOf } from './support.ts';

const connector = connectorOf({
  schema: {
    crud_objects: {
      users: {
        key: 'id',
        resources: {
          id: 'string*',
          name: { given: 'string*' },
          emails: [{ value: 'string*' }],
          tags: ['string*'],
          aliases: { _nim_mode_: 'array_element_update', handler: {}, config: ['string*'] },
        },
        operations: { users_get: { method: 'get', call: { base: { tenant: '{tenant_id}' } } } },
      },
    },
  },
});
const users = findTable(connector, 'users');
if (!users) throw new Error('the table is there');

function seenIn(rows: readonly unknown[], secrets: readonly string[] = []): SeenAnswer {
  const notes = createSeenNotes(users as NonNullable<typeof users>, connector.tables);
  notes.look(rows);
  return notes.answer(createRedactor(secrets));
}

const pathsOf = ({ paths }: SeenAnswer): readonly string[] => paths.map(({ path }) => path.join('.'));

test('what is declared leaves nothing behind', () => {
  const row = { id: '1', name: { given: 'Ann' }, emails: [{ value: 'a@x' }], tags: ['a'], aliases: ['b'], tenant: 't' };
  expect(seenIn([row, { id: '2', name: null, emails: null }, { id: 3, emails: { value: 'alone' } }])).toEqual({ rows: 3, paths: [] });
});

test('what is not declared is noted with its types, how often it was filled, and two values', () => {
  const seen = seenIn([
    { id: 1, mail: 'a@x', age: 7, active: true, born: '2001-02-03', at: '2001-02-03T04:05:06Z', mixed: '2001-02-03', none: null },
    { id: 2, mail: 'b@x', age: 8, active: false, born: '2002-02-03', at: '2001-02-03 04:05:06.7+02:00', mixed: 'later', none: '' },
    { id: 3, mail: 'b@x', age: 'old', mixed: 5 },
    { id: 4, mail: 'c@x' },
  ]);
  expect(
    Object.fromEntries(seen.paths.map(({ path, types, filled, of, samples }) => [path.join('.'), { types, filled, of, samples }])),
  ).toEqual({
    active: { types: ['boolean'], filled: 2, of: 4, samples: ['true', 'false'] },
    age: { types: ['number', 'text'], filled: 3, of: 4, samples: ['7', '8'] },
    at: { types: ['datetime'], filled: 2, of: 4, samples: ['2001-02-03T04:05:06Z', '2001-02-03 04:05:06.7+02:00'] },
    born: { types: ['date'], filled: 2, of: 4, samples: ['2001-02-03', '2002-02-03'] },
    mail: { types: ['text'], filled: 4, of: 4, samples: ['a@x', 'b@x'] },
    mixed: { types: ['date', 'number', 'text'], filled: 3, of: 4, samples: ['2001-02-03', 'later'] },
    none: { types: [], filled: 0, of: 4, samples: [] },
  });
});

test('objects are looked into, lists of objects are child tables, and both may be declared in part', () => {
  const seen = seenIn([
    { id: 1, name: { given: 'A', family: 'B' }, emails: [{ value: 'x', primary: true }, { value: 'y', primary: false }, { value: 'z' }] },
    {
      id: 2,
      address: { city: 'C', geo: { lat: 1 } },
      roles: [{ id: 7, scopes: ['a', 'b'] }, { id: 8 }],
      codes: [1, 2],
      empty: [],
      odd: {},
    },
  ]);
  expect(seen.paths.map(({ path, types, filled, of }) => [path.join('.'), types.join(), filled, of])).toEqual([
    ['address.city', 'text', 1, 2],
    ['address.geo.lat', 'number', 1, 2],
    ['codes', 'list', 1, 2],
    ['emails.primary', 'boolean', 2, 3],
    ['empty', '', 0, 2],
    ['name.family', 'text', 1, 2],
    ['odd', '', 0, 2],
    ['roles', 'objects', 1, 2],
    ['roles.id', 'number', 2, 2],
    ['roles.scopes', 'list', 1, 2],
  ]);
});

test('names are only names', () => {
  const row: unknown = JSON.parse('{"id":1,"__proto__":"p","constructor":{"name":"c"},"a.b":"dot","":"none","toString":1}');
  expect(seenIn([row]).paths.map(({ path }) => path)).toEqual([[''], ['__proto__'], ['a.b'], ['constructor', 'name'], ['toString']]);
});

test('no secret becomes a sample: neither by its name nor by its value, in whatever it stands', () => {
  const seen = seenIn(
    [
      {
        id: 1,
        apiKey: 'k-123',
        auth: { value: 'v' },
        credentials: { user: 'u' },
        note: 'it is hunter2!',
        hunter2: 'x',
        link: 'https://x/?t=hunter2',
      },
    ],
    ['hunter2'],
  );
  expect(JSON.stringify(seen)).not.toMatch(/hunter2|k-123|"u"/);
  expect(pathsOf(seen)).toEqual(['apiKey', 'auth.value', 'credentials.user', 'link', 'note']);
  for (const name of ['password', 'Passwd', 'client_secret', 'accessToken', 'api-key', 'x_api_key', 'pin', 'passwordHash'])
    expect(isSecretName(name), name).toBe(true);
  for (const name of ['mail', 'shipping', 'passport', 'key', 'opinion']) expect(isSecretName(name), name).toBe(false);
});

test('samples are one short line', () => {
  const [long] = seenIn([{ id: 1, text: `a\n\u0007b${'x'.repeat(200)}`, document: 'y'.repeat(6000) }]).paths.filter(
    ({ path }) => path[0] === 'text',
  );
  expect(long?.samples[0]).toMatch(/^a bx+…$/);
  expect(long?.samples[0]).toHaveLength(60);
  expect(seenIn([{ id: 1, document: 'y'.repeat(6000) }]).paths[0]?.samples).toEqual([]);
});

test('an answer without end or bottom is cut', () => {
  const wide = Object.fromEntries(Array.from({ length: 2 * mostSeenPaths }, (_, i) => [`id-${i}`, i]));
  const seen = seenIn([{ id: 1, byId: wide }]);
  expect(seen.paths.length).toBeLessThanOrEqual(mostSeenPaths);
  expect(seen.more).toBe(true);
  let deep: unknown = 'bottom';
  for (let i = 0; i < 50; i++) deep = { down: deep };
  const [only] = seenIn([{ id: 1, ...(deep as object) }]).paths;
  expect(only?.path).toHaveLength(deepestSeenPath);
  expect(only?.types).toEqual(['object']);
});

test.each<readonly [unknown, string | undefined]>([
  [{ items: [{ id: 1 }], total: 1 }, 'items'],
  [{ data: { users: [{ x: 1 }] } }, 'data.users'],
  [{ 'odata.value': [{ id: 1 }] }, 'odata.value'],
  [{ items: [{ id: 1 }], links: [{ href: 'x' }] }, 'items'],
  [{ items: [{ x: 1 }], links: [{ href: 'x' }] }, undefined],
  [{ items: [{ id: 1 }], others: [{ id: 1 }] }, undefined],
  [{ items: [] }, undefined],
  [{ items: ['a'] }, undefined],
  [{ id: 1, tags: ['x'], roles: [{ id: 'r' }] }, undefined],
  [{ id: 1, value: [{ id: 'u', name: { given: 'A' } }] }, 'value'],
  [[{ id: 1 }], undefined],
  [null, undefined],
  ['text', undefined],
])('the list that %j wraps is %s', (body, path) => {
  expect(wrappedList(body, users)).toBe(path);
});
