import type { Location } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { declarationsAt } from '../capabilities/names/find.ts';
import { placeOf } from '../capabilities/names/places.ts';
import { defineReference } from '../capabilities/workspace/references.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** Where the thing at a place is declared. */
export const definition: LanguageRequest = {
  capabilities: { definitionProvider: true },
  register({ connection, guard, openAt, workspaces }) {
    connection.onDefinition(
      guard.language('definition', [], (at: AtPosition): Location[] => {
        const found = openAt(at);
        if (!found) return [];
        const { opened, offset } = found;
        switch (opened.kind) {
          case 'connector': {
            const place = placeOf(at.textDocument.uri, opened, workspaces);
            return place ? declarationsAt(place, offset) : [];
          }
          case 'filter': {
            const folder = opened.place?.view.folder;
            const found = filterLanguage(at.textDocument.uri, opened.text, opened.place).definition(offset, (path) =>
              workspaces.uriOf(folder ?? '', path),
            );
            const place = placeOf(at.textDocument.uri, opened, workspaces);
            return found.length === 0 && place ? declarationsAt(place, offset) : found;
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
