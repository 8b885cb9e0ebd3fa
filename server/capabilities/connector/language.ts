import type { CompletionItem, DocumentSymbol, Hover } from 'vscode-json-languageservice';
import type { Caller } from './callers.ts';
import { complete } from './completion.ts';
import type { ConnectorDocument } from './document.ts';
import { hover } from './hover.ts';
import { createJsonService } from './json-service.ts';
import { symbols } from './symbols.ts';

/** What the server can say about a connector. Offsets count UTF-16 units of the document's text. */
export interface ConnectorLanguage {
  complete(document: ConnectorDocument, offset: number): Promise<CompletionItem[]>;
  /** `callers` are the systems whose addresses it may show. */
  hover(document: ConnectorDocument, offset: number, callers?: readonly Caller[]): Promise<Hover | undefined>;
  symbols(document: ConnectorDocument): DocumentSymbol[];
}

export function createConnectorLanguage(): ConnectorLanguage {
  const service = createJsonService();
  return {
    complete: async (document, offset) => (isReadable(document) ? complete(service, document, offset) : []),
    hover: async (document, offset, callers) => (isReadable(document) ? hover(service, document, offset, callers) : undefined),
    symbols,
  };
}

/** A text that is none, or nested too deep to be read, would only make the JSON service run out of stack. */
function isReadable({ json: { problems } }: ConnectorDocument): boolean {
  return !problems.some(({ code }) => code === 'too-deep' || code === 'not-text');
}
