import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import {
  pingMethod,
  progressMethod,
  runFailedCode,
  type ProgressMessage,
  type RunFailure,
  type RunName,
  signInMethod,
  type SignInMessage,
} from '../engine/host/protocol.ts';

/** The engine process as the server uses it: started on first use, restarted after a crash. */
export interface EngineProcess {
  request(name: RunName, parameters: unknown, token: CancellationToken): Promise<unknown>;
  stop(): void;
}

export interface EngineOptions {
  readonly onProgress: (message: ProgressMessage) => void;
  readonly onSignIn: (message: SignInMessage) => void;
  readonly log: (line: string) => void;
}

interface Running {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
}

/** Milliseconds a cancelled run may take to end by itself. */
const patience = 1200;

/** A native crash or a runaway query ends the engine, never the editor: the run fails with a sentence, the next one starts a new process. */
export function createEngineProcess({ onProgress, onSignIn, log }: EngineOptions): EngineProcess {
  let running: Running | undefined;

  const start = (): Running => {
    // What debugs the server must not be handed on: the port is taken.
    const child = fork(join(__dirname, 'engine', 'host.cjs'), [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
      // A collection makes much that is soon gone: without a bound it would grow the young generation to no use.
      execArgv: ['--max-semi-space-size=4'],
    });
    let last = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      last = chunk.toString().trim() || last;
      log(`engine: ${last}`);
    });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.onNotification(progressMethod, onProgress);
    connection.onNotification(signInMethod, onSignIn);
    const ended = new Promise<never>((_, reject) => {
      const fail = (why: string): void => {
        if (running?.process === child) running = undefined;
        // First the sentence, then the connection, whose own complaint would say less.
        reject(
          failure('engine-ended', `The engine ended unexpectedly${why}. The run has failed and the vault is as it was; run it again.`),
        );
        connection.dispose();
      };
      child.on('error', (error) => fail(`: ${error.message}`));
      child.on('exit', (code, signal) =>
        fail(code === 2 && last !== '' ? `: ${last}` : signal === null ? ` (exit code ${code ?? 'unknown'})` : ` (${signal})`),
      );
    });
    // Without a run under way nobody waits for this promise.
    ended.catch(() => undefined);
    connection.onError(([error]) => log(`engine: ${error.message}`));
    connection.listen();
    return { process: child, connection, ended };
  };

  const stop = (engine: Running | undefined): void => {
    if (engine && running === engine) running = undefined;
    engine?.process.kill('SIGKILL');
  };

  return {
    async request(name, parameters, token) {
      const engine = (running ??= start());
      const { connection, ended } = engine;
      const answer = connection.sendRequest<unknown>(name, parameters, token).catch((error: unknown) => {
        if (isAnswer(error)) throw new ResponseError(error.code, error.message, error.data);
        // The connection broke: the process is ending, and says why in a moment.
        return Promise.race([
          ended,
          after(patience).then(() =>
            Promise.reject(
              failure('engine-ended', 'The engine does not answer. The run has failed and the vault is as it was; run it again.'),
            ),
          ),
        ]);
      });
      const watch = watchCancellation(token, connection, () => stop(engine));
      try {
        return await Promise.race([answer, ended, watch.cancelled]);
      } finally {
        watch.dispose();
      }
    },
    stop: () => stop(running),
  };
}

interface Watch {
  /** Rejects when a cancelled run does not end by itself. */
  readonly cancelled: Promise<never>;
  dispose(): void;
}

/** A person who cancels does not wait: a run that goes on is given up, and an engine too busy to hear of it is ended. */
function watchCancellation(token: CancellationToken, connection: MessageConnection, kill: () => void): Watch {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (error: Error) => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  cancelled.catch(() => undefined);
  const listening = token.onCancellationRequested(() => {
    let alive = false;
    connection.sendRequest(pingMethod).then(
      () => {
        alive = true;
      },
      () => undefined,
    );
    timer = setTimeout(() => {
      giveUp(failure('cancelled', 'Cancelled. What did not finish changed nothing.'));
      if (!alive) kill();
    }, patience);
  });
  return {
    cancelled,
    dispose() {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

/** Whether the engine itself answered with an error. Told by its form: both ends of this file have an error class of that name. */
function isAnswer(error: unknown): error is { readonly code: number; readonly message: string; readonly data?: unknown } {
  const { code } = error as { readonly code?: unknown };
  // Smaller codes are those of a connection that broke or was given up.
  return typeof code === 'number' && code < 0 && code !== ErrorCodes.PendingResponseRejected;
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

export function failure(code: string, message: string, subject?: string): ResponseError<RunFailure> {
  return new ResponseError<RunFailure>(runFailedCode, message, { code, ...(subject !== undefined && { subject }) });
}
