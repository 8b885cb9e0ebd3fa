import { describe, expect, it } from 'vitest';
import { connectorSchema, type JsonSchema } from '../../../schemas/connector-schema.ts';
import { conditionalProperties, propertySchema, resolveSchema, schemaAt } from '../../../engine/model/connector/schema-walk.ts';
import { checkText, readSections, wrapTables } from '../../support/connector.ts';
import { hoverAt, labelsAt, sampleWith, textAfter } from '../../support/connector-language.ts';
import { parseAnnotations } from '../../support/marks.ts';

/** What the schema and the reader say; the rules have fixtures of their own. */
const schemaCodes: readonly string[] = [
  'not-json',
  'wrong-type',
  'unknown-value',
  'missing-property',
  'extra-elements',
  'empty-object',
  'wrong-value',
];

describe('what does not fit the schema', () => {
  for (const { title, body } of readSections('schema.txt')) {
    it(title, () => {
      const { text, expected } = parseAnnotations(wrapTables(body));
      const found = checkText(text).filter(({ code }) => schemaCodes.includes(code));
      const show = (offset: number, length: number, code: string): string =>
        `${code} at ${text.slice(offset, offset + length)} (${offset})`;
      expect(found.map(({ span, code }) => show(span.offset, span.length, code))).toEqual(
        expected.map(({ offset, length, code }) => show(offset, length, code)),
      );
      expected.forEach(({ message }, index) => {
        expect(found[index]?.message).toContain(message);
      });
    });
  }
});

interface Place {
  readonly path: string;
  readonly name: string;
  readonly schema: JsonSchema;
}

