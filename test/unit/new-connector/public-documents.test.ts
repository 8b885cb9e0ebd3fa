import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../engine/cli/read-yaml.ts';
import { makeConnector } from '../../../engine/model/new-connector/make-connector.ts';
import { make, tablesOf, type Made } from './support.ts';

/**
 * Documents of public APIs, and of the corners of OpenAPI, in a package of examples. They are not ours, so nothing here asserts more than what
 * everybody can read in them.
 */
const packageName = '@readme/oas-examples';
const folder = path.resolve(import.meta.dirname, '../../../node_modules', packageName);

if (!existsSync(folder)) console.warn(`Skipped: the documents of public APIs are in the package ${packageName}, which is not installed.`);

describe.runIf(existsSync(folder))('the document of a public API', () => {
  const open = (name: string): Made => make({ document: readFileSync(path.join(folder, name), 'utf8') });

  it('STAPI (3.0): a table for each resource, paged from 0 as it says', () => {
    const made = open('3.0/json/star-trek.json');
    expect(made.tables.length).toBeGreaterThanOrEqual(40);
    expect(tablesOf(made)['animal']).toMatchObject({
      key: 'uid',
      operations: { animal_get: { call: { path: '/animal/search' }, processing_options: { output_field: 'animals' } } },
    });
    expect(made.json.rest.config).toMatchObject({
      baseUrl: 'https://stapi.co/api/v1/rest',
      get: { pagination: { mode: 'generic', zero_based: true, params: { pageNumber: '{page_number}', pageSize: '{page_size}' } } },
    });
  });

  it('ReadMe (3.1): create, update and delete with their columns, below a branch', () => {
    const made = open('3.1/json/readme.json');
    const { branches, custom_pages: pages } = tablesOf(made);
    expect(Object.keys(branches?.operations ?? {})).toEqual(['branches_get', 'branch_create', 'branch_update', 'branch_delete']);
    expect(pages?.operations).toMatchObject({
      custom_pages_get: { call: { mode: 'iteration', table: 'branches', path: '/branches/{iterator}/custom_pages' } },
      custom_page_update: { method: 'patch', resource_mandatory: ['branch_name', 'slug'] },
    });
    expect(made.json.rest.config).toMatchObject({ headers: { Authorization: 'Bearer {api_token}' } });
  });

  it('Train Travel (3.1): next addresses in the answer, and a person who signs in', () => {
    const made = open('3.1/json/train-travel.json');
    expect(Object.keys(tablesOf(made))).toEqual(['stations', 'trips', 'bookings']);
    expect(made.json.rest.config).toMatchObject({
      authentication: 'authorization_code_grant',
      get: { pagination: { mode: 'url', field: 'links.next' } },
    });
  });

  it('gives the same from YAML as from JSON', () => {
    for (const name of ['3.0/json/star-trek.json', '3.0/json/petstore.json', '3.1/json/train-travel.json']) {
      expect(open(name.replace('json/', 'yaml/').replace('.json', '.yaml')).text, name).toBe(open(name).text);
    }
  });

  it('is read or refused with a sentence, whatever corner of OpenAPI it is about', () => {
    let made = 0;
    for (const version of ['2.0/json', '3.0/json', '3.1/json']) {
      for (const name of readdirSync(path.join(folder, version)).filter((file) => file.endsWith('.json'))) {
        const document = readFileSync(path.join(folder, version, name), 'utf8');
        const result = makeConnector({ name: 'Test', document }, readYaml);
        if (result.kind === 'refused') expect(result.message, name).toMatch(/^[A-Z].*\.$/);
        else expect(made++ >= 0 && result.problems, name).toBe(0);
      }
    }
    expect(made).toBeGreaterThanOrEqual(9);
  });
});
