import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromDocument } from '../../../engine/model/new-connector/from-document.ts';
import { checkText } from '../../support/connector.ts';

/** Names as APIs have them, names that mean something to the format or to JavaScript, and any others. */
const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('id', 'Id', 'name', 'userId', 'user_id', 'groups', 'members', 'items', 'data', 'value', 'next', 'type'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '_nim_mode_',
      'handler',
      'config',
      'iterator',
      'page_size',
      'tenant_id',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('a.b', '{x}', '{', 'a b', '@odata.id', '$ref', 'ünï', '', '_', 'x'.repeat(80)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

const references = ['#/components/schemas/A', '#/components/schemas/B', '#/components/schemas/Gone', '#/paths', 'other.yaml#/X', '#'];

/** Schemas that nest, refer to each other and themselves, and are wrong now and then. */
const { schema, object } = fc.letrec<{ schema: unknown; object: { properties: Readonly<Record<string, unknown>> } }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record(
      {
        type: fc.constantFrom<unknown>('string', 'integer', 'boolean', 'number', ['string', 'null'], ['integer', 'string'], 'null', 7),
        format: fc.constantFrom('date', 'date-time', 'password', 'uri'),
        readOnly: fc.boolean(),
        writeOnly: fc.boolean(),
        default: fc.constantFrom<unknown>(0, 'a', '{b}', null),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ $ref: fc.constantFrom(...references) }),
    tie('object'),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ allOf: fc.array(tie('schema'), { maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { maxLength: 3 }) }),
    fc.constantFrom<unknown>({}, true, null, [], { properties: 3 }, { enum: [1, 2] }, { const: 'x' }),
  ),
  object: fc
    .tuple(fc.array(fc.tuple(name, tie('schema')), { maxLength: 7 }), fc.array(name, { maxLength: 3 }))
    .map(([properties, required]) => ({ type: 'object', required, properties: Object.fromEntries(properties) })),
}));

const word = fc.constantFrom('users', 'groups', 'members', 'search', 'items', 'Users', 'a-b', 'päth', 'x{y}');
const variable = fc.constantFrom('{id}', '{user_id}', '{groupId}', '{name}', '{x.y}', '{}', '{org}');
/** A path that ends in a word, below up to two things. */
const path = fc
  .tuple(fc.constantFrom('', '/v1'), fc.array(fc.tuple(word, variable), { maxLength: 2 }), word)
  .map(([start, above, last]) => `${start}${above.map(([thing, one]) => `/${thing}/${one}`).join('')}/${last}`);
const content = schema.map((one) => ({ 'application/json': { schema: one } }));
/** Mostly a list of rows, bare or in an envelope. */
const rows = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: object }, { weight: 1, arbitrary: schema }), fc.integer({ min: 0, max: 5 }), object)
  .map(([item, kind, beside]) => {
    const list = { type: 'array', items: item };
    const envelope = { type: 'object', properties: { ...beside.properties, items: list } };
    return {
      'application/json': { schema: kind === 0 ? item : kind === 1 ? envelope : kind === 2 ? { properties: { data: list } } : list },
    };
  });
const parameter = fc.record(
  {
    name: fc.oneof(name, fc.constantFrom('page', 'pageSize', 'limit', 'offset', 'cursor', 'startIndex', '$top', 'page[number]')),
    in: fc.constantFrom('query', 'path', 'header'),
    required: fc.boolean(),
    schema,
  },
  { requiredKeys: ['name', 'in'] },
);
const parts = {
  parameters: fc.array(parameter, { maxLength: 3 }),
  deprecated: fc.constantFrom(false, false, false, true),
  security: fc.constantFrom<unknown>([{ s: ['one'] }], [{}], 'x'),
};
const list = fc.record({ ...parts, responses: fc.record({ '200': fc.record({ content: rows }) }) }, { requiredKeys: ['responses'] });
const write = fc.record({ ...parts, requestBody: fc.record({ content }) }, { requiredKeys: [] });
const listItem = fc.record({ get: list, post: write, put: write }, { requiredKeys: ['get'] });
const rowItem = fc.record({ get: write, put: write, patch: write, post: write, delete: write }, { requiredKeys: [] });
/** A list, and mostly the paths of its rows. */
const resource = fc
  .tuple(path, listItem, fc.option(fc.tuple(variable, rowItem), { freq: 3 }))
  .map(([at, item, row]) => [[at, item] as const, ...(row ? [[`${at}/${row[0]}`, row[1]] as const] : [])]);

const scheme = fc.constantFrom<unknown>(
  { type: 'http', scheme: 'basic' },
  { type: 'http', scheme: 'bearer' },
  { type: 'apiKey', in: 'header', name: 'X-Key' },
  { type: 'apiKey', in: 'query', name: 'key' },
  { type: 'apiKey', in: 'cookie', name: 'sid' },
  { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'http://a.example/{b}/token', scopes: { one: '' } } } },
  { type: 'oauth2', flows: { authorizationCode: { tokenUrl: '/token', authorizationUrl: '/login?x=1', scopes: {} } } },
  { type: 'oauth2', flows: { password: { tokenUrl: '/token' } } },
  { type: 'openIdConnect' },
  3,
);
const document = fc.record({
  openapi: fc.constantFrom('3.0.3', '3.1.0'),
  servers: fc.constantFrom<unknown>(
    [{ url: 'https://{host}.example/{v}', variables: { v: { default: '1' } } }],
    [{ url: '/api' }],
    [],
    'x',
    [{ url: '{s}://{h}' }],
  ),
  security: fc.constantFrom<unknown>(undefined, [{ s: [] }], [{ s: [], t: [] }], [{ gone: [] }]),
  paths: fc
    .array(resource, { minLength: 1, maxLength: 6 })
    .map((resources): Readonly<Record<string, unknown>> => Object.fromEntries<unknown>(resources.flat())),
  components: fc.record({ schemas: fc.record({ A: schema, B: schema }), securitySchemes: fc.record({ s: scheme, t: scheme }) }),
});

function findings(text: string): readonly string[] {
  return checkText(text)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, message }) => `${code}: ${message}`);
}

it('whatever an OpenAPI document says, the connector has no error and no warning', () => {
  let made = 0;
  fc.assert(
    fc.property(document, (given) => {
      const result = fromDocument(given);
      if (result.kind === 'refused') return;
      made++;
      expect(findings(result.text)).toEqual([]);
    }),
    { numRuns: 700 },
  );
  // Most documents of the kind above must give something, or the property says nothing.
  expect(made).toBeGreaterThan(350);
});

it('whatever a sample answer holds, the connector has no error and no warning', () => {
  let made = 0;
  const value = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, '', 1, true, '2024-01-01', '2024-01-01T10:00:00Z', 'x'),
      tie('object'),
      fc.array(tie('value'), { maxLength: 4 }),
    ),
    object: fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  })).value;
  fc.assert(
    fc.property(value, (given) => {
      const result = fromDocument(given);
      if (result.kind === 'refused') return;
      made++;
      expect(findings(result.text)).toEqual([]);
    }),
    { numRuns: 700 },
  );
  expect(made).toBeGreaterThan(150);
});
