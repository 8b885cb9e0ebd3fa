import { SollistError } from '../error.ts';
import { originOf } from './failure.ts';
import { textOf, type HttpRequest, type HttpResponse, type Interceptor } from './message.ts';
import type { Redactor } from './redact.ts';

/** Characters of an answer that an error message quotes. */
const quoted = 200;

/** Lets only answers with a 2xx status through; others become `forbidden` or `http-status` (subject: the status). */
export function expectSuccess(system: string, redactor: Redactor): Interceptor {
  return (next) => async (request, signal) => {
    const response = await next(request, signal);
    if (response.status >= 200 && response.status < 300) return response;
    throw statusFailure(system, request, response, redactor);
  };
}

function statusFailure(system: string, request: HttpRequest, response: HttpResponse, redactor: Redactor): SollistError {
  const reason = reasonOf(response, redactor);
  const said = reason === '' ? '' : ` The answer says: ${reason}`;
  const where = `${system}: ${request.operation}`;
  const subject = String(response.status);
  if (response.status === 403) {
    return new SollistError(
      'forbidden',
      `${where} is not allowed at ${originOf(request.url)} (status 403). Does the account have the rights or scopes for it?${said}`,
      { subject },
    );
  }
  const path = redactor.text(new URL(request.url).pathname);
  const hint =
    response.status === 404
      ? ` Is the path ${path} right?`
      : response.status === 429
        ? ' The system asks for fewer requests: add a retry rule, or lower maxSessionCount.'
        : response.status >= 500
          ? ' The fault is on its side: try again later, or add a retry rule for this status to the connector.'
          : ` Look at the request: its path is ${path}.`;
  return new SollistError(
    'http-status',
    `${where} was answered with status ${response.status} by ${originOf(request.url)}.${hint}${said}`,
    { subject },
  );
}

/** The beginning of an answer on one line, masked; nothing for pages meant for a browser. */
export function reasonOf(response: HttpResponse, redactor: Redactor): string {
  const text = textOf({ headers: response.headers, body: response.body.subarray(0, 16 * 1024) });
  if (/^\s*<(!doctype|html)/i.test(text)) return '';
  // Control characters would move a terminal's cursor.
  const line = redactor
    .text(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > quoted ? `${line.slice(0, quoted)}…` : line;
}
