import type { WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver/node';
import { graphOf } from '../../engine/model/references/graph.ts';
import { aloneIn, type NamesPlace } from '../capabilities/names/places.ts';
import { searchNames } from '../capabilities/names/search.ts';
import type { LanguageRequest, RequestContext } from './request.ts';

/** Tables, operations and files by a part of their name, in every folder that is open. */
export const workspaceSymbols: LanguageRequest = {
  capabilities: { workspaceSymbolProvider: true },
  register(context) {
    context.connection.onWorkspaceSymbol(
      context.guard.language('workspace symbols', [], ({ query }: WorkspaceSymbolParams): WorkspaceSymbol[] =>
        searchNames([...foldersOf(context), ...loneOf(context)], query),
      ),
    );
  },
};

/** The Sollist folders of the open documents, and those the editor has open. */
function foldersOf({ workspaces, documents, client }: RequestContext): readonly Omit<NamesPlace, 'path'>[] {
  const opened = (client()?.workspaceFolders ?? []).map(({ uri }) => `${uri.replace(/\/$/, '')}/sollist.json`);
  const uris = [...documents.all().map(({ uri }) => uri), ...opened];
  const folders = new Set(uris.flatMap((uri) => workspaces.placeOf(uri)?.folder ?? []));
  return [...folders].map((folder) => ({
    graph: graphOf(workspaces.view(folder).workspace),
    uriOf: (path) => workspaces.uriOf(folder, path),
  }));
}

/** Connectors that lie in no folder. */
function loneOf({ documents, open }: RequestContext): readonly Omit<NamesPlace, 'path'>[] {
  return documents.all().flatMap(({ uri }) => {
    const opened = open(uri);
    return opened?.kind === 'connector' && !opened.inFolder ? [aloneIn(opened.connector)] : [];
  });
}
