import { createHash } from 'node:crypto';
import type { Table } from '../../model/connector/connector.ts';
import { isObject, valueAt } from './answer.ts';

/** Pages whose keys are kept: overlaps and repetitions are found next to each other, and memory stays bounded. */
const keptPages = 2;

/** What a page has to do with those before it in its sequence. */
export interface Seen {
  /** It brings nothing new: the same rows as a page before, or only keys of the last pages. */
  readonly repeated: boolean;
  /** Rows whose key was on one of the last pages too. */
  readonly overlap: number;
}

/** Remembers the pages of one sequence. */
export interface PagesSeen {
  look(rows: readonly unknown[]): Seen;
}

/** Whole pages are compared by a hash, and where the table has a key of its own, their rows by it. */
export function createPagesSeen(table: Table, key: string | undefined): PagesSeen {
  const hashes = new Set<string>();
  const keys: ReadonlySet<string>[] = [];
  const path = table.columns.find(({ name, source }) => name === key && source === 'resource')?.path;

  const keyOf = (row: unknown): string | undefined => {
    const value = path && isObject(row) ? (valueAt(row, path) ?? '') : '';
    return value === '' ? undefined : JSON.stringify(value);
  };
  return {
    look(rows) {
      if (rows.length === 0) return { repeated: false, overlap: 0 };
      const hash = createHash('sha1').update(JSON.stringify(rows)).digest('base64');
      const own = rows.map(keyOf);
      const overlap = own.filter((value) => value !== undefined && keys.some((page) => page.has(value))).length;
      const repeated = hashes.has(hash) || overlap === rows.length;
      // Without a key a lone row may well come twice.
      if (rows.length === 1) hashes.clear();
      hashes.add(hash);
      keys.push(new Set(own.filter((value) => value !== undefined)));
      if (keys.length > keptPages) keys.shift();
      return { repeated, overlap };
    },
  };
}
