import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCodeServer } from './code-server.ts';
import type { CodeServer } from './code-server.ts';
import { startGroup } from './process-group.ts';
import type { ProcessGroup } from './process-group.ts';
import { eachLine, run } from './run.ts';
import type { Log } from './run.ts';
import { quietSettings } from './settings.ts';
import { temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

/** What a code-server is started with. */
export interface ServerOptions {
  /** The packaged extensions to install, as paths of VSIX files. */
  readonly vsix: readonly string[];
  /** Variables for the extension host, beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings on top of the quiet ones of settings.ts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `false` opens the workspace untrusted (restricted mode); trusted unless said. */
  readonly trusted?: boolean;
  /** Keeps user data and extensions here instead of in a temporary folder that `close` removes. */
  readonly dataDir?: string;
  readonly log?: Log;
}

/** A running code-server on loopback. */
export interface EditorServer {
  readonly port: number;
  /** The address of the editor's page for a folder. */
  address(workspace: string): string;
  /** Whether the server process is still there. */
  running(): boolean;
  close(): Promise<void>;
}

/** Starts a code-server on a free loopback port with the extensions installed. On failure nothing is left behind. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const log = options.log ?? (() => undefined);
  const codeServer = await ensureCodeServer(log);
  const temporary = options.dataDir === undefined ? await temporaryFolder('sollist-editor-') : undefined;
  const data = options.dataDir ?? temporary?.path ?? '';
  const discard = async (): Promise<void> => temporary?.remove();
  let group: ProcessGroup | undefined;
  try {
    await writeSettings(data, options.settings ?? {});
    const env = serverEnvironment(options.env ?? {});
    if (temporary === undefined) await installExtensions(codeServer, data, options.vsix, env, log);
    else await cp(await installedOnce(codeServer, options.vsix, env, log), extensionsFolder(data), { recursive: true });
    group = startGroup(codeServer.node, [codeServer.entry, ...startArguments(data, options.trusted ?? true)], env);
    return serverOf(group, await listening(group, log), discard);
  } catch (error) {
    await group?.end();
    await discard();
    throw error;
  }
}

function serverOf(group: ProcessGroup, port: number, discard: () => Promise<void>): EditorServer {
  return {
    port,
    address: (workspace) => `http://127.0.0.1:${String(port)}/?folder=${encodeURIComponent(workspace)}`,
    running: () => group.child.exitCode === null && group.child.signalCode === null,
    async close() {
      await group.end();
      await discard();
    },
  };
}

async function writeSettings(data: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(data, 'user-data', 'User');
  await mkdir(folder, { recursive: true });
  // An empty configuration: without one code-server writes its default into the person's own ~/.config.
  await writeFile(join(data, 'config.yaml'), '{}\n');
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

function extensionsFolder(data: string): string {
  return join(data, 'extensions');
}

function folderArguments(data: string): readonly string[] {
  return [
    ...['--config', join(data, 'config.yaml')],
    ...['--user-data-dir', join(data, 'user-data')],
    ...['--extensions-dir', extensionsFolder(data)],
  ];
}

function startArguments(data: string, trusted: boolean): readonly string[] {
  return [
    ...folderArguments(data),
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
    ...['--disable-telemetry', '--disable-update-check', '--disable-proxy', '--disable-getting-started-override'],
    ...['--ignore-last-opened', '--app-name', 'Sollist'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
  ];
}

/** The surroundings of this process, without what belongs to an editor it may run in, and with no gallery to ask. */
function serverEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|CS_|ELECTRON_|NODE_OPTIONS$|PORT$|PASSWORD$|HASHED_PASSWORD$|VITEST)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  // VSCODE_CLI says that this environment is meant: else the server would ask the login shell for another one.
  return { ...Object.fromEntries(kept), VSCODE_CLI: '1', EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...own };
}

type Install = (server: CodeServer, data: string, files: readonly string[], env: NodeJS.ProcessEnv, log: Log) => Promise<void>;

const installExtensions: Install = async (server, data, files, env, log) => {
  for (const file of files) {
    const ended = await run(server.node, [server.entry, ...folderArguments(data), '--install-extension', file], { env, log });
    if (ended.code !== 0) throw new Error(`The extension ${file} cannot be installed in VS Code: ${ended.tail}`);
  }
};

const installed = new Map<string, Promise<string>>();

/** The extensions folder of an installation that is made once in this process: it takes seconds, a copy does not. */
function installedOnce(server: CodeServer, files: readonly string[], env: NodeJS.ProcessEnv, log: Log): Promise<string> {
  const key = files.join('\n');
  const known = installed.get(key);
  if (known !== undefined) return known;
  const made = (async () => {
    const { path } = await temporaryFolder('sollist-extensions-');
    await writeSettings(path, {});
    await mkdir(extensionsFolder(path), { recursive: true });
    await installExtensions(server, path, files, env, log);
    return extensionsFolder(path);
  })();
  installed.set(key, made);
  // The next one tries again.
  made.catch(() => installed.delete(key));
  return made;
}

async function listening(group: ProcessGroup, log: Log): Promise<number> {
  let port: number | undefined;
  const tail: string[] = [];
  const take = (line: string): void => {
    tail.push(line);
    log(line);
    const match = /listening on http:\/\/127\.0\.0\.1:(\d+)/i.exec(line);
    if (match !== null) port = Number(match[1]);
  };
  eachLine(group.child.stdout, take);
  eachLine(group.child.stderr, take);
  const ended = (): boolean => group.child.pid === undefined || group.child.exitCode !== null;
  await waitFor('code-server to listen', () => port !== undefined || ended(), 60_000);
  if (port === undefined) throw new Error(`code-server ended before it listened: ${tail.slice(-5).join(' | ')}`);
  return port;
}
