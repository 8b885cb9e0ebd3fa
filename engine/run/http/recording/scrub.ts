import { isSecretName } from '../../../model/connector/knowledge.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import type { Redactor } from '../redact.ts';
import { maskedSecret, type RecordedAnswer, type RecordedRequest } from './form.ts';
import type { Origins } from './origins.ts';
import { recordBody } from './recorded-body.ts';
import { split } from './request-key.ts';

/** Headers of answers that a run reads. All others are left out: they hold dates, cookies and ids that differ each time. */
const keptHeaders = /^(content-type|link|location|retry-after|content-range|x-(total|page|per-page|next|prev)[\w-]*)$/;

/** Takes what must not be in a file, and what differs from one recording to the next, out of requests and answers. */
export interface Scrubber {
  readonly request: (request: HttpRequest) => RecordedRequest;
  readonly answer: (response: HttpResponse, now: number) => RecordedAnswer;
  /** Names that look like those of secrets, with the operation: their values are kept unless the connection knows them. */
  readonly suspicious: ReadonlyMap<string, ReadonlySet<string>>;
  readonly lookAt: (request: RecordedRequest, answer: RecordedAnswer) => void;
}

/** Names like `pageToken` and `$skiptoken`: places in a list, which a replay cannot do without. */
const placeToken = /(page|next|skip|continuation|cursor|sync|delta|prev\w*)[-_ ]?token|^token_type$/i;

export function createScrubber(redactor: Redactor, origins: Origins): Scrubber {
  // Origins first: a secret may be part of one.
  const text = (value: string): string => redactor.replace(origins.toRecorded(value), maskedSecret);
  // As the vault's own cleaner has it: a number of few digits is no secret anybody could keep.
  const number = (source: string): string | undefined => (source.length > 3 && redactor.finds(source) ? maskedSecret : undefined);
  const suspicious = new Map<string, Set<string>>();

  const note = (operation: string, name: string): void => {
    if (!isSecretName(name) || placeToken.test(name)) return;
    suspicious.set(operation, (suspicious.get(operation) ?? new Set()).add(name));
  };
  const visit = (operation: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const entry of value) visit(operation, entry);
      return;
    }
    for (const [name, inner] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if ((typeof inner === 'string' && inner !== '' && inner !== maskedSecret) || typeof inner === 'number') note(operation, name);
      else visit(operation, inner);
    }
  };

  return {
    request: ({ operation, table, verb, url, body, auth }) => ({
      operation,
      table,
      verb,
      url: text(url),
      ...(body !== undefined && { body: text(body) }),
      ...(auth?.subject !== undefined && { subject: text(auth.subject) }),
    }),
    answer(response, now) {
      const kept = Object.entries(response.headers)
        .filter(([name]) => keptHeaders.test(name))
        .map(([name, value]): [string, string] => [name, name === 'retry-after' ? inSeconds(value, now) : text(value)])
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const { body, headers } = recordBody(response.body, Object.fromEntries(kept), { text, number });
      return { status: response.status, ...(kept.length > 0 && { headers }), ...body };
    },
    suspicious,
    lookAt(request, answer) {
      for (const pair of split(request.url)[1]?.split('&') ?? []) {
        const [name = '', value = ''] = pair.split('=');
        if (value !== '' && value !== maskedSecret) note(request.operation, name);
      }
      if ('json' in answer) visit(request.operation, answer.json);
    },
  };
}

/** A time to wait for as a number of seconds: a date would differ each time, and lie in the past when it is replayed. */
function inSeconds(value: string, now: number): string {
  if (/^\s*\d+\s*$/.test(value)) return value.trim();
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : String(Math.max(0, Math.round((at - now) / 1000)));
}
