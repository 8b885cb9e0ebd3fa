import { describe, expect, it } from 'vitest';
import { checkText } from '../../support/connector.ts';
import { completionsAt, labelsAt, lineAfter, sample, sampleWith, textAfter } from '../../support/connector-language.ts';

describe('completion of names', () => {
  it('offers the tables for an iteration', async () => {
    expect(await labelsAt(sampleWith('"table": "groups"', '"table": "<|>"'))).toEqual(['users', 'users_emails', 'groups', 'members']);
  });

  it('offers the columns of the iterated table', async () => {
    expect(await labelsAt(sampleWith('"iterator": "id"', '"iterator": "<|>"'))).toEqual(['id', 'displayName']);
    expect(await labelsAt(sampleWith('["displayName"]', '["<|>"]'))).toEqual(['id', 'displayName']);
  });

  it('offers the columns of the table for its key, mandatory and prohibited, without those listed already', async () => {
    const columns = ['id', 'created', 'first', 'last', 'address_city', 'emails'];
    expect(await labelsAt(sampleWith('"key": "id"', '"key": "<|>"'))).toEqual(columns);
    expect(await labelsAt(sampleWith('"resource_mandatory": ["id"]', '"resource_mandatory": ["id", "<|>"]'))).toEqual([
      'first',
      'last',
      'address_city',
      'emails',
    ]);
    expect(await labelsAt(sampleWith('"resource_prohibited": ["created"]', '"resource_prohibited": ["created", <|>]'))).toEqual([
      'first',
      'last',
      'address_city',
      'emails',
    ]);
  });

  it('offers what a membership names', async () => {
    expect(await labelsAt(sampleWith('"add_operation": "member_add"', '"add_operation": "<|>"'))).toEqual(['member_add', 'member_remove']);
    expect(await labelsAt(sampleWith('"member_table": "users"', '"member_table": <|>'))).toContain('users');
    expect(await labelsAt(sampleWith('"group_attributes": { "id": "group_id" }', '"group_attributes": { "<|>" }'))).toEqual([
      'id',
      'displayName',
    ]);
    expect(await labelsAt(sampleWith('"group_attributes": { "id": "group_id" }', '"group_attributes": { "id": "<|>" }'))).toEqual([
      'id',
      'group_id',
    ]);
  });

  it('offers types and status codes with their meaning', async () => {
    expect(await labelsAt(sampleWith('"created": "datetime"', '"created": "<|>"'))).toEqual(
      expect.arrayContaining(['string*', '_:string*', 'datetime', 'boolean*']),
    );
    const { items } = await completionsAt(sampleWith('"warning_only": [404]', '"warning_only": [4<|>]'));
    expect(items.find(({ label }) => label === '409')?.detail).toContain('Conflict');
    expect(await lineAfter(sampleWith('"warning_only": [404]', '"warning_only": [4<|>]'), '409')).toBe('"warning_only": [409]');
    expect(await labelsAt(sampleWith('"statusCode": 429', '"statusCode": <|>'))).toContain('503');
  });

  it('documents every name', async () => {
    const { items } = await completionsAt(sampleWith('"table": "groups"', '"table": "<|>"'));
    expect(items.every(({ documentation, detail }) => documentation !== undefined && detail !== undefined)).toBe(true);
  });
});

describe('the edit', () => {
  it('replaces the whole text, wherever the caret is in it', async () => {
    expect(await lineAfter(sampleWith('"table": "groups"', '"table": "gr<|>oups"'), 'users')).toBe('"table": "users",');
    expect(await lineAfter(sampleWith('"table": "groups"', '"table": "<|>"'), 'users')).toBe('"table": "users",');
  });

  it('adds the quotes that are missing, and the comma', async () => {
    expect(await lineAfter(sampleWith('"table": "groups"', '"table": us<|>'), 'users')).toBe('"table": "users",');
    expect(await lineAfter(sampleWith('"table": "groups",', '"table": <|>'), 'users')).toBe('"table": "users",');
  });

  it('leaves the rest of the line alone where the text is never closed', async () => {
    expect(await lineAfter(sampleWith('"table": "groups",', '"table": "us<|>,'), 'users')).toBe('"table": "users",');
  });

  it('writes a property with its value, and only renames one that has its value', async () => {
    expect(await lineAfter(sampleWith('"member_attributes": { "id": "id" }', '"member_attributes": { <|> }'), 'id')).toBe(
      '"member_attributes": { "id": "id" },',
    );
    expect(
      await lineAfter(sampleWith('"member_attributes": { "id": "id" }', '"member_attributes": { "x<|>": "id" }'), 'address_city'),
    ).toBe('"member_attributes": { "address_city": "id" },');
  });
});

