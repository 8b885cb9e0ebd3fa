import type { TraceEntry } from '../../../../engine/run/records.ts';
import { element } from '../dom.ts';
import { durationText } from '../words.ts';

/** An exchange in its place: behind its first attempt, with the wait before it. */
export interface Call {
  readonly entry: TraceEntry;
  /** Milliseconds between the end of the attempt before and this one; 0 for a first attempt. */
  readonly waited: number;
}

/** The common time axis. Milliseconds since 1970, and how many. */
export interface Axis {
  readonly start: number;
  readonly length: number;
}

/** Whether an exchange went wrong. */
export function isBad({ status, error }: TraceEntry): boolean {
  return error !== undefined || status === undefined || status >= 400;
}

/** Exchanges in the order in which their first attempts were sent, each followed by its retries. */
export function arranged(requests: readonly TraceEntry[]): readonly Call[] {
  const groups: TraceEntry[][] = [];
  for (const entry of [...requests].sort((left, right) => left.startedAt - right.startedAt || left.sequence - right.sequence)) {
    const group =
      entry.attempt === 0
        ? undefined
        : groups.findLast((others) => {
            const last = others.at(-1);
            return last?.attempt === entry.attempt - 1 && isSameRequest(last, entry);
          });
    if (group === undefined) groups.push([entry]);
    else group.push(entry);
  }
  return groups.flatMap((group) =>
    group.map((entry, at): Call => {
      const before = group[at - 1];
      return { entry, waited: before === undefined ? 0 : Math.max(0, entry.startedAt - before.startedAt - before.milliseconds) };
    }),
  );
}

function isSameRequest(one: TraceEntry, other: TraceEntry): boolean {
  return one.verb === other.verb && one.url === other.url && one.operation === other.operation && one.requestBody === other.requestBody;
}

export function axisOf(requests: readonly TraceEntry[]): Axis {
  const start = requests.reduce((least, { startedAt }) => Math.min(least, startedAt), Infinity);
  const end = requests.reduce((most, { startedAt, milliseconds }) => Math.max(most, startedAt + milliseconds), -Infinity);
  return Number.isFinite(start) ? { start, length: Math.max(1, end - start) } : { start: 0, length: 1 };
}

/** How many exchanges were under way at the same time, at most. Times are whole milliseconds: what overlaps by one only may not have met. */
export function mostAtOnce(requests: readonly TraceEntry[]): number {
  const moments = requests
    .flatMap(({ startedAt, milliseconds }) => [[startedAt, 1] as const, [startedAt + Math.max(1, milliseconds - 1), -1] as const])
    .sort(([left, one], [right, other]) => left - right || one - other);
  let now = 0;
  let most = 0;
  for (const [, step] of moments) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}

/** The bar of an exchange on the axis, behind a line for the wait before it. */
export function barElement({ entry, waited }: Call, axis: Axis): HTMLElement {
  const track = element('span', { class: 'track' });
  const put = (name: string, from: number, length: number): void => {
    const part = element('span', { class: name });
    part.style.left = `${percent((from - axis.start) / axis.length)}%`;
    part.style.width = `${percent(length / axis.length)}%`;
    track.append(part);
  };
  if (waited > 0) put('wait', entry.startedAt - waited, waited);
  const kind = isBad(entry) ? 'bad' : entry.operation === 'authenticate' ? 'authenticate' : entry.attempt > 0 ? 'again' : '';
  put(`span ${kind}`, entry.startedAt, entry.milliseconds);
  return track;
}

export function barText({ entry, waited }: Call, axis: Axis): string {
  const wait = waited > 0 ? `, waited ${durationText(waited)} before` : '';
  return `sent after ${durationText(entry.startedAt - axis.start)}, took ${durationText(entry.milliseconds)}${wait}`;
}

/** The ticks of the axis, for the header. */
export function axisElement(axis: Axis): HTMLElement {
  return element(
    'span',
    { class: 'axis', attributes: { 'aria-hidden': 'true' } },
    ...[0.5, 1].map((part) => element('span', { text: durationText(axis.length * part) })),
  );
}

function percent(part: number): string {
  return (Math.max(0, Math.min(1, part)) * 100).toFixed(3);
}
