import type { DocumentHighlight } from 'vscode-languageserver/node';
import { highlightsAt } from '../capabilities/names/find.ts';
import { placeOf } from '../capabilities/names/places.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** The places of one document that name the same thing. */
export const highlights: LanguageRequest = {
  capabilities: { documentHighlightProvider: true },
  register({ connection, guard, openAt, workspaces }) {
    connection.onDocumentHighlight(
      guard.language('highlights', [], (at: AtPosition): DocumentHighlight[] => {
        const found = openAt(at);
        const place = found && placeOf(at.textDocument.uri, found.opened, workspaces);
        return found && place ? highlightsAt(place, found.offset) : [];
      }),
    );
  },
};
