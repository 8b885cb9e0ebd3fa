import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEditor, type Diagnostic } from '../support/language-server.ts';

const has = (code: string) => (diagnostics: readonly Diagnostic[]) => diagnostics.some((diagnostic) => diagnostic.code === code);
const none = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.length === 0;

test('a broken connector has its problem in its place, and none when mended', async () => {
  await using editor = await startEditor();
  const path = 'connectors/directory.json';
  await editor.open(path);
  await editor.edit(path, '"table": "groups"', '"table": "gruops"');
  const [problem] = (await editor.diagnostics(path, has('unknown-iteration-table'))).filter(
    ({ code }) => code === 'unknown-iteration-table',
  );
  expect(problem).toMatchObject({
    source: 'sollist',
    severity: 1,
    range: { start: editor.at(path, '<|>"gruops"'), end: editor.at(path, '"gruops"<|>') },
  });
  expect(problem?.message).toContain('groups');
  await editor.edit(path, '"table": "gruops"', '"table": "groups"');
  expect(await editor.diagnostics(path, none)).toEqual([]);
});

test('of a burst of changes the last one is reported, and hardly any before it', async () => {
  await using editor = await startEditor();
  const path = 'connectors/directory.json';
  await editor.open(path);
  const names = Array.from({ length: 40 }, (_, index) => `nowhere${index}`);
  const told = new Set<string>();
  const reported = editor.diagnostics(path, (all) => {
    for (const { message } of all) for (const name of names) if (message.includes(`"${name}"`)) told.add(name);
    return told.has('nowhere39');
  });
  // Sent without waiting for anything, as they come from a fast typist.
  await Promise.all(names.map((name, index) => editor.edit(path, `"table": "${names[index - 1] ?? 'groups'}"`, `"table": "${name}"`)));
  await reported;
  // A machine that halts for longer than a person pauses may show one on the way.
  expect(told.size).toBeLessThan(4);
});

test('a name that goes missing is reported where it is used, in files that are not open', async () => {
  await using editor = await startEditor();
  await editor.open('mappings/Accounts of leavers.json');
  await editor.edit('mappings/Accounts of leavers.json', '"filter": "', '"filter": "No ');
  expect(await editor.diagnostics('mappings/Accounts of leavers.json', has('unknown-filter'))).toHaveLength(1);

  await editor.open('filters/Employees.filter');
  await editor.edit('filters/Employees.filter', 'lookup without_account', 'lookup missing_account');
  const [problem] = await editor.diagnostics('mappings/New accounts.json', has('unknown-filter'));
  expect(problem?.message).toContain('Employees[without_account]');
  await editor.close('filters/Employees.filter');
  expect(await editor.diagnostics('mappings/New accounts.json', none)).toEqual([]);
});

test('a change on the disk is noticed, as are new and removed files', async () => {
  await using editor = await startEditor();
  const from = join(editor.folder, 'filters/Employees.filter');
  const to = join(editor.folder, 'filters/Staff.filter');
  renameSync(from, to);
  await editor.touched('filters/Employees.filter', 'deleted');
  await editor.touched('filters/Staff.filter', 'created');
  expect(await editor.diagnostics('mappings/New accounts.json', has('unknown-filter'))).toHaveLength(1);
  renameSync(to, from);
  await editor.touched('filters/Employees.filter', 'created');
  expect(await editor.diagnostics('mappings/New accounts.json', none)).toEqual([]);
});

test('a filter is checked against the tables of the workspace', async () => {
  await using editor = await startEditor();
  const path = 'filters/Employees.filter';
  await editor.open(path);
  await editor.edit(path, 'p.firstName', 'p.fistName');
  const [problem] = await editor.diagnostics(path, has('unknown-column'));
  expect(problem?.range).toEqual({ start: editor.at(path, 'p.<|>fistName'), end: editor.at(path, 'p.fistName<|>') });
});

