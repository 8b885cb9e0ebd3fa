import {
  createConnection,
  LSPErrorCodes,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type RequestMessage,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { progressMethod } from '../engine/host/protocol.ts';
import { createPublisher } from './diagnostics.ts';
import { createEngineProcess } from './engine-process.ts';
import { createGuard } from './guard.ts';
import { registerLanguage } from './language-requests.ts';
import { languageCapabilities } from './requests/all.ts';
import { registerRuns } from './run-requests.ts';
import { createWorkspaces } from './workspaces.ts';

const connection = createConnection(ProposedFeatures.all, {
  // What nobody waits for any more is not begun: a fast typist cancels most of what the editor asks.
  connectionStrategy: {
    cancelUndispatched: (message) => ({
      jsonrpc: message.jsonrpc,
      id: (message as RequestMessage).id,
      error: { code: LSPErrorCodes.RequestCancelled, message: 'Cancelled.' },
    }),
  },
});
const log = (line: string): void => connection.console.error(line);
const guard = createGuard(log);
const documents = new TextDocuments(TextDocument);
const workspaces = createWorkspaces(documents, log);
const engine = createEngineProcess({
  onProgress: (message) => tell(connection.sendNotification(progressMethod, message)),
  log,
});
const publisher = createPublisher({
  workspaces,
  documents,
  send: (uri, diagnostics) => tell(connection.sendDiagnostics({ uri, diagnostics })),
  guard: (name, work) => guard.background(name, work),
});
let trusted = false;

connection.onInitialize(({ initializationOptions }) => {
  trusted = (initializationOptions as { readonly trusted?: boolean } | undefined)?.trusted === true;
  guard.initialized();
  return {
    serverInfo: { name: 'Sollist' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      ...languageCapabilities,
    },
  };
});
connection.onNotification('sollist/trusted', () => {
  trusted = true;
});
connection.onDidChangeWatchedFiles(({ changes }) => {
  for (const { uri } of changes) guard.background('watching', () => workspaces.touched(uri));
  if (changes.some(({ uri }) => uri.endsWith('/sollist.json'))) publisher.allChanged();
  for (const { uri } of changes) guard.background('watching', () => publisher.changed(uri));
});
documents.onDidChangeContent(({ document }) => publisher.changed(document.uri));
documents.onDidClose(({ document }) => {
  // Unsaved text is gone: the disk's is the truth again.
  workspaces.touched(document.uri);
  publisher.changed(document.uri);
});
connection.onShutdown(() => {
  guard.ended();
  publisher.stop();
  engine.stop();
});
process.on('exit', () => engine.stop());

registerLanguage(connection, documents, workspaces, guard);
registerRuns(connection, { workspaces, engine, guard, trusted: () => trusted });
documents.listen(connection);
connection.listen();

/** A message nobody confirms; when the editor is gone there is nobody to tell. */
function tell(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
