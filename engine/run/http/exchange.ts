import type { Dispatcher } from 'undici';
import { SollistError } from '../error.ts';
import { acceptedEncodings, decoded } from './decode.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

type Headers = Readonly<Record<string, string>>;

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * One request and its whole answer, of at most `limit` bytes before and after decompression: what is longer is not read on. Rejects with
 * what the HTTP package says, with the signal's reason, or with `answer-too-large`.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
  limit: number,
  what: string,
): Promise<HttpResponse> {
  const { status, headers, body } = await receive(dispatcher, request, signal, limit, what);
  const plain = await decoded(body, headers['content-encoding'], limit);
  if (plain === 'too-large') throw tooLarge(what, limit);
  return { status, headers, body: plain };
}

/** On the dispatcher's own callbacks: a stream for each of thousands of small answers would cost more than the answers. */
function receive(dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal, limit: number, what: string): Promise<RawAnswer> {
  const url = new URL(request.url);
  return new Promise<RawAnswer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let headers: Headers = {};
    let controller: Dispatcher.DispatchController | undefined;
    const onAbort = (): void => {
      controller?.abort(signal.reason as Error);
      finish(() => reject(signal.reason as Error));
    };
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    signal.addEventListener('abort', onAbort);
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.verb,
        headers: { 'accept-encoding': acceptedEncodings, ...request.headers },
        body: request.body ?? null,
      },
      {
        onRequestStart(own) {
          controller = own;
          if (signal.aborted) own.abort(signal.reason as Error);
        },
        onResponseStart(own, code, raw) {
          status = code;
          headers = joined(raw);
          if (Number(headers['content-length'] ?? 0) > limit) own.abort(tooLarge(what, limit));
        },
        onResponseData(own, chunk) {
          size += chunk.byteLength;
          if (size > limit) own.abort(tooLarge(what, limit));
          else chunks.push(chunk);
        },
        onResponseEnd: () =>
          finish(() => {
            const [only] = chunks;
            resolve({ status, headers, body: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) });
          }),
        onResponseError: (_, error) => finish(() => reject(error)),
      },
    );
  });
}

function joined(raw: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value !== undefined) headers[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

function tooLarge(what: string, limit: number): SollistError {
  return new SollistError(
    'answer-too-large',
    `${what}: the answer is larger than ${Math.floor(limit / (1024 * 1024))} MB. Ask for smaller pages (page_size), or for fewer columns.`,
  );
}
