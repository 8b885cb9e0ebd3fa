import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-types';
import { startEditor, type TestEditor } from '../support/language-server.ts';

const connector = 'connectors/directory.json';
const name = '"name": "Halden & Brook",';

/** Opens the sample's settings with this after their name. */
async function openSettings(editor: TestEditor, problems: string): Promise<void> {
  await editor.open('sollist.json');
  await editor.edit('sollist.json', name, `${name}\n  "problems": ${problems},`);
}

/** Opens the sample's connector with an iteration over a table it does not have. */
async function breakConnector(editor: TestEditor): Promise<void> {
  await editor.open(connector);
  await editor.edit(connector, '"table": "groups"', '"table": "gruops"');
}

async function complete(editor: TestEditor, marked: string): Promise<readonly CompletionItem[]> {
  const answer = await editor.ask<CompletionList | CompletionItem[]>('completion', 'sollist.json', marked);
  return Array.isArray(answer) ? answer : answer.items;
}

const code = 'unknown-iteration-table';

test('a severity of sollist.json counts at once', async () => {
  await using editor = await startEditor();
  await breakConnector(editor);
  const [before] = (await editor.diagnostics(connector, (all) => all.some((one) => one.code === code))).filter((one) => one.code === code);
  expect(before?.severity).toBe(1);
  await openSettings(editor, `{ "severities": { "${code}": "hint" } }`);
  await editor.diagnostics(connector, (all) => all.some((one) => one.code === code && one.severity === 4));
  await editor.edit('sollist.json', '"hint"', '"off"');
  await editor.diagnostics(connector, (all) => !all.some((one) => one.code === code));
});

test('a finding is suppressed where it stands, and an entry without a finding is a hint', async () => {
  await using editor = await startEditor();
  await breakConnector(editor);
  await editor.diagnostics(connector, (all) => all.some((one) => one.code === code));
  const at = '/schema/crud_objects/members/operations/members_get/call/table';
  await openSettings(editor, `{ "suppressed": [{ "code": "${code}", "file": "${connector}", "at": "${at}" }] }`);
  await editor.diagnostics(connector, (all) => !all.some((one) => one.code === code));
  await editor.edit(connector, '"gruops"', '"groups"');
  const unused = await editor.diagnostics('sollist.json', (all) => all.some((one) => one.code === 'unused-suppression'));
  expect(unused.find((one) => one.code === 'unused-suppression')?.severity).toBe(4);
});

test('the hint about an entry without a finding goes with the entry', async () => {
  await using editor = await startEditor();
  await openSettings(editor, `{ "suppressed": [{ "code": "${code}" }] }`);
  await editor.diagnostics('sollist.json', (all) => all.some((one) => one.code === 'unused-suppression'));
  await editor.edit('sollist.json', `{ "code": "${code}" }`, '');
  await editor.diagnostics('sollist.json', (all) => all.length === 0);
});

test('codes are offered with what they mean, files with their paths', async () => {
  await using editor = await startEditor();
  await openSettings(editor, `{ "severities": { "" }, "suppressed": [{ "code": "", "file": "" }] }`);
  const names = await complete(editor, '"severities": { "<|>" }');
  const item = names.find(({ label }) => label === code);
  expect(item?.textEdit?.newText).toBe(`"${code}": "off"`);
  expect(item?.documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('there are no rows') as unknown });
  const codes = await complete(editor, '"code": "<|>"');
  expect(codes.find(({ label }) => label === 'parameter-unused')?.textEdit?.newText).toBe('"parameter-unused"');
  expect((await complete(editor, '"file": "<|>"')).map(({ label }) => label)).toContain(connector);
});

test('an unknown code is a hint with the nearest one', async () => {
  await using editor = await startEditor();
  await openSettings(editor, '{ "severities": { "unknown-iteration-tabel": "off" } }');
  const all = await editor.diagnostics('sollist.json', (found) => found.some((one) => one.code === 'unknown-code'));
  expect(all.find((one) => one.code === 'unknown-code')).toMatchObject({
    severity: 4,
    message: expect.stringContaining(`"${code}"`) as unknown,
  });
});

test('the code of a problem is a link to its page', async () => {
  await using editor = await startEditor();
  await breakConnector(editor);
  const all = await editor.diagnostics(connector, (found) => found.some((one) => one.code === code));
  const href = all.find((one) => one.code === code)?.codeDescription?.href ?? '';
  expect(existsSync(fileURLToPath(href))).toBe(true);
  expect(href).toMatch(/\/docs\/problems\/unknown-iteration-table\.md$/);
});
