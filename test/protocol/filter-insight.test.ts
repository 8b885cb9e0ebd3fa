import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeLens, CompletionItem, CompletionList, Hover, InlayHint, MarkupContent } from 'vscode-languageserver-types';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FilterReport } from '../../engine/host/protocol.ts';
import { startEditor, type TestEditor } from '../support/language-server.ts';
import { writeFiles } from '../support/write-files.ts';

const path = 'filters/Staff.filter';

const staff = `select p.id, p.name, u.login
from hr.persons as p                   -- everybody
left join directory.users as u on u.mail = p.mail
where p.status <> 'leaver'

lookup known include id in directory.users.person
`;

/** A workspace of files, so that a collection needs no network. */
const files: Readonly<Record<string, unknown>> = {
  'sollist.json': { name: 'Test' },
  'systems/hr.json': { files: { folder: 'data/hr' }, tables: { persons: { key: 'id' } } },
  'systems/directory.json': { files: { folder: 'data/directory' }, tables: { users: { key: 'login' } } },
  'relations.json': {
    relations: [
      { left: { system: 'hr', table: 'persons', column: 'id' }, right: { system: 'directory', table: 'users', column: 'person' } },
    ],
  },
  'data/hr/persons.csv': [
    'id;name;mail;status;level;since;trusted;apiToken',
    'P1;Ann;Ann@school.example;active;3;2020-01-01;true;hidden-1',
    "P2;O'Neil;bob@school.example;active;3;2021-01-01;true;hidden-2",
    'P3;Cid;cid@school.example;leaver;4;2020-01-01;false;hidden-3',
    'P4;Dan;;;5;2020-01-01;true;hidden-4',
    '',
  ].join('\n'),
  'data/directory/users.csv': [
    'login;person;mail',
    'ann;P1;ann@school.example',
    'bob;P2;bob@school.example',
    'bob2;P2;bob@school.example',
    '',
  ].join('\n'),
  [path]: staff,
  'filters/Others.filter': 'select u.login as name from directory.users as u\n',
};

let folder: string;
let editor: TestEditor;
let runs = 0;

const run = <Result>(name: string, own: object, on = editor): Promise<Result> =>
  on.request<Result>(`sollist/run/${name}`, { runId: `run-${++runs}`, folder, overlay: [], secrets: {}, ...own });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-insight-'));
  writeFiles(folder, files);
  editor = await startEditor({ folder });
});
afterEach(async () => {
  await editor.close(path);
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Hints by the line they stand behind. */
async function hints(on = editor): Promise<readonly string[]> {
  const lines = on.text(path).split('\n');
  const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  const found = await on.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: on.uri(path) }, range });
  return found.map(({ position, label }) => {
    const line = lines[position.line] ?? '';
    return `${line.slice(0, position.character)}  ${label as string}${line.slice(position.character) === '' ? '' : ' …'}`;
  });
}

/** Waits until the server has checked the filter as it is: a mistake comes and goes. */
async function settled(on: TestEditor): Promise<void> {
  await on.edit(path, 'select', 'selct');
  await on.diagnostics(path, (all) => all.some(({ code }) => code === 'syntax'));
  await on.edit(path, 'selct', 'select');
  await on.diagnostics(path, (all) => all.every(({ code }) => code !== 'syntax'));
}

async function hover(marked: string): Promise<string> {
  const found = await editor.ask<Hover | null>('hover', path, marked);
  return (found?.contents as MarkupContent | undefined)?.value ?? '';
}

/** What completion offers of values, in its order, and what choosing one writes. */
async function values(marked: string): Promise<readonly string[]> {
  const answer = await editor.ask<CompletionItem[] | CompletionList>('completion', path, marked);
  const items = Array.isArray(answer) ? answer : answer.items;
  return items
    .filter(({ detail }) => / rows?$/.test(detail ?? ''))
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
    .map(({ label, detail }) => `${label} ${detail ?? ''}`);
}

async function lenses(): Promise<readonly string[]> {
  const found = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(path) } });
  return found.map(
    ({ range, command }) => `${range.start.line}: ${command?.title ?? ''} ${command?.command ?? ''} ${String(command?.arguments?.[1])}`,
  );
}

test('before anything was collected nothing is known, and nothing is said', async () => {
  await editor.open(path);
  await settled(editor);
  expect(await hints()).toEqual([]);
  expect(await values("p.status <> '<|>leaver'")).toEqual([]);
  expect(await hover('p.na<|>me')).not.toContain('Filled');
});

