import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readConnector } from '../engine/model/connector/read-connector.ts';
import { parseJson } from '../engine/model/text/json.ts';
import { identifyFile, type FileIdentity } from '../engine/model/workspace/file-kind.ts';
import type { ConnectorDocument } from './capabilities/connector/document.ts';
import type { FilterPlace } from './capabilities/filter/language.ts';
import type { OwnFile } from './capabilities/workspace/language.ts';
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

/** Finds open documents by their address; each version of a connector is read once. */
export function createOpener(documents: TextDocuments<TextDocument>, workspaces: Workspaces): (uri: string) => Opened | undefined {
  const read = new WeakMap<TextDocument, { readonly version: number; readonly connector: ConnectorDocument }>();
  const connectorOf = (document: TextDocument, text: string): ConnectorDocument => {
    const known = read.get(document);
    if (known?.version === document.version) return known.connector;
    const json = parseJson(text, { strict: true });
    const connector = { uri: document.uri, text, json, connector: readConnector(json.root) };
    read.set(document, { version: document.version, connector });
    return connector;
  };
  return (uri) => {
    const document = documents.get(uri);
    if (!document) return undefined;
    const text = document.getText();
    const base = { document, text };
    const at = workspaces.placeOf(uri);
    const identity = at && identifyFile(at.path);
    if (identity ? identity.kind === 'connector' : document.languageId === 'sollist-connector') {
      return { ...base, kind: 'connector', connector: connectorOf(document, text), inFolder: at !== undefined };
    }
    const place = at && identity && { view: workspaces.view(at.folder), path: at.path, identity };
    if (identity ? identity.kind === 'filter' : document.languageId === 'sollist-filter') return { ...base, kind: 'filter', place };
    return place ? { ...base, kind: 'own', file: { ...place, text } } : { ...base, kind: 'other' };
  };
}
