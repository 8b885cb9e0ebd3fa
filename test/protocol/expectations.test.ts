import type { CompletionList, Hover, Location, WorkspaceEdit } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExpectationsListed, ExpectationsTested } from '../../engine/host/protocol.ts';
import { setStage, type Stage } from '../support/sample-systems.ts';

const path = 'expectations/hr.json';
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage[Symbol.asyncDispose]());

let isOpen = false;

/** Opens the file anew with another text. */
async function write(text: string): Promise<void> {
  if (isOpen) await stage.editor.close(path);
  isOpen = true;
  await stage.editor.open(path, text);
}

async function labels(marked: string): Promise<readonly string[]> {
  await write(marked.replace('<|>', ''));
  const found = await stage.editor.ask<CompletionList | readonly { readonly label: string }[]>('completion', path, marked);
  return ('items' in found ? found.items : found).map(({ label }) => label);
}

test('problems of the open text', async () => {
  await write('{ "tables": { "persns": { "rows": 1 }, "persons": { "rows": { "min": 0 }, "columns": ["mial"] } } }');
  const found = await stage.editor.diagnostics(path, (all) => all.length >= 3);
  expect(found.map(({ code, message }) => `${String(code)}: ${message}`).sort()).toEqual([
    expect.stringMatching(/^expectation-always-met: /),
    expect.stringMatching(/^unknown-column: .*Did you mean "mail"\?/),
    expect.stringMatching(/^unknown-table: .*Did you mean "persons"\?/),
  ]);
});

test.each([
  ['{ "tables": { <|> } }', ['persons', 'departments', 'contracts']],
  ['{ "tables": { "persons": {}, "<|>" } }', ['departments', 'contracts']],
  ['{ "tables": { "departments": { "columns": ["<|>"] } } }', ['id', 'name', 'parentId']],
  ['{ "tables": { "departments": { "columns": { <|> } } } }', ['id', 'name', 'parentId']],
  ['{ "tables": { "departments": { "samples": [{ "where": { "<|>" } }] } } }', ['id', 'name', 'parentId']],
  ['{ "tables": { "departments": { "samples": [{ "where": { "id": 1 }, "values": { "id": 1, <|> } }] } } }', ['name', 'parentId']],
  ['{ "tables": { "departments": { "absent": [{ "id": 1 }, { <|> }] } } }', ['id', 'name', 'parentId']],
])('completion in %s', async (marked, expected) => {
  expect(await labels(marked)).toEqual(expected);
});

test('completion of what may be expected comes from the schema', async () => {
  expect(await labels('{ "tables": { "persons": { <|> } } }')).toEqual(
    expect.arrayContaining(['rows', 'complete', 'calls', 'columns', 'samples', 'absent']),
  );
  expect(await labels('{ "tables": { "persons": { "columns": { "id": { <|> } } } } }')).toEqual(
    expect.arrayContaining(['filled', 'unique', 'type', 'matches', 'oneOf']),
  );
  expect(await labels('{ "tables": { "persons": { "columns": { "id": { "type": <|> } } } } }')).toEqual(
    expect.arrayContaining(['"date"', '"number"']),
  );
});

test('hover, definition and rename of a column', async () => {
  const { editor } = stage;
  await write('{ "tables": { "persons": { "columns": ["displayName"], "samples": [{ "where": { "displayName": "x" } }] } } }');
  const hover = await editor.ask<Hover>('hover', path, '["display<|>Name"]');
  expect(JSON.stringify(hover.contents)).toMatch(/displayName/);
  const place = '"columns": { "mail": { "fil<|>led": 1 } }';
  await editor.edit(path, '"columns": ["displayName"]', '"columns": { "mail": { "filled": 1 }, "displayName": true }');
  expect(JSON.stringify(await editor.ask<Hover>('hover', path, place.replace(' }', '')))).toContain('share of the rows');
  const [found] = await editor.ask<readonly Location[]>('definition', path, '"display<|>Name": true');
  expect(found?.uri).toBe(editor.uri('connectors/hr.json'));
  const [table] = await editor.ask<readonly Location[]>('definition', path, '"per<|>sons"');
  expect(table?.uri).toBe(editor.uri('systems/hr.json'));
  await editor.open('connectors/hr.json');
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', {
    textDocument: { uri: editor.uri('connectors/hr.json') },
    position: editor.at('connectors/hr.json', '"display<|>Name": "string*"'),
    newName: 'fullName',
  });
  expect(edit.changes?.[editor.uri(path)]).toHaveLength(2);
});

test('what a file expects, with titles and places, from the text in the editor', async () => {
  const { editor } = stage;
  await write('{\n  "tables": {\n    "persons": {\n      "rows": 5,\n      "columns": ["id"]\n    }\n  }\n}');
  const listed = (own: string): Promise<ExpectationsListed | null> =>
    editor.request('sollist/expectations', { folder: editor.folder, path: own });
  expect(await listed(path)).toEqual({
    system: 'hr',
    tables: [
      {
        table: 'persons',
        place: { line: 3, column: 5, endLine: 3, endColumn: 14 },
        expectations: [
          { id: 'rows', title: 'rows: 5', place: { line: 4, column: 7, endLine: 4, endColumn: 13 } },
          { id: 'columns/id', title: 'column id', place: { line: 5, column: 19, endLine: 5, endColumn: 23 } },
        ],
      },
    ],
  });
  expect(await listed('expectations/none.json')).toBeNull();
  await expect(editor.request('sollist/expectations', { folder: 'relative', path })).rejects.toThrow('absolute path');
});

test('a live run gives verdicts and requests, without secrets', async () => {
  const { editor } = stage;
  await write(
    '{ "tables": { "departments": { "rows": { "min": 1 }, "complete": true, "absent": [{ "id": "nobody" }] }, "persons": { "rows": 1 } } }',
  );
  const tested = await editor.request<ExpectationsTested>('sollist/run/testExpectations', stage.input({ system: 'hr', live: true }));
  expect(tested.state).toBe('failed');
  expect(tested.tables.map(({ table, state }) => `${table} ${state}`)).toEqual(['departments passed', 'persons failed']);
  expect(tested.requests.some(({ url }) => url.includes('/api/v1/departments'))).toBe(true);
  expect(JSON.stringify(tested)).not.toMatch(/hr-client-secret|Bearer (?!\*)/);
});

test('a run on a recording that is not there is an error with what to do, and sends nothing', async () => {
  const { editor } = stage;
  await write('{ "tables": { "departments": { "rows": 0 } } }');
  const tested = await editor.request<ExpectationsTested>('sollist/run/testExpectations', stage.input({ system: 'hr' }));
  expect(tested).toMatchObject({ state: 'errored', error: { code: 'no-recording' }, requests: [] });
  expect(tested.error?.message).toContain('sollist collect hr --record');
});

test('a draft of a live system is not written', async () => {
  const draft = await stage.editor.request<{ readonly path: string; readonly text: string; readonly exists: boolean }>(
    'sollist/run/draftExpectations',
    stage.input({ system: 'directory', live: true }),
  );
  expect(draft).toMatchObject({ path: 'expectations/directory.json', exists: false });
  expect(draft.text).toContain('"users": {');
});