test('after a collection: rows behind each part, hazards beside the other problems, values and figures', async () => {
  for (const system of ['hr', 'directory']) await run('collect', { system });
  await editor.open(path);
  await expect
    .poll(() => hints(), { timeout: 8000 })
    .toEqual([
      'select p.id, p.name, u.login  → 3 rows',
      'from hr.persons as p                   -- everybody  → 4 rows',
      'left join directory.users as u on u.mail = p.mail  → 5 rows',
      "where p.status <> 'leaver'  → 3 rows",
      'lookup known include id in directory.users.person  → 3 rows',
    ]);
  const found = await editor.diagnostics(path, (all) => all.some(({ code }) => String(code).startsWith('hazard-')));
  expect(found.map(({ code, message }) => `${String(code)}: ${message}`)).toEqual([
    expect.stringMatching(
      /^hazard-multiplied: 1 row that meets "u" becomes 2\. 1 value of u\.mail occurs more than once, e\.g\. 'bob@school\.example' \(2 times\)\./,
    ),
    expect.stringContaining(
      "hazard-nearly-equal: 1 value of p.mail meets none of u.mail but for case and the blanks around them, e.g. 'Ann@school.example' and 'ann@school.example'.",
    ),
    expect.stringContaining('hazard-null-dropped: 1 row is dropped here because p.status is null'),
  ]);
  expect(await hover('p.na<|>me')).toMatch(
    /^Column `name` of `hr\.persons`: text\n\nFilled in 4 of 4 rows \(100 %\), 4 different values: .*; collected just now\./,
  );
  expect(await hover('hr.per<|>sons')).toMatch(/4 rows, collected just now from `hr`, complete\./);
  expect(await hover('le<|>ft join')).toBe(
    '`left join` `directory.users`: Keeps every row; columns of a table without a match are null. `matched(alias)` tells.\n\nOn `u.mail = p.mail`.\n\nAfter it 5 rows. Of the 4 rows before it 1 met a row, 3 did not.',
  );
});

test('values of the compared column, the most frequent first, quoted as they must be', async () => {
  await editor.open(path);
  const before = "p.status <> 'leaver'";
  const at = async (written: string): Promise<readonly string[]> => {
    const typed = written.replace('<|>', '');
    await editor.edit(path, before, typed);
    try {
      let found: readonly string[] = [];
      await expect.poll(async () => (found = await values(written)).length, { timeout: 8000 }).toBeGreaterThan(0);
      return found;
    } finally {
      await editor.edit(path, typed, before);
    }
  };
  expect(await at('p.status = <|>')).toEqual(["'active' 2 rows", "'leaver' 1 row"]);
  expect(await at("p.status = 'ac<|>'")).toEqual(["'active' 2 rows", "'leaver' 1 row"]);
  expect(await at("p.status = 'ac<|>")).toEqual(["'active' 2 rows", "'leaver' 1 row"]);
  expect(await at("p.status in ('active', <|>)")).toEqual(["'leaver' 1 row"]);
  expect(await at("p.status not in (<|>, 'leaver')")).toEqual(["'active' 2 rows"]);
  expect(await at("p.name not like '<|>'")).toContain("'O''Neil' 1 row");
  expect(await at('p.level >= <|>')).toEqual(['3 2 rows', '4 1 row', '5 1 row']);
  expect(await at('p.trusted = <|>')).toEqual(['true 3 rows', 'false 1 row']);
  expect(await at('p.since between <|>')).toEqual(["'2020-01-01' 3 rows", "'2021-01-01' 1 row"]);
  expect(await at("p.since between '2020-01-01' and <|>")).toHaveLength(2);
  expect(await at('contains(p.mail, <|>)')).toContain("'cid@school.example' 1 row");
});

test('values of what is secret by its name are nowhere', async () => {
  await editor.open(path);
  await editor.edit(path, "p.status <> 'leaver'", "p.apiToken = 'hidden-9'");
  await expect.poll(() => hover('p.api<|>Token'), { timeout: 8000 }).toContain('which are not shown');
  expect(await values("p.apiToken = '<|>hidden-9'")).toEqual([]);
  const found = await editor.diagnostics(path, (all) => all.some(({ code }) => code === 'hazard-no-rows'));
  expect(JSON.stringify(found)).not.toContain('hidden-1');
});