describe('completion of variables', () => {
  it('offers what has a value in a write', async () => {
    const labels = await labelsAt(sampleWith('/users/{id}', '/users/{<|>}'));
    expect(labels).toEqual(expect.arrayContaining(['{id}', '{address_city}', '{page_size}', '{tenant_id}']));
    expect(labels).not.toContain('{iterator}');
    expect(labels).not.toContain('{page_number}');
  });

  it('offers what has a value in an iteration, and says where it comes from', async () => {
    const { items } = await completionsAt(sampleWith('/groups/{iterator}/members', '/groups/{<|>/members'));
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['{iterator}', '{displayName}', '{page_number}']));
    expect(items.find(({ label }) => label === '{iterator}')?.documentation).toMatchObject({
      value: expect.stringContaining('`groups`') as string,
    });
  });

  it('writes both braces, once', async () => {
    expect(await lineAfter(sampleWith('/users/{id}', '/users/{<|>'), '{id}')).toBe('"call": { "path": "/users/{id}" },');
    expect(await lineAfter(sampleWith('/users/{id}', '/users/{i<|>d}'), '{id}')).toBe('"call": { "path": "/users/{id}" },');
    expect(await lineAfter(sampleWith('/groups/{iterator}/members', '/groups/{it<|>/members'), '{iterator}')).toBe(
      '"path": "/groups/{iterator}/members",',
    );
  });

  it('knows the sign-in names in sign-in addresses only', async () => {
    expect(await labelsAt(sampleWith('{tenantId}', '{<|>}'))).toContain('{tenantId}');
    expect(await labelsAt(sampleWith('"https://{tenant_id}/api"', '"https://{<|>}/api"'))).not.toContain('{tenantId}');
  });

  it('offers none outside a brace, or where texts hold no variables', async () => {
    expect(await labelsAt(sampleWith('/users/{id}', '/users/<|>{id}'))).not.toContain('{id}');
    expect(await labelsAt(sampleWith('"output_field": "items"', '"output_field": "{<|>"'))).not.toContain('{id}');
  });
});

describe('completion from the schema', () => {
  it('offers properties with their text', async () => {
    const { items } = await completionsAt(sampleWith('"semantics": "update",', '"semantics": "update", "<|>",'));
    const item = items.find(({ label }) => label === 'resource_allowance_default');
    expect(JSON.stringify(item?.documentation)).toContain('What holds for every column');
    expect(items.map(({ label }) => label)).not.toContain('semantics');
  });

  it('offers values', async () => {
    expect(await labelsAt(sampleWith('"mode": "normal"', '"mode": "<|>"'))).toEqual(expect.arrayContaining(['"normal"', '"iteration"']));
  });

  it('offers snippets for tables, operations, items and retries', async () => {
    expect(await labelsAt(sampleWith('"crud_objects": {', '"crud_objects": {\n<|>'))).toEqual(
      expect.arrayContaining(['table', 'membership table']),
    );
    expect(await labelsAt(sampleWith('"users_get": {', '<|>\n"users_get": {'))).toEqual(
      expect.arrayContaining(['get operation', 'get operation (iteration)', 'create operation', 'update operation', 'delete operation']),
    );
    expect(await labelsAt(sampleWith('"items": [{', '"items": [<|>, {'))).toContain('connection item');
    expect(await labelsAt(sampleWith('"retry": [{', '"retry": [<|>, {'))).toContain('retry on a status');
    expect(await labelsAt(sampleWith('"pagination": {', '"pagination": <|>, "x": {'))).toContain('pagination (skip and take)');
    expect(await labelsAt(sampleWith('"groupmembership": {', '"groupmembership": <|>, "x": {'))).toContain('groupmembership');
  });

  it('offers snippets that make sound connectors', async () => {
    const places = [
      [sampleWith('"crud_objects": {', '"crud_objects": {\n<|>'), ['table', 'membership table']],
      [
        sampleWith('"user_update": {', '<|>\n"user_update": {'),
        ['get operation', 'get operation (iteration)', 'create operation', 'update operation', 'delete operation'],
      ],
      [sampleWith('"items": [{', '"items": [<|>, {'), ['connection item', 'connection item (secret)']],
      [sampleWith('"retry": [{', '"retry": [<|>, {'), ['retry on a status', 'retry on a lost connection']],
    ] as const;
    for (const [marked, labels] of places) {
      for (const label of labels) {
        const { after } = await textAfter(marked, label);
        const codes = checkText(after).map(({ code }) => code);
        for (const code of ['not-json', 'wrong-type', 'unknown-value', 'missing-property', 'unknown-property'])
          expect(codes, label).not.toContain(code);
      }
    }
  });

  it('keeps a snippet whole', async () => {
    expect(await lineAfter(sampleWith('"users_get": {', '<|>\n"users_get": {'), 'get operation')).toBe('"users_get": {');
  });

  it('answers in an empty file, and in one that is none', async () => {
    expect(await labelsAt('{ <|> }')).toContain('schema');
    expect(await labelsAt('<|>')).toBeDefined();
    expect(await labelsAt(`${sample.slice(0, 300)}<|>`)).toBeDefined();
  });
});

describe('what fits', () => {
  it('offers a read what reads have, and a write what writes have', async () => {
    const read = await labelsAt(sampleWith('"method": "get",', '"method": "get", "<|>",'));
    expect(read).toContain('maxSessionCount');
    for (const write of ['semantics', 'resource_mandatory', 'mergeOutput']) expect(read).not.toContain(write);
    const write = await labelsAt(sampleWith('"method": "delete",', '"method": "delete", "<|>",'));
    expect(write).toContain('warning_only');
    for (const only of ['verb', 'pagination', 'maxPageCount']) expect(write).not.toContain(only);
  });

  it('puts the columns that every row of the write has first', async () => {
    const { items } = await completionsAt(sampleWith('/{id}"', '/{<|>"'));
    const sorted = items.toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)).map(({ label }) => label);
    expect(sorted[0]).toBe('{id}');
  });

  it('says what a property does in Markdown', async () => {
    const { items } = await completionsAt(sampleWith('"method": "delete",', '"method": "delete", "<|>",'));
    expect(items.find(({ label }) => label === 'body')?.documentation).toMatchObject({ kind: 'markdown' });
    for (const { label, documentation } of items) expect(documentation, label).toBeDefined();
  });
});
