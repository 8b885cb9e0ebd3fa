import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeLens, CompletionItem, Hover, MarkupContent } from 'vscode-languageserver-types';
import { expect, test } from 'vitest';
import type { DryRunReport, TableDescription, VaultDescription } from '../../engine/host/protocol.ts';
import type { RequestPreview } from '../../engine/run/plan/preview-request.ts';
import { startEditor, type TestEditor } from '../support/language-server.ts';
import { setStage, type Stage } from '../support/sample-systems.ts';

const directory = 'connectors/directory.json';

async function hoverOf(editor: TestEditor, marked: string): Promise<string> {
  const hover = await editor.ask<Hover | null>('hover', directory, marked);
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

async function lensesOf(editor: TestEditor): Promise<readonly string[]> {
  const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(directory) } });
  return lenses.map(({ command }) => `${String(command?.arguments?.[1])}: ${command?.title ?? ''}`);
}

/** What completion offers of what was seen. */
async function seenOf(editor: TestEditor, marked: string): Promise<readonly CompletionItem[]> {
  const items = await editor.ask<CompletionItem[]>('completion', directory, marked);
  return items.filter(({ detail }) => detail?.startsWith('seen in') === true);
}

const collect = (stage: Stage, system: string): Promise<unknown> => stage.editor.request('sollist/run/collect', stage.input({ system }));

test('before anything was run, nothing is known and nothing is made', async () => {
  await using stage = await setStage();
  const { editor, input } = stage;
  await editor.open(directory);
  expect(await hoverOf(editor, '"external<|>Id": "string*"')).not.toContain('Filled in');
  expect(await lensesOf(editor)).toEqual([
    'users: $(play) Dry run',
    ...Array.from({ length: 4 }, () => 'users: $(eye) Preview request'),
    'groups: $(play) Dry run',
    'members: $(play) Dry run',
    ...Array.from({ length: 2 }, () => 'members: $(eye) Preview request'),
  ]);
  expect(await editor.request<VaultDescription>('sollist/run/describeVault', input({}))).toEqual({ tables: [], answers: [] });
  expect(await editor.request<TableDescription>('sollist/run/describeTable', input({ system: 'hr', table: 'persons' }))).toEqual({});
});

