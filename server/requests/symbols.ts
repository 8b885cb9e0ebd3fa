import type { DocumentSymbol } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import type { InDocument, LanguageRequest } from './request.ts';

/** The outline of a document. */
export const symbols: LanguageRequest = {
  capabilities: { documentSymbolProvider: true },
  register({ connection, guard, open, connectors, ownJson }) {
    connection.onDocumentSymbol(
      guard.language('symbols', [], ({ textDocument: { uri } }: InDocument): DocumentSymbol[] => {
        const opened = open(uri);
        switch (opened?.kind) {
          case 'connector':
            return connectors.symbols(opened.connector);
          case 'filter':
            return filterLanguage(uri, opened.text, opened.place).symbols();
          case 'own':
            return ownJson.symbols(opened.file.identity.kind, opened.text);
          default:
            return [];
        }
      }),
    );
  },
};
