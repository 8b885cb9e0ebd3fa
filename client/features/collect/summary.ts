import type { CollectionReport, TableOutcome } from '../../../engine/run/records.ts';

export interface CollectionSummary {
  readonly headline: string;
  /** One line a table, for the log. */
  readonly lines: readonly string[];
  /** The first failure; the old content of its table is untouched. */
  readonly failed?: { readonly code: string; readonly message: string; readonly subject?: string };
}

/** A collection in words. */
export function collectionSummary({ system, tables }: CollectionReport): CollectionSummary {
  const good = tables.filter(({ state }) => state === 'collected');
  const rows = good.reduce((sum, { evidence }) => sum + (evidence?.rows ?? 0), 0);
  const doubtful = good.filter(({ evidence }) => evidence?.complete === false).length;
  const failed = tables.find(({ state }) => state === 'failed')?.error;
  const counted = `${String(good.length)} of ${String(tables.length)} ${tables.length === 1 ? 'table' : 'tables'}`;
  const doubt = doubtful === 0 ? '' : `, ${String(doubtful)} not proven complete`;
  return {
    headline: `${system}: ${counted} collected, ${String(rows)} rows${doubt}.`,
    lines: tables.map(lineOf),
    ...(failed !== undefined && { failed }),
  };
}

function lineOf({ system, table, state, evidence, error }: TableOutcome): string {
  const rows = evidence === undefined ? '' : `, ${String(evidence.rows)} rows in ${String(evidence.calls)} calls`;
  const proof =
    evidence === undefined ? '' : evidence.complete ? ', complete' : `, not complete: ${evidence.notes.concat(evidence.caps).join(' ')}`;
  return `${system}.${table}: ${state}${rows}${proof}${error === undefined ? '' : `: ${error.message}`}`;
}
