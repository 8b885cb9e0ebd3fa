import { createMessageConnection, IPCMessageReader, IPCMessageWriter, type CancellationToken } from 'vscode-jsonrpc/node';
import { boundHeap } from '../run/bounded-heap.ts';
import { assertRuntime } from '../run/runtime.ts';
import {
  pingMethod,
  progressMethod,
  type ProgressMessage,
  type RunInput,
  type RunName,
  signInMethod,
  type SignInMessage,
} from './protocol.ts';

// The engine as a process: typed requests in, records out. Its parent is the language server; without one it has nothing to do.
try {
  assertRuntime();
  boundHeap();
  void serve();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function serve(): Promise<void> {
  // Loaded only now: on an old Node, loading undici or SQLite would end the process without a word.
  const { createRunner } = await import('./runner.ts');
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  const runner = createRunner({
    env: process.env,
    onProgress: (message: ProgressMessage) => void connection.sendNotification(progressMethod, message),
    onSignIn: (message: SignInMessage) => void connection.sendNotification(signInMethod, message),
  });
  for (const name of Object.keys(runner) as RunName[]) {
    connection.onRequest<unknown, unknown>(name, async (parameters: RunInput, token: CancellationToken) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return runner[name](parameters as never, controller.signal);
    });
  }
  connection.onRequest(pingMethod, () => true);
  connection.onClose(() => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  connection.listen();
}
