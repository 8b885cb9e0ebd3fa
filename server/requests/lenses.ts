import type { CodeLens } from 'vscode-languageserver/node';
import { connectorLenses, fileLenses } from '../capabilities/lenses.ts';
import type { InDocument, LanguageRequest } from './request.ts';

/** What can be run from a place in a document. */
export const lenses: LanguageRequest = {
  capabilities: { codeLensProvider: {} },
  register({ connection, guard, open }) {
    connection.onCodeLens(
      guard.language('lenses', [], ({ textDocument: { uri } }: InDocument): CodeLens[] => {
        const opened = open(uri);
        if (opened?.kind === 'connector') return opened.inFolder ? connectorLenses(uri, opened.text, opened.connector.connector) : [];
        if (opened?.kind === 'filter') return opened.place ? fileLenses(uri, opened.place.identity) : [];
        return opened?.kind === 'own' ? fileLenses(uri, opened.file.identity) : [];
      }),
    );
  },
};
