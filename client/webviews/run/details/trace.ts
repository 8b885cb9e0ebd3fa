import type { TraceEntry } from '../../../../engine/run/records.ts';
import { element, foreign } from '../dom.ts';
import { durationText, sizeText, timeText } from '../words.ts';
import { bodyElement } from './body-text.ts';
import { pairs, section } from './parts.ts';

/** One exchange: what was asked and what came back. Secrets were masked before it came here. */
export function traceDetails(entry: TraceEntry): Node {
  const outcome = entry.status === undefined ? (entry.error ?? 'no answer') : String(entry.status);
  return element(
    'div',
    {},
    element('h2', { class: 'request-line' }, element('span', { class: 'verb', text: entry.verb }), foreign(entry.url, 'url')),
    pairs([
      ['Answer', entry.status !== undefined && entry.error !== undefined ? `${outcome}: ${entry.error}` : outcome],
      ['Operation', entry.table === '' ? entry.operation : `${entry.operation} of ${entry.table}`],
      ['Attempt', String(entry.attempt + 1)],
      ['Sent', `${timeText(entry.startedAt)}, took ${durationText(entry.milliseconds)}`],
      ['Size', sizeText(entry.bytes)],
    ]),
    section('Request headers', headers(entry.requestHeaders)),
    entry.requestBody === undefined ? undefined : section('Request body', bodyElement(entry.requestBody)),
    entry.status === undefined ? undefined : section('Response headers', headers(entry.responseHeaders)),
    entry.responseBody === undefined ? undefined : section('Response body', bodyElement(entry.responseBody)),
  );
}

export function headers(record: Readonly<Record<string, string>>): HTMLElement {
  const entries = Object.entries(record);
  return entries.length === 0 ? element('p', { class: 'quiet', text: 'none' }) : pairs(entries, 'pairs code');
}
