import { dirname, join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { createWorkspaceReader, type WorkspaceReader } from '../engine/model/workspace/read-workspace.ts';
import type { Workspace } from '../engine/model/workspace/workspace.ts';
import { identifyFile } from '../engine/model/workspace/file-kind.ts';
import { findWorkspaceFolder } from '../engine/run/workspace/read-files.ts';
import { createDisk, type Disk } from './disk.ts';

/** One Sollist folder as the editor has it now: the disk's files with unsaved texts in their place. */
export interface FolderView {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
}

/** What the server needs of the open documents. */
export interface OpenDocuments {
  all(): readonly { readonly uri: string; readonly version: number; getText(): string }[];
}

/** Where a document lies in a Sollist folder; the path is relative to it, with forward slashes. */
export interface DocumentPlace {
  readonly folder: string;
  readonly path: string;
}

/** The Sollist folders of the open documents. */
export interface Workspaces {
  /** The folder a document belongs to, and its path there; undefined for a document that lies in none. */
  placeOf(uri: string): DocumentPlace | undefined;
  /** The same record as long as nothing changes. */
  view(folder: string): FolderView;
  /** Unsaved texts of a folder, for a run. */
  overlay(folder: string): readonly { readonly path: string; readonly text: string }[];
  /** A file changed on the disk. */
  touched(uri: string): void;
  uriOf(folder: string, path: string): string;
}

interface Folder {
  readonly disk: Disk;
  readonly reader: WorkspaceReader;
  last?: { readonly key: string; readonly view: FolderView };
}

export function createWorkspaces(documents: OpenDocuments, log: (line: string) => void): Workspaces {
  const opened = new Map<string, Folder>();
  /** The Sollist folder of a directory, looked up once. */
  const homes = new Map<string, string | undefined>();

  const homeOf = (path: string): string | undefined => {
    const start = dirname(path);
    if (!homes.has(start)) homes.set(start, findWorkspaceFolder(start));
    return homes.get(start);
  };
  const placeOf: Workspaces['placeOf'] = (uri) => {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file') return undefined;
    const folder = homeOf(parsed.fsPath);
    if (folder === undefined) return undefined;
    const path = relative(folder, parsed.fsPath).split(sep).join('/');
    return identifyFile(path) ? { folder, path } : undefined;
  };
  const open = (folder: string): Folder => {
    const known = opened.get(folder) ?? { disk: createDisk(folder, log), reader: createWorkspaceReader() };
    opened.set(folder, known);
    return known;
  };
  const openIn = (folder: string): readonly { readonly path: string; readonly version: number; readonly text: () => string }[] =>
    documents.all().flatMap((document) => {
      const place = placeOf(document.uri);
      return place?.folder === folder ? [{ path: place.path, version: document.version, text: () => document.getText() }] : [];
    });

  return {
    placeOf,
    overlay: (folder) => openIn(resolve(folder)).map(({ path, text }) => ({ path, text: text() })),
    view(named) {
      const folder = resolve(named);
      const own = open(folder);
      const unsaved = openIn(folder);
      const key = [own.disk.version, ...unsaved.map(({ path, version }) => `${path}@${version}`)].join('\n');
      if (own.last?.key === key) return own.last.view;
      const files = new Map(own.disk.files());
      for (const { path, text } of unsaved) files.set(path, text());
      const view = { folder, files, workspace: own.reader(files) };
      own.last = { key, view };
      return view;
    },
    touched(uri) {
      const place = placeOf(uri);
      if (place) opened.get(place.folder)?.disk.touched(place.path);
      // A new or removed sollist.json changes which folder files belong to.
      if (uri.endsWith('/sollist.json')) {
        homes.clear();
        for (const [folder, { disk }] of opened) {
          if (findWorkspaceFolder(folder) === folder) disk.touched('sollist.json');
          else opened.delete(folder);
        }
      }
    },
    uriOf: (folder, path) => URI.file(join(folder, path)).toString(),
  };
}
