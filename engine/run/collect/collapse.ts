import { smallestBase, type Threshold } from '../../model/settings/settings.ts';
import { SollistError } from '../error.ts';

/** How a table shrank since the collection it is measured by. */
export interface Shrinking {
  readonly system: string;
  readonly table: string;
  readonly before: number;
  readonly now: number;
  /** When the collection it is measured by ended. Milliseconds since 1970. */
  readonly since: number;
  readonly threshold: Threshold;
}

/**
 * Whether a source looks broken rather than changed: an empty table where there were rows enough to tell, or a loss that exceeds the number
 * *and* the percentage. A loss of a few rows is a day's work in a large table, and half of a small one says nothing.
 */
export function hasCollapsed({ before, now, threshold }: Shrinking): boolean {
  if (before < smallestBase) return false;
  const lost = before - now;
  return now === 0 || (lost > threshold.count && lost * 100 > threshold.percent * before);
}

/** What, how much, and what to do. */
export function sourceCollapsed(shrinking: Shrinking): SollistError {
  const { system, table, before, now, since, threshold } = shrinking;
  const name = `${system}.${table}`;
  const share = (((before - now) / before) * 100).toFixed(1);
  const limits =
    now === 0 ? 'a table never becomes empty unasked' : `at most ${threshold.count} rows or ${threshold.percent}% may go at once`;
  return new SollistError(
    'source-collapsed',
    `${name}: ${now} rows where ${before} were collected on ${new Date(since).toISOString()}, ${share}% fewer; ${limits}. What came is kept aside and the table is as it was. Check the source; if it is right, collect again with --accept ${name}, or use what came with "sollist vault load ${name} held-back".`,
    { subject: name, exitCode: 3 },
  );
}

/** For a table that came from the same answers as one that collapsed. */
export function heldTogether(system: string, table: string, with_: string): SollistError {
  return new SollistError('source-collapsed', `${system}.${table} was held back together with ${with_}, whose answers brought it.`, {
    subject: with_,
    exitCode: 3,
  });
}