test('a connector outside any workspace is checked alone, and forgotten when closed', async () => {
  await using editor = await startEditor();
  const uri = 'file:///nowhere/at/all/lone.json';
  await editor.openText(
    uri,
    'sollist-connector',
    '{ "schema": { "crud_objects": { "a": { "key": "id", "resources": {}, "operations": {} } } }, "rest": { "config": {} } }',
  );
  expect(await editor.diagnostics(uri, has('unknown-key-column'))).not.toEqual([]);
  await editor.close(uri);
  expect(await editor.diagnostics(uri, none)).toEqual([]);
});

test('an untitled document is checked alone', async () => {
  await using editor = await startEditor();
  await editor.openText('untitled:Untitled-1', 'sollist-filter', 'selekt x');
  expect(await editor.diagnostics('untitled:Untitled-1', has('syntax'))).not.toEqual([]);
  await editor.openText('untitled:Untitled-2', 'sollist-connector', '{ "schema": [');
  expect(await editor.diagnostics('untitled:Untitled-2', has('not-json'))).not.toEqual([]);
});

test('a text that is no JSON says so and breaks nothing else', async () => {
  await using editor = await startEditor();
  await editor.open('connectors/hr.json', 'this is no JSON');
  expect((await editor.diagnostics('connectors/hr.json', has('not-json')))[0]?.range.start).toEqual({ line: 0, character: 0 });
  await editor.open('systems/directory.json', '{ "connector": "directory", ');
  expect(await editor.diagnostics('systems/directory.json', has('not-json'))).not.toEqual([]);
  await editor.open('relations.json', '\u0000');
  expect(await editor.diagnostics('relations.json', has('not-text'))).not.toEqual([]);
});

test('what cannot be read is left out, and the rest is still checked', async () => {
  await using editor = await startEditor();
  symlinkSync(join(editor.folder, 'nothing'), join(editor.folder, 'connectors/dangling.json'));
  mkdirSync(join(editor.folder, 'connectors/folder.json'));
  await editor.open('mappings/New accounts.json');
  await editor.edit('mappings/New accounts.json', '"user_create"', '"user_crate"');
  expect(await editor.diagnostics('mappings/New accounts.json', has('unknown-operation'))).toHaveLength(1);
  expect(editor.log.join('\n')).toContain('dangling.json');
});

test('a folder becomes a workspace with its sollist.json, and is none without it', async () => {
  await using editor = await startEditor();
  await editor.open('mappings/New accounts.json');
  await editor.edit('mappings/New accounts.json', '"user_create"', '"user_crate"');
  await editor.diagnostics('mappings/New accounts.json', has('unknown-operation'));
  rmSync(join(editor.folder, 'sollist.json'));
  await editor.touched('sollist.json', 'deleted');
  expect(await editor.diagnostics('mappings/New accounts.json', none)).toEqual([]);
  writeFileSync(join(editor.folder, 'sollist.json'), '{ "name": "again" }');
  await editor.touched('sollist.json', 'created');
  expect(await editor.diagnostics('mappings/New accounts.json', has('unknown-operation'))).toHaveLength(1);
});

test('of too many problems the worst are sent, under one that says how many more there are', async () => {
  await using editor = await startEditor();
  const entry = '{ "key": "id", "resources": {}, "operations": {} }';
  const tables = Array.from({ length: 2500 }, (_, index) => `"t${index}": ${entry}`).join(',\n');
  const uri = 'file:///nowhere/at/all/many.json';
  await editor.openText(uri, 'sollist-connector', `{ "schema": { "crud_objects": {\n${tables}\n} }, "rest": { "config": {} } }`);
  const [first, ...others] = await editor.diagnostics(uri, has('more-problems'));
  expect(first).toMatchObject({ severity: 1, range: { start: { line: 0, character: 0 } }, source: 'sollist' });
  expect(first?.message).toMatch(
    /^This file has too many problems to show: [\d,]+ warnings, [\d,]+ hints are left out\. "sollist check" lists them all\.$/,
  );
  expect(others).toHaveLength(1000);
  // Errors come first, though they stand behind all warnings of the file.
  expect(others.filter(({ severity }) => severity === 1).map(({ code, range }) => [code, range.start.line])).toEqual([
    ['missing-property', 2501],
  ]);
  expect(others[0]).toMatchObject({ severity: 1 });
  const lines = others.slice(1).map(({ range }) => range.start.line);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
});
