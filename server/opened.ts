import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Connector } from '../engine/model/connector/connector.ts';
import { looksLikeConnector } from '../engine/model/connector/read-connector.ts';
import { identifyFile, type FileIdentity } from '../engine/model/workspace/file-kind.ts';
import type { ConnectorDocument } from './capabilities/connector/document.ts';
import type { FilterPlace } from './capabilities/filter/language.ts';
import type { FileOf } from '../engine/model/workspace/workspace.ts';
import type { OwnFile } from './capabilities/workspace/language.ts';
import type { LoneConnectors } from './lone-connectors.ts';
import type { Workspaces } from './workspaces.ts';

/** An open document with what the capabilities of its kind need. */
export type Opened = { readonly document: TextDocument; readonly text: string } & (
  | { readonly kind: 'connector'; readonly connector: ConnectorDocument; readonly inFolder: boolean }
  /** Without a place, a filter knows only its own text. */
  | { readonly kind: 'filter'; readonly place: (FilterPlace & { readonly identity: FileIdentity }) | undefined }
  /** A JSON file of ours in its folder. */
  | { readonly kind: 'own'; readonly file: OwnFile }
  | { readonly kind: 'other' }
);

/** Finds open documents by their address; each version of a connector is read once, and of a version only what was edited. */
export function createOpener(
  documents: { get(uri: string): TextDocument | undefined },
  workspaces: Workspaces,
  lone: LoneConnectors,
): (uri: string) => Opened | undefined {
  return (uri) => {
    const document = documents.get(uri);
    if (!document) return undefined;
    const text = document.getText();
    const base = { document, text };
    const at = workspaces.placeOf(uri);
    const identity = at && identifyFile(at.path);
    if (!at || !identity) {
      if (document.languageId === 'sollist-connector') return { ...base, kind: 'connector', connector: lone(document), inFolder: false };
      if (document.languageId === 'sollist-filter') return { ...base, kind: 'filter', place: undefined };
      const connector = isJson(document.languageId) ? lone(document) : undefined;
      return connector && looksLikeConnector(connector.json.root)
        ? { ...base, kind: 'connector', connector, inFolder: false }
        : { ...base, kind: 'other' };
    }
    const view = workspaces.view(at.folder);
    const place = { view, path: at.path, identity };
    if (identity.kind === 'filter') return { ...base, kind: 'filter', place };
    if (identity.kind !== 'connector') return { ...base, kind: 'own', file: { ...place, text } };
    const file = view.workspace.connectors.get(identity.name);
    const connector = file?.document.text === text ? inWorkspace(uri, file) : lone(document);
    return { ...base, kind: 'connector', connector, inFolder: true };
  };
}

const known = new WeakMap<FileOf<Connector>, ConnectorDocument>();

/** The workspace's own reading of a connector. */
function inWorkspace(uri: string, file: FileOf<Connector>): ConnectorDocument {
  const document = known.get(file) ?? { uri, text: file.document.text, json: file.document, connector: file.model };
  known.set(file, document);
  return document;
}

/** Editors that do not tell a connector from other JSON call it so. */
function isJson(language: string): boolean {
  return language === 'json' || language === 'jsonc';
}
