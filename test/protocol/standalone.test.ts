import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Diagnostic, Hover, WorkspaceEdit } from 'vscode-languageserver-types';
import { builtBundles } from '../support/build.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import { wrapTables } from '../support/connector.ts';
import { copySample } from '../support/language-server.ts';
import { startPlainClient, type PlainClient } from '../support/plain-client.ts';

/** A connector that iterates over a table it does not have. */
const connector = wrapTables(`  "users": {
    "key": "id",
    "operations": { "users_get": { "method": "get", "call": { "mode": "iteration", "table": "group", "iterator": "id", "path": "/{iterator}" } } },
    "resources": { "id": "string*", "name": "string" }
  },
  "groups": {
    "key": "id",
    "operations": { "groups_get": { "method": "get", "call": { "path": "/groups" } } },
    "resources": { "id": "string*" }
  }`);

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

let launcher: string;

beforeAll(async () => {
  launcher = join(await builtBundles(), 'language-server.cjs');
});

interface Initialized {
  readonly capabilities: Readonly<Record<string, unknown>>;
}

async function start(folder: string, more: object = {}): Promise<PlainClient & { readonly initialized: Initialized }> {
  const client = startPlainClient(launcher, ['--stdio'], { cwd: folder });
  const initialized = await client.request<Initialized>('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
    ...more,
  });
  client.notify('initialized', {});
  return Object.assign(client, { initialized });
}

function open(client: PlainClient, uri: string, languageId: string, text: string): void {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
}

/** Where a piece of the connector begins, or a place so far into it. */
function at(piece: string, into = 0): { readonly line: number; readonly character: number } {
  expect(connector).toContain(piece);
  const { line, column } = indexLines(connector).positionAt(connector.indexOf(piece) + into);
  return { line, character: column };
}

function itemsOf(answer: CompletionList | CompletionItem[]): readonly CompletionItem[] {
  return Array.isArray(answer) ? answer : answer.items;
}

describe('a plain client and a connector that lies anywhere', () => {
  test.for(['json', 'sollist-connector'])('are served with the language id %s', async (languageId) => {
    const folder = mkdtempSync(join(tmpdir(), 'sollist-standalone-'));
    await using client = await start(folder);
    const uri = pathToFileURL(join(folder, 'export.json')).href;
    open(client, uri, languageId, connector);

    const { diagnostics } = await client.notified<Published>('textDocument/publishDiagnostics', (all) => all.uri === uri);
    const unknown = diagnostics.find(({ code }) => code === 'unknown-iteration-table');
    expect(unknown).toMatchObject({ severity: 1, source: 'sollist', range: { start: at('"group",') } });
    expect(unknown?.codeDescription?.href).toMatch(/^file:.*\/docs\/problems\/unknown-iteration-table\.md$/);

    const completion = await client.request<CompletionList | CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: at('"group",', 1),
    });
    expect(itemsOf(completion).map(({ label }) => label)).toEqual(expect.arrayContaining(['users', 'groups']));

    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: at('"iterator": ', 2) });
    expect(JSON.stringify(hover.contents)).toContain('column');

    const actions = await client.request<readonly { readonly title: string }[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: unknown?.range,
      context: { diagnostics: [unknown] },
    });
    expect(actions.map(({ title }) => title)).toContain('Change to "groups"');

    if (client.initialized.capabilities['renameProvider'] !== undefined) {
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
        textDocument: { uri },
        position: at('"groups": {', 3),
        newName: 'teams',
      });
      expect(JSON.stringify(edit)).toContain('teams');
    }

    expect(await client.request('shutdown')).toBeNull();
    client.notify('exit');
    expect(await client.ended).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('is checked with the severities the editor sets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sollist-standalone-'));
    const settings = { problems: { severities: { 'unknown-iteration-table': 'hint', 'not-json': 'off' } } };
    await using client = await start(folder, { initializationOptions: { settings } });
    const uri = pathToFileURL(join(folder, 'export.json')).href;
    open(client, uri, 'json', connector);
    const { diagnostics } = await client.notified<Published>('textDocument/publishDiagnostics', (all) => all.uri === uri);
    expect(diagnostics.find(({ code }) => code === 'unknown-iteration-table')).toMatchObject({ severity: 4 });
    client.notify('workspace/didChangeConfiguration', {
      settings: { sollist: { problems: { severities: { 'unknown-iteration-table': 'off' } } } },
    });
    await client.notified<Published>(
      'textDocument/publishDiagnostics',
      (all) => all.uri === uri && !all.diagnostics.some(({ code }) => code === 'unknown-iteration-table'),
    );
    rmSync(folder, { recursive: true });
  });

  test('is not taken for one where other JSON is opened', async () => {
    using sample = copySample();
    await using client = await start(sample.folder);
    const uri = pathToFileURL(join(tmpdir(), 'package.json')).href;
    open(client, uri, 'json', '{ "name": "x", }');
    expect(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 3 } })).toBeNull();
    const completion = await client.request<CompletionList | CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 0, character: 15 },
    });
    expect(itemsOf(completion)).toEqual([]);
  });
});

