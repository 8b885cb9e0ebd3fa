import { createHash } from 'node:crypto';
import type { Connector, Operation, Table } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { HttpRequest, Send } from '../http/message.ts';
import type { RunLimits } from '../records.ts';
import { parseAnswer } from './answer.ts';
import type { PageRequest, Strategy } from './paging/strategy.ts';
import { buildRequest } from './request.ts';
import { announcedTotal, rowsOf } from './rows-of.ts';
import { countPage, skipParent, type Tally } from './tally.ts';
import { firstOf, type VariableValue } from './variables.ts';

/** Pages of one sequence; no table a person collects has more. */
const mostPages = 100_000;

/** Page sizes at which servers like to cap. */
const roundSizes: ReadonlySet<number> = new Set([20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000]);

/** What a sequence of pages of one operation works with. */
export interface SequenceContext {
  readonly connector: Connector;
  readonly connection: ResolvedConnection;
  readonly table: Table;
  readonly operation: Operation;
  readonly strategy: Strategy & { readonly pageSize?: number };
  readonly send: Send;
  readonly limits: RunLimits;
  readonly tally: Tally;
}

/**
 * Calls page after page and hands the rows of each on. Throws `page-repeated` for a server that sends a page again, `page-runaway` for one
 * that never ends. Returns false when a limit of the run stopped it.
 */
export async function runSequence(
  context: SequenceContext,
  variables: ReadonlyMap<string, VariableValue>,
  onRows: (rows: readonly unknown[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { operation, connection, strategy, tally } = context;
  const { system } = connection;
  const pager = strategy.start();
  const seen = new Set<string>();
  let received = 0;
  let announced: number | undefined;

  for (let page = pager.first, number = 1; ; number++) {
    if (reached(context, 'calls', tally.calls)) return false;
    if (number > mostPages)
      throw new SollistError(
        'page-runaway',
        `${system}: ${operation.name.text} has sent ${mostPages} pages and no end. Look at the paging in the connector.`,
      );
    tally.calls += 1;
    const answer = await callPage(context, variables, page, signal, number);
    if (!answer) {
      tally.announced = undefined;
      return true;
    }
    const { rows, total } = answer;
    refuseRepetition(seen, rows, number, system, operation);
    announced = total ?? announced;

    const kept = context.limits.rows === undefined ? rows : rows.slice(0, Math.max(0, context.limits.rows - tally.rows));
    received += rows.length;
    countPage(tally, kept.length);
    onRows(kept);
    const next = pager.after({ rows: rows.length, body: answer.body, headers: answer.headers });
    if (kept.length < rows.length || (typeof next === 'object' && context.limits.rows !== undefined && tally.rows >= context.limits.rows)) {
      reached(context, 'rows', Infinity);
      return false;
    }
    if (typeof next === 'string') {
      tally.end = next;
      compareTotal(context, announced, received, next, number);
      return true;
    }
    page = next;
  }
}

/** One page; undefined for a status that the operation takes as a warning. */
async function callPage(
  context: SequenceContext,
  variables: ReadonlyMap<string, VariableValue>,
  page: PageRequest,
  signal: AbortSignal,
  number: number,
): Promise<
  | {
      readonly rows: readonly unknown[];
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
      readonly total: number | undefined;
    }
  | undefined
> {
  const { connector, connection, operation, table, tally } = context;
  const built = buildRequest({ connector, connection, operation, variables: firstOf(page.variables, variables), query: page.params });
  const request: HttpRequest = {
    role: operation.role,
    operation: operation.name.text,
    table: table.name,
    ...built,
    ...(page.url !== undefined && { url: page.url }),
  };
  try {
    const response = await context.send(request, signal);
    const body = parseAnswer(response, request, connection.system);
    const rows = rowsOfPage(context, body, number);
    return { rows, body, headers: response.headers, total: announcedTotal(body, rows.length) };
  } catch (error) {
    if (error instanceof SollistError && isWarning(error, operation)) {
      skipParent(tally, `Answers with status ${error.subject ?? ''} were taken as a warning (warning_only), and their rows are missing.`);
      return undefined;
    }
    throw error;
  }
}

/**
 * Behind the last page the list may be left out. So may it be in an iteration, where an API leaves out what a parent has none of: whether
 * the field exists at all is only known after all parents.
 */
function rowsOfPage({ operation, table, connection, tally }: SequenceContext, body: unknown, number: number): readonly unknown[] {
  try {
    return rowsOf(body, operation, table, connection.system);
  } catch (error) {
    if (!(error instanceof SollistError) || error.code !== 'output-field-missing' || operation.outputField === undefined) throw error;
    if (number > 1) return [];
    if (operation.call.mode !== 'iteration') throw error;
    tally.withoutField.push(error.message);
    return [];
  }
}

function isWarning(error: SollistError, operation: Operation): boolean {
  return (
    (error.code === 'http-status' || error.code === 'forbidden') && operation.warningOnly.some((status) => String(status) === error.subject)
  );
}

function reached({ limits, tally }: SequenceContext, what: 'calls' | 'rows', value: number): boolean {
  const limit = limits[what];
  if (limit === undefined || value < limit) return false;
  tally.caps.add(`Stopped after ${limit} ${what}, the limit of this run.`);
  tally.end = 'capped';
  return true;
}

/** A page seen before in this sequence means that the server ignores the paging, or goes in a circle. A lone row may well come twice. */
function refuseRepetition(seen: Set<string>, rows: readonly unknown[], number: number, system: string, operation: Operation): void {
  if (rows.length === 0) return;
  const hash = createHash('sha1').update(JSON.stringify(rows)).digest('base64');
  if (seen.has(hash)) {
    throw new SollistError(
      'page-repeated',
      `${system}: page ${number} of ${operation.name.text} is the same as one before it. Does the system understand the paging parameters of the connector?`,
    );
  }
  if (rows.length === 1) seen.clear();
  seen.add(hash);
}

function compareTotal(
  { tally, strategy }: SequenceContext,
  announced: number | undefined,
  received: number,
  end: string,
  pages: number,
): void {
  if (announced === undefined) tally.announced = undefined;
  else if (tally.announced !== undefined) tally.announced += announced;
  if (announced !== undefined && announced !== received) {
    tally.flaws.add(`The API announced ${announced} rows, and ${received} came.`);
  } else if (
    announced === undefined &&
    end === 'short-page' &&
    pages === 1 &&
    strategy.pageSize !== undefined &&
    roundSizes.has(received)
  ) {
    tally.remarks.add(
      `The first page ended the table with exactly ${received} rows, of a page size of ${strategy.pageSize}: the API may cut its pages shorter than asked.`,
    );
  }
}
