import type { Connector, Operation, Table } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import { SollistError } from '../error.ts';
import type { HttpRequest, Send } from '../http/message.ts';
import type { RunLimits } from '../records.ts';
import { describeAnswer, parseAnswer } from './answer.ts';
import type { Page, PageRequest, Strategy } from './paging/strategy.ts';
import { buildRequest } from './request.ts';
import { failureBeside } from './failure-beside.ts';
import { announcedTotal, leavesOut, rowsOf, type AnswerRows } from './rows-of.ts';
import { skipParent, type Tally } from './tally.ts';
import { firstOf, type VariableValue } from './variables.ts';
import { wrappedList } from './wrapped.ts';

/** What a sequence of pages of one operation works with. */
export interface SequenceContext {
  readonly connector: Connector;
  readonly connection: ResolvedConnection;
  readonly table: Table;
  /** The key column, where the table has one. */
  readonly key?: string | undefined;
  readonly operation: Operation;
  readonly strategy: Strategy & { readonly pageSize?: number };
  readonly send: Send;
  readonly limits: RunLimits;
  readonly tally: Tally;
}

/** Where a page stands in its sequence. */
export interface Place {
  readonly number: number;
  /** All rows that were announced have come before. */
  readonly allThere: boolean;
}

/** A page as it came. */
export interface PageAnswer extends Pick<Page, 'body' | 'headers' | 'url' | 'status'>, AnswerRows {
  readonly total: number | undefined;
}

/** Asks for one page; undefined for a status that the operation takes as a warning, and for a parent whose answer is none. */
export async function callPage(
  context: SequenceContext,
  variables: ReadonlyMap<string, VariableValue>,
  page: PageRequest,
  signal: AbortSignal,
  place: Place,
): Promise<PageAnswer | undefined> {
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
    const body = parseAnswer(response, request, connection.system, () =>
      tally.flaws.add('The answers held bytes that are no text in their charset; they are shown as �.'),
    );
    if (operation.outputField === undefined && place.number === 1) tally.wrapped ??= wrappedList(body, table);
    const answer = rowsOfPage(context, body, response.status, place);
    noteFailure(context, body, answer, place);
    return {
      ...answer,
      body,
      url: response.url ?? request.url,
      status: response.status,
      headers: response.headers,
      // A row may well have a total of its own.
      total:
        answer.form === 'object' && operation.outputField === undefined
          ? undefined
          : announcedTotal(body, answer.rows.length, place.number === 1),
    };
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
    if (isWarning(error, operation)) {
      skipParent(tally, `Answers with status ${error.subject ?? ''} were taken as a warning (warning_only), and their rows are missing.`);
      return undefined;
    }
    throw error;
  }
}

/**
 * The rows of a page. Behind all rows that were announced the list may be left out. So may it be in an iteration, where an API leaves out
 * what a parent has none of: whether the field exists at all is only known after all parents. Everywhere else a page without a list is no
 * proof that there are no more rows.
 */
function rowsOfPage(context: SequenceContext, body: unknown, status: number, { number, allThere }: Place): AnswerRows {
  const { operation, table, key, connection, tally } = context;
  const { system } = connection;
  const iteration = operation.call.mode === 'iteration';
  const none: AnswerRows = { rows: [], form: 'list' };
  try {
    const answer = rowsOf(body, { operation, table, key, system });
    if (answer.form === 'list' || (answer.form === 'object' && number === 1)) return answer;
    if (allThere) return none;
    if (number === 1 && !iteration) {
      tally.flaws.add('The answer held no list of rows but nothing at all, which does not prove that there are none.');
      return none;
    }
    if (number === 1 && status === 200 && body !== undefined && body !== null) return none;
    throw new SollistError(
      'output-field-missing',
      `${system}: page ${number} of ${operation.name.text} holds no list of rows. ${body === undefined ? 'The answer is empty.' : describeAnswer(body)}`,
      { subject: operation.outputField ?? 'output_field' },
    );
  } catch (error) {
    if (!(error instanceof SollistError) || error.code !== 'output-field-missing') throw error;
    if (allThere) return none;
    if (number > 1 && context.strategy.listMayBeMissing === true && leavesOut(body, operation)) return none;
    if (number > 1 || !iteration || status !== 200 || !leavesOut(body, operation)) throw error;
    tally.withoutField.push(error.message);
    return none;
  }
}

/**
 * What an answer tells of a failure beside its list: the rows are taken, and are not all. Where the first page has none, it throws
 * `answer-tells-failure` (subject: the property) instead: nothing must take the place of what was there.
 */
function noteFailure({ operation, connection, tally }: SequenceContext, body: unknown, { rows, form }: AnswerRows, place: Place): void {
  if (form === 'object' && operation.outputField === undefined) return;
  const name = failureBeside(body, operation.outputField);
  if (name === undefined || (rows.length === 0 && place.allThere)) return;
  const shown = name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 40);
  if (rows.length === 0 && place.number === 1) {
    throw new SollistError(
      'answer-tells-failure',
      `${connection.system}: the answer to ${operation.name.text} has no rows and tells of a failure ("${shown}"). The request trace shows what came.`,
      { subject: shown },
    );
  }
  tally.flaws.add(`An answer told of a failure beside its rows ("${shown}"), so rows may be missing. The request trace shows what came.`);
}

function isWarning(error: SollistError, operation: Operation): boolean {
  return (
    (error.code === 'http-status' || error.code === 'forbidden') && operation.warningOnly.some((status) => String(status) === error.subject)
  );
}