describe('a workspace', () => {
  test('is served without options of ours: names across files, and no runs', async () => {
    using sample = copySample();
    await using client = await start(sample.folder);
    const uri = pathToFileURL(join(sample.folder, 'mappings', 'New accounts.json')).href;
    open(client, uri, 'json', '{ "filter": "Employes" }');
    await client.notified<Published>(
      'textDocument/publishDiagnostics',
      (all) => all.uri === uri && all.diagnostics.some(({ code }) => code === 'unknown-filter'),
    );
    const run = client.request('sollist/run/dryRun', { runId: '1', folder: sample.folder, connector: 'hr', table: 'persons' });
    await expect(run).rejects.toThrow('This workspace is not trusted');
  });

  test('is looked at again when a document is saved, by a client that watches no files', async () => {
    using sample = copySample();
    await using client = await start(sample.folder);
    const uri = pathToFileURL(join(sample.folder, 'sollist.json')).href;
    open(client, uri, 'sollist-json', '{ "name": "W" }');
    const other = pathToFileURL(join(sample.folder, 'mappings', 'New accounts.json')).href;
    // The first check reads every file; only then is one written that the server is not told of.
    await client.request('sollist/overview', { folder: sample.folder });
    writeFileSync(join(sample.folder, 'mappings', 'New accounts.json'), '{ "filter": "Employes" }');
    client.notify('textDocument/didSave', { textDocument: { uri } });
    await client.notified<Published>(
      'textDocument/publishDiagnostics',
      (all) => all.uri === other && all.diagnostics.some(({ code }) => code === 'unknown-filter'),
    );
    expect(client.asked).not.toContain('client/registerCapability');
  });

  test('asks a client that can watch files to do so', async () => {
    using sample = copySample();
    await using client = await start(sample.folder, {
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await client.request('sollist/overview', { folder: sample.folder });
    await expect.poll(() => client.asked).toContain('client/registerCapability');
  });
});

describe('it ends', () => {
  test('when its standard input is closed', async () => {
    using sample = copySample();
    await using client = await start(sample.folder);
    client.process.stdin?.end();
    expect(typeof (await client.ended)).toBe('number');
  });

  test('when standard input is closed before it was initialized', async () => {
    await using client = startPlainClient(launcher, ['--stdio']);
    client.process.stdin?.end();
    expect(typeof (await client.ended)).toBe('number');
  });

  test('when the process that started it is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    using sample = copySample();
    await using client = await start(sample.folder, { processId: parent.pid });
    parent.kill('SIGKILL');
    expect(typeof (await client.ended)).toBe('number');
  });
});

describe('at a prompt', () => {
  const run = (...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', input: '' });
    return { status, stdout, stderr };
  };

  test('--help says how it is started, --version which it is', () => {
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(run('--help').stdout).toContain('Usage: sollist-language-server --stdio');
    expect(run('--version')).toMatchObject({ status: 0, stderr: '' });
    expect(run('-v').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.for([
    [[], 'An editor starts it with --stdio'],
    [['--studio'], 'has no option "--studio". Did you mean "--stdio"?'],
    [['--stdio', 'file.json'], 'has no option "file.json".'],
  ] as const)('%j ends with 2 and a sentence', ([args, sentence]) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
