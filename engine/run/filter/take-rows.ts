import { problemColumn } from '../../model/filter/compiled.ts';
import { cancelled } from '../error.ts';
import type { Cell } from '../records.ts';
import type { RowProblems } from './filter-report.ts';

/** Rows of the first chunk, and of those behind it. */
const firstChunk = 200;
const laterChunk = 2_000;

/** Problems of rows that are kept with their sentence. */
const mostProblems = 100;

/** Milliseconds between two looks at whether somebody cancelled. */
const patience = 25;

/** Rows that are looked at before the clock is. */
const stretch = 64;

export interface TakeOptions {
  /** Rows kept; the others are counted. */
  readonly limit: number;
  /** Stop at the limit, and count no further. */
  readonly stop?: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Gets rows as they come, a few at first, up to the limit. */
  readonly onChunk?: (from: number, rows: readonly (readonly Cell[])[]) => void;
  /** Told now and then how many rows there were. */
  readonly onCount?: (rows: number) => void;
}

export interface TakenRows {
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly Cell[])[];
  readonly total: number;
  readonly problems?: RowProblems;
  /** Since `takeRows` was called; absent where there was no row. */
  readonly firstRowMilliseconds?: number;
}

/**
 * Reads rows: the first ones are kept, all are counted, and those whose script failed are noted. Between stretches of work others get their turn,
 * so that the run can be cancelled; throws `cancelled`.
 */
export async function takeRows(
  columns: readonly { readonly name: string }[],
  rows: Iterable<Readonly<Record<string, Cell>>>,
  { limit, stop = false, signal, now, onChunk, onCount }: TakeOptions,
): Promise<TakenRows> {
  const startedAt = now();
  const kept: (readonly Cell[])[] = [];
  const problems: { row: number; message: string }[] = [];
  let [total, failed, sent, turn, told] = [0, 0, 0, startedAt, startedAt];
  let first: number | undefined;
  const send = (): void => {
    if (onChunk && kept.length > sent) onChunk(sent, kept.slice(sent));
    sent = kept.length;
  };
  for (const row of rows) {
    first ??= now() - startedAt;
    const problem = row[problemColumn];
    if (problem !== undefined && problem !== null) {
      failed++;
      if (problems.length < mostProblems) problems.push({ row: total, message: String(problem) });
    }
    total++;
    if (kept.length < limit) {
      kept.push(columns.map(({ name }) => row[name] ?? null));
      if (kept.length - sent >= (sent === 0 ? firstChunk : laterChunk)) send();
    } else if (stop) break;
    if (total % stretch !== 0 && total !== 1) continue;
    const at = now();
    if (at - turn < patience) continue;
    // What is there is shown before the database is asked for more, which may take it long.
    if (sent === 0 || at - told >= 250) send();
    if (at - told >= 250) {
      onCount?.(total);
      told = at;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw cancelled();
    turn = now();
  }
  send();
  return {
    rows: kept,
    total: stop ? Math.min(total, limit) : total,
    ...(failed > 0 && { problems: { count: failed, rows: problems } }),
    ...(first !== undefined && { firstRowMilliseconds: first }),
  };
}
