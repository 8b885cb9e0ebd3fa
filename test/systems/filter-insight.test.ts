import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InlayHint } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilterReport, RunInput } from '../../engine/host/protocol.ts';
import { createRunner, type Runner } from '../../engine/host/runner.ts';
import { startEditor } from '../support/language-server.ts';
import { writeFiles } from '../support/write-files.ts';

/** The engine process's own border, and what becomes of a query that does not end. */

const signal = new AbortController().signal;
const things = ['id;name', ...Array.from({ length: 20_000 }, (_, i) => `${i};same`), ''].join('\n');

/** Every thing meets every other one, and none of the 400 million pairs is kept: counting stops at no limit. */
const endless = "select a.id from files.things as a join files.things as b on b.name = a.name where a.id || b.id = 'none'";

let folder: string;
let runner: Runner;
let runs = 0;
const input = (): RunInput => ({ runId: String(++runs), folder, overlay: [], secrets: {} });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-insight-runs-'));
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'systems/files.json': { files: { folder: 'data' }, tables: { things: { key: 'id' } } },
    'data/things.csv': things,
    'filters/Plain.filter': "parameter name text default 'same'\nselect t.id from files.things as t where t.name = @name",
    'filters/Few.filter': 'select t.id from files.things as t limit 3',
    'filters/Broken.filter': 'select t.nothing from files.things as t',
  });
  runner = createRunner({ env: {}, onProgress: () => undefined });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without a vault nothing is told, and none is made', async () => {
  expect(await runner.filterInsight({ ...input(), filter: 'Plain', parameters: {} }, signal)).toEqual({
    steps: [],
    hazards: [],
    stopped: false,
    missing: [],
    without: [],
  });
  expect(await runner.columnFacts({ ...input(), system: 'files', table: 'things', column: 'name' }, signal)).toEqual({});
  expect(existsSync(join(folder, '.sollist'))).toBe(false);
});

test('rows and figures come from the vault, with the values that are given, and leave no run behind', async () => {
  await runner.collect({ ...input(), system: 'files' }, signal);
  const before = readdirSync(join(folder, '.sollist'), { recursive: true }).length;
  const insight = await runner.filterInsight({ ...input(), filter: 'Plain', parameters: {} }, signal);
  expect(insight.steps.map(({ kind, rows }) => `${kind} ${rows}`)).toEqual(['result 20000', 'from 20000', 'where 20000']);
  const other = await runner.filterInsight({ ...input(), filter: 'Plain', parameters: { name: 'other' } }, signal);
  expect(other.hazards).toMatchObject([
    { code: 'hazard-parameter-nothing', message: "None of 20,000 rows meets this condition. @name is 'other'. t.name has 'same'" },
  ]);
  expect(await runner.columnFacts({ ...input(), system: 'files', table: 'things', column: 'name' }, signal)).toMatchObject({
    column: { looked: 20_000, filled: 20_000, distinct: 1, values: [{ value: 'same', rows: 20_000 }] },
  });
  expect(await runner.columnFacts({ ...input(), system: 'files', table: 'other', column: 'name' }, signal)).toEqual({});
  expect(await runner.filterInsight({ ...input(), filter: 'Broken', parameters: {} }, signal)).toMatchObject({ steps: [], hazards: [] });
  await expect(runner.filterInsight({ ...input(), filter: 'Nothing', parameters: {} }, signal)).rejects.toMatchObject({
    data: { code: 'unknown-filter' },
  });
  expect(readdirSync(join(folder, '.sollist'), { recursive: true })).toHaveLength(before);
});

test('a newer collection is seen by figures that were remembered', async () => {
  const ask = { system: 'files', table: 'things', column: 'name' };
  const overlay = [{ path: 'data/things.csv', text: 'id;name\n1;new\n' }];
  await runner.collect({ ...input(), overlay, system: 'files', accept: ['things'] }, signal);
  expect(await runner.columnFacts({ ...input(), ...ask }, signal)).toMatchObject({ column: { values: [{ value: 'new', rows: 1 }] } });
  await runner.collect({ ...input(), system: 'files' }, signal);
  expect(await runner.columnFacts({ ...input(), ...ask }, signal)).toMatchObject({ column: { values: [{ value: 'same', rows: 20_000 }] } });
});

test('a query that does not end is ended with its process; runs and the editor do not notice', { timeout: 40_000 }, async () => {
  await using editor = await startEditor({ folder });
  const path = 'filters/Plain.filter';
  const hints = async (): Promise<readonly string[]> => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const found = await editor.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: editor.uri(path) }, range });
    return found.map(({ label }) => label as string);
  };
  const stopped = (): readonly string[] => editor.log.filter((line) => line.includes('was not looked into'));
  await editor.open(path, endless);
  // What a person asks for runs in another process than what nobody asked for.
  let asked = 0;
  const whileItRuns = async (): Promise<number> => {
    const start = performance.now();
    await hints();
    const { rowSet } = await editor.request<FilterReport>('sollist/run/runFilter', { ...input(), filter: 'Few', parameters: {} });
    expect(rowSet.total).toBe(3);
    expect(performance.now() - start).toBeLessThan(3_000);
    asked++;
    return stopped().length;
  };
  await expect.poll(whileItRuns, { timeout: 20_000, interval: 400 }).toBeGreaterThan(0);
  expect(asked).toBeGreaterThan(2);
  expect(await hints()).toEqual([]);
  await editor.edit(path, "where a.id || b.id = 'none'", 'limit 3');
  await expect.poll(hints, { timeout: 15_000 }).toEqual(['→ 3 rows', '→ 20,000 rows', '→ more than 1,000,000 rows']);
});
