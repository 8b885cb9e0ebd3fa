import { expect, test } from 'vitest';
import type { Operation } from '../../../engine/model/connector/connector.ts';
import { findOperation, findTable } from '../../../engine/model/connector/connector.ts';
import { allowanceOf } from '../../../engine/model/connector/allowance.ts';
import { whyRefused } from '../../../engine/run/plan/allowance.ts';
import { openSmall } from './small.ts';

function operation(name: string): Operation {
  const users = findTable(openSmall().workspace.connectors.get('dir')!.model, 'users')!;
  return findOperation(users, name)!;
}

test.each([
  ['user_create', 'name', 'mandatory'],
  ['user_create', 'id', 'prohibited'],
  ['user_create', 'title', 'optional'],
  ['user_delete', 'id', 'mandatory'],
  ['user_delete', 'title', 'prohibited'],
])('%s takes %s as %s', (name, column, wanted) => {
  expect(allowanceOf(operation(name), column)).toBe(wanted);
});

test.each([
  ['user_create', ['number', 'name'], ['number', 'name'], undefined],
  ['user_create', ['name'], ['name'], "user_create needs number, which has no value here. Map it, or give the filter's row a value."],
  ['user_create', [], [], "user_create needs number, name, which have no value here. Map them, or give the filter's row a value."],
  ['user_create', ['number', 'name'], ['number', 'name', 'id'], 'user_create prohibits id. Take it out of the mapping.'],
  ['user_delete', ['id'], ['id', 'title', 'tags'], 'user_delete prohibits title, tags. Take them out of the mapping.'],
] as const)('%s with %j', (name, given, sent, wanted) => {
  expect(whyRefused(operation(name), new Set(given), sent)).toBe(wanted);
});
