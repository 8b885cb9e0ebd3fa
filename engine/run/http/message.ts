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
}

/** Sends a request. Rejects with a SollistError when no answer could be had; any status is an answer. */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** A link of the chain. */
export type Interceptor = (next: Send) => Send;

/** Puts interceptors before a transport; the first is the outermost. */
export function compose(transport: Send, ...interceptors: readonly Interceptor[]): Send {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), transport);
}

const decoders = new Map<string, TextDecoder>();

/** The text of a body, by the charset its headers declare, else UTF-8. Bytes that are no text become U+FFFD. */
export function textOf(response: Pick<HttpResponse, 'headers' | 'body'>): string {
  return decoderOf(response, false).decode(response.body);
}

/** As {@link textOf}; `damaged` where bytes of the body are no text in its charset. */
export function decodeText(response: Pick<HttpResponse, 'headers' | 'body'>): { readonly text: string; readonly damaged: boolean } {
  try {
    return { text: decoderOf(response, true).decode(response.body), damaged: false };
  } catch {
    return { text: textOf(response), damaged: true };
  }
}

function decoderOf(response: Pick<HttpResponse, 'headers'>, fatal: boolean): TextDecoder {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(response.headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  const name = `${charset} ${String(fatal)}`;
  let decoder = decoders.get(name);
  if (!decoder) {
    try {
      decoder = new TextDecoder(charset, { fatal });
    } catch {
      decoder = new TextDecoder('utf-8', { fatal });
    }
    decoders.set(name, decoder);
  }
  return decoder;
}
