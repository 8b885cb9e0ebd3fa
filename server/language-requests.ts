import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createConnectorLanguage } from './capabilities/connector/language.ts';
import { createOwnJsonLanguage } from './capabilities/workspace/own-json.ts';
import type { Guard } from './guard.ts';
import { createOpener } from './opened.ts';
import { languageRequests } from './requests/all.ts';
import type { RequestContext } from './requests/request.ts';
import type { Workspaces } from './workspaces.ts';

/** Answers the language requests by the kind of the document. */
export function registerLanguage(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  workspaces: Workspaces,
  guard: Guard,
): void {
  const open = createOpener(documents, workspaces);
  const context: RequestContext = {
    connection,
    guard,
    documents,
    workspaces,
    connectors: createConnectorLanguage(),
    ownJson: createOwnJsonLanguage(),
    open,
    openAt({ textDocument, position }) {
      const opened = open(textDocument.uri);
      return opened && { opened, offset: opened.document.offsetAt(position) };
    },
  };
  for (const request of languageRequests) request.register(context);
}
