import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A connector to measure on. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

const corpus = join(process.env['SOLLIST_CORPUS'] ?? resolve(import.meta.dirname, '../../../shared/corpus'), 'connectors');

/** The largest shipped connector and one ten times its size; where there are none, generated ones of the same sizes. */
export function samples(): readonly Sample[] {
  const largest = largestShipped() ?? { name: 'a generated connector', text: generate(220_000) };
  return [largest, { name: `${largest.name} ten times over`, text: tenfold(largest.text) }];
}

function largestShipped(): Sample | undefined {
  if (!existsSync(corpus)) {
    console.log(`The shipped connectors are not at ${corpus} (SOLLIST_CORPUS); generated ones take their place.`);
    return undefined;
  }
  return readdirSync(corpus)
    .filter((name) => name.endsWith('.json'))
    .map((name): Sample => ({ name, text: readFileSync(join(corpus, name), 'utf8').replace(/^\uFEFF/, '') }))
    .sort((a, b) => b.text.length - a.text.length)[0];
}

type Json = Record<string, unknown>;

/** The same tables under new names, as often as it takes. */
function tenfold(text: string): string {
  const connector = JSON.parse(text) as Json & { schema: Json & { crud_objects: Json } };
  const tables = Object.entries(connector.schema.crud_objects);
  const print = (): string => `${JSON.stringify(connector, null, '\t')}\n`;
  for (let copy = 1; print().length < text.length * 10; copy++) {
    for (const [name, table] of tables) connector.schema.crud_objects[`${name}_${copy}`] = table;
  }
  return print();
}

/** A connector of about `size` characters with everything a table can have. */
export function generate(size: number): string {
  const tables: Json = {};
  const connector = {
    schema: { crud_objects: tables },
    rest: {
      config: {
        baseUrl: 'https://{tenant_id}/api',
        authentication: 'client_credentials',
        call_handling: 'generic',
        get: { pagination: { mode: 'skip_take', page_size: '{page_size}', params: { offset: '{skip_count}', limit: '{take_count}' } } },
        test_connection: { url: 'https://{tenant_id}/api/users' },
      },
      authOptions: { authUrl: 'https://{tenant_id}/token' },
    },
    connection: { items: [{ name: 'page_size', type: 'textbox', label: 'Page size:', value: '100' }] },
  };
  let length = 0;
  for (let number = 1; length < size; number++) {
    const name = `table${number}`;
    const table = tableOf(name, number > 1 ? `table${number - 1}` : undefined);
    tables[name] = table;
    length += JSON.stringify(table, null, '\t').length * 1.25;
  }
  return `${JSON.stringify(connector, null, '\t')}\n`;
}

const columns = ['userName', 'displayName', 'mail', 'employeeNumber', 'department', 'title', 'manager', 'phone', 'site', 'status'];

function tableOf(name: string, parent: string | undefined): Json {
  const resources: Json = { id: 'string*', name: { first: 'string*', last: 'string*' }, tags: ['string*'], active: 'boolean*' };
  for (const column of columns) resources[column] = 'string*';
  const get: Json =
    parent === undefined
      ? { mode: 'normal', path: `/${name}` }
      : { mode: 'iteration', table: parent, iterator: 'id', path: `/${parent}/{iterator}/${name}`, base: { parent_id: '{iterator}' } };
  return {
    key: 'id',
    operations: {
      [`${name}_get`]: { method: 'get', call: get, processing_options: { output_field: 'items' } },
      [`${name}_create`]: {
        method: 'post',
        call: { mode: 'normal', path: `/${name}` },
        semantics: 'create',
        body: { _nim_merge_attributes_: true, source: '{userName}' },
        resource_allowance_default: 'optional',
        resource_prohibited: ['id'],
        resource_mandatory: ['userName'],
      },
      [`${name}_delete`]: {
        method: 'delete',
        call: { mode: 'normal', path: `/${name}/{id}` },
        semantics: 'delete',
        resource_allowance_default: 'prohibited',
        resource_mandatory: ['id'],
        warning_only: [404],
      },
    },
    resources,
  };
}
