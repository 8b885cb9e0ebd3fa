import { TextDecoder } from 'node:util';
import type { OperationRole } from '../../model/connector/connector.ts';

/** What a request is for. It comes from the operation, never from the HTTP verb: a `get` may be a POST and a write a GET. */
export type RequestRole = OperationRole | 'authenticate';

/** What the token of a request is for, where that is not what the connector says for all. */
export interface RequestAuth {
  readonly scopes?: readonly string[];
  /** In whose name. */
  readonly subject?: string;
}

/** One request. */
export interface HttpRequest {
  readonly role: RequestRole;
  /** The operation's name, or `authenticate`. */
  readonly operation: string;
  readonly table: string;
  readonly verb: string;
  /** Absolute. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** 0 for the first attempt; counted by the retry interceptor. */
  readonly attempt?: number;
  readonly auth?: RequestAuth;
}

/** One answer, with its whole body. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several values of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address it came from in the end, where a redirect led to it. */
  readonly url?: string;
}

/** Sends a request. Rejects with a SollistError when no answer could be had; any status is an answer. */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** A link of the chain. */
export type Interceptor = (next: Send) => Send;

/** Puts interceptors before a transport; the first is the outermost. */
export function compose(transport: Send, ...interceptors: readonly Interceptor[]): Send {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), transport);
}

interface Decoders {
  readonly strict: TextDecoder;
  readonly lax: TextDecoder;
}

const utf8: Decoders = { strict: new TextDecoder('utf-8', { fatal: true }), lax: new TextDecoder('utf-8') };

/** By the content type, which is the same for nearly all answers. */
let last: { readonly type: string; readonly decoders: Decoders } = { type: '', decoders: utf8 };

/** The text of a body, by the charset its headers declare, else UTF-8. Bytes that are no text become U+FFFD. */
export function textOf(response: Pick<HttpResponse, 'headers' | 'body'>): string {
  return decodersOf(response).lax.decode(response.body);
}

/** As {@link textOf}; `damaged` where bytes of the body are no text in its charset. */
export function decodeText(response: Pick<HttpResponse, 'headers' | 'body'>): { readonly text: string; readonly damaged: boolean } {
  try {
    return { text: decodersOf(response).strict.decode(response.body), damaged: false };
  } catch {
    return { text: textOf(response), damaged: true };
  }
}

function decodersOf({ headers }: Pick<HttpResponse, 'headers'>): Decoders {
  const type = headers['content-type'] ?? '';
  if (last.type !== type) last = { type, decoders: decodersFor(/charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8') };
  return last.decoders;
}

function decodersFor(charset: string): Decoders {
  if (charset === 'utf-8' || charset === 'utf8') return utf8;
  try {
    return { strict: new TextDecoder(charset, { fatal: true }), lax: new TextDecoder(charset) };
  } catch {
    return utf8;
  }
}
