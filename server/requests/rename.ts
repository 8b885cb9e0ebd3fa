import type { PrepareRenameResult, RenameParams, WorkspaceEdit } from 'vscode-languageserver/node';
import { placeOf } from '../capabilities/names/places.ts';
import { prepare, rename as renameAt } from '../capabilities/names/rename.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** Another name for the thing at a place, in all files that name it. A refusal is an answer an author reads, so it is not swallowed. */
export const rename: LanguageRequest = {
  capabilities: { renameProvider: { prepareProvider: true } },
  register({ connection, guard, openAt, workspaces, documents, client }) {
    connection.onPrepareRename(
      guard.request((at: AtPosition): PrepareRenameResult | null => {
        const found = openAt(at);
        const place = found && placeOf(at.textDocument.uri, found.opened, workspaces);
        return found && place ? prepare(place, found.offset) : null;
      }),
    );
    connection.onRenameRequest(
      guard.request((at: RenameParams): WorkspaceEdit | null => {
        const found = openAt(at);
        const place = found && placeOf(at.textDocument.uri, found.opened, workspaces);
        const versionOf = (uri: string): number | null => documents.get(uri)?.version ?? null;
        return found && place ? renameAt(place, found.offset, at.newName, { capabilities: client()?.capabilities, versionOf }) : null;
      }),
    );
  },
};
