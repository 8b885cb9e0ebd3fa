import type { ColumnStatistics } from '../../../engine/run/records.ts';
import type { StatisticsFound } from '../../knowledge.ts';
import type { TableFacts } from '../../known-facts.ts';
import { code } from '../filter/describe.ts';

/** `482 rows, collected 2 h ago from `hr`, complete.`, with why not where it is not. */
export function describeFacts(facts: TableFacts, now: number): string {
  const { rows, complete, notes } = facts;
  const state = complete ? 'complete' : 'not complete';
  const why = complete ? [] : notes.slice(0, 3);
  return [`${counted(rows)}, ${originOf(facts, now)}, ${state}.`, ...why.map((note) => `- ${escape(note)}`)].join('\n');
}

/** `Filled in 471 of 482 rows, e.g. `Ann`, `Bob`; collected 2 h ago from `hr`.` Empty for a column that was not collected. */
export function describeFill({ facts, statistics }: StatisticsFound, column: string, now: number): string {
  const found = statistics.columns.find(({ name }) => name === column);
  if (!found) return '';
  const { rows, looked } = statistics;
  const of = looked < rows ? `the first ${number(looked)} of ${counted(rows)}` : counted(rows);
  const filled = found.filled === 0 ? `Empty in all of ${of}` : `Filled in ${number(found.filled)} of ${of}`;
  return `${filled}${valuesOf(found)}; ${originOf(facts, now)}.`;
}

function valuesOf({ filled, distinct, more, samples, secret }: ColumnStatistics): string {
  if (filled === 0) return '';
  if (secret === true) return '; its values are not shown';
  const shown = samples.map(sampleCode).join(', ');
  if (distinct === 1) return `, always ${shown}`;
  const several = more === true || distinct === filled ? '' : `, ${number(distinct)} different values`;
  return shown === '' ? several : `${several}, e.g. ${shown}`;
}

function originOf({ system, from, at }: TableFacts, now: number): string {
  return `${from === 'collection' ? 'collected' : 'dry run'} ${ageOf(at, now)} from ${code(system)}`;
}

/** How long ago, in a word or two. */
export function ageOf(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'a day ago' : `${days} days ago`;
}

/** `1 row`, `1,204 rows`. */
export function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${number(rows)} rows`;
}

/** A value or name from an answer as code: whatever it holds, it stays within. */
export function sampleCode(text: string): string {
  return code(text.replaceAll('`', "'"));
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** What an API may have written must not become Markdown. */
function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|!]/g, '\\$&');
}
