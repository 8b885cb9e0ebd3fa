import { expect, test } from 'vitest';
import { declareVariable } from '../../../../engine/model/connector/refactor/declare-variable.ts';
import { checkText, openConnector } from '../../../support/connector.ts';
import { applySoundly, connectorOf } from './support.ts';

const resources = { id: 'string*', code: 'string*' };
const sites = { key: 'id', operations: { sites_get: { method: 'get', call: { path: '/sites' } } }, resources };

function ways(operation: object, more: object = {}): Readonly<Record<string, string>> {
  const text = connectorOf({ sites, users: { key: 'id', operations: { it: operation }, resources: { id: 'string*' }, ...more } });
  const problem = checkText(text).find(({ code }) => code === 'unresolved-variable');
  if (!problem) throw new Error('The fixture has no variable without a value.');
  return Object.fromEntries(
    declareVariable(openConnector(text).connector, text, problem.span).map(({ title, edits }) => {
      const after = applySoundly(text, edits);
      expect(
        checkText(after).filter(({ code }) => code === 'unresolved-variable'),
        title,
      ).toEqual([]);
      return [title, after];
    }),
  );
}

test('what a write lacks is a column or a connection item', () => {
  const made = ways({ method: 'delete', call: { path: '/users/{userId}' }, semantics: 'delete', resource_mandatory: ['id'] });
  expect(Object.keys(made)).toEqual(['Declare column "userId"', 'Add connection item "userId"']);
  expect(made['Declare column "userId"']).toContain('"userId": "string*"');
  expect(made['Declare column "userId"']).toMatch(/"resource_mandatory": \[\s+"id",\s+"userId"\s+\]/);
});

test('what only its body takes need not be collected, and a secret never is', () => {
  const create = (value: string): object => ({ method: 'post', call: { path: '/users' }, semantics: 'create', body: { x: `{${value}}` } });
  expect(ways(create('nick'))['Declare column "nick"']).toContain('"nick": "string"');
  const made = ways(create('new_password'));
  expect(made['Declare column "new_password"']).toContain('"new_password": "string^"');
  expect(made['Add connection item "new_password"']).toMatch(/"password": true/);
});

test('what a get lacks is a connection item, or comes with the row it goes through', () => {
  expect(Object.keys(ways({ method: 'get', call: { path: '/{org}/users' } }))).toEqual(['Add connection item "org"']);
  const made = ways({ method: 'get', call: { mode: 'iteration', table: 'sites', iterator: 'id', path: '/{code}/{iterator}/users' } });
  expect(Object.keys(made)).toEqual(['Take "code" from the row of "sites"', 'Add connection item "code"']);
  expect(made['Take "code" from the row of "sites"']).toMatch(/"iterator": "id",\s+"iterator_columns": \["code"\]/);
});

test('what the engine gives is not declared', () => {
  for (const name of ['iterator', 'skip_count']) {
    expect(ways({ method: 'post', call: { path: `/users/{${name}}` }, semantics: 'create' })).toEqual({});
  }
});
