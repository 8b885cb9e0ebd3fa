import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Diagnostic as AnyDiagnostic, Position } from 'vscode-languageserver-types';
import { indexLines } from '../../engine/model/text/lines.ts';
import { builtBundles } from './build.ts';
import { parseCaret } from './marks.ts';

const sample = join(import.meta.dirname, '../../examples/workspace');

/** A problem as our server sends it: its message is plain text. */
export type Diagnostic = Omit<AnyDiagnostic, 'message'> & { readonly message: string };

/** A fresh copy of the sample workspace, without its vault; gone at the end. */
export function copySample(): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-protocol-'));
  cpSync(sample, folder, { recursive: true, filter: (path) => !path.includes('.sollist') });
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface ServerOptions {
  /** Default: a fresh copy of the sample workspace. */
  readonly folder?: string;
  readonly trusted?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** false: the test says `initialize` itself. */
  readonly initialize?: boolean;
}

/** The real server over stdio, and the documents a test has open in it. */
export interface TestEditor extends AsyncDisposable {
  readonly folder: string;
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  /** What the server answered to `initialize`. */
  readonly initialized: { readonly capabilities: Readonly<Record<string, unknown>> };
  /** Everything the server wrote to its log. */
  readonly log: readonly string[];
  uri(path: string): string;
  /** Opens a file of the folder, as the disk has it or with another text. */
  open(path: string, text?: string): Promise<void>;
  openText(uri: string, languageId: string, text: string): Promise<void>;
  /** Replaces the first occurrence of a piece, which must be there, in the open document alone. */
  edit(path: string, piece: string, replacement: string): Promise<void>;
  close(path: string): Promise<void>;
  text(path: string): string;
  /** The position of the caret in a marked piece of the document's text. */
  at(path: string, marked: string): Position;
  /** A request about the place of the caret in a marked piece. */
  ask<Answer>(method: string, path: string, marked: string): Promise<Answer>;
  request<Answer>(method: string, parameters: unknown, token?: CancellationToken): Promise<Answer>;
  /** Tells that a file changed on the disk. */
  touched(path: string, type?: 'created' | 'changed' | 'deleted'): Promise<void>;
  /** The problems last published, when `condition` holds for them; fails after a while. */
  diagnostics(uriOrPath: string, condition: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
}

const changeTypes = { created: 1, changed: 2, deleted: 3 } as const;

export async function startEditor(options: ServerOptions = {}): Promise<TestEditor> {
  const bundles = await builtBundles();
  const own = options.folder === undefined ? copySample() : undefined;
  const folder = options.folder ?? own?.folder ?? '';
  const child = spawn(process.execPath, [join(bundles, 'server.cjs'), '--stdio'], {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const log: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published = new Map<string, readonly Diagnostic[]>();
  const listeners = new Set<() => void>();
  const texts = new Map<string, { text: string; version: number }>();
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) => {
      published.set(uri, diagnostics);
      for (const listener of listeners) listener();
    },
  );
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onError(() => undefined);
  connection.listen();

  const uri = (path: string): string =>
    path.includes('://') || path.startsWith('untitled:') ? path : pathToFileURL(join(folder, path)).href;
  const documentOf = (path: string): { text: string; version: number } => {
    const document = texts.get(uri(path));
    if (!document) throw new Error(`${path} is not open.`);
    return document;
  };
  const editor: TestEditor = {
    folder,
    connection,
    process: child,
    log,
    initialized: { capabilities: {} },
    uri,
    open: (path, text) =>
      editor.openText(
        uri(path),
        path.endsWith('.filter') ? 'sollist-filter' : path.startsWith('connectors/') ? 'sollist-connector' : 'sollist-json',
        text ?? readFileSync(join(folder, path), 'utf8'),
      ),
    async openText(address, languageId, text) {
      texts.set(address, { text, version: 1 });
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: address, languageId, version: 1, text } });
    },
    async edit(path, piece, replacement) {
      const document = documentOf(path);
      if (!document.text.includes(piece)) throw new Error(`${path} does not hold ${piece}.`);
      const lines = indexLines(document.text);
      const offset = document.text.indexOf(piece);
      const range = { start: lspPosition(lines.positionAt(offset)), end: lspPosition(lines.positionAt(offset + piece.length)) };
      document.text = document.text.replace(piece, () => replacement);
      document.version++;
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version: document.version },
        contentChanges: [{ range, text: replacement }],
      });
    },
    async close(path) {
      texts.delete(uri(path));
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
    },
    text: (path) => documentOf(path).text,
    at(path, marked) {
      const { text } = documentOf(path);
      const piece = parseCaret(marked);
      const start = text.indexOf(piece.text);
      if (start < 0) throw new Error(`${path} does not hold ${piece.text}.`);
      return lspPosition(indexLines(text).positionAt(start + piece.caret));
    },
    ask: (method, path, marked) =>
      connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uri(path) }, position: editor.at(path, marked) }),
    request: (method, parameters, token) =>
      token ? connection.sendRequest(method, parameters, token) : connection.sendRequest(method, parameters),
    touched: (path, type = 'changed') =>
      connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(path), type: changeTypes[type] }] }),
    diagnostics(path, condition) {
      return new Promise((resolve, reject) => {
        const last = (): readonly Diagnostic[] => published.get(uri(path)) ?? [];
        const look = (): void => {
          if (!published.has(uri(path)) || !condition(last())) return;
          finish();
          resolve(last());
        };
        const timer = setTimeout(() => {
          finish();
          const shown = last()
            .map(({ code, message }) => `${String(code)}: ${message}`)
            .join('\n');
          reject(new Error(`The problems of ${path} did not become what was expected. They are:\n${shown}\n${log.join('\n')}`));
        }, 8000);
        const finish = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      });
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        await Promise.race([connection.sendRequest('shutdown').catch(() => undefined), ended]);
        await connection.sendNotification('exit').catch(() => undefined);
        const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
        await ended;
        clearTimeout(timer);
      }
      connection.dispose();
      own?.[Symbol.dispose]();
    },
  };
  if (options.initialize === false) return editor;
  const initialized = await connection.sendRequest<TestEditor['initialized']>(
    'initialize',
    initializeParameters(folder, options.trusted ?? true),
  );
  await connection.sendNotification('initialized', {});
  return Object.assign(editor, { initialized });
}

export function initializeParameters(folder: string, trusted: boolean): object {
  return { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {}, initializationOptions: { trusted } };
}

function lspPosition({ line, column }: { readonly line: number; readonly column: number }): Position {
  return { line, character: column };
}
