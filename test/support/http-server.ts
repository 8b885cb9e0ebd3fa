import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What to answer: a status with JSON (or text), or full control over the response. */
export type Answer =
  | { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse) => void);

/** A real server on loopback. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly requests: readonly SeenRequest[];
  /** Connections opened so far. */
  readonly connections: number;
  /** Breaks every connection and stops listening; harmless when repeated. */
  stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1 that answers every request by `handler`. */
export async function startServer(handler: (request: SeenRequest, number: number) => Answer | Promise<Answer>): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const seen = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(seen);
      Promise.resolve(handler(seen, requests.length)).then(
        (answer) => reply(response, answer),
        (error: unknown) => reply(response, { status: 500, text: String(error) }),
      );
    });
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    get connections() {
      return connections;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (typeof answer === 'function') {
    answer(response);
    return;
  }
  const text = answer.text ?? JSON.stringify(answer.json ?? null);
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.text === undefined ? 'application/json' : 'text/plain',
    ...answer.headers,
  });
  response.end(text);
}
