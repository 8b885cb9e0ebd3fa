import { expect, test } from 'vitest';
import { checkConnector } from '../../../engine/model/connector/check-connector.ts';
import { knowledgeFrom, type ConnectorKnowledge } from '../../../engine/model/connector/knowledge.ts';
import type { Problem } from '../../../engine/model/text/problem.ts';
import { openConnector, wrapTables } from '../../support/connector.ts';

const wrapped = (path?: string): ConnectorKnowledge =>
  new Map([['users', { rows: 0, paths: [], ...(path !== undefined && { wrapped: path }) }]]);

const table = (operation: string): string =>
  wrapTables(`"users": { "key": "id", "resources": { "id": "string*" }, "operations": { "users_get": ${operation} } }`);

function found(text: string, knowledge: ConnectorKnowledge | undefined): readonly Problem[] {
  const { json, connector } = openConnector(text);
  return checkConnector(json, connector, { knowledge }).filter(({ code }) => code === 'output-field-missing');
}

test.each([
  ['{ "method": "get" }', '"users_get"'],
  ['{ "method": "get", "processing_options": {} }', '"users_get"'],
  ['{ "method": "get", "processing_options": { "mergeOutput": false } }', '"users_get"'],
  ['{ "method": "get", "processing_options": null }', '"users_get"'],
  ['{ "method": "get", "processing_options": { "output_field": null } }', 'null'],
  ['{ "method": "get", "processing_options": { "output_field": "" } }', '""'],
])('%s is found where the last answer wrapped a list, and its repair helps', (operation, place) => {
  const text = table(operation);
  const [problem, ...more] = found(text, wrapped('data.items'));
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ severity: 'warning', message: expect.stringContaining('"data.items"') as string });
  const { offset, length } = problem?.span ?? { offset: 0, length: 0 };
  expect(text.slice(offset, offset + length)).toBe(place);
  const [fix] = problem?.fixes ?? [];
  if (!fix) throw new Error('it can be repaired');
  const repaired = text.slice(0, fix.span.offset) + fix.text + text.slice(fix.span.offset + fix.span.length);
  const { json, connector } = openConnector(repaired);
  expect(json.problems).toEqual([]);
  expect(connector.tables[0]?.operations[0]?.outputField).toBe('data.items');
  expect(found(repaired, wrapped('data.items'))).toEqual([]);
});

test.each([
  ['nothing is known', '{ "method": "get" }', undefined],
  ['the answer wrapped no list', '{ "method": "get" }', wrapped()],
  ['another table is meant', '{ "method": "get" }', new Map([['groups', { rows: 0, paths: [], wrapped: 'items' }]])],
  ['it is named', '{ "method": "get", "processing_options": { "output_field": "value" } }', wrapped('items')],
  ['the operation writes', '{ "method": "post" }', wrapped('items')],
  ['nothing is called', '{ "method": "get", "call": { "mode": "constant", "values": [] } }', wrapped('items')],
])('nothing is said where %s', (_, operation, knowledge) => {
  expect(found(table(operation), knowledge)).toEqual([]);
});

test('of two systems the newer answer counts', () => {
  const answer = (at: number, path: string): { table: string; at: number; seen: { rows: number; paths: []; wrapped: string } } => ({
    table: 'users',
    at,
    seen: { rows: 1, paths: [], wrapped: path },
  });
  expect(knowledgeFrom([answer(7, 'new'), answer(3, 'old')]).get('users')?.wrapped).toBe('new');
});
