import type { RunKind } from '../../engine/run/run-record.ts';

const headings: Readonly<Record<RunKind, string>> = {
  'dry-run': 'Dry run of',
  collect: 'Collection of',
  filter: 'Rows of',
  mapping: 'Preview of',
  roles: 'Roles of',
  rehearsal: 'Rehearsal of',
  test: 'Test of',
};

/** `Dry run of hr.persons`. */
export function runHeading(kind: RunKind, subject: string): string {
  return `${headings[kind]} ${subject}`;
}

/** `2026-11-22 08:15:03`, in the time zone of the editor. */
export function runTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** As short as a tree has room for: `08:15` of today, else `2026-11-20`. */
export function shortTime(milliseconds: number, now: number): string {
  const time = runTime(milliseconds);
  return time.slice(0, 10) === runTime(now).slice(0, 10) ? time.slice(11, 16) : time.slice(0, 10);
}

/** `640 ms`, `12.4 s`, `3 min 20 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${String(Math.max(0, Math.round(milliseconds)))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}
