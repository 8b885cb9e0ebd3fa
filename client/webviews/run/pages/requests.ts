import type { TraceEntry } from '../../../../engine/run/records.ts';
import { traceDetails } from '../details/trace.ts';
import { createBrowser, type Part } from '../grid/browser.ts';
import type { GridColumn } from '../grid/model.ts';
import { durationText, sizeText } from '../words.ts';

/** Whether an exchange went wrong. */
export function isBad({ status, error }: TraceEntry): boolean {
  return error !== undefined || status === undefined || status >= 400;
}

const columns: readonly GridColumn<TraceEntry>[] = [
  { name: 'Verb', value: ({ verb }) => verb, width: 64 },
  {
    name: 'Status',
    value: ({ status }) => status ?? null,
    text: ({ status }) => (status === undefined ? 'no answer' : String(status)),
    mark: (entry) => (isBad(entry) ? { class: 'bad', icon: 'error' } : { class: 'good', icon: 'pass' }),
  },
  {
    name: 'Time',
    value: ({ milliseconds }) => milliseconds,
    text: ({ milliseconds }) => durationText(milliseconds),
    numeric: true,
    width: 72,
  },
  {
    name: 'Retry',
    value: ({ attempt }) => attempt,
    text: ({ attempt }) => (attempt === 0 ? '' : String(attempt)),
    numeric: true,
    width: 68,
  },
  { name: 'Size', value: ({ bytes }) => bytes, text: ({ bytes }) => sizeText(bytes), numeric: true, width: 78 },
  { name: 'URL', value: ({ url }) => url, width: 420 },
  { name: 'Operation', value: ({ operation }) => operation, width: 150 },
];

/** The exchanges of a run, in the order they were made. */
export function requestsPart(requests: readonly TraceEntry[], name: string, hasFailed: boolean): Part {
  const startAt = hasFailed ? requests.findLastIndex(isBad) : -1;
  return createBrowser({
    label: `Requests of ${name}`,
    noun: 'request',
    columns,
    rows: requests,
    fileName: `${name} requests`,
    whenEmpty: 'No request was made.',
    // After a failure, what failed last is what a person came to see.
    ...(startAt >= 0 && { startAt }),
    rowClass: (entry) => (isBad(entry) ? 'failed' : undefined),
    details: traceDetails,
  });
}
