import { dirname, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { createWorkspaceReader, type WorkspaceReader } from '../engine/model/workspace/read-workspace.ts';
import type { Workspace } from '../engine/model/workspace/workspace.ts';
import { identifyFile, isFolderOfFiles } from '../engine/model/workspace/file-kind.ts';
import type { DataFolders } from '../engine/model/files/data-folder.ts';
import { createFindWanted, type FindWanted, type WantedFolder } from '../engine/model/files/wanted-folders.ts';
import { createDataReader, findWorkspaceFolder, type DataReader } from '../engine/run/workspace/read-files.ts';
import { liesIn } from './data-documents.ts';
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
  /** The same for a file that a system reads a table from. */
  dataPlaceOf(uri: string): DocumentPlace | undefined;
  /** The same record as long as nothing changes. */
  view(folder: string): FolderView;
  /** Unsaved texts of a folder, for a run. */
  overlay(folder: string): readonly { readonly path: string; readonly text: string }[];
  /** A file changed on the disk, or a folder came or went with all its files. */
  touched(uri: string): void;
  /** Whether the address is that of a folder in which files of ours lie. */
  isFolderOfFiles(uri: string): boolean;
  uriOf(folder: string, path: string): string;
}

/** What is known of the files that systems read their tables from. */
interface Data {
  readonly find: FindWanted;
  readonly reader: DataReader;
  wanted: readonly WantedFolder[];
  /** Counts up with every change that was noticed. */
  version: number;
  last?: { readonly key: string; readonly wanted: readonly WantedFolder[]; readonly folders: DataFolders };
}

interface Folder {
  readonly disk: Disk;
  readonly reader: WorkspaceReader;
  readonly data: Data;
  last?: { readonly key: string; readonly view: FolderView };
}

export interface WorkspacesOptions {
  /** Whether folders outside a workspace may be looked into. */
  readonly trusted?: () => boolean;
  /** Is told which folders, absolute, systems read their tables from, whenever these may have changed. */
  readonly onDataFolders?: (folders: readonly string[]) => void;
}

export function createWorkspaces(documents: OpenDocuments, log: (line: string) => void, options: WorkspacesOptions = {}): Workspaces {
  const { trusted = () => false, onDataFolders } = options;
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
  const folderPlaceOf = (uri: string): DocumentPlace | undefined => {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return undefined;
    const folder = [...opened.keys()].find((one) => isFolderOfFiles(relative(one, fsPath).split(sep).join('/')));
    return folder === undefined ? undefined : { folder, path: relative(folder, fsPath).split(sep).join('/') };
  };
  const open = (folder: string): Folder => {
    const known = opened.get(folder) ?? {
      disk: createDisk(folder, log),
      reader: createWorkspaceReader(),
      data: { find: createFindWanted(), reader: createDataReader(folder, trusted), wanted: [], version: 0 },
    };
    opened.set(folder, known);
    return known;
  };
  const openIn = (folder: string): readonly { readonly path: string; readonly version: number; readonly text: () => string }[] =>
    documents.all().flatMap((document) => {
      const place = placeOf(document.uri);
      return place?.folder === folder ? [{ path: place.path, version: document.version, text: () => document.getText() }] : [];
    });

  const dataPlaceOf: Workspaces['dataPlaceOf'] = (uri) => {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return undefined;
    for (const [folder, { data }] of opened) {
      if (liesIn(folder, foldersOf(data.wanted), fsPath)) return { folder, path: relative(folder, fsPath).split(sep).join('/') };
    }
    return undefined;
  };
  const dataIn = (folder: string): ReturnType<typeof openIn> =>
    documents.all().flatMap((document) => {
      const place = placeOf(document.uri) ? undefined : dataPlaceOf(document.uri);
      return place?.folder === folder ? [{ path: place.path, version: document.version, text: () => document.getText() }] : [];
    });
  /** Looks into the data folders again where something about them may have changed; nothing of that happens with a key stroke elsewhere. */
  const dataOf = (folder: string, { data }: Folder, files: ReadonlyMap<string, string>): DataFolders => {
    const wanted = data.find(files);
    if (wanted !== data.wanted) {
      data.wanted = wanted;
      onDataFolders?.([...opened].flatMap(([root, { data: one }]) => foldersOf(one.wanted).map((path) => resolve(root, path))));
    }
    const unsaved = wanted.length === 0 ? [] : dataIn(folder);
    const key = [data.version, trusted(), ...unsaved.map(({ path, version }) => `${path}@${version}`)].join('\n');
    if (data.last?.key === key && data.last.wanted === wanted) return data.last.folders;
    const folders = data.reader.read(
      wanted,
      unsaved.map(({ path, text }) => ({ path, text: text() })),
    );
    data.last = { key, wanted, folders };
    return folders;
  };

  return {
    placeOf,
    dataPlaceOf,
    overlay: (named) => {
      const folder = resolve(named);
      return [...openIn(folder), ...dataIn(folder)].map(({ path, text }) => ({ path, text: text() }));
    },
    view(named) {
      const folder = resolve(named);
      const own = open(folder);
      const unsaved = openIn(folder);
      const edited = own.data.wanted.length === 0 ? [] : dataIn(folder);
      const versions = [...unsaved, ...edited].map(({ path, version }) => `${path}@${version}`);
      const key = [own.disk.version, own.data.version, trusted(), ...versions].join('\n');
      if (own.last?.key === key) return own.last.view;
      const files = new Map(own.disk.files());
      for (const { path, text } of unsaved) files.set(path, text());
      const view = { folder, files, workspace: own.reader(files, dataOf(folder, own, files)) };
      own.last = { key, view };
      return view;
    },
    touched(uri) {
      const place = placeOf(uri) ?? folderPlaceOf(uri);
      if (place) opened.get(place.folder)?.disk.touched(place.path);
      // Lookups are files of ours and the rows of tables.
      const data = placeOf(uri) ? undefined : (dataPlaceOf(uri) ?? place);
      const own = data && opened.get(data.folder);
      if (own) own.data.version++;
      // A new or removed sollist.json changes which folder files belong to.
      if (uri.endsWith('/sollist.json')) {
        homes.clear();
        for (const [folder, { disk }] of opened) {
          if (findWorkspaceFolder(folder) === folder) disk.touched('sollist.json');
          else opened.delete(folder);
        }
      }
    },
    isFolderOfFiles: (uri) => folderPlaceOf(uri) !== undefined,
    uriOf: (folder, path) => URI.file(resolve(folder, path)).toString(),
  };
}

function foldersOf(wanted: readonly WantedFolder[]): readonly string[] {
  return wanted.map(({ path }) => path);
}
