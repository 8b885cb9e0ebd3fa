import {
  CodeLensRefreshRequest,
  createConnection,
  LSPErrorCodes,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeParams,
  type RequestMessage,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { progressMethod, signInMethod } from '../engine/host/protocol.ts';
import { severitiesOf } from '../engine/model/problems/problem-settings.ts';
import { createDataDocuments } from './data-documents.ts';
import { createPublisher } from './diagnostics.ts';
import { createEngineProcess } from './engine-process.ts';
import { createFilterInsights } from './filter-insight.ts';
import { createGuard } from './guard.ts';
import { createKnowledge } from './knowledge.ts';
import { registerLanguage } from './language-requests.ts';
import { createLoneConnectors } from './lone-connectors.ts';
import { registerExpectations } from './expectations.ts';
import { registerImportNim } from './import-nim.ts';
import { registerNewConnector } from './new-connector.ts';
import { registerNewSystem } from './new-system.ts';
import { languageCapabilities } from './requests/all.ts';
import { registerRuns } from './run-requests.ts';
import { createServerSettings } from './settings.ts';
import { askToWatch, watchingOf, type Watching } from './watch-files.ts';
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
const settings = createServerSettings(connection);
const dataDocuments = createDataDocuments(
  connection,
  () => client?.capabilities.textDocument?.synchronization?.dynamicRegistration === true,
  log,
);
const workspaces = createWorkspaces(documents, log, { trusted: () => trusted, onDataFolders: (folders) => dataDocuments.follow(folders) });
const engine = createEngineProcess({
  onProgress: (message) => tell(connection.sendNotification(progressMethod, message)),
  onSignIn: (message) => tell(connection.sendNotification(signInMethod, message)),
  log,
});
const lone = createLoneConnectors();
const knowledge = createKnowledge({
  workspaces,
  engine,
  trusted: () => trusted,
  environment: () => settings.current().environment,
  onChange: (folder) => {
    publisher.changed(workspaces.uriOf(folder, 'sollist.json'));
    for (const uri of documents.keys()) insights.changed(uri);
    refreshLenses();
  },
  log,
});
const insights = createFilterInsights({
  workspaces,
  knowledge,
  engine: createEngineProcess({ onProgress: () => undefined, onSignIn: () => undefined, log }),
  trusted: () => trusted,
  isOpen: (uri) => documents.get(uri) !== undefined,
  wanted: () => settings.current().filter.rowCounts || settings.current().filter.hazards,
  onChange: (uri) => {
    publisher.changed(uri);
    const { inlayHint } = settings.client().workspace ?? {};
    if (inlayHint?.refreshSupport === true) tell(connection.languages.inlayHint.refresh());
  },
  log,
});
const publisher = createPublisher({
  workspaces,
  documents,
  lone,
  loneSettings: () => severitiesOf(settings.current().problems.severities),
  knowledge: (folder) => knowledge.of(folder).connector,
  insight: (folder, path) => (settings.current().filter.hazards ? insights.of(folder, path) : undefined),
  send: (uri, diagnostics) => tell(connection.sendDiagnostics({ uri, diagnostics })),
  guard: (name, work) => guard.background(name, work),
});
settings.onChange(() => {
  publisher.allChanged();
  knowledge.reconsider();
});
let trusted = false;
let client: InitializeParams | undefined;
let watching: Watching = 'told';

connection.onInitialize((parameters) => {
  const options = parameters.initializationOptions as { readonly trusted?: boolean } | undefined;
  client = parameters;
  watching = watchingOf(parameters);
  trusted = options?.trusted === true;
  settings.initialize(parameters);
  guard.initialized();
  return {
    serverInfo: { name: 'Sollist' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      ...languageCapabilities,
    },
  };
});
connection.onInitialized(() => {
  if (watching === 'asked') tell(askToWatch(connection));
  settings.initialized();
});
connection.onNotification('sollist/trusted', () => {
  trusted = true;
  knowledge.reconsider();
});
connection.onDidChangeWatchedFiles(({ changes }) => {
  for (const { uri } of changes) guard.background('watching', () => knowledge.touched(uri) || workspaces.touched(uri));
  if (changes.some(({ uri }) => uri.endsWith('/sollist.json') || workspaces.isFolderOfFiles(uri))) publisher.allChanged();
  for (const { uri } of changes) guard.background('watching', () => publisher.changed(uri));
});
documents.onDidChangeContent(({ document }) => publisher.changed(document.uri));
documents.onDidSave(({ document }) => {
  if (watching !== 'saves') return;
  const { uri } = document;
  workspaces.touched(uri);
  publisher.changed(uri);
});
documents.onDidClose(({ document }) => {
  // Unsaved text is gone: the disk's is the truth again.
  workspaces.touched(document.uri);
  publisher.changed(document.uri);
});
connection.onShutdown(() => {
  guard.ended();
  publisher.stop();
  insights.stop();
  engine.stop();
});
process.on('exit', () => {
  engine.stop();
  insights.stop();
});

registerLanguage({ connection, documents, workspaces, guard, settings, lone, knowledge, insights, client: () => client });
registerRuns(connection, {
  workspaces,
  engine,
  guard,
  trusted: () => trusted,
  knowledge: {
    noteRun(name, parameters, result) {
      knowledge.noteRun(name, parameters, result);
      insights.noteRun(name, parameters, result);
      if (name === 'runFilter') refreshLenses();
    },
  },
});
registerNewConnector(connection, { guard });
registerNewSystem(connection, { guard, workspaces });
registerImportNim(connection, { guard });
registerExpectations(connection, { workspaces, guard });
documents.listen(connection);
connection.listen();

function refreshLenses(): void {
  if (settings.client().workspace?.codeLens?.refreshSupport === true) tell(connection.sendRequest(CodeLensRefreshRequest.type));
}

/** A message nobody confirms; when the editor is gone there is nobody to tell. */
function tell(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
