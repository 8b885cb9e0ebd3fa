import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SollistError } from '../../error.ts';
import { isLoopback } from '../hosts.ts';

/** Waits on this machine for a browser to come back from a sign-in page (RFC 8252, 7.3). */
export interface Callback {
  readonly redirectUri: string;
  /** What the browser brought; answers that do not belong to this sign-in are sent away and waited past. */
  readonly answer: Promise<URLSearchParams>;
  close(): void;
}

/** Opens the way back. `wanted` is the connection's `redirect_uri`; without it a free port of 127.0.0.1 is taken. */
export async function openCallback(system: string, state: string, wanted: string | undefined): Promise<Callback> {
  const place = placeOf(system, wanted);
  let arrived: (parameters: URLSearchParams) => void = () => undefined;
  const answer = new Promise<URLSearchParams>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    request.resume();
    const target = request.url ?? '/';
    const url = URL.canParse(target, 'http://127.0.0.1') ? new URL(target, 'http://127.0.0.1') : undefined;
    if (!url || request.method !== 'GET' || url.pathname !== place.path) {
      reply(response, 404, 'There is nothing here.');
      return;
    }
    if (url.searchParams.get('state') !== state) {
      reply(
        response,
        400,
        'This answer does not belong to the sign-in that is waited for. Start the sign-in again from the editor or the terminal.',
      );
      return;
    }
    const isDenied = url.searchParams.has('error');
    reply(
      response,
      200,
      isDenied
        ? 'The sign-in was refused. You can close this page and go back to the editor or the terminal.'
        : 'The answer has arrived. You can close this page and go back to the editor or the terminal.',
    );
    arrived(url.searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(system, place, error)));
    server.listen(place.port, place.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: wanted ?? `http://127.0.0.1:${port}${place.path}`,
    answer,
    close: () => {
      server.close();
      // What is still being answered is let go: the page is a few bytes.
      server.closeIdleConnections();
      server.unref();
    },
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

function placeOf(system: string, wanted: string | undefined): Place {
  if (wanted === undefined) return { host: '127.0.0.1', port: 0, path: '/callback' };
  const url = URL.canParse(wanted) ? new URL(wanted) : undefined;
  if (url?.protocol !== 'http:' || !isLoopback(url.hostname)) {
    throw new SollistError(
      'sign-in-failed',
      `${system}: the connection value "redirect_uri" is no http address of this machine. Write one that is registered for the client, such as http://127.0.0.1:8400/callback, or leave it out in systems/${system}.json.`,
      { subject: 'redirect_uri' },
    );
  }
  return { host: url.hostname === '[::1]' ? '::1' : '127.0.0.1', port: Number(url.port || '80'), path: url.pathname };
}

function cannotListen(system: string, { host, port }: Place, { code }: NodeJS.ErrnoException): SollistError {
  const why = code === 'EADDRINUSE' ? 'another program uses it' : code === 'EACCES' ? 'it needs other rights' : (code ?? 'unknown');
  return new SollistError(
    'sign-in-failed',
    `${system}: the browser's way back, port ${port} of ${host}, cannot be opened (${why}). Free the port, or choose another "redirect_uri" in systems/${system}.json.`,
    { subject: 'redirect_uri' },
  );
}

/** A page of our own words only: nothing of the request stands in it. */
function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sollist</title><body style="font: 1rem/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 32rem"><h1>Sollist</h1><p>${text}</p></body></html>\n`,
  );
}
