import type { CollectionReport, TableOutcome } from '../../../engine/run/records.ts';

export interface CollectionSummary {
  readonly headline: string;
  /** As short as the status bar has room for; the panel says the rest. */
  readonly brief: string;
  /** One line a table, for the log. */
  readonly lines: readonly string[];
  /** The first failure; the old content of its table is untouched. */
  readonly failed?: { readonly code: string; readonly message: string; readonly subject?: string };
  readonly cancelled: boolean;
}

/** A collection in words. */
export function collectionSummary({ system, tables }: CollectionReport): CollectionSummary {
  const good = tables.filter(({ state }) => state === 'collected');
  const rows = good.reduce((sum, { evidence }) => sum + (evidence?.rows ?? 0), 0);
  const doubtful = good.filter(({ evidence }) => evidence?.complete === false && evidence.withoutFile !== true).length;
  const failed = tables.find(({ state }) => state === 'failed')?.error;
  // Where nothing else was in the way, a table was not reached because a person cancelled.
  const cancelled = tables.some(({ state, error }) => state === 'cancelled' || (state === 'not-reached' && error === undefined));
  const counted = `${String(good.length)} of ${counting(tables.length, 'table')} collected`;
  const doubt = doubtful === 0 ? '' : `, ${String(doubtful)} not proven complete`;
  const head = `${system}: ${counted}, ${counting(rows, 'row')}${doubt}.`;
  const away = cancelledText(system, good.length === 0 ? '' : counted);
  return {
    headline: cancelled ? away : [head, ...untouched(tables)].join(' '),
    brief: cancelled ? away : head,
    lines: tables.map(lineOf),
    ...(failed !== undefined && { failed }),
    cancelled,
  };
}

/** What a person reads after *Cancel*; `before` says what was collected by then. */
function cancelledText(system: string, before: string): string {
  return before === ''
    ? `${system}: cancelled; the tables are as they were.`
    : `${system}: cancelled after ${before}; the others are as they were.`;
}

/** Which tables are not of this collection, and why. */
function untouched(tables: readonly TableOutcome[]): readonly string[] {
  const failed = tables.filter(({ state }) => state === 'failed');
  const held = tables.filter(({ state }) => state === 'held-back');
  const untried = tables.filter(({ state }) => state === 'not-reached');
  return [
    ...(failed.length === 0 ? [] : [`Failed, with the rows they had before: ${names(failed)}.`]),
    ...(held.length === 0 ? [] : [`Held back by a guard, with the rows they had before: ${names(held)}.`]),
    ...(untried.length === 0 ? [] : [`Not tried: ${names(untried)}.`]),
  ];
}

function names(tables: readonly TableOutcome[]): string {
  const shown = tables.slice(0, 5).map(({ table }) => table);
  return `${shown.join(', ')}${tables.length > shown.length ? ` and ${String(tables.length - shown.length)} more` : ''}`;
}

function counting(number: number, one: string): string {
  return `${String(number)} ${number === 1 ? one : `${one}s`}`;
}

function lineOf({ system, table, state, evidence, error }: TableOutcome): string {
  const rows = evidence === undefined ? '' : `, ${counting(evidence.rows, 'row')} in ${counting(evidence.calls, 'call')}`;
  const proof =
    evidence === undefined ? '' : evidence.complete ? ', complete' : `, not complete: ${evidence.notes.concat(evidence.caps).join(' ')}`;
  return `${system}.${table}: ${state}${rows}${proof}${error === undefined ? '' : `: ${error.message}`}`;
}
