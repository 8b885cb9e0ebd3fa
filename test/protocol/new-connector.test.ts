import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newConnectorMethod, type NewConnectorParameters, type NewConnectorResult } from '../../engine/host/protocol.ts';
import { checkText } from '../support/connector.ts';
import { startEditor } from '../support/language-server.ts';

const forge = readFileSync(join(import.meta.dirname, '../fixtures/openapi/forge.yaml'), 'utf8');

test('the server makes a connector from nothing, from an OpenAPI document and from a sample', async () => {
  // Nothing is run and no host is contacted, so no trust is needed.
  await using editor = await startEditor({ trusted: false });
  const make = (parameters: NewConnectorParameters): Promise<NewConnectorResult> => editor.request(newConnectorMethod, parameters);
  for (const [parameters, source, tables] of [
    [{ name: 'A', authentication: 'certificate', paging: 'token' }, 'nothing', ['users']],
    [{ name: 'B', document: forge, tables: ['users', 'topics'] }, 'open-api', ['users', 'topics']],
    [{ name: 'C', document: '[{"id":1,"name":"x"}]', tables: ['things'] }, 'sample', ['things']],
  ] as const) {
    const result = await make(parameters);
    if (result.kind === 'refused') throw new Error(result.message);
    expect(result).toMatchObject({ name: parameters.name, source, problems: 0 });
    expect(result.tables.map(({ name }) => name)).toEqual(tables);
    expect(checkText(result.text)).toEqual([]);
  }
  expect(await make({ name: 'D', document: '[]' })).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('empty') as unknown,
  });
  expect(editor.log).toEqual([]);
});

test('the new text is a connector to the editor', async () => {
  await using editor = await startEditor();
  const result = await editor.request<NewConnectorResult>(newConnectorMethod, { name: 'New', document: forge });
  if (result.kind === 'refused') throw new Error(result.message);
  // What is wrong is said, so that silence about the rest means something.
  await editor.open('connectors/New.json', result.text.replace('"key": "login"', '"key": "logins"'));
  const found = await editor.diagnostics('connectors/New.json', (all) => all.length > 0);
  expect(found.map(({ code }) => code)).toEqual(['unknown-key-column']);
});

test('parameters of another kind are refused', async () => {
  await using editor = await startEditor();
  for (const parameters of [{}, { name: 3 }, { name: 'A', document: {} }, { name: 'A', tables: 'x' }, { name: 'A', paging: 1 }]) {
    await expect(editor.request(newConnectorMethod, parameters), JSON.stringify(parameters)).rejects.toThrow(/must be/);
  }
});
