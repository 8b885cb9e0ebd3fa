import type { TraceEntry } from '../../../../engine/run/records.ts';
import { button, element, foreign } from '../dom.ts';
import { post } from '../host.ts';
import { durationText, sizeText, timeText } from '../words.ts';
import { bodyElement } from './body-text.ts';
import { curlOf } from './curl.ts';
import { pairs, section } from './parts.ts';

/** One exchange: what was asked and what came back. Secrets were masked before it came here. */
export function traceDetails(entry: TraceEntry, waited = 0): Node {
  const outcome = entry.status === undefined ? (entry.error ?? 'no answer') : String(entry.status);
  return element(
    'div',
    {},
    requestLine(entry),
    pairs([
      ['Answer', entry.status !== undefined && entry.error !== undefined ? `${outcome}: ${entry.error}` : outcome],
      ['Operation', entry.table === '' ? entry.operation : `${entry.operation} of ${entry.table}`],
      ['Attempt', `${String(entry.attempt + 1)}${waited > 0 ? `, after a wait of ${durationText(waited)}` : ''}`],
      ['Sent', `${timeText(entry.startedAt)}, took ${durationText(entry.milliseconds)}`],
      ['Size', sizeText(entry.bytes)],
    ]),
    element(
      'p',
      { class: 'actions' },
      button('Copy as curl', 'terminal', () => {
        post({ type: 'copy', text: curlOf(entry) });
      }),
    ),
    section('Request headers', headers(entry.requestHeaders)),
    entry.requestBody === undefined ? undefined : section('Request body', bodyElement(entry.requestBody)),
    entry.status === undefined ? undefined : section('Response headers', headers(entry.responseHeaders)),
    entry.responseBody === undefined || entry.responseBody === '' ? undefined : section('Response body', bodyElement(entry.responseBody)),
  );
}

export function requestLine({ verb, url }: Pick<TraceEntry, 'verb' | 'url'>): HTMLElement {
  return element('h2', { class: 'request-line' }, element('span', { class: 'verb', text: verb }), foreign(url, 'url'));
}

export function headers(record: Readonly<Record<string, string>>): HTMLElement {
  const entries = Object.entries(record);
  return entries.length === 0 ? element('p', { class: 'quiet', text: 'none' }) : pairs(entries, 'pairs code');
}
