import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { createWorkspaceReader, type Workspace, type WorkspaceReader } from '../engine/model/workspace/workspace.ts';
import { identifyFile } from '../engine/model/workspace/file-kind.ts';
import { findWorkspaceFolder, readFiles } from '../engine/run/workspace/read-files.ts';

/** One Sollist folder as the editor has it now: the disk's files with unsaved texts in their place. */
export interface FolderView {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
}

/** What the server needs of the open documents. */
export interface OpenDocuments {
  all(): readonly { readonly uri: string; getText(): string }[];
}

/** The Sollist folders of the open documents. */
export interface Workspaces {
  /** The folder a document belongs to, and its path there; undefined for a document that lies in none. */
  placeOf(uri: string): { readonly folder: string; readonly path: string } | undefined;
  view(folder: string): FolderView;
  /** Unsaved texts of a folder, for a run. */
  overlay(folder: string): readonly { readonly path: string; readonly text: string }[];
  /** A file changed on the disk. */
  touched(uri: string): void;
  uriOf(folder: string, path: string): string;
}

export function createWorkspaces(documents: OpenDocuments): Workspaces {
  const disks = new Map<string, { readonly files: Map<string, string>; readonly reader: WorkspaceReader }>();
  const folders = new Map<string, string | undefined>();

  const folderOf = (path: string): string | undefined => {
    const start = dirname(path);
    if (!folders.has(start)) folders.set(start, findWorkspaceFolder(start));
    return folders.get(start);
  };
  const placeOf: Workspaces['placeOf'] = (uri) => {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file') return undefined;
    const folder = folderOf(parsed.fsPath);
    if (folder === undefined) return undefined;
    const path = relative(folder, parsed.fsPath).split(sep).join('/');
    return identifyFile(path) ? { folder, path } : undefined;
  };
  const disk = (folder: string): { readonly files: Map<string, string>; readonly reader: WorkspaceReader } => {
    const known = disks.get(folder) ?? { files: new Map(readFiles(folder)), reader: createWorkspaceReader() };
    disks.set(folder, known);
    return known;
  };
  const overlay: Workspaces['overlay'] = (folder) =>
    documents.all().flatMap((document) => {
      const place = placeOf(document.uri);
      return place?.folder === folder ? [{ path: place.path, text: document.getText() }] : [];
    });

  return {
    placeOf,
    overlay,
    view(folder) {
      const { files: onDisk, reader } = disk(folder);
      const files = new Map(onDisk);
      for (const { path, text } of overlay(folder)) files.set(path, text);
      return { folder, files, workspace: reader(files) };
    },
    touched(uri) {
      // A new or removed sollist.json changes which folder files belong to.
      if (uri.endsWith('/sollist.json')) folders.clear();
      const place = placeOf(uri);
      const known = place && disks.get(place.folder);
      if (!known) return;
      try {
        known.files.set(place.path, readFileSync(join(place.folder, place.path), 'utf8'));
      } catch {
        known.files.delete(place.path);
      }
    },
    uriOf: (folder, path) => URI.file(join(folder, path)).toString(),
  };
}
