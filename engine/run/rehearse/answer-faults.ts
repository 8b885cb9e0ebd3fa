import { findTable, type Connector, type Operation } from '../../model/connector/connector.ts';
import { isObject, valueAt } from '../collect/answer.ts';
import type { HttpResponse } from '../http/message.ts';
import { chooseOperation, type Call, type Fault, type Stage } from './fault.ts';
import { listAnswer, type ListAnswer } from './list-answer.ts';

/** Faults that show in what an answer holds, with a status that says all is well. */
export const answerFaults: readonly Fault[] = [
  {
    id: 'truncated-body',
    title: 'An answer ends in its middle.',
    begin: onePage((answer) => ({ ...answer, body: answer.body.subarray(0, Math.floor(answer.body.byteLength / 2)) })),
  },
  {
    id: 'login-page',
    title: 'A page to sign in comes in place of an answer, with status 200.',
    begin: onePage((answer) => ({
      ...answer,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('<!doctype html><html><title>Sign in</title><form method="post"></form></html>'),
    })),
  },
  {
    id: 'empty-source',
    title: 'Every list is empty, and the totals say so.',
    begin: () => async (call) =>
      changed(call, ({ rows, with: make }) => (rows.length === 0 ? undefined : make({ rows: [], total: 0, last: true }))),
  },
  {
    id: 'source-shrinks',
    title: 'Lists end in the middle of their first page, and the totals agree: a right was taken away, say.',
    begin: () => shrink(),
  },
  {
    id: 'duplicate-keys',
    title: 'Two rows of a page have the same key.',
    begin: (stage) => async (call) => changed(call, (list) => withSharedKey(list, call, stage)),
  },
  {
    id: 'page-repeated',
    title: 'The second page of a list is the first one again.',
    begin: (stage) => secondPage(stage, (first) => first),
  },
  {
    id: 'rows-shift',
    title: 'A row moves between two pages: the second one begins with the last row of the first, and its own last row is missing.',
    begin: (stage) =>
      secondPage(stage, (first, second, { operation }) => {
        const [before, after] = [listAnswer(first, operation), listAnswer(second, operation)];
        if (!before || !after || before.rows.length === 0 || after.rows.length === 0) return undefined;
        return after.with({ rows: [before.rows.at(-1), ...after.rows.slice(0, -1)] });
      }),
  },
  {
    id: 'total-lies',
    title: 'The totals announce twice as many rows as come.',
    begin: () => async (call) =>
      changed(call, ({ total, with: make }) => (total === undefined || total === 0 ? undefined : make({ total: total * 2 }))),
  },
];

/** Changes one answer of one operation, both chosen by the seed. */
function onePage(change: (answer: HttpResponse) => HttpResponse): Fault['begin'] {
  return (stage) => {
    const chosen = chooseOperation(stage, 1);
    const at = 1 + Math.floor(stage.chance('page') * (stage.exchanges[chosen ?? ''] ?? 0));
    return async (call) => {
      const answer = await call.replay();
      if (call.request.operation !== chosen || call.ofOperation !== at || answer.body.byteLength === 0) return answer;
      call.strike();
      return change(answer);
    };
  };
}

/** Changes the second page of one operation by what the first one was. */
function secondPage(
  stage: Stage,
  change: (first: HttpResponse, second: HttpResponse, call: Call) => HttpResponse | undefined,
): ReturnType<Fault['begin']> {
  const chosen = chooseOperation(stage, 2, 'pages');
  let first: HttpResponse | undefined;
  return async (call) => {
    const answer = await call.replay();
    if (call.request.operation !== chosen) return answer;
    if (call.ofOperation === 1) first = answer;
    const second = call.ofOperation === 2 && first ? change(first, answer, call) : undefined;
    if (second) call.strike();
    return second ?? answer;
  };
}

/** What comes behind the shortened first page is empty: it was never recorded with these places in the list. */
function shrink(): ReturnType<Fault['begin']> {
  const shortened = new Map<string, { readonly list: ListAnswer; readonly rows: readonly unknown[]; readonly url: string }>();
  return async (call) => {
    const { operation, request } = call;
    if (operation?.call.mode !== 'normal') return call.replay();
    const known = shortened.get(request.operation);
    if (known && known.url !== request.url) return known.list.with({ rows: [], total: known.rows.length, last: true });
    const answer = await call.replay();
    const list = listAnswer(answer, operation);
    if (!list || list.rows.length < 2) return answer;
    const rows = list.rows.slice(0, Math.ceil(list.rows.length / 2));
    shortened.set(request.operation, { list, rows, url: request.url });
    call.strike();
    return list.with({ rows, total: rows.length, last: true });
  };
}

async function changed(call: Call, change: (list: ListAnswer) => HttpResponse | undefined): Promise<HttpResponse> {
  const answer = await call.replay();
  const list = listAnswer(answer, call.operation);
  const other = list && change(list);
  if (!other) return answer;
  call.strike();
  return other;
}

/** One row gets the key of another, both chosen by the seed. Rows of an iteration are told apart within all its answers, so those are left. */
function withSharedKey(
  { rows, with: make }: ListAnswer,
  { operation, request }: Call,
  { connector, chance }: Stage,
): HttpResponse | undefined {
  const path = operation?.call.mode === 'normal' ? keyPath(connector, operation) : undefined;
  if (!path || rows.length < 2) return undefined;
  const from = Math.floor(chance(`${request.url} from`) * rows.length);
  const to = (from + 1 + Math.floor(chance(`${request.url} to`) * (rows.length - 1))) % rows.length;
  const key = valueAt(rows[from], path);
  if (key === undefined) return undefined;
  return make({ rows: rows.map((row, i) => (i === to ? put(row, path, key) : row)) });
}

function keyPath(connector: Connector, operation: Operation): readonly string[] | undefined {
  const table = findTable(connector, operation.table);
  const path = table?.columns.find(({ name, source }) => name === table.key?.text && source === 'resource')?.path;
  return path && path.length > 0 ? path : undefined;
}

function put(row: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  return isObject(row) ? { ...row, [step]: put(row[step], rest, value) } : row;
}