/** Every property of every branch, and every object, as readers see them. */
function everyPlace(): { readonly properties: readonly Place[]; readonly objects: readonly (readonly [string, JsonSchema])[] } {
  const properties: Place[] = [];
  const objects: (readonly [string, JsonSchema])[] = [];
  const seen = new Set<JsonSchema>();
  const visit = (raw: JsonSchema, path: string): void => {
    const schema = resolveSchema(raw);
    if (seen.has(schema)) return;
    seen.add(schema);
    objects.push([path, schema]);
    for (const [name, child] of Object.entries(schema.properties ?? {})) {
      properties.push({ path, name, schema: resolveSchema(child) });
      visit(child, `${path}.${name}`);
    }
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}.*`);
    if (schema.items) visit(schema.items, `${path}[]`);
  };
  visit(connectorSchema, '');
  for (const branch of branchesOf(connectorSchema)) visit(branch, 'branch');
  return { properties, objects };
}

/** The branches of every definition; what only they know must have texts, too. */
function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const below = [...Object.values(schema.definitions ?? {}), ...Object.values(schema.properties ?? {})];
  const own = (schema.allOf ?? []).flatMap(({ then }) => (then ? [then] : []));
  return [...own, ...below.flatMap(branchesOf)];
}

describe('the schema', () => {
  const { properties, objects } = everyPlace();

  it('has a text for every property, with its default and an example', () => {
    expect(properties.length).toBeGreaterThan(150);
    // The branches that only add to authOptions leave its text to the place that always holds.
    const told = properties.filter(({ path, name }) => !(path === 'branch' && name === 'authOptions'));
    const silent = told.filter(({ schema }) => {
      const { description = '', deprecationMessage } = schema;
      return deprecationMessage === undefined
        ? !/^.{10,} Default: .+ Example: .+/s.test(description)
        : description.length < 10 || !/\b(Write|Remove) /.test(deprecationMessage);
    });
    expect(silent.map(({ path, name, schema }) => `${path}.${name}: ${schema.description}`)).toEqual([]);
  });

  it('has a text for every kind of entry', () => {
    expect(objects.filter(([path, { description = '' }]) => !path.startsWith('branch') && description.length < 10)).toEqual([]);
  });

  it('has a text for every value of an enumeration', () => {
    const uneven = objects.filter(([, schema]) => schema.enum && schema.enumDescriptions?.length !== schema.enum.length);
    expect(uneven.map(([path]) => path)).toEqual([]);
  });

  it('has only references and conditions that its readers understand', () => {
    const all = JSON.stringify(connectorSchema);
    for (const [, name = ''] of all.matchAll(/"\$ref":"([^"]*)"/g))
      expect(Object.keys(connectorSchema.definitions ?? {})).toContain(name.replace('#/definitions/', ''));
    for (const keyword of ['"else":', '"oneOf":', '"anyOf":', '"patternProperties":']) expect(all).not.toContain(keyword);
    // Completion would take the value of a condition for the one to write.
    for (const [condition] of all.matchAll(/"if":\{.*?\},"then"/g)) expect(condition).toContain('"doNotSuggest":true');
  });

  it('has snippets where an author starts', () => {
    const snippets = (...path: string[]): readonly unknown[] | undefined =>
      (schemaAt(path) as { readonly defaultSnippets?: readonly unknown[] } | undefined)?.defaultSnippets;
    for (const path of [
      [],
      ['schema', 'crud_objects'],
      ['schema', 'crud_objects', 'x'],
      ['schema', 'crud_objects', 'x', 'operations'],
      ['schema', 'crud_objects', 'x', 'resources'],
      ['schema', 'crud_objects', 'x', 'groupmembership'],
      ['schema', 'crud_objects', 'x', 'operations', 'y', 'call'],
      ['schema', 'crud_objects', 'x', 'operations', 'y', 'body'],
      ['rest', 'config'],
      ['rest', 'config', 'get'],
      ['rest', 'config', 'get', 'pagination'],
      ['rest', 'config', 'get', 'selector'],
      ['rest', 'config', 'retry'],
      ['connection'],
      ['connection', 'items'],
      ['config_scenarios'],
    ])
      expect(snippets(...path)?.length ?? 0, path.join('.')).toBeGreaterThan(0);
  });

  it('marks every older spelling', () => {
    const marked = new Set(properties.flatMap(({ name, schema }) => (schema.deprecationMessage === undefined ? [] : [name])));
    expect([...marked].sort()).toEqual(
      ['customer', 'maxPageCount', 'maxSessionCount', 'parameters', 'queryParametersConfig', 'query_parameters', 'url_part'].sort(),
    );
    // In the general settings and in an operation these are today's spelling.
    expect(schemaAt(['rest', 'config', 'get', 'maxPageCount'])?.deprecationMessage).toBeUndefined();
    expect(schemaAt(['schema', 'crud_objects', 'x', 'operations', 'y', 'maxSessionCount'])?.deprecationMessage).toBeUndefined();
  });
});

describe('reading the schema', () => {
  const call = schemaAt(['schema', 'crud_objects', 'users', 'operations', 'users_get', 'call']) ?? {};

  it('knows the properties of every branch, and which hang on a condition', () => {
    expect(Object.keys(call.properties ?? {})).toEqual(expect.arrayContaining(['mode', 'path', 'iterator', 'values']));
    expect(propertySchema(call, 'iterator')?.description).toContain('Iteration');
    expect(propertySchema(call, 'nothing')).toBeUndefined();
    expect([...conditionalProperties(call).keys()]).toEqual(expect.arrayContaining(['path', 'iterator', 'values']));
    expect(conditionalProperties(call).has('mode')).toBe(false);
  });

  it('puts together what the authentication kinds add to authOptions, and asks for them one level out', () => {
    const options = schemaAt(['rest', 'authOptions']) ?? {};
    expect(Object.keys(options.properties ?? {})).toEqual(
      expect.arrayContaining(['allowedHosts', 'authUrl', 'scopes', 'JWT', 'tokenPath', 'loginUrl', 'useBasicAuthPost']),
    );
    expect(options.description).toContain('How to get the token');
    expect(conditionalProperties(options).get('tokenPath')).toMatchObject([[{ up: 1 }]]);
    expect(conditionalProperties(options).has('allowedHosts')).toBe(false);
  });

  it('takes the names below resources for columns, also those that mean something beside _nim_mode_', () => {
    const column = schemaAt(['schema', 'crud_objects', 'users', 'resources', 'handler', 'config', 'anything']);
    expect(column?.description).toContain('string*');
  });

  it('is the same each time', () => {
    expect(schemaAt(['rest', 'config', 'get', 'pagination'])).toBe(schemaAt(['rest', 'config', 'get', 'pagination']));
  });
});

describe('completion offers what fits', () => {
  const properties = async (piece: string, replacement: string): Promise<readonly string[]> => labelsAt(sampleWith(piece, replacement));

  it('the mode of the call', async () => {
    const at = (mode: string): Promise<readonly string[]> => properties('"call": { "path": "/groups" }', `"call": { ${mode}<|> }`);
    expect(await at('"mode": "iteration", ')).toEqual(expect.arrayContaining(['table', 'iterator', 'iterator_columns', 'base', 'path']));
    expect(await at('"mode": "iteration", ')).not.toContain('values');
    expect(await at('"mode": "constant", ')).toEqual(['values']);
    for (const mode of ['"mode": "normal", ', '']) {
      const labels = await at(mode);
      expect(labels).toEqual(expect.arrayContaining(['path', 'queryParameters']));
      expect(labels).not.toContain('iterator');
      expect(labels).not.toContain('query_parameters');
    }
  });

  it('the mode of paging, and the kinds of retry', async () => {
    const paging = (mode: string): Promise<readonly string[]> =>
      properties('"pagination": {', `"pagination": { "mode": "${mode}", <|> }, "x": {`);
    expect(await paging('url')).toEqual(expect.arrayContaining(['field', 'last_page', 'replace_in_url', 'query_params', 'zero_based']));
    expect(await paging('skip_take')).toContain('zero_based');
    expect(await paging('skip_take')).not.toContain('field');
    expect(await paging('link')).toEqual(expect.arrayContaining(['page_size', 'params']));
    expect(await paging('link')).not.toContain('zero_based');
    const own = (pagination: string): Promise<readonly string[]> =>
      properties('"call": { "path": "/groups" }', `"call": { "path": "/groups" }, "pagination": ${pagination}`);
    expect(await own('<|>')).toContain('"none"');
    expect(await own('{ "mode": "url", <|> }')).toEqual(expect.arrayContaining(['field', 'last_page', 'page_size']));
    expect(await own('{ "mode": "<|>" }')).toEqual(expect.arrayContaining(['"link"', '"skip_take"']));
    const retry = (text: string): Promise<readonly string[]> => properties('"retry": [{', `"retry": [${text}, {`);
    expect(await retry('{ "type": "connectionError", <|> }')).not.toContain('statusCode');
    expect(await retry('{ "type": "statusCode", <|> }')).toEqual(expect.arrayContaining(['statusCode', 'filterPath', 'filterValues']));
    const policy = (type: string): Promise<readonly string[]> =>
      retry(`{ "type": "statusCode", "statusCode": 1, "retry": { "type": "${type}", <|> } }`);
    expect(await policy('simple')).toEqual(['waitTime', 'maxCount']);
    expect(await policy('exponential')).toEqual(['ceiling', 'timeSlice', 'maxCount']);
  });

  it('the kind of authentication', async () => {
    const options = (kind: string): Promise<readonly string[]> =>
      labelsAt(`{ "rest": { "config": { "authentication": "${kind}" }, "authOptions": { <|> } } }`);
    expect(await options('certificate')).toEqual(expect.arrayContaining(['authUrl', 'scopes', 'JWT', 'allowedHosts']));
    expect(await options('certificate')).not.toContain('loginUrl');
    expect(await options('custom_post_token')).toEqual(expect.arrayContaining(['postData', 'directToken', 'tokenPath']));
    expect(await options('authorization_code_grant')).toEqual(expect.arrayContaining(['loginUrl', 'useBasicAuthPost']));
    expect(await options('basic_auth')).toEqual(['allowedHosts']);
    expect(await labelsAt('{ "rest": { "config": { "authentication": "certificate" }, "authOptions": <|> } }')).toContain(
      'authOptions (signed token)',
    );
  });

  it('the type of a connection item, and the handler of a column that has one', async () => {
    const item = (type: string): Promise<readonly string[]> => properties('"items": [{', `"items": [{ "type": "${type}", <|> }, {`);
    expect(await item('textbox')).toEqual(expect.arrayContaining(['value', 'password', 'required']));
    expect(await item('text')).toContain('text');
    expect(await item('text')).not.toContain('value');
    expect(await item('combo')).toEqual(expect.arrayContaining(['table', 'settings_combo']));
    expect(await item('combo')).not.toContain('settings_grid');
    const column = (text: string): Promise<readonly string[]> => properties('"created": "datetime"', `"created": ${text}`);
    expect(await column('{ "_nim_mode_": "array_element_update", <|> }')).toEqual(expect.arrayContaining(['handler', 'config']));
    expect(await column('{ <|> }')).not.toContain('handler');
  });

  it('the property that chooses, without choosing for the author', async () => {
    const { after } = await textAfter(sampleWith('"call": { "path": "/groups" }', '"call": { <|> }'), 'mode');
    expect(after).toMatch(/"call": \{ "mode":\s+\}/);
  });

  it('snippets that make sound connectors', async () => {
    const places: readonly (readonly [string, readonly string[]])[] = [
      ['<|>', ['connector']],
      [sampleWith('"resources": {', '"resources": {\n<|>'), ['child table', 'multi-value column', 'array element update']],
      [sampleWith('"pagination": {', '"pagination": <|>, "x": {'), ['pagination (page in the path)', 'pagination (token)']],
      [sampleWith('"items": [{', '"items": [<|>, {'), ['connection item (heading)']],
    ];
    for (const [marked, labels] of places) {
      for (const label of labels) {
        const { after } = await textAfter(marked, label);
        const codes = checkText(after).map(({ code }) => code);
        for (const code of ['not-json', 'wrong-type', 'unknown-value', 'missing-property', 'property-of-other-mode'])
          expect(codes, `${label}: ${after}`).not.toContain(code);
      }
    }
  });
});

describe('hover', () => {
  it('shows the text of a property that only one branch has', async () => {
    expect(await hoverAt(sampleWith('"iterator_columns"', '"iterator<|>_columns"'))).toContain('further columns of that row');
    expect(await hoverAt('{ "rest": { "config": { "authentication": "certificate" }, "auth<|>Options": { "scopes": ["x"] } } }')).toContain(
      'How to get the token',
    );
  });
});
