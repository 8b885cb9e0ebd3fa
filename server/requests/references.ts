import type { Location, ReferenceParams } from 'vscode-languageserver/node';
import { referencesAt } from '../capabilities/names/find.ts';
import { placeOf } from '../capabilities/names/places.ts';
import type { LanguageRequest } from './request.ts';

/** Every place that names the thing at a place, in all files of the folder. */
export const references: LanguageRequest = {
  capabilities: { referencesProvider: true },
  register({ connection, guard, openAt, workspaces }) {
    connection.onReferences(
      guard.language('references', [], (at: ReferenceParams): Location[] => {
        const found = openAt(at);
        const place = found && placeOf(at.textDocument.uri, found.opened, workspaces);
        return found && place ? referencesAt(place, found.offset, at.context.includeDeclaration) : [];
      }),
    );
  },
};
