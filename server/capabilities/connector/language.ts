import type { CompletionItem, DocumentSymbol, Hover, Location } from 'vscode-json-languageservice';
import type { Caller } from './callers.ts';
import { complete } from './completion.ts';
import { definition } from './definition.ts';
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
  definition(document: ConnectorDocument, offset: number): Location[];
}

export function createConnectorLanguage(): ConnectorLanguage {
  const service = createJsonService();
  return {
    complete: (document, offset) => complete(service, document, offset),
    hover: (document, offset, callers) => hover(service, document, offset, callers),
    symbols,
    definition,
  };
}
