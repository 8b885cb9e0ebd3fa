import { describe, expect, it } from 'vitest';
import { authenticationKinds } from '../../../engine/model/new-connector/sign-in.ts';
import { pagingKinds } from '../../../engine/model/new-connector/paging.ts';
import connectorSchema from '../../../schemas/connector.schema.json' with { type: 'json' };
import { itemsOf, make, refusal, tablesOf } from './support.ts';

const kinds = Object.keys(authenticationKinds);
const modes = Object.keys(pagingKinds);

describe('a connector from nothing', () => {
  it('has no finding, whatever is chosen', () => {
    for (const authentication of kinds) {
      for (const paging of modes) make({ authentication, paging });
    }
  });

  it('knows every kind of authentication and every paging mode of the format', () => {
    const { config, pagination } = connectorSchema.definitions;
    expect(kinds).toEqual(expect.arrayContaining(config.properties.authentication.enum));
    const written = modes.map((paging) => make({ paging }).json.rest.config.get?.pagination?.['mode']);
    expect([...new Set(written)].filter((mode) => mode !== undefined).sort()).toEqual([...pagination.properties.mode.enum].sort());
  });

  it('leaves out what was not asked for', () => {
    const made = make({ authentication: 'none', paging: 'none', baseUrl: 'api.example.com/' });
    expect(made.json.rest.config.baseUrl).toBe('https://api.example.com');
    expect(made.json.rest.config).not.toHaveProperty('get');
    expect(made.json).not.toHaveProperty('connection');
  });

  it('asks for the host, the page size and the key where they are needed', () => {
    const made = make({ authentication: 'header_key', paging: 'generic' });
    expect(Object.keys(itemsOf(made))).toEqual(['tenant_id', 'api_key', 'page_size']);
    expect(itemsOf(made)['api_key']).toMatchObject({ password: true, required: true });
    expect(itemsOf(made)['api_key']).not.toHaveProperty('value');
    expect(made.json.rest.config).toMatchObject({ authentication: 'none', headers: { Authorization: 'Bearer {api_key}' } });
  });

  it('pages by a token as the shipped connectors write it', () => {
    expect(make({ paging: 'token' }).json.rest.config.get?.pagination).toMatchObject({
      mode: 'url',
      last_page: { type: 'token', path: 'nextCursor' },
      query_params: [{ name: 'cursor', value: { type: 'response_field', value: 'nextCursor' } }],
    });
  });

  it('has the tables that were named, each once', () => {
    const made = make({ tables: ['Persons', 'persons', 'Cost centres'] });
    expect(Object.keys(tablesOf(made))).toEqual(['Persons', 'persons_2', 'Cost_centres']);
  });

  it('says what it assumed', () => {
    expect(make({ authentication: 'client_credentials', paging: 'generic' }).notes.join('\n')).toMatch(
      /authUrl is assumed[\s\S]*page parameters/,
    );
  });

  it('retries what passes, and ends some time', () => {
    const retry = make({}).json.rest.config['retry'] as { readonly statusCode?: number; readonly retry: { readonly maxCount: number } }[];
    expect(retry.map(({ statusCode }) => statusCode)).toEqual([429, 503, undefined]);
    for (const entry of retry) expect(entry.retry.maxCount).toBeGreaterThan(0);
  });

  it('refuses names nobody can use, and says what was meant', () => {
    expect(refusal({ authentication: 'basic_aut' })).toContain('Did you mean "basic_auth"?');
    expect(refusal({ paging: 'skip-take' })).toContain('Did you mean "skip_take"?');
    expect(refusal({ name: '../evil' })).toContain('cannot be the name of a file');
    expect(refusal({ name: ' ' })).toContain('needs a name');
  });
});
