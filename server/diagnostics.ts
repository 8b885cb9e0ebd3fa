import type { Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { checkConnector } from '../engine/model/connector/check-connector.ts';
import { looksLikeConnector } from '../engine/model/connector/read-connector.ts';
import { readFilter } from '../engine/model/filter/filter.ts';
import { applySettings } from '../engine/model/problems/apply-settings.ts';
import { severitiesOf, type ProblemSettings } from '../engine/model/problems/problem-settings.ts';
import type { Problem } from '../engine/model/text/problem.ts';
import { diagnosticsOf } from './convert.ts';
import { createFolderCheck, type FolderCheck, type FolderCheckOptions } from './folder-check.ts';
import type { LoneConnectors } from './lone-connectors.ts';

/** Says what is wrong, file by file; a file with nothing wrong is said so once. */
export interface Publisher {
  /** Checks what a change of this document can touch, once a person pauses: the document itself at once, everything else after it. */
  changed(uri: string): void;
  /** Which folder a file belongs to, or what is reported at all, may have changed for every document. */
  allChanged(): void;
  stop(): void;
}

/** What the publisher is given. */
export interface PublisherOptions extends Omit<FolderCheckOptions, 'publish'> {
  readonly documents: { get(uri: string): TextDocument | undefined; all(): readonly TextDocument[] };
  readonly lone: LoneConnectors;
  readonly send: (uri: string, diagnostics: Diagnostic[]) => void;
  /** Settings for connectors that lie in no Sollist folder. */
  readonly loneSettings?: () => ProblemSettings;
}

/** Milliseconds to wait for: longer than a keystroke, shorter than a thought. */
const pause = 120;

const asFound = severitiesOf(undefined);

export function createPublisher(options: PublisherOptions): Publisher {
  const { workspaces, documents, lone, send, guard, loneSettings = () => asFound } = options;
  /** What each file was last said to have; files without problems are not here. */
  const sent = new Map<string, string>();
  const folders = new Map<string, { readonly check: FolderCheck; readonly edited: Set<string> }>();
  const alone = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const publish = (uri: string, diagnostics: Diagnostic[]): void => {
    const text = diagnostics.length === 0 ? '[]' : JSON.stringify(diagnostics);
    if ((sent.get(uri) ?? '[]') === text) return;
    if (diagnostics.length === 0) sent.delete(uri);
    else sent.set(uri, text);
    send(uri, diagnostics);
  };
  const checkDocument = (uri: string): void => {
    const document = documents.get(uri);
    const text = document?.getText() ?? '';
    const { problems } = applySettings(document ? checkAlone(document, lone) : [], { path: uri }, loneSettings());
    publish(uri, diagnosticsOf(text, problems, { uriOf: () => uri, textOf: () => text }));
  };
  const flush = (): void => {
    const nowAlone = [...alone];
    alone.clear();
    for (const uri of nowAlone) guard(`checking ${uri}`, () => checkDocument(uri));
    for (const [folder, { check, edited }] of folders) {
      if (edited.size === 0) continue;
      const paths = [...edited];
      edited.clear();
      guard(`checking ${folder}`, () => check.changed(paths));
    }
  };
  const changed = (uri: string): void => {
    const place = workspaces.placeOf(uri) ?? workspaces.dataPlaceOf(uri);
    if (place) {
      const known = folders.get(place.folder) ?? {
        check: createFolderCheck(place.folder, { ...options, publish, published: () => [...sent.keys()] }),
        edited: new Set<string>(),
      };
      folders.set(place.folder, known);
      known.check.interrupt();
      known.edited.add(place.path);
    } else alone.add(uri);
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
  };
  return {
    changed,
    allChanged: () => {
      for (const uri of new Set([...sent.keys(), ...documents.all().map((document) => document.uri)])) changed(uri);
    },
    stop() {
      clearTimeout(timer);
      for (const { check } of folders.values()) check.interrupt();
    },
  };
}

/** A document outside any folder: what its own text says. */
function checkAlone(document: TextDocument, lone: LoneConnectors): readonly Problem[] {
  if (document.languageId === 'sollist-filter') return readFilter(document.getText()).problems;
  const { json, connector } = lone(document);
  if (document.languageId !== 'sollist-connector' && !looksLikeConnector(json.root)) return [];
  return checkConnector(json, connector);
}