test('after a collection, hovers have values, completion has what was not declared, and lenses have rows and age', async () => {
  await using stage = await setStage();
  const { editor } = stage;
  await editor.open(directory);
  await collect(stage, 'directory');
  await expect
    .poll(() => hoverOf(editor, '"external<|>Id": "string*"'), { timeout: 8000 })
    .toMatch(/Filled in \d+ of \d+ rows(, \d+ different values)?, e\.g\. `[^`]+`, `[^`]+`, `[^`]+`; collected just now from `directory`\./);
  const column = await hoverOf(editor, '"external<|>Id": "string*"');
  expect(column.indexOf('Column `externalId`')).toBeLessThan(column.indexOf('Filled in'));
  expect(await hoverOf(editor, '"resource_mandatory": ["user<|>Name"')).toContain('Filled in');
  expect(await hoverOf(editor, '"act<|>ive": "boolean*"')).toMatch(/`(true|false)`/);
  expect(await hoverOf(editor, '"pri<|>mary": "boolean*"')).toContain('Filled in');
  expect(await hoverOf(editor, '"use<|>rs": {')).toMatch(/\d+ rows, collected just now from `directory`, complete\./);

  expect(await lensesOf(editor)).toEqual(expect.arrayContaining([expect.stringMatching(/^users: \d+ rows · just now$/) as string]));

  await editor.edit(
    directory,
    '"displayName": "string*",\n          "title"',
    '"displayName": "string*",\n          "",\n          "title"',
  );
  const offered = await seenOf(editor, '          "<|>",\n          "title"');
  expect(offered.map(({ label, detail }) => [label, detail])).toEqual([
    ['meta', 'seen in the last answer, with 4 names below it'],
    ['schemas', expect.stringMatching(/^seen in (\d+) of \1 rows$/)],
  ]);
  expect(offered[1]?.textEdit?.newText).toContain('"schemas": ["string*"]');
  expect(offered[0]?.textEdit?.newText).toContain('"resourceType": "string*"');
});

test('a dry run is known, too, and marked as one', async () => {
  await using stage = await setStage();
  const { editor, input } = stage;
  await editor.open(directory);
  const dryRun = { connector: directory, table: 'groups', limits: { rows: 3, calls: 2 } };
  const { seen } = await editor.request<DryRunReport>('sollist/run/dryRun', input(dryRun));
  expect(seen).toMatchObject({ table: 'groups', rows: 3 });
  expect(await lensesOf(editor)).toContain('groups: 3 rows · just now · dry run');
  expect(await hoverOf(editor, '"gro<|>ups": {\n        "operations"')).toMatch(
    /3 rows, dry run just now from `directory`, not complete\.\n- /,
  );
});

test('an answer that wraps its rows is a problem while output_field does not say so', async () => {
  await using stage = await setStage();
  const { editor, input } = stage;
  await editor.open(directory);
  await editor.edit(directory, '"output_field": "Resources"', '"output_field": null');
  const report = await editor.request<DryRunReport>(
    'sollist/run/dryRun',
    input({ connector: directory, table: 'users', limits: { rows: 3, calls: 2 } }),
  );
  expect(report).toMatchObject({ outcome: { state: 'failed', error: { code: 'output-field-missing' } }, seen: { wrapped: 'Resources' } });
  const found = await editor.diagnostics(directory, (all) => all.some(({ code }) => code === 'output-field-missing'));
  expect(found.find(({ code }) => code === 'output-field-missing')?.message).toContain('"Resources"');
  await editor.edit(directory, '"output_field": null', '"output_field": "Resources"');
  await editor.diagnostics(directory, (all) => all.every(({ code }) => code !== 'output-field-missing'));
});

test('a request is shown and not sent', async () => {
  await using stage = await setStage();
  const { editor, samples, input } = stage;
  await editor.open(directory);
  await editor.edit(
    directory,
    '"path": "/scim/v2/Users"\n            },\n            "body"',
    '"path": "/scim/v3/Users"\n            },\n            "body"',
  );
  const preview = await editor.request<RequestPreview>(
    'sollist/run/previewRequest',
    input({ connector: directory, table: 'users', operation: 'user_create' }),
  );
  expect(preview.request).toMatchObject({ verb: 'POST', url: `http://${samples.directory.address}/scim/v3/Users` });
  expect(preview.text).toContain('authorization: Basic ***');
  expect([...samples.hr.log, ...samples.directory.log]).toEqual([]);
});

test('a vault that is there, or appears, is read without a run; in an untrusted workspace it is not', async () => {
  await using stage = await setStage();
  await collect(stage, 'directory');
  const vault = (name: string): string => join(stage.editor.folder, '.sollist', name);
  await using trusted = await startEditor({ folder: stage.editor.folder });
  await using untrusted = await startEditor({ folder: stage.editor.folder, trusted: false });
  for (const editor of [trusted, untrusted]) {
    await editor.open(directory);
    expect(await hoverOf(editor, '"external<|>Id": "string*"')).not.toContain('Filled in');
  }
  // No environment is chosen in these, so theirs is the vault without one in its name.
  copyFileSync(vault('vault@elsewhere.db'), vault('vault.db'));
  for (const editor of [trusted, untrusted]) await editor.touched('.sollist/vault.db', 'created');
  await expect.poll(() => hoverOf(trusted, '"external<|>Id": "string*"'), { timeout: 8000 }).toContain('Filled in');
  expect(await lensesOf(trusted)).toEqual(expect.arrayContaining([expect.stringMatching(/^users: \d+ rows · just now$/) as string]));
  expect(await hoverOf(untrusted, '"external<|>Id": "string*"')).not.toContain('Filled in');
  expect(await lensesOf(untrusted)).not.toEqual(expect.arrayContaining([expect.stringContaining(' rows · ')]));
  for (const [name, own] of [
    ['describeVault', {}],
    ['describeTable', { system: 'directory', table: 'users' }],
    ['previewRequest', { connector: directory, table: 'users', operation: 'user_create' }],
  ] as const) {
    const parameters = { runId: '1', folder: untrusted.folder, overlay: [], secrets: {}, ...own };
    await expect(untrusted.request(`sollist/run/${name}`, parameters), name).rejects.toMatchObject({ data: { code: 'untrusted' } });
  }
  await untrusted.connection.sendNotification('sollist/trusted');
  await expect.poll(() => hoverOf(untrusted, '"external<|>Id": "string*"'), { timeout: 8000 }).toContain('Filled in');
});
