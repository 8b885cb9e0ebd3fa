import type { Operation } from '../../model/connector/connector.ts';
import { isObject, valueAt } from '../collect/answer.ts';
import { envelopesOf } from '../collect/envelopes.ts';
import { isNextLink, isPagesName, isTotalName } from '../collect/paging/more-rows.ts';
import { announcedTotal } from '../collect/rows-of.ts';
import { textOf, type HttpResponse } from '../http/message.ts';

/** An answer that holds a list of rows, and how to make another one of it. */
export interface ListAnswer {
  readonly rows: readonly unknown[];
  /** The total it announces. */
  readonly total: number | undefined;
  /** The same answer with other rows or another total; `last`: and nothing that leads to a further page. */
  with(change: { readonly rows?: readonly unknown[]; readonly total?: number; readonly last?: boolean }): HttpResponse;
}

/** Undefined for an answer that is no JSON, has another status than 2xx, or no list where the operation has its rows. */
export function listAnswer(response: HttpResponse, operation: Operation | undefined): ListAnswer | undefined {
  if (!operation || response.status < 200 || response.status > 299) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(textOf(response), keepSource);
  } catch {
    return undefined;
  }
  const path = pathOf(body, operation.outputField);
  const rows = path && (path.length === 0 ? body : valueAt(body, path));
  if (!path || !Array.isArray(rows)) return undefined;
  const total = announcedTotal(body, rows.length);
  const around = new Set<unknown>(envelopesOf(body, operation.outputField).map(({ value }) => value));
  return {
    rows: rows as readonly unknown[],
    total,
    with(change) {
      const changed = change.total === undefined ? body : withTotal(body, change.total, around);
      const ended = change.last === true ? withoutNext(changed, path) : changed;
      const text = JSON.stringify(change.rows === undefined ? ended : replaced(ended, path, change.rows));
      const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => change.last !== true || name !== 'link'));
      return { ...response, headers, body: Buffer.from(text, 'utf8') };
    },
  };
}

function pathOf(body: unknown, field: string | undefined): readonly string[] | undefined {
  if (Array.isArray(body)) return [];
  if (field === undefined || !isObject(body)) return undefined;
  return Object.hasOwn(body, field) ? [field] : field.split('.');
}

function replaced(body: unknown, path: readonly string[], rows: readonly unknown[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return rows;
  return isObject(body) ? { ...body, [step]: replaced(body[step], rest, rows) } : body;
}

/** Every property that the collection takes for a total. */
function withTotal(body: unknown, total: number, around: ReadonlySet<unknown>): unknown {
  if (!isObject(body) || !around.has(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const isTotal = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
      return [name, isTotal && (isTotalName(name) || announcedTotal({ [name]: 7 }, 0) === 7) ? total : withTotal(value, total, around)];
    }),
  );
}

/** An answer that says of itself that it is the last: no next address, no token, no more. */
function withoutNext(body: unknown, path: readonly string[]): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]): [string, unknown] => {
      if (name === path[0] && path.length === 1) return [name, value];
      if (typeof value === 'boolean') return [name, /more|next/i.test(name) ? false : /last|end|complete/i.test(name) ? true : value];
      if (typeof value === 'string' && /next|token|cursor|bookmark|continuation/i.test(name)) return [name, null];
      if (typeof value === 'number' && /^next/i.test(name)) return [name, null];
      if (typeof value === 'number' && isPagesName(name)) return [name, Math.min(value, 1)];
      if (Array.isArray(value) && /^links?$/i.test(name)) return [name, (value as readonly unknown[]).filter((link) => !isNextLink(link))];
      if (isObject(value) && /^next/i.test(name)) return [name, null];
      if (isRawNumber(value)) return [name, value];
      return [name, isObject(value) ? withoutNext(value, name === path[0] ? path.slice(1) : []) : value];
    }),
  );
}

/** Numbers stay as they are written, so that a changed answer differs only in what was changed. */
function keepSource(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source ? rawNumber(source) : value;
}

function isRawNumber(value: unknown): boolean {
  return (JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON(value);
}

/** Not known to the compiler's library yet. Source: the proposal "JSON.parse source text access". */
function rawNumber(source: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source);
}
