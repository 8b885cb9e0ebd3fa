import { existsSync } from 'node:fs';
import { basename, dirname, join, parse, relative, sep } from 'node:path';
import { EventEmitter, Uri, commands, window, workspace, type Event, type ExtensionContext } from 'vscode';
import { overviewMethod, type Overview } from '../../engine/host/protocol.ts';
import { SollistFailure } from './failure.ts';
import { contextKeys } from './ids.ts';
import type { Server } from './language-client.ts';

/** The Sollist folders of the window. A folder is the absolute path of the directory that holds `sollist.json`. */
export interface Folders {
  /** The folder of the active editor, else the first one found; undefined when there is none. */
  current(): string | undefined;
  /** As `current`, but throws `no-workspace`. */
  require(): string;
  /** The current folder's name where the window has several, else nothing: for the views that show one of them. */
  label(): string;
  /** What the folder holds, asked from the server. */
  overview(folder: string): Promise<Overview>;
  /** A Sollist file appeared, changed or went, or another folder became the current one. */
  readonly onChange: Event<void>;
  /** Resolves when the window was searched for folders. */
  readonly searched: Promise<void>;
}

const marker = 'sollist.json';

/** The nearest directory at or above `path` that holds `sollist.json`. */
export function folderOf(path: string): string | undefined {
  const { root } = parse(path);
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (existsSync(join(directory, marker))) return directory;
    if (directory === root || dirname(directory) === directory) return undefined;
  }
}

/** The path relative to the folder with forward slashes, as the engine wants it. */
export function relativePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

export function createFolders(context: ExtensionContext, server: Server): Folders {
  const change = new EventEmitter<void>();
  let found: readonly string[] = [];
  let last: string | undefined;
  const current = (): string | undefined => {
    const document = window.activeTextEditor?.document;
    const near = document?.uri.scheme === 'file' ? folderOf(document.uri.fsPath) : undefined;
    // An editor outside every folder (the panel, a lone file) does not take the last one away.
    if (near !== undefined && isInside(near)) last = near;
    if (last !== undefined && !found.includes(last)) last = undefined;
    return last ?? found[0];
  };
  const search = async (): Promise<void> => {
    const files = await workspace.findFiles(`**/${marker}`, '**/{node_modules,.git,.sollist,dist}/**', 50);
    const above = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => folderOf(join(uri.fsPath, marker)) ?? []);
    found = [...new Set([...above, ...files.map(({ fsPath }) => dirname(fsPath)).sort()])];
    await commands.executeCommand('setContext', contextKeys.workspace, found.length > 0);
    await commands.executeCommand('setContext', contextKeys.searched, true);
    change.fire();
  };
  const isInside = (folder: string): boolean => found.includes(folder);
  const searched = search();
  watch(context, change, search, current);
  return {
    current,
    require: () => {
      const folder = current();
      if (folder === undefined)
        throw new SollistFailure('no-workspace', 'There is no Sollist folder here: open a folder that holds sollist.json.');
      return folder;
    },
    label: () => {
      const folder = current();
      return folder === undefined || found.length < 2 ? '' : basename(folder);
    },
    overview: (folder) => server.request<Overview>(overviewMethod, { folder }),
    onChange: change.event,
    searched,
  };
}

function watch(
  context: ExtensionContext,
  change: EventEmitter<void>,
  search: () => Promise<void>,
  current: () => string | undefined,
): void {
  const settings = workspace.createFileSystemWatcher(`**/${marker}`);
  const files = workspace.createFileSystemWatcher(
    '**/{connectors,systems,overlays,mappings,filters,roles,expectations,lookups,libraries}/**',
  );
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      change.fire();
    }, 300);
  };
  let shown = current();
  context.subscriptions.push(
    change,
    settings,
    files,
    settings.onDidCreate(search),
    settings.onDidDelete(search),
    settings.onDidChange(soon),
    files.onDidCreate(soon),
    files.onDidChange(soon),
    files.onDidDelete(soon),
    workspace.onDidChangeWorkspaceFolders(search),
    window.onDidChangeActiveTextEditor(() => {
      if (current() !== shown) soon();
      shown = current();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

/** The file of a document, given as a lens gives it (a URI text) or as a menu does. */
export function fileOf(argument: string | Uri): string {
  return (typeof argument === 'string' ? Uri.parse(argument) : argument).fsPath;
}
