import { SollistError } from '../error.ts';
import type { PageEnd } from '../records.ts';
import { callPage, type PageAnswer, type SequenceContext } from './call-page.ts';
import { createPagesSeen } from './pages-seen.ts';
import type { PageRequest } from './paging/strategy.ts';
import { countPage } from './tally.ts';
import type { VariableValue } from './variables.ts';

/** Rows a server may send beyond twice what it announced: a table grows while it is read, but not like that. */
const beyondAnnounced = 10_000;

/** Pages of one sequence; no table a person collects has more. */
const mostPages = 100_000;

/** Pages without rows in a row, where an answer says that there are more: some APIs filter each page, but not for so long. */
const mostEmptyPages = 1_000;

/**
 * Calls page after page and hands the rows of each on; the next page is asked for before that, so that it is on its way meanwhile. Throws
 * `page-repeated` for a server that sends a page again, `page-runaway` for one that never ends, `output-field-missing` for a page without rows
 * that is not known to be the end. Returns false when a limit of the run stopped it.
 */
export async function runSequence(
  context: SequenceContext,
  variables: ReadonlyMap<string, VariableValue>,
  onRows: (rows: readonly unknown[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { operation, connection, strategy, tally, limits } = context;
  const { system } = connection;
  const iteration = operation.call.mode === 'iteration';
  const pager = strategy.start();
  tally.pageSize = strategy.pageSize;
  const seen = createPagesSeen(context.table, context.key);
  let received = 0;
  let announced: number | undefined;
  let lastWasShort = false;
  let empty = 0;

  const allThere = (): boolean => announced !== undefined && received >= announced;
  const ask = (page: PageRequest, number: number): Promise<PageAnswer | 'refused' | undefined> => {
    if (number > mostPages)
      throw new SollistError(
        'page-runaway',
        `${system}: ${operation.name.text} has sent ${mostPages} pages and no end. Look at the paging in the connector.`,
      );
    tally.calls += 1;
    // Only asked for to prove that there is no more: a server may say so by refusing it.
    const isProof = number > 1 && (allThere() || (announced === undefined && lastWasShort));
    const answer = callPage(context, variables, page, signal, { number, allThere: allThere() }).catch((error: unknown) => {
      if (isProof && refusesPage(error)) return 'refused' as const;
      throw error;
    });
    // Looked at only when the rows before it are stored; until then nobody else would hear of its failure.
    answer.catch(() => undefined);
    return answer;
  };

  if (reached(context, 'calls', tally.calls)) return false;
  let asked = ask(pager.first, 1);
  for (let number = 1; ; number++) {
    const answer = await asked;
    if (answer === 'refused') {
      tally.remarks.add('The page after the last one was refused, which was taken as the end.');
      return finish(context, announced, received, 'short-page');
    }
    if (!answer) {
      tally.announced = undefined;
      return true;
    }
    const { rows, total } = answer;
    const { repeated, overlap, same } = seen.look(rows);
    if (repeated) {
      const isShort = !iteration && strategy.pageSize !== undefined && received < strategy.pageSize;
      if (number === 2 && announced === undefined && (isShort || strategy.asksForAll === true)) {
        // Fewer rows than asked for, and the same again: paging is ignored, and whether these are all nobody can tell.
        tally.flaws.add(
          `The API sent the same ${iteration ? '' : `${received} `}rows for the second page, so it ignores the paging. If it always sends all rows, set "pagination": "none" for ${operation.name.text}.`,
        );
        return finish(context, announced, received, 'short-page');
      }
      throw new SollistError(
        'page-repeated',
        `${system}: page ${number} of ${operation.name.text} brings nothing that the pages before it had not brought. Does the system understand the paging parameters of the connector?`,
      );
    }
    tally.overlaps += overlap;
    tally.sameRows += same;
    if (total !== undefined && announced !== undefined && total !== announced)
      tally.flaws.add(`The API announced different totals on different pages (${announced}, then ${total}).`);
    announced ??= total;

    const kept = limits.rows === undefined ? rows : rows.slice(0, Math.max(0, limits.rows - tally.rows));
    received += rows.length;
    if (announced !== undefined && received > 2 * announced + beyondAnnounced)
      throw new SollistError(
        'page-runaway',
        `${system}: ${operation.name.text} announced ${announced} rows and has sent ${received}, and no end. Does the system understand the paging parameters of the connector?`,
      );
    lastWasShort = strategy.pageSize !== undefined && rows.length > 0 && rows.length < strategy.pageSize;
    countPage(tally, kept.length);
    const shortEnds = announced === undefined ? iteration : allThere();
    const next = pager.after({ ...answer, rows: rows.length, shortEnds });
    empty = rows.length === 0 ? empty + 1 : 0;
    if (typeof next === 'object' && empty >= mostEmptyPages)
      throw new SollistError(
        'page-runaway',
        `${system}: ${operation.name.text} has sent ${mostEmptyPages} pages without rows one after the other, and says each time that there are more. Look at the paging in the connector.`,
      );
    const isFull =
      kept.length < rows.length || (typeof next === 'object' && limits.rows !== undefined && tally.rows >= limits.rows)
        ? reached(context, 'rows', Infinity)
        : typeof next === 'object' && reached(context, 'calls', tally.calls);
    if (typeof next === 'object' && !isFull) asked = ask(next, number + 1);
    onRows(kept);
    if (isFull) return false;
    if (typeof next === 'string') {
      if (next === 'short-page' && announced === undefined) tally.shortEnds.set(rows.length, (tally.shortEnds.get(rows.length) ?? 0) + 1);
      return finish(context, announced, received, next);
    }
  }
}

/** How servers refuse a page that lies behind the last one. */
function refusesPage(error: unknown): boolean {
  return error instanceof SollistError && error.code === 'http-status' && ['400', '404', '410', '416', '422'].includes(error.subject ?? '');
}

function reached({ limits, tally }: SequenceContext, what: 'calls' | 'rows', value: number): boolean {
  const limit = limits[what];
  if (limit === undefined || value < limit) return false;
  tally.caps.add(`Stopped after ${limit} ${what}, the limit of this run.`);
  tally.end = 'capped';
  return true;
}

/** The end of a sequence: what was announced is held against what came. */
function finish({ tally }: SequenceContext, announced: number | undefined, received: number, end: PageEnd): true {
  tally.end = end;
  if (announced === undefined) tally.announced = undefined;
  else if (tally.announced !== undefined) tally.announced += announced;
  if (announced !== undefined && announced !== received) tally.flaws.add(`The API announced ${announced} rows, and ${received} came.`);
  return true;
}
