import { cancelled, SollistError } from '../error.ts';
import type { HttpRequest } from './message.ts';

/** `persons_get`, with the address it asks: the place part of every message. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** Codes after which no other table of the system can be expected to work either. */
export const fatalCodes: ReadonlySet<string> = new Set([
  'connection-refused',
  'connection-lost',
  'timeout',
  'tls-failed',
  'authentication-failed',
  'authentication-unsupported',
  'sign-in-needed',
  'sign-in-failed',
]);

/** Codes of failures that a retry rule for connection errors speaks about. */
export const connectionCodes: ReadonlySet<string> = new Set(['connection-refused', 'connection-lost', 'timeout']);

/** Turns what the HTTP package threw into a SollistError with a stable code; a SollistError passes as it is. */
export function toFailure(error: unknown, request: HttpRequest, system: string, signal: AbortSignal): SollistError {
  if (error instanceof SollistError) return error;
  if (signal.aborted) return cancelled();
  const { operation } = request;
  const at = originOf(request.url);
  const code = codeOf(error);
  const address = `the address in systems/${system}.json`;
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return failure(
        'connection-refused',
        `${system}: nothing answers at ${at} (${operation}). Is the system running, and is ${address} right?`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure(
        'connection-refused',
        `${system}: the host of ${at} is not known (${operation}). Is ${address} right, and is there a network?`,
      );
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return failure(
        'timeout',
        `${system}: no connection to ${at} came about in time (${operation}). Is the system running, and can it be reached from here?`,
      );
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'TimeoutError':
      return failure(
        'timeout',
        `${system}: ${at} took too long to answer (${operation}). Try again, ask for smaller pages, or raise rest.config.socket_timeout in the connector.`,
      );
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
    case 'HPE_INVALID_EOF_STATE':
      return failure(
        'connection-lost',
        `${system}: the connection to ${at} broke before the answer was complete (${operation}). Is the system still running?`,
      );
    case 'UND_ERR_HEADERS_OVERFLOW':
      return failure('answer-too-large', `${system}: the headers of the answer from ${at} are too large (${operation}).`);
    case 'UND_ERR_INVALID_ARG':
      return failure(
        'request-invalid',
        `${system}: the request of ${operation} cannot be sent. Look at its address and headers: they may hold characters that HTTP does not allow.`,
      );
    default:
      if (/CERT|TLS|SSL|SELF_SIGNED|EPROTO|ISSUER|LEAF/.test(code)) {
        return failure(
          'tls-failed',
          `${system}: no secure connection to ${at} is possible (${operation}: ${code}). Is the certificate of the server valid and known here?`,
        );
      }
      if (code.startsWith('HPE_'))
        return failure('connection-lost', `${system}: what answers at ${at} does not speak HTTP (${operation}). Is ${address} right?`);
      if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT')) {
        return failure('connection-lost', `${system}: the answer from ${at} cannot be decompressed (${operation}).`);
      }
      return failure(
        'connection-lost',
        `${system}: the exchange with ${at} failed (${operation}${code && `: ${code}`}). Is the system running?`,
      );
  }

  function failure(name: string, message: string): SollistError {
    return new SollistError(name, message, { cause: error });
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.name === 'TimeoutError') return error.name;
  return error.cause === undefined ? '' : codeOf(error.cause);
}
