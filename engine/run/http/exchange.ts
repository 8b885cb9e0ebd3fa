import type { Dispatcher } from 'undici';
import { SollistError } from '../error.ts';
import { acceptedEncodings, decoded } from './decode.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { parsedAddress } from './parsed-address.ts';

type Headers = Readonly<Record<string, string>>;

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What an exchange may take. */
export interface ExchangeLimits {
  /** Bytes of the body, before and after decompression; what is longer is not read on. */
  readonly body: number;
  /** Milliseconds for the whole of it, however busily the server drips. */
  readonly total: number;
}

/**
 * One request and its whole answer. Rejects with what the HTTP package says, with the signal's reason, with a `TimeoutError`, or with
 * `answer-too-large`.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
  limits: ExchangeLimits,
  what: string,
): Promise<HttpResponse> {
  const { status, headers, body } = await receive(dispatcher, request, signal, limits, what);
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return { status, headers, body };
  const plain = await decoded(body, encoding, limits.body);
  if (plain === 'too-large') throw tooLarge(what, limits.body);
  return { status, headers, body: plain };
}

/** On the dispatcher's own callbacks: a stream and a joint signal for each of thousands of small answers would cost more than the answers. */
function receive(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
  limits: ExchangeLimits,
  what: string,
): Promise<RawAnswer> {
  const url = parsedAddress(request.url) ?? new URL(request.url);
  return new Promise<RawAnswer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let headers: Headers = {};
    let controller: Dispatcher.DispatchController | undefined;
    const giveUp = (reason: Error): void => {
      controller?.abort(reason);
      finish();
      reject(reason);
    };
    const onAbort = (): void => giveUp(signal.reason as Error);
    const timer = setTimeout(() => giveUp(new DOMException('too long', 'TimeoutError')), limits.total);
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
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
          if (Number(headers['content-length'] ?? 0) > limits.body) own.abort(tooLarge(what, limits.body));
        },
        onResponseData(own, chunk) {
          size += chunk.byteLength;
          if (size > limits.body) own.abort(tooLarge(what, limits.body));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          finish();
          const [only] = chunks;
          resolve({ status, headers, body: chunks.length === 1 && only ? only : Buffer.concat(chunks, size) });
        },
        onResponseError(_, error) {
          finish();
          reject(error);
        },
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
