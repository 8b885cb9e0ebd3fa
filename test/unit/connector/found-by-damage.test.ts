import { expect, it } from 'vitest';
import { applyEdits, editsOf } from '../../../engine/model/text/edits.ts';
import { checkText, wrapTables } from '../../support/connector.ts';
import { useCapabilities } from './capabilities.ts';

/** Every repair of a connector that is JSON leaves it JSON. Each text here is one where one did not. */
it.each([
  [
    'a property to be moved stands twice',
    '"users": { "key": "id", "resources": { "id": "string*" }, "operations": { "users_get": { "method": "get", "call": { "path": "/users" }, "query_parameters": { "a": "1" }, "query_parameters": { "a": "2" } } } }',
  ],
])('%s', (_, tables) => {
  const text = wrapTables(tables);
  const problems = checkText(text);
  expect(problems).not.toEqual([]);
  for (const { code, fixes = [] } of problems) {
    for (const fix of fixes) expect(() => void JSON.parse(applyEdits(text, editsOf(fix))), `${code}: ${fix.title}`).not.toThrow();
  }
});

/** Every answer of the server about a connector lies in its text, and no edit of it breaks the text. */
it.each([
  [
    'two child tables with one name have child tables',
    '"groups": { "resources": { "mails": [{ "hosts": [{ "name": "string*" }] }], "mails": [{ "hosts": [{ "name": "string*" }] }] } }',
  ],
])('%s', async (_, tables) => {
  expect(await useCapabilities(wrapTables(tables), 0)).toEqual([]);
});
