import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CompletionItem, Hover, Location } from 'vscode-languageserver-types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DryRunReport, VaultDescription } from '../../engine/host/protocol.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import { initializeParameters, startEditor, type TestEditor } from '../support/language-server.ts';

const filter = 'filters/Paid.filter';
const system = 'systems/payroll.json';
const data = 'data/payroll/persons.csv';

let editor: TestEditor;
beforeAll(async () => {
  editor = await startEditor();
  const write = (path: string, content: string | Uint8Array): void => writeFileSync(join(editor.folder, path), content);
  mkdirSync(join(editor.folder, 'data/payroll'), { recursive: true });
  write(data, Buffer.from('id;full name;salary\r\n1;Zo\xeb;10\r\n', 'latin1'));
  write(
    system,
    JSON.stringify({ files: { folder: 'data/payroll' }, tables: { persons: { key: 'id', display: 'full name' } } }, undefined, 2),
  );
  write(filter, 'select p.salary from payroll.persons as p\n');
});
afterAll(() => editor[Symbol.asyncDispose]());

async function labels(path: string, piece: string, marked: string): Promise<readonly string[]> {
  await editor.open(path);
  try {
    await editor.edit(path, piece, marked.replace('<|>', ''));
    return (await editor.ask<CompletionItem[]>('completion', path, marked)).map(({ label }) => label);
  } finally {
    await editor.close(path);
  }
}

test('the columns of a file are offered in a filter and in the system itself', async () => {
  expect(await labels(filter, 'p.salary', 'p.<|>')).toEqual(expect.arrayContaining(['id', 'full name', 'salary']));
  expect(await labels(system, '"key": "id"', '"key": "<|>"')).toEqual(['id', 'full name', 'salary']);
  expect(await labels(system, '"persons": {', '"<|>": {')).toEqual(['persons']);
});

test('a column is told about, and declared in the header of its file', async () => {
  await editor.open(filter);
  const hover = await editor.ask<Hover>('hover', filter, 'p.sal<|>ary');
  expect(JSON.stringify(hover.contents)).toContain('number');
  const places = await editor.ask<Location[]>('definition', filter, 'p.sal<|>ary');
  expect(places).toEqual([{ uri: editor.uri(data), range: { start: { line: 0, character: 13 }, end: { line: 0, character: 19 } } }]);
  await editor.close(filter);
});

test('the text of an editor and changes on the disk are seen at once', async () => {
  await editor.open(filter);
  await editor.openText(editor.uri(data), 'csv', 'id;full name;wage\n1;Zoë;10\n');
  const found = await editor.diagnostics(filter, (all) => all.length > 0);
  expect(found).toMatchObject([{ code: 'unknown-column' }]);
  await editor.close(data);
  await editor.diagnostics(filter, (all) => all.length === 0);
  rmSync(join(editor.folder, data));
  await editor.touched(data, 'deleted');
  const gone = await editor.diagnostics(system, (all) => all.length > 0);
  expect(gone.map(({ code }) => code)).toContain('unknown-table');
  writeFileSync(join(editor.folder, data), Buffer.from('id;full name;salary\r\n1;Zo\xeb;10\r\n', 'latin1'));
  await editor.touched(data, 'created');
  await editor.diagnostics(system, (all) => all.length === 0);
  await editor.close(filter);
});

test('a name that a file gives cannot be changed here', async () => {
  await editor.open(filter);
  await expect(editor.ask('prepareRename', filter, 'p.sal<|>ary')).rejects.toThrow(/what the file calls it/);
  await editor.close(filter);
});

test('a system of files is dry-run, collected and described like any other', async () => {
  const input = { folder: editor.folder, overlay: [], secrets: {} };
  const tried = await editor.request<DryRunReport>('sollist/run/dryRun', {
    ...input,
    runId: 'a',
    connector: system,
    system: 'payroll',
    table: 'persons',
    limits: { rows: 5 },
  });
  expect(tried).toMatchObject({ outcome: { state: 'collected' }, rowSet: { rows: [['1', 'Zoë', 10]], total: 1 }, requests: [] });
  const report = await editor.request<CollectionReport>('sollist/run/collect', { ...input, runId: 'b', system: 'payroll' });
  expect(report).toMatchObject({
    source: { kind: 'files', folder: 'data/payroll' },
    tables: [{ state: 'collected', evidence: { complete: true } }],
  });
  const vault = await editor.request<VaultDescription>('sollist/run/describeVault', { ...input, runId: 'c' });
  expect(vault.tables).toMatchObject([{ system: 'payroll', table: 'persons', rows: 1, complete: true }]);
});

/** Starts a server over the same folder whose client lets it register for documents; gives the patterns it asked for, in order. */
async function followed(
  trusted: boolean,
  path: string,
): Promise<{ readonly patterns: readonly string[]; readonly codes: readonly unknown[] }> {
  await using other = await startEditor({ folder: editor.folder, initialize: false });
  const patterns: string[] = [];
  interface Asked {
    readonly registrations: readonly {
      readonly method: string;
      readonly registerOptions?: { readonly documentSelector?: readonly { readonly pattern: string }[] };
    }[];
  }
  other.connection.onRequest('client/registerCapability', ({ registrations }: Asked) => {
    const opened = registrations.find(({ method }) => method === 'textDocument/didOpen');
    patterns.push(...(opened?.registerOptions?.documentSelector ?? []).map(({ pattern }) => pattern));
    return null;
  });
  const capabilities = { textDocument: { synchronization: { dynamicRegistration: true } } };
  await other.request('initialize', { ...initializeParameters(editor.folder, trusted), capabilities });
  await other.connection.sendNotification('initialized', {});
  await other.open(path, 'select p.nothing from elsewhere.persons as p where nobody.x = 1\n');
  const found = await other.diagnostics(path, (all) => all.length > 0);
  return { patterns, codes: found.map(({ code }) => code) };
}

test('the editor is asked for the texts of data files alone; a folder elsewhere is looked into only where the workspace is trusted', async () => {
  const elsewhere = join(editor.folder, '..', `${basename(editor.folder)}-elsewhere`);
  mkdirSync(elsewhere);
  try {
    writeFileSync(join(elsewhere, 'persons.csv'), 'id,name\n1,a\n');
    writeFileSync(join(editor.folder, 'systems/elsewhere.json'), JSON.stringify({ files: { folder: elsewhere }, tables: { persons: {} } }));
    const trusted = await followed(true, filter);
    expect(trusted.codes).toEqual(['unknown-column', 'unknown-table']);
    const slashes = (path: string): string => path.replaceAll('\\', '/');
    expect(trusted.patterns.toSorted()).toEqual(
      [elsewhere, join(editor.folder, 'data/payroll'), join(editor.folder, 'lookups')]
        .map((folder) => `${slashes(folder)}/*.{csv,tsv,txt,CSV,TSV,TXT}`)
        .sort(),
    );
    expect((await followed(false, filter)).codes).toEqual(['unknown-table']);
  } finally {
    rmSync(elsewhere, { recursive: true });
    rmSync(join(editor.folder, 'systems/elsewhere.json'));
  }
});
