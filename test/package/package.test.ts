import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleEnvironment } from '../../scripts/editor/sample.ts';
import { root } from '../../scripts/editor/paths.ts';
import { packageVsix } from '../../scripts/package.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import { startPlainClient } from '../support/plain-client.ts';
import { unzip } from '../support/unzip.ts';

/** A folder with nothing around it: what the package does not hold is not there. */
const bare = mkdtempSync(join(tmpdir(), 'sollist-package-'));
const extension = join(bare, 'extension');
let files: readonly string[];
let vsix: string;
let systems: SampleSystems;

beforeAll(async () => {
  vsix = await packageVsix();
  files = await unzip(vsix, bare);
  cpSync(join(root, 'examples/workspace'), join(bare, 'workspace'), { recursive: true, filter: (path) => !path.endsWith('.sollist') });
  systems = await startSampleSystems();
});

afterAll(async () => {
  await systems.stop();
  rmSync(bare, { recursive: true, force: true });
});

/** The command line of the package, as a user of the bare folder runs it; the systems answer from this process, so it must not block. */
async function sollist(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [join(extension, 'dist/engine/sollist.cjs'), ...args], {
    cwd: join(bare, 'workspace'),
    env: { PATH: '', ...sampleEnvironment(systems) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('the package', () => {
  test('holds what a user needs, and nothing of the workshop', () => {
    for (const needed of [
      'extension/package.json',
      'extension/readme.md',
      'extension/changelog.md',
      'extension/LICENSE.txt',
      'extension/dist/client.cjs',
      'extension/dist/server.cjs',
      'extension/dist/language-server.cjs',
      'extension/dist/engine/host.cjs',
      'extension/dist/engine/sollist.cjs',
      'extension/dist/engine/quickjs.wasm',
      'extension/dist/webviews/run.js',
      'extension/dist/webviews/run.css',
      'extension/dist/webviews/codicon.ttf',
      'extension/dist/schemas/connector.schema.json',
      'extension/docs/problems/README.md',
      'extension/docs/language-server.md',
    ])
      expect(files).toContain(needed);
    for (const platform of [
      'linux-x64',
      'linux-arm64',
      'linuxmusl-x64',
      'linuxmusl-arm64',
      'darwin-x64',
      'darwin-arm64',
      'win32-x64',
      'win32-arm64',
    ])
      expect(files).toContain(`extension/dist/prebuilds/${platform}.node`);
    expect(files.filter((path) => /\.(map|ts|test\.)|node_modules|test\/|examples\/|scripts\//.test(path))).toEqual([]);
    expect(statSync(vsix).size).toBeLessThan(15 * 1024 * 1024);
  });

  test('names no folder of the machine it was made on', () => {
    const texts = files
      .filter((path) => /\.(cjs|js|css|json|md)$/.test(path))
      .map((path) => [path, readFileSync(join(bare, path), 'utf8')] as const);
    for (const [path, text] of texts) {
      expect(text.includes(root), path).toBe(false);
      expect(text.includes(`${homedir()}/`), path).toBe(false);
    }
  });

  test('runs the command line in a bare folder: check, collect into SQLite, filter', async () => {
    expect(await sollist('--version')).toEqual({ code: 0, output: '0.1.0\n' });
    expect(await sollist('check')).toMatchObject({ code: 0 });
    expect(await sollist('explain', 'unresolved-variable')).toMatchObject({
      code: 0,
      output: expect.stringContaining('# unresolved-variable\n') as unknown,
    });
    for (const system of ['hr', 'directory']) {
      const collected = await sollist('collect', system, '--environment', 'elsewhere');
      expect(collected.code, collected.output).toBe(0);
    }
    const filtered = await sollist('filter', 'Employees', '--environment', 'elsewhere', '--format', 'json');
    expect(filtered.code, filtered.output).toBe(0);
    expect(JSON.parse(filtered.output)).toHaveLength(470);
  });

  test('says when its result could not be written', ({ skip }) => {
    if (!existsSync('/dev/full')) skip('/dev/full is not on this machine');
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [join(extension, 'dist/engine/sollist.cjs'), '--help'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toContain('could not be written (ENOSPC)');
  });

  test.for(['server.cjs', 'language-server.cjs'])('starts the language server in a bare folder: %s', async (file) => {
    await using client = startPlainClient(join(extension, 'dist', file), ['--stdio'], { cwd: bare, env: { PATH: '' } });
    expect(await client.request('initialize', { processId: null, rootUri: null, capabilities: {} })).toMatchObject({
      capabilities: { completionProvider: {} },
    });
    const uri = pathToFileURL(join(bare, 'export.json')).href;
    const text = '{ "schema": { "crud_objects": { "users": { "key": "nr" } } }, "rest": { "config": {} } }';
    client.notify('initialized', {});
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    const { diagnostics } = await client.notified<{ uri: string; diagnostics: readonly Diagnostic[] }>(
      'textDocument/publishDiagnostics',
      (all) => all.uri === uri,
    );
    const page = diagnostics.find(({ code }) => code === 'unknown-key-column')?.codeDescription?.href ?? '';
    expect(existsSync(fileURLToPath(page)), page).toBe(true);
    await client.request('shutdown');
    client.notify('exit');
    expect(await client.ended).toBe(0);
  });

  test('says what it needs on a Node that is too old', ({ skip }) => {
    const old = ['node20', 'node18', '/usr/local/bin/node', '/usr/bin/node'].find((name) => {
      const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
      return /^v(1\d|2[01])\./.test(stdout);
    });
    if (old === undefined) skip('no Node older than 22 is on this machine');
    else {
      for (const [file, option] of [
        ['dist/engine/sollist.cjs', '--help'],
        ['dist/language-server.cjs', '--stdio'],
      ] as const) {
        const { status, stderr } = spawnSync(old, [join(extension, file), option], { encoding: 'utf8', input: '' });
        expect(status).toBe(2);
        expect(stderr).toMatch(/Node 22\.19/);
        expect(stderr.trim().split('\n')).toHaveLength(1);
      }
    }
  });
});
