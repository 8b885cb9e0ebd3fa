import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  importNimMethod,
  runMethod,
  type ImportNimParameters,
  type ImportNimResult,
  type NimExported,
} from '../../engine/host/protocol.ts';
import { dataColumn, expression, nimFilter, start } from '../support/nim-json.ts';
import { nimExport } from '../support/nim-shop.ts';
import { startEditor, type TestEditor } from '../support/language-server.ts';
import { writeFiles } from '../support/write-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-nim-protocol-'));
  writeFiles(folder, { 'sollist.json': { name: 'test' } });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const active = nimFilter('Active', start('Staff', 'persons', [expression('active', 'equals', true)]), [dataColumn('persons.number')]);

function ask(editor: TestEditor, given: object): Promise<ImportNimResult> {
  return editor.request<ImportNimResult>(importNimMethod, given);
}

function file(name: string, text: string): ImportNimParameters {
  return { name, kind: 'file', files: [{ path: name, text }], connectors: [] };
}

function textsOf(result: ImportNimResult): ReadonlyMap<string, string> {
  if (result.kind !== 'made') throw new Error(result.message);
  return new Map(result.files.map(({ path, text }) => [path, text]));
}

test('an export, one filter and a configuration folder come back as files; nothing is written, and no trust is needed', async () => {
  await using editor = await startEditor({ folder, trusted: false });
  const whole = await ask(editor, file('shop.json', `\uFEFF${JSON.stringify(nimExport([active]))}`));
  const texts = textsOf(whole);
  expect(texts.get('filters/Active.filter')).toBe('select number\nfrom   Staff.persons\nwhere  active = true\n');
  expect([...texts.keys()]).toEqual(expect.arrayContaining(['sollist.json', 'systems/Staff.json', 'relations.json', 'nim/export.json']));
  expect(JSON.stringify(whole)).not.toContain('geheim-1234');
  expect(whole).toMatchObject({ notes: expect.arrayContaining([expect.objectContaining({ path: 'nim' })]) as unknown });

  expect(textsOf(await ask(editor, file('active.json', JSON.stringify(active)))).has('filters/Active.filter')).toBe(true);
  const config = {
    name: 'config',
    kind: 'folder',
    files: [
      { path: 'filters/active.json', text: JSON.stringify(active) },
      { path: 'other/odd.json', text: '{"a":1}' },
    ],
    connectors: [],
  };
  const made = await ask(editor, config);
  expect(textsOf(made).has('filters/Active.filter')).toBe(true);
  expect(made).toMatchObject({ notes: expect.arrayContaining([expect.objectContaining({ path: 'other/odd.json' })]) as unknown });
});

test('a connector that the workspace has is used', async () => {
  await using editor = await startEditor({ folder });
  const connector = { schema: { crud_objects: { persons: { resources: { number: 'string*' }, operations: {} } } } };
  const given = {
    ...file('shop.json', JSON.stringify(nimExport([active]))),
    connectors: [{ name: 'Staff Server', text: JSON.stringify(connector) }],
  };
  expect(JSON.parse(textsOf(await ask(editor, given)).get('systems/Staff.json') ?? '')).toMatchObject({ connector: 'Staff Server' });
  // One that is broken is one that nobody can read, not the end of the import.
  const broken = { ...given, connectors: [{ name: 'Staff Server', text: '{ "schema": ' }] };
  expect(textsOf(await ask(editor, broken)).has('filters/Active.filter')).toBe(true);
});

test('what is not of NIM is refused with a sentence', async () => {
  await using editor = await startEditor({ folder });
  for (const [given, message] of [
    [file('broken.json', '{"resources": ['), /broken\.json is no JSON/],
    [file('zero.json', ''), /zero\.json is empty/],
    [file('list.json', '[]'), /holds no JSON object/],
    [file('null.json', 'null'), /holds no JSON object/],
    [file('openapi.json', '{"openapi":"3.1.0","paths":{}}'), /neither "resources".*Choose the file/],
    [file('arm.json', '{"resources":[{"type":"Microsoft.Web/sites"}]}'), /nothing of NIM/],
    [file('none.json', '{"resources":[]}'), /nothing of NIM/],
    [file('deep.json', '['.repeat(200_000)), /is no JSON/],
    [{ ...file('empty', '{}'), kind: 'folder', files: [] }, /nothing of NIM/],
    [{ ...file('x', '{}'), files: [] }, /holds no JSON object/],
    [{ ...file('config', 'x'), kind: 'folder' }, /is no JSON/],
  ] as const) {
    const result = await ask(editor, given);
    expect(result, given.name).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) as unknown });
  }
});

test('parameters that are none are refused, and the server goes on', async () => {
  await using editor = await startEditor({ folder });
  const right = file('active.json', JSON.stringify(active));
  for (const wrong of [
    {},
    { ...right, name: 3 },
    { ...right, kind: 'disk' },
    { ...right, files: 'all' },
    { ...right, files: [{ path: 'a' }] },
    { ...right, files: [null] },
    { ...right, connectors: undefined },
    { ...right, connectors: [{ name: 'a' }] },
  ])
    await expect(ask(editor, wrong), JSON.stringify(wrong)).rejects.toMatchObject({ code: -32602 });
  expect(await ask(editor, right)).toMatchObject({ kind: 'made' });
});

test('export gives the text of the editor, or says what NIM cannot say and where', async () => {
  await using editor = await startEditor({ folder });
  const texts = textsOf(await ask(editor, file('shop.json', JSON.stringify(nimExport([active])))));
  writeFiles(folder, Object.fromEntries(texts));
  const run = (own: object): Promise<NimExported> =>
    editor.request<NimExported>(runMethod('exportNim'), { runId: 'x', folder, overlay: [], secrets: {}, ...own });
  const same = await run({});
  expect(same).toMatchObject({ kept: 1, made: 0 });
  expect(JSON.parse(same.text ?? '')).toMatchObject({ name: 'a shop', resources: expect.any(Array) as unknown });
  expect(await run({ filter: 'Active' })).toMatchObject({ kept: 1, made: 0, notes: [] });
  expect(JSON.parse((await run({ filter: 'Active' })).text ?? '')).toEqual(active);

  await editor.open('filters/Active.filter');
  await editor.edit('filters/Active.filter', 'active = true', 'hours > 3');
  const edited = await run({ filter: 'Active' });
  expect(edited).toMatchObject({ kept: 0, made: 1 });
  expect(edited.text).toContain('"greater than"');

  await editor.edit('filters/Active.filter', 'hours > 3', 'hours + 1 > 3');
  const unsayable = await run({});
  expect(unsayable.text).toBeUndefined();
  expect(unsayable.notes).toContainEqual(
    expect.objectContaining({ path: 'filters/Active.filter', severity: 'error', message: expect.stringContaining('calculate') as unknown }),
  );
  await expect(run({ filter: 'Activ' })).rejects.toMatchObject({ data: { code: 'unknown-filter' } });
});
