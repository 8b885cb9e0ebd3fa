import type { DocumentSymbol } from 'vscode-json-languageservice';
import { describe, expect, it } from 'vitest';
import { openConnector } from '../../support/connector.ts';
import { definitionAt, hoverAt, language, sample, sampleWith } from '../../support/connector-language.ts';

describe('hover', () => {
  it('shows the text of a property', async () => {
    expect(await hoverAt(sampleWith('"semantics"', '"sem<|>antics"'))).toContain('What a write means for the table');
  });

  it('says where the value of a variable comes from', async () => {
    expect(await hoverAt(sampleWith('{iterator}/members', '{iter<|>ator}/members'))).toContain('Column `id` of the table `groups`');
    expect(await hoverAt(sampleWith('{address_city:no_encode}', '{address<|>_city:no_encode}'))).toMatch(
      /Column `address_city`.*without URL encoding/,
    );
    expect(await hoverAt(sampleWith('{page_size}', '{page<|>_size}'))).toContain('“Page size:”, at first `100`');
    expect(await hoverAt(sampleWith('{tenant_id}', '{tenant<|>_id}'))).toContain('authentication `client_credentials`');
    expect(await hoverAt(sampleWith('/users/{id}', '/users/{n<|>o}'))).toContain('no value');
  });

  it('says type and path of a column, where it is declared and where it is named', async () => {
    expect(await hoverAt(sampleWith('"address": { "city"', '"address": { "ci<|>ty"'))).toContain('text (`_:string*`), at `address.city`');
    expect(await hoverAt(sampleWith('"resource_mandatory": ["id"]', '"resource_mandatory": ["i<|>d"]'))).toContain(
      'Column `id` of the table `users`',
    );
  });

  it('shows the whole address of an operation', async () => {
    expect(await hoverAt(sampleWith('"path": "/users"', '"path": "/us<|>ers"'))).toContain(
      'GET https://{tenant_id}/api/users?expand=all&take={take_count}&skip={skip_count}',
    );
    expect(await hoverAt(sampleWith('"user_update"', '"user_<|>update"'))).toContain('PUT https://{tenant_id}/api/users/{id}');
  });

  it('describes tables and operations that are named', async () => {
    expect(await hoverAt(sampleWith('"member_table": "users"', '"member_table": "us<|>ers"'))).toContain(
      'Table `users`: 6 columns, key `id`',
    );
    expect(await hoverAt(sampleWith('"add_operation": "member_add"', '"add_operation": "member<|>_add"'))).toContain('POST https://');
  });
});

describe('definition', () => {
  it('leads from a name to its declaration', () => {
    expect(definitionAt(sampleWith('"table": "groups"', '"table": "gr<|>oups"'))).toMatch(/^"groups": \{/);
    expect(definitionAt(sampleWith('["displayName"]', '["display<|>Name"]'))).toMatch(/^"displayName": "string\*"/);
    expect(definitionAt(sampleWith('"add_operation": "member_add"', '"add_operation": "mem<|>ber_add"'))).toMatch(/^"member_add": \{/);
    expect(definitionAt(sampleWith('"member_attributes": { "id": "id" }', '"member_attributes": { "i<|>d": "id" }'))).toMatch(
      /^"id": "string\*"/,
    );
  });

  it('leads from a variable to where its value comes from', () => {
    expect(definitionAt(sampleWith('{address_city:no_encode}', '{addr<|>ess_city:no_encode}'))).toMatch(/^"city": "_:string\*"/);
    expect(definitionAt(sampleWith('{page_size}', '{page<|>_size}'))).toMatch(/^"page_size"/);
    expect(definitionAt(sampleWith('{group_id}', '{gr<|>oup_id}'))).toMatch(/^"group_id": "\{iterator\}"/);
    expect(definitionAt(sampleWith('{take_count}', '{take<|>_count}'))).toBe('');
  });
});

describe('symbols', () => {
  const outline = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
    symbols.flatMap(({ name, detail, children = [] }) => [
      `${' '.repeat(depth)}${name} ${detail ?? ''}`.trimEnd(),
      ...outline(children, depth + 1),
    ]);

  it('list tables with operations and columns, child tables, and connection items', () => {
    const lines = outline(language.symbols(openConnector(sample)));
    expect(lines.slice(0, 14)).toEqual([
      'users id',
      ' users_get GET',
      ' user_update PUT',
      ' columns 6',
      '  id string*',
      '  created datetime',
      '  first string*',
      '  last string*',
      '  address_city _:string*',
      '  emails list',
      ' users_emails',
      '  columns 2',
      '   value string*',
      '   primary boolean*',
    ]);
    expect(lines.at(-1)).toBe('page_size Page size:');
  });
});

describe('a text that cannot be read', () => {
  it('gets no help, and breaks nothing', async () => {
    const deep = openConnector('{"a":'.repeat(5000));
    expect(await language.complete(deep, 7)).toEqual([]);
    expect(await language.hover(deep, 7)).toBeUndefined();
  });
});
