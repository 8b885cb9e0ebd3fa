import { createMessageConnection, IPCMessageReader, IPCMessageWriter, type CancellationToken } from 'vscode-jsonrpc/node';
import { assertRuntime } from '../run/runtime.ts';
import { progressMethod, type ProgressMessage, type RunInput, type RunName } from './protocol.ts';
import { createRunner } from './runner.ts';

// The engine as a process: typed requests in, records out. Its parent is the language server; without one it has nothing to do.
try {
  assertRuntime();
  serve();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

function serve(): void {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  const runner = createRunner({
    env: process.env,
    onProgress: (message: ProgressMessage) => void connection.sendNotification(progressMethod, message),
  });
  for (const name of Object.keys(runner) as RunName[]) {
    connection.onRequest(name, async (parameters: RunInput, token: CancellationToken) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return runner[name](parameters as never, controller.signal);
    });
  }
  connection.onClose(() => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  connection.listen();
}
