import type { Location } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { defineReference } from '../capabilities/workspace/references.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** Where the thing at a place is declared. */
export const definition: LanguageRequest = {
  capabilities: { definitionProvider: true },
  register({ connection, guard, openAt, connectors, workspaces }) {
    connection.onDefinition(
      guard.language('definition', [], (at: AtPosition): Location[] => {
        const found = openAt(at);
        if (!found) return [];
        const { opened, offset } = found;
        switch (opened.kind) {
          case 'connector':
            return connectors.definition(opened.connector, offset);
          case 'filter': {
            const folder = opened.place?.view.folder;
            return filterLanguage(at.textDocument.uri, opened.text, opened.place).definition(offset, (path) =>
              workspaces.uriOf(folder ?? '', path),
            );
          }
          case 'own': {
            const { view, path } = opened.file;
            return defineReference(view, path, offset, (other) => workspaces.uriOf(view.folder, other));
          }
          case 'other':
            return [];
        }
      }),
    );
  },
};
