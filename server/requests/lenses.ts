import type { CodeLens } from 'vscode-languageserver/node';
import { connectorLenses, fileLenses } from '../capabilities/lenses.ts';
import { knownIn } from './known.ts';
import type { InDocument, LanguageRequest } from './request.ts';

/** What can be run from a place in a document. */
export const lenses: LanguageRequest = {
  capabilities: { codeLensProvider: {} },
  register(context) {
    const { connection, guard, open } = context;
    connection.onCodeLens(
      guard.language('lenses', [], ({ textDocument: { uri } }: InDocument): CodeLens[] => {
        const opened = open(uri);
        if (opened?.kind === 'connector') {
          const known = knownIn(context, uri);
          return opened.inFolder ? connectorLenses(uri, opened.text, opened.connector.connector, known?.table, Date.now()) : [];
        }
        if (opened?.kind === 'filter') return opened.place ? fileLenses(uri, opened.place.identity) : [];
        return opened?.kind === 'own' ? fileLenses(uri, opened.file.identity) : [];
      }),
    );
  },
};