test('hints and hazards belong to the text they were found for, and follow it', async () => {
  await editor.open(path);
  await editor.diagnostics(path, (all) => all.some(({ code }) => code === 'hazard-null-dropped'));
  await editor.edit(path, "<> 'leaver'", "= 'nothing'");
  expect(await hints()).toEqual([]);
  await editor.diagnostics(path, (all) => all.some(({ code, message }) => code === 'hazard-no-rows' && message.includes("'active'")));
  await expect.poll(() => hints(), { timeout: 8000 }).toContain("where p.status = 'nothing'  → 0 rows");
  await editor.edit(path, "'nothing'", "'nothing");
  await editor.diagnostics(path, (all) => all.every(({ code }) => !String(code).startsWith('hazard-')));
  expect(await hints()).toEqual([]);
});

test('a hazard is repaired, suppressed or turned off like any other finding', async () => {
  await editor.open(path);
  const [hazard] = (await editor.diagnostics(path, (all) => all.some(({ code }) => code === 'hazard-null-dropped'))).filter(
    ({ code }) => code === 'hazard-null-dropped',
  );
  const actions = await editor.request<readonly { readonly title: string }[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(path) },
    range: hazard?.range,
    context: { diagnostics: [hazard] },
  });
  expect(actions.map(({ title }) => title)).toEqual(
    expect.arrayContaining([
      'Keep the rows where p.status is null',
      'Suppress "hazard-null-dropped" in this file',
      'Turn off "hazard-null-dropped" in this workspace',
    ]),
  );
  await editor.open('sollist.json');
  await editor.edit(
    'sollist.json',
    '"name": "Test"',
    '"name": "Test", "problems": { "suppressed": [{ "code": "hazard-null-dropped", "file": "filters/Staff.filter" }] }',
  );
  await editor.diagnostics(path, (all) => all.length === 2 && all.every(({ code }) => code !== 'hazard-null-dropped'));
  // That it is not found at this moment does not make the suppression a useless one.
  await editor.edit('sollist.json', '"hazard-null-dropped"', '"hazard-append-null"');
  await editor.diagnostics(path, (all) => all.length === 3);
  await editor.edit('sollist.json', '"file"', '"flie"');
  const own = await editor.diagnostics('sollist.json', (all) => all.length > 0);
  expect(own.map(({ code }) => code)).not.toContain('unused-suppression');
  await editor.close('sollist.json');
});

test('lenses run, explain, and run a lookup; a run leaves its rows and time', async () => {
  await editor.open(path);
  expect(await lenses()).toEqual([
    '0: $(play) Run sollist.runFilter Staff',
    '0: $(list-tree) Explain sollist.explainFilter Staff',
    '5: $(play) Run [known] sollist.runFilter Staff[known]',
  ]);
  const { rowSet } = await run<FilterReport>('runFilter', { filter: 'Staff[known]', parameters: {} });
  expect(await lenses()).toContainEqual(
    expect.stringMatching(new RegExp(`^5: ${rowSet.total} rows · last run \\d\\d:\\d\\d sollist\\.runFilter Staff\\[known\\]$`)),
  );
});

test('what is appended counts where it is named', async () => {
  await editor.open(path, 'select p.name from hr.persons as p\nappend Others\n');
  await expect
    .poll(() => hints(), { timeout: 8000 })
    .toEqual(['select  → 7 rows …', 'select p.name from hr.persons as p  → 4 rows', 'append Others  + 3 rows']);
});

test('settings turn rows and hazards off', async () => {
  const off = { settings: { sollist: { filter: { rowCounts: false, hazards: false } } } };
  await using quiet = await startEditor({ folder });
  await quiet.connection.sendNotification('workspace/didChangeConfiguration', off);
  await quiet.open(path);
  await settled(quiet);
  expect(await hints(quiet)).toEqual([]);
  await quiet.connection.sendNotification('workspace/didChangeConfiguration', { settings: { sollist: {} } });
  await quiet.diagnostics(path, (all) => all.some(({ code }) => code === 'hazard-multiplied'));
  await quiet.connection.sendNotification('workspace/didChangeConfiguration', off);
  await quiet.diagnostics(path, (all) => all.length === 0);
});

test('in an untrusted workspace nothing is asked', async () => {
  await using untrusted = await startEditor({ folder, trusted: false });
  await untrusted.open(path);
  await settled(untrusted);
  expect(await hints(untrusted)).toEqual([]);
  await untrusted.connection.sendNotification('sollist/trusted');
  await expect.poll(() => hints(untrusted), { timeout: 8000 }).toHaveLength(5);
});
