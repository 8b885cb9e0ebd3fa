import { expect, it } from 'vitest';
import { checkText, wrapTables } from '../../support/connector.ts';

it('a text with more findings than a call has room for arguments is checked', () => {
  const times = 150_000;
  const text = wrapTables(`"users": { "key": "id", "resources": { "id": "string*" },
    "operations": { "g": { "method": "get", "call": { "path": "/${'{x}'.repeat(times)}" } } } }`);
  const found = checkText(text).filter(({ code }) => code === 'unresolved-variable');
  expect(found.length).toBe(times);
});
