import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readConnector } from '../engine/model/connector/read-connector.ts';
import { parseJson } from '../engine/model/text/json.ts';
import type { ConnectorDocument } from './capabilities/connector/document.ts';

/** Reads open documents that lie in no Sollist folder as connectors: each version once, and of a version only what was edited. */
export type LoneConnectors = (document: TextDocument) => ConnectorDocument;

export function createLoneConnectors(): LoneConnectors {
  const read = new WeakMap<TextDocument, { readonly version: number; readonly connector: ConnectorDocument }>();
  return (document) => {
    const known = read.get(document);
    if (known?.version === document.version) return known.connector;
    const text = document.getText();
    const json = parseJson(text, { strict: true, ...(known && { previous: known.connector.json }) });
    const connector = { uri: document.uri, text, json, connector: readConnector(json.root) };
    read.set(document, { version: document.version, connector });
    return connector;
  };
}
