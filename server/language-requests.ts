import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readConnector } from '../engine/model/connector/read-connector.ts';
import { parseJson } from '../engine/model/text/json.ts';
import { identifyFile, type FileIdentity } from '../engine/model/workspace/file-kind.ts';
import type { ConnectorDocument } from './capabilities/connector/document.ts';
import { createConnectorLanguage } from './capabilities/connector/language.ts';
import { connectorLenses, fileLenses } from './capabilities/lenses.ts';
import { quickFixes } from './capabilities/quick-fixes.ts';
import { createOwnJsonLanguage } from './capabilities/workspace/own-json.ts';
import { completeReference, defineReference } from './capabilities/workspace/references.ts';
import type { FolderView, Workspaces } from './workspaces.ts';

/** A document with everything a capability may need, whatever its kind. */
interface Opened {
  readonly document: TextDocument;
  readonly text: string;
  /** Set for connectors, in a folder or alone. */
  readonly connector?: ConnectorDocument;
  /** Set for documents in a Sollist folder. */
  readonly place?: { readonly view: FolderView; readonly path: string; readonly identity: FileIdentity };
}

/** Answers the language requests by the kind of the document. */
export function registerLanguage(connection: Connection, documents: TextDocuments<TextDocument>, workspaces: Workspaces): void {
  const connectors = createConnectorLanguage();
  const ownJson = createOwnJsonLanguage();
  const open = createOpener(documents, workspaces);

  connection.onCompletion(async ({ textDocument, position }) => {
    const opened = open(textDocument.uri);
    if (!opened) return [];
    const offset = opened.document.offsetAt(position);
    if (opened.connector) return connectors.complete(opened.connector, offset);
    if (!opened.place) return [];
    const { view, path, identity } = opened.place;
    const names = completeReference(view, path, offset);
    return names.length > 0 ? names : ownJson.complete(identity.kind, opened.text, offset);
  });
  connection.onHover(async ({ textDocument, position }) => {
    const opened = open(textDocument.uri);
    if (!opened) return undefined;
    const offset = opened.document.offsetAt(position);
    if (opened.connector) return connectors.hover(opened.connector, offset);
    return opened.place && ownJson.hover(opened.place.identity.kind, opened.text, offset);
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const opened = open(textDocument.uri);
    if (opened?.connector) return connectors.symbols(opened.connector);
    return opened?.place ? ownJson.symbols(opened.place.identity.kind, opened.text) : [];
  });
  connection.onDefinition(({ textDocument, position }) => {
    const opened = open(textDocument.uri);
    if (!opened) return [];
    const offset = opened.document.offsetAt(position);
    if (opened.connector) return connectors.definition(opened.connector, offset);
    if (!opened.place) return [];
    const { view, path } = opened.place;
    return defineReference(view, path, offset, (other) => workspaces.uriOf(view.folder, other));
  });
  connection.onCodeLens(({ textDocument }) => {
    const opened = open(textDocument.uri);
    if (opened?.connector) return connectorLenses(textDocument.uri, opened.text, opened.connector.connector);
    return opened?.place ? fileLenses(textDocument.uri, opened.place.identity) : [];
  });
  connection.onCodeAction(({ textDocument, context }) => {
    const opened = open(textDocument.uri);
    return opened ? quickFixes(textDocument.uri, opened.text, context.diagnostics) : [];
  });
}

function createOpener(documents: TextDocuments<TextDocument>, workspaces: Workspaces): (uri: string) => Opened | undefined {
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
    const place = workspaces.placeOf(uri);
    const identity = place && identifyFile(place.path);
    const isConnector = identity ? identity.kind === 'connector' : document.languageId === 'sollist-connector';
    return {
      document,
      text,
      ...(isConnector && { connector: connectorOf(document, text) }),
      ...(place && identity && { place: { view: workspaces.view(place.folder), path: place.path, identity } }),
    };
  };
}
