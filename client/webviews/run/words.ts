import type { Cell, Evidence, PageEnd, RunLimits, Source } from '../../../engine/run/records.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';

/** `1 row`, `20 rows`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** `12,345`, as numbers are written in English sentences, in the editor's text and in the terminal. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `2026-11-21 20:31:05` in the reader's time zone. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

/** `5 s`, `1 min 5 s`: how long something takes so far. Clocks of two machines can differ: never less than nothing. */
export function elapsedText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Limits of a run belong to it, and are printed with its result. */
export function limitsText({ rows, calls }: RunLimits): string {
  const parts = [rows === undefined ? '' : count(rows, 'row'), calls === undefined ? '' : count(calls, 'call')].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? 'none' : `at most ${parts.join(', ')}`;
}

/** Where the answers of a run came from. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case 'live':
      return 'live';
    case 'replay':
      return `replay of ${source.recording}${source.fault === undefined ? '' : `, with the fault ${source.fault}`}`;
    case 'files':
      return `files in ${source.folder}`;
  }
}

const ends: Readonly<Record<PageEnd, string>> = {
  single: 'one call without paging gives everything',
  'short-page': 'the last page was shorter than the page size',
  'empty-page': 'the last page was empty',
  'no-next': 'the last page named no next one',
  flag: 'the answer said that it was the last',
  constant: 'the rows stand in the connector itself',
  'end-of-file': 'the file was read to its end',
  capped: 'a limit of this run cut it short',
};

export function endText(evidence: Evidence): string {
  return ends[evidence.end];
}

/** A value as a person reads it; null is told apart by the caller. */
export function cellText(cell: Cell, type: ColumnType = 'text'): string {
  if (cell === null) return 'null';
  if (type === 'boolean' && (cell === 0 || cell === 1)) return cell === 1 ? 'true' : 'false';
  return String(cell);
}

/** Text on one line, with a sign where a line broke, cut where nobody reads on. */
export function oneLine(text: string, limit = 300): string {
  const line = text
    .slice(0, limit + 1)
    .replace(/\r\n|\r|\n/g, ' ↵ ')
    .replace(/\t/g, ' → ');
  return text.length > limit ? `${line.slice(0, limit)}…` : line;
}
