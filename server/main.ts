import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { progressMethod } from '../engine/host/protocol.ts';
import { createPublisher } from './diagnostics.ts';
import { createEngineProcess } from './engine-process.ts';
import { registerLanguage } from './language-requests.ts';
import { registerRuns } from './run-requests.ts';
import { createWorkspaces } from './workspaces.ts';

/** Diagnostics wait until a person pauses; longer than a keystroke, shorter than a thought. */
const pause = 120;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const workspaces = createWorkspaces(documents);
const publisher = createPublisher(workspaces, (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }));
const engine = createEngineProcess(
  (message) => void connection.sendNotification(progressMethod, message),
  (line) => connection.console.error(line),
);
const waiting = new Map<string, NodeJS.Timeout>();
let trusted = false;

connection.onInitialize(({ initializationOptions }) => {
  trusted = (initializationOptions as { readonly trusted?: boolean } | undefined)?.trusted === true;
  return {
    serverInfo: { name: 'Sollist' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      completionProvider: { triggerCharacters: ['"', '{', ':', '.', '@', ' '] },
      hoverProvider: true,
      documentSymbolProvider: true,
      definitionProvider: true,
      codeLensProvider: {},
      codeActionProvider: { codeActionKinds: ['quickfix'] },
    },
  };
});
connection.onNotification('sollist/trusted', () => {
  trusted = true;
});
connection.onDidChangeWatchedFiles(({ changes }) => {
  for (const { uri } of changes) workspaces.touched(uri);
  const folders = new Set(changes.flatMap(({ uri }) => workspaces.placeOf(uri)?.folder ?? []));
  for (const folder of folders) publisher.checkFolder(folder);
});
documents.onDidChangeContent(({ document }) => {
  clearTimeout(waiting.get(document.uri));
  waiting.set(
    document.uri,
    setTimeout(() => {
      waiting.delete(document.uri);
      publisher.check(document.uri, document.getText(), document.languageId);
    }, pause),
  );
});
documents.onDidClose(({ document }) => {
  clearTimeout(waiting.get(document.uri));
  // Unsaved text is gone: the disk's is the truth again.
  workspaces.touched(document.uri);
  const place = workspaces.placeOf(document.uri);
  if (place) publisher.checkFolder(place.folder);
  else publisher.closed(document.uri);
});
connection.onShutdown(() => engine.stop());
process.on('exit', () => engine.stop());

registerLanguage(connection, documents, workspaces);
registerRuns(connection, workspaces, engine, () => trusted);
documents.listen(connection);
connection.listen();
