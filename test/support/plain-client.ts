import { spawn, type ChildProcess } from 'node:child_process';

/** A message of JSON-RPC 2.0, as far as a test looks at it. */
interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client that knows the protocol's framing and nothing else: what any editor has, and no library of the server's. */
export interface PlainClient extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The exit code, or the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Methods of requests the server made; each was answered with null. */
  readonly asked: readonly string[];
  readonly stderr: () => string;
  /** Rejects with the server's sentence where it answers with an error. */
  request<Answer>(method: string, params?: unknown): Promise<Answer>;
  notify(method: string, params?: unknown): void;
  /** The parameters of the next notification, or of one that came already, that the condition holds for. */
  notified<Params>(method: string, condition: (params: Params) => boolean): Promise<Params>;
}

/** Starts a server on its standard streams. A byte on standard output that is no message fails whatever waits for one. */
export function startPlainClient(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): PlainClient {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const asked: string[] = [];
  const notifications: Message[] = [];
  const listeners = new Set<() => void>();
  const waiting = new Map<number | string, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let stderr = '';
  let received = Buffer.alloc(0);
  let last = 0;

  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const take = (message: Message): void => {
    if (message.method !== undefined && message.id !== undefined) {
      asked.push(message.method);
      send({ id: message.id, result: null });
    } else if (message.method !== undefined) {
      notifications.push(message);
      for (const listener of [...listeners]) listener();
    } else if (message.id !== undefined) {
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) request?.reject(new Error(message.error.message));
      else request?.resolve(message.result);
    }
  };
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:Content-Type: [^\r]*\r\n)?\r\n/.exec(received.toString('latin1'));
      if (!head) {
        const text = received.toString('latin1');
        if (!'Content-'.startsWith(text.slice(0, 8)))
          fail(new Error(`This is no message of the protocol: ${JSON.stringify(text.slice(0, 200))}`));
        return;
      }
      const end = head[0].length + Number(head[1]);
      if (received.length < end) return;
      take(JSON.parse(received.subarray(head[0].length, end).toString()) as Message);
      received = received.subarray(end);
    }
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // What is written to a server that has ended is lost; the test sees that it has ended.
  child.stdin.on('error', () => undefined);
  void ended.then((code) => fail(new Error(`The server has ended (${String(code)}). ${stderr}`)));

  return {
    process: child,
    ended,
    asked,
    stderr: () => stderr,
    request: <Answer>(method: string, params?: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.set(++last, { resolve: (result) => resolve(result as Answer), reject });
        send({ id: last, method, ...(params !== undefined && { params }) });
      }),
    notify: (method, params) => send({ method, ...(params !== undefined && { params }) }),
    notified: <Params>(method: string, condition: (params: Params) => boolean) =>
      new Promise<Params>((resolve, reject) => {
        const look = (): void => {
          const found = notifications.find((one) => one.method === method && condition(one.params as Params));
          if (!found) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found.params as Params);
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          const had = notifications.filter((one) => one.method === method).map(({ params }) => JSON.stringify(params));
          reject(new Error(`No ${method} was as expected. There were:\n${had.join('\n')}\n${stderr}`));
        }, 8000);
        listeners.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
