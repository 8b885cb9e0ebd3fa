import type { Clock } from '../context.ts';
import type { TraceEntry } from '../records.ts';
import { textOf, type HttpRequest, type HttpResponse, type Interceptor } from './message.ts';
import { mask, type Redactor } from './redact.ts';

/** Characters of a body that a trace keeps. */
export const tracedBody = 64 * 1024;

/** What of a token answer may be shown; everything else in it is a secret or close to one. */
const harmless: ReadonlySet<string> = new Set(['token_type', 'expires_in', 'scope', 'error', 'error_description', 'error_uri']);

/** Reports every exchange, answered or not, with its secrets masked. */
export function trace(options: {
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly onTrace: (entry: TraceEntry) => void;
  readonly wants?: () => boolean;
}): Interceptor {
  const { redactor, clock, onTrace, wants = () => true } = options;
  let sequence = 0;

  const cut = (text: string): string => {
    // Masked before it is cut: half a secret at the edge would not be recognised.
    const shown = redactor.text(text.slice(0, tracedBody + redactor.longest));
    return shown.length > tracedBody ? `${shown.slice(0, tracedBody)}…` : shown;
  };
  const bodyOf = (request: HttpRequest, response: HttpResponse): string => {
    const text = textOf(response);
    return cut(request.role === 'authenticate' ? maskTokens(text) : text);
  };

  return (next) => async (request, signal) => {
    if (!wants()) return next(request, signal);
    const startedAt = clock.now();
    const report = (outcome: Partial<TraceEntry>, bytes: number): void =>
      onTrace({
        sequence: ++sequence,
        operation: request.operation,
        table: request.table,
        verb: request.verb,
        url: redactor.text(request.url),
        attempt: request.attempt ?? 0,
        startedAt,
        milliseconds: Math.max(0, clock.now() - startedAt),
        bytes,
        requestHeaders: redactor.headers(request.headers),
        ...(request.body !== undefined && { requestBody: request.role === 'authenticate' ? mask : cut(request.body) }),
        responseHeaders: {},
        ...outcome,
      });
    try {
      const response = await next(request, signal);
      report(
        { status: response.status, responseHeaders: redactor.headers(response.headers), responseBody: bodyOf(request, response) },
        response.body.byteLength,
      );
      return response;
    } catch (error) {
      report({ error: redactor.text(error instanceof Error ? error.message : String(error)) }, 0);
      throw error;
    }
  };
}

/** A token answer with everything masked that is not known to be harmless; not shown at all where it is no JSON object. */
function maskTokens(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return mask;
    return JSON.stringify(
      Object.fromEntries(Object.entries(answer).map(([name, value]: [string, unknown]) => [name, harmless.has(name) ? value : mask])),
    );
  } catch {
    return mask;
  }
}
