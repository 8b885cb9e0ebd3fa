import { createHash } from 'node:crypto';
import type { Table } from '../../model/connector/connector.ts';
import { isObject } from './answer.ts';
import { readerOf } from './read-path.ts';

/** Pages whose keys are kept: overlaps and repetitions are found next to each other, and memory stays bounded. */
const keptPages = 2;

/** What a page has to do with those before it in its sequence. */
export interface Seen {
  /** It brings nothing new: the same rows as a page before, or only keys of the last pages. */
  readonly repeated: boolean;
  /** Rows whose key was on one of the last pages too. */
  readonly overlap: number;
  /** Of a table without a key: rows that were on one of the last pages as they are. */
  readonly same: number;
}

/** Remembers the pages of one sequence. */
export interface PagesSeen {
  look(rows: readonly unknown[]): Seen;
}

const nothing: Seen = { repeated: false, overlap: 0, same: 0 };

/**
 * Pages are compared by a hash: of their keys where every row has one, else of their rows; and rows by their key. The first page is looked at
 * only when there is a second, which most of thousands of calls never have.
 */
export function createPagesSeen(table: Table, key: string | undefined): PagesSeen {
  const hashes = new Set<string>();
  const keys: ReadonlySet<unknown>[] = [];
  const whole: ReadonlySet<string>[] = [];
  const path = table.columns.find(({ name, source }) => name === key && source === 'resource')?.path;
  const read = path && readerOf(path);
  let first: readonly unknown[] | undefined;

  const keyOf = (row: unknown): unknown => {
    const value = read && isObject(row) ? read(row) : undefined;
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : value;
  };
  const noteWhole = (rows: readonly unknown[]): number => {
    const texts = rows.map((row) => JSON.stringify(row));
    // A lone row may well come twice.
    const same = rows.length === 1 ? 0 : texts.filter((text) => whole.some((page) => page.has(text))).length;
    whole.push(new Set(texts));
    if (whole.length > keptPages) whole.shift();
    return same;
  };
  const note = (rows: readonly unknown[]): Seen => {
    const own = rows.map(keyOf);
    const keyed = own.every((value) => value !== undefined);
    const hash = createHash('sha1')
      .update(JSON.stringify(keyed ? own : rows))
      .digest('base64');
    const overlap = keys.length === 0 ? 0 : own.filter((value) => value !== undefined && keys.some((page) => page.has(value))).length;
    const repeated = hashes.has(hash) || overlap === rows.length;
    // Without a key a lone row may well come twice.
    if (rows.length === 1) hashes.clear();
    hashes.add(hash);
    keys.push(new Set(own.filter((value) => value !== undefined)));
    if (keys.length > keptPages) keys.shift();
    return { repeated, overlap, same: read === undefined ? noteWhole(rows) : 0 };
  };
  return {
    look(rows) {
      if (rows.length === 0) return nothing;
      if (first === undefined) {
        first = rows;
        return nothing;
      }
      if (keys.length === 0) note(first);
      first = [];
      return note(rows);
    },
  };
}
