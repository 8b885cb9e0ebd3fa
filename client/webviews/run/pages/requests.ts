import type { TraceEntry } from '../../../../engine/run/records.ts';
import { traceDetails } from '../details/trace.ts';
import { button, element, foreign } from '../dom.ts';
import { createBrowser, type Browser } from '../grid/browser.ts';
import type { Grid } from '../grid/grid-types.ts';
import type { GridColumn } from '../grid/model.ts';
import type { Part } from '../part.ts';
import { count, durationText, grouped, oneLine, sizeText } from '../words.ts';
import { arranged, axisElement, axisOf, barElement, barText, isBad, mostAtOnce, type Axis, type Call } from './waterfall.ts';

function columnsOf(axis: Axis, origin: string): readonly GridColumn<Call>[] {
  return [
    {
      name: 'Verb',
      value: ({ entry }) => entry.verb,
      width: 84,
      mark: ({ entry }) => (entry.attempt > 0 ? { class: 'retry', icon: 'redo' } : undefined),
    },
    {
      name: 'Status',
      value: ({ entry }) => entry.status ?? null,
      text: ({ entry: { status } }) => (status === undefined ? 'no answer' : String(status)),
      mark: ({ entry }) => (isBad(entry) ? { class: 'bad', icon: 'error' } : { class: 'good', icon: 'pass' }),
    },
    {
      name: 'Timeline',
      value: ({ entry }) => entry.startedAt - axis.start,
      text: (call) => barText(call, axis),
      draw: (call) => barElement(call, axis),
      drawHeader: () => axisElement(axis),
      width: 220,
    },
    {
      name: 'URL',
      value: ({ entry }) => entry.url,
      // The address that nearly all have in common would push the rest out of sight.
      text: ({ entry }) => entry.url,
      draw: ({ entry }) => foreign(oneLine(entry.url.startsWith(`${origin}/`) ? entry.url.slice(origin.length) : entry.url)),
      width: 280,
    },
    {
      name: 'Time',
      value: ({ entry }) => entry.milliseconds,
      text: ({ entry }) => durationText(entry.milliseconds),
      numeric: true,
      width: 72,
    },
    {
      name: 'Retry',
      value: ({ entry }) => entry.attempt,
      text: ({ entry: { attempt } }) => (attempt === 0 ? '' : String(attempt)),
      numeric: true,
      width: 66,
    },
    { name: 'Size', value: ({ entry }) => entry.bytes, text: ({ entry }) => sizeText(entry.bytes), numeric: true, width: 78 },
    { name: 'Operation', value: ({ entry }) => entry.operation, width: 150 },
  ];
}

/** The exchanges of a run, and how another part leads to one of them. */
export interface RequestsPart extends Part {
  reveal(sequence: number): void;
}

/** The exchanges of a run, or some of the `made`, on a common time axis, retries behind their first attempt. */
export function requestsPart(requests: readonly TraceEntry[], name: string, hasFailed: boolean, made = requests.length): RequestsPart {
  const calls = arranged(requests);
  const startAt = hasFailed ? calls.findLastIndex(({ entry }) => isBad(entry)) : -1;
  const failed = requests.filter(isBad).length;
  const browser: Browser<Call> = createBrowser<Call>({
    label: `Requests of ${name}`,
    noun: 'request',
    columns: columnsOf(axisOf(requests), commonOrigin(requests)),
    rows: calls,
    fileName: `${name} requests`,
    whenEmpty: 'No request was made.',
    summary: summaryText(requests, failed, made),
    // After a failure, what failed last is what a person came to see.
    ...(startAt >= 0 && { startAt }),
    rowClass: ({ entry }) => (isBad(entry) ? 'failed' : undefined),
    controls: (grid) => (failed === 0 ? [] : [failuresButton(grid, failed)]),
    details: ({ entry, waited }) => traceDetails(entry, waited),
  });
  return {
    ...browser,
    reveal: (sequence) => {
      const at = calls.findIndex(({ entry }) => entry.sequence === sequence);
      const { grid } = browser;
      if (at < 0 || grid === undefined) return;
      if (!grid.reveal(at)) {
        grid.clearFilters();
        grid.restrict(undefined);
        grid.reveal(at);
      }
      grid.node.focus();
    },
  };
}

/** `https://api.example.test`, as most of the requests have it. */
function commonOrigin(requests: readonly TraceEntry[]): string {
  const counts = new Map<string, number>();
  for (const { url } of requests) {
    const origin = /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0] ?? '';
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? '';
}

/** Shows only what failed, and again all. */
function failuresButton(grid: Grid<Call>, failed: number): HTMLButtonElement {
  const built = button(`${grouped(failed)} failed`, 'error', () => {
    const isOn = built.getAttribute('aria-pressed') !== 'true';
    built.setAttribute('aria-pressed', String(isOn));
    grid.restrict(isOn ? ({ entry }) => isBad(entry) : undefined);
  });
  built.setAttribute('aria-pressed', 'false');
  built.title = 'Show only requests that failed';
  return built;
}

function summaryText(requests: readonly TraceEntry[], failed: number, made: number): string {
  const bytes = requests.reduce((sum, entry) => sum + entry.bytes, 0);
  const retried = requests.filter(({ attempt }) => attempt > 0).length;
  const atOnce = mostAtOnce(requests);
  return [
    `${durationText(axisOf(requests).length)} from the first to the last`,
    `${sizeText(bytes)} received`,
    atOnce > 1 ? `up to ${grouped(atOnce)} at once` : 'one at a time',
    retried > 0 ? count(retried, 'retry', 'retries') : '',
    failed > 0 ? `${grouped(failed)} failed` : '',
    made > requests.length
      ? `${grouped(requests.length)} of ${grouped(made)} requests are kept: the first, the last, and those between that failed`
      : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** For a badge: whether any failed. */
export function anyBad(requests: readonly TraceEntry[]): boolean {
  return requests.some(isBad);
}

/** A part for where no request was kept. */
export function noRequestsPart(text: string): RequestsPart {
  return { node: element('p', { class: 'empty', text }), reveal: () => undefined };
}
