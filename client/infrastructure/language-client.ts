import { CodeLensRequest, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import {
  EventEmitter,
  workspace,
  type CancellationToken,
  type CodeLens,
  type Event,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import { progressMethod, watchedFiles, type ProgressMessage, signInMethod, type SignInMessage } from '../../engine/host/protocol.ts';
import { SollistFailure } from './failure.ts';
import { commandIds, languageIds, section, trustedMethod } from './ids.ts';
import type { Log } from './log.ts';
import { lensSettings } from './settings.ts';

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

/** The language server as features see it. It is started by the first request or the first document of ours, never before. */
export interface Server {
  readonly state: ServerState;
  readonly onState: Event<ServerState>;
  readonly onProgress: Event<ProgressMessage>;
  /** A run waits for a person to sign in. */
  readonly onSignIn: Event<SignInMessage>;
  start(): Promise<void>;
  restart(): Promise<void>;
  request<Result>(method: string, parameters: unknown, token?: CancellationToken): Promise<Result>;
}

/** Prepares the client of `dist/server.cjs`, over the IPC of a forked Node process. */
export function createServer(context: ExtensionContext, log: Log): Server {
  const client = createClient(context, log);
  const states = new EventEmitter<ServerState>();
  const progress = new EventEmitter<ProgressMessage>();
  const signIn = new EventEmitter<SignInMessage>();
  let state: ServerState = 'stopped';
  let started: Promise<void> | undefined;
  const become = (next: ServerState): void => {
    state = next;
    states.fire(next);
  };
  const start = (): Promise<void> => {
    started ??= client.start().catch((error: unknown) => {
      started = undefined;
      become('failed');
      log.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      throw new SollistFailure('no-server', 'The language server did not start: the log says why.');
    });
    return started;
  };
  context.subscriptions.push(
    states,
    progress,
    signIn,
    client.onDidChangeState(({ newState }) => {
      become(newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'stopped');
    }),
    client.onNotification(progressMethod, (message: ProgressMessage) => {
      progress.fire(message);
    }),
    client.onNotification(signInMethod, (message: SignInMessage) => {
      signIn.fire(message);
    }),
    workspace.onDidGrantWorkspaceTrust(async () => {
      if (client.state === State.Running) await client.sendNotification(trustedMethod);
      refreshLenses(client);
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.lens`)) refreshLenses(client);
    }),
    { dispose: () => void client.dispose().catch(() => undefined) },
  );
  return {
    get state() {
      return state;
    },
    onState: states.event,
    onProgress: progress.event,
    onSignIn: signIn.event,
    start,
    restart: async () => {
      if (started === undefined || client.state !== State.Running) {
        started = undefined;
        await start();
      } else await client.restart();
    },
    request: async <Result>(method: string, parameters: unknown, token?: CancellationToken) => {
      await start();
      // An absent token must not be passed on: it would count as a second parameter.
      return token === undefined ? client.sendRequest<Result>(method, parameters) : client.sendRequest<Result>(method, parameters, token);
    },
  };
}

function createClient(context: ExtensionContext, log: Log): LanguageClient {
  const watchers = watchedFiles.map((pattern) => workspace.createFileSystemWatcher(pattern));
  context.subscriptions.push(...watchers);
  const run = {
    module: context.asAbsolutePath('dist/server.cjs'),
    transport: TransportKind.ipc,
    // Reading a large workspace makes much that is thrown away at once; with less room for it the process stays a third smaller.
    options: { execArgv: ['--max-semi-space-size=8'] },
  };
  return new LanguageClient(
    section,
    'Sollist',
    { run, debug: run },
    {
      documentSelector: Object.values(languageIds).flatMap((language) => [
        { language, scheme: 'file' },
        { language, scheme: 'untitled' },
      ]),
      outputChannel: log,
      traceOutputChannel: log,
      initializationOptions: () => ({ trusted: workspace.isTrusted, lenses: lensSettings(), watches: true }),
      synchronize: { fileEvents: watchers },
      // Hover texts come from our schemas, but quote names from files: no commands, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
      middleware: { provideCodeLenses: async (document, token, next) => wantedLenses(await next(document, token)) },
    },
  );
}

/** Lenses a person switched off, or that could only refuse, are not shown. */
function wantedLenses(lenses: CodeLens[] | null | undefined): CodeLens[] {
  if (!workspace.isTrusted) return [];
  const { dryRun, preview } = lensSettings();
  return (lenses ?? []).filter(({ command }) => (command?.command === commandIds.dryRun ? dryRun : preview));
}

function refreshLenses(client: LanguageClient): void {
  const feature = client.getFeature(CodeLensRequest.method);
  const providers = new Set(workspace.textDocuments.map((document: TextDocument) => feature.getProvider(document)));
  for (const provider of providers) provider?.onDidChangeCodeLensEmitter.fire();
}
