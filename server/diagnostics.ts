import type { Diagnostic } from 'vscode-languageserver/node';
import { checkConnector } from '../engine/model/connector/check-connector.ts';
import { looksLikeConnector, readConnector } from '../engine/model/connector/read-connector.ts';
import { readFilter } from '../engine/model/filter/filter.ts';
import { parseJson } from '../engine/model/text/json.ts';
import type { Problem } from '../engine/model/text/problem.ts';
import { checkWorkspace } from '../engine/model/workspace/check-workspace.ts';
import { diagnosticsOf } from './convert.ts';
import type { Workspaces } from './workspaces.ts';

/** An open document, as far as checking needs it. */
interface CheckedDocument {
  readonly uri: string;
  readonly languageId: string;
  getText(): string;
}

/** Says what is wrong, file by file; a file with nothing wrong is said so once. */
export interface Publisher {
  /** Checks everything a change of this document can touch, once a person pauses. */
  changed(uri: string): void;
  /** Which folder a file belongs to may have changed for every document. */
  allChanged(): void;
  stop(): void;
}

/** What the publisher is given. */
export interface PublisherOptions {
  readonly workspaces: Workspaces;
  readonly documents: { get(uri: string): CheckedDocument | undefined; all(): readonly CheckedDocument[] };
  readonly send: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly guard: (name: string, work: () => void) => void;
}

/** Milliseconds to wait for: longer than a keystroke, shorter than a thought. */
const pause = 120;

export function createPublisher({ workspaces, documents, send, guard }: PublisherOptions): Publisher {
  /** What each file was last said to have; files without problems are not here. */
  const sent = new Map<string, string>();
  const folders = new Set<string>();
  const alone = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const publish = (uri: string, diagnostics: Diagnostic[]): void => {
    const text = JSON.stringify(diagnostics);
    if ((sent.get(uri) ?? '[]') === text) return;
    if (diagnostics.length === 0) sent.delete(uri);
    else sent.set(uri, text);
    send(uri, diagnostics);
  };
  const checkFolder = (folder: string): void => {
    const { files, workspace } = workspaces.view(folder);
    const byPath = new Map<string, Problem[]>([...files.keys()].map((path) => [path, []]));
    for (const problem of checkWorkspace(workspace)) byPath.get(problem.path)?.push(problem);
    const related = { uriOf: (path: string) => workspaces.uriOf(folder, path), textOf: (path: string) => files.get(path) };
    for (const [path, problems] of byPath) publish(workspaces.uriOf(folder, path), diagnosticsOf(files.get(path) ?? '', problems, related));
    for (const uri of [...sent.keys()]) {
      const place = workspaces.placeOf(uri);
      if (place?.folder === folder && !files.has(place.path)) publish(uri, []);
    }
  };
  const checkDocument = (uri: string): void => {
    const document = documents.get(uri);
    const text = document?.getText() ?? '';
    const problems = document ? checkAlone(text, document.languageId) : [];
    publish(uri, diagnosticsOf(text, problems, { uriOf: () => uri, textOf: () => text }));
  };
  const flush = (): void => {
    const [nowFolders, nowAlone] = [[...folders], [...alone]];
    folders.clear();
    alone.clear();
    for (const folder of nowFolders) guard(`checking ${folder}`, () => checkFolder(folder));
    for (const uri of nowAlone) guard(`checking ${uri}`, () => checkDocument(uri));
  };
  const changed = (uri: string): void => {
    const place = workspaces.placeOf(uri);
    if (place) folders.add(place.folder);
    else alone.add(uri);
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
  };
  return {
    changed,
    allChanged: () => {
      for (const uri of new Set([...sent.keys(), ...documents.all().map((document) => document.uri)])) changed(uri);
    },
    stop: () => clearTimeout(timer),
  };
}

/** A document outside any folder: what its own text says. */
function checkAlone(text: string, language: string): readonly Problem[] {
  if (language === 'sollist-filter') return readFilter(text).problems;
  const document = parseJson(text, { strict: true });
  if (language !== 'sollist-connector' && !looksLikeConnector(document.root)) return [];
  return checkConnector(document, readConnector(document.root));
}
