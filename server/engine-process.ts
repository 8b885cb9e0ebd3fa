import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import { ResponseError } from 'vscode-languageserver/node';
import { progressMethod, runFailedCode, type ProgressMessage, type RunFailure, type RunName } from '../engine/host/protocol.ts';

/** The engine process as the server uses it: started on first use, restarted after a crash. */
export interface EngineProcess {
  request(name: RunName, parameters: unknown, token: CancellationToken): Promise<unknown>;
  stop(): void;
}

interface Running {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
}

/** A native crash or a runaway query ends the engine, never the editor: the run fails with a sentence, the next one starts a new process. */
export function createEngineProcess(onProgress: (message: ProgressMessage) => void, log: (line: string) => void): EngineProcess {
  let running: Running | undefined;

  const start = (): Running => {
    const child = fork(join(__dirname, 'engine', 'host.cjs'), [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'json' });
    let last = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      last = chunk.toString().trim() || last;
      log(`engine: ${last}`);
    });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.onNotification(progressMethod, onProgress);
    const ended = new Promise<never>((_, reject) => {
      const fail = (why: string): void => {
        if (running?.process === child) running = undefined;
        connection.dispose();
        reject(failure('engine-ended', `The engine ended unexpectedly${why}. The run has failed and the vault is as it was; run it again.`));
      };
      child.on('error', (error) => fail(`: ${error.message}`));
      child.on('exit', (code, signal) => fail(code === 2 && last !== '' ? `: ${last}` : signal === null ? ` (exit code ${code ?? 'unknown'})` : ` (${signal})`));
    });
    // Without a run under way nobody waits for this promise.
    ended.catch(() => undefined);
    connection.listen();
    return { process: child, connection, ended };
  };

  return {
    async request(name, parameters, token) {
      running ??= start();
      const { connection, ended } = running;
      return Promise.race([connection.sendRequest(name, parameters, token), ended]);
    },
    stop() {
      running?.connection.dispose();
      running?.process.kill();
      running = undefined;
    },
  };
}

export function failure(code: string, message: string, subject?: string): ResponseError<RunFailure> {
  return new ResponseError<RunFailure>(runFailedCode, message, { code, ...(subject !== undefined && { subject }) });
}
