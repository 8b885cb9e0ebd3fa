import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemColumn } from '../../../model/filter/compiled.ts';
import { cancelled } from '../../error.ts';
import type { Cell, Evidence } from '../../records.ts';
import type { RowsComparison } from '../../run-record.ts';
import { openVault } from '../../vault/open-vault.ts';
import type { StagedColumn, Vault } from '../../vault/vault.ts';
import type { FilterRow } from '../filter-rows.ts';

/** Rows of one version of a filter. */
export interface Side {
  readonly title: string;
  readonly columns: readonly StagedColumn[];
  readonly rows: Iterable<FilterRow>;
  /** An output column that may tell the rows apart. */
  readonly key?: string;
}

export interface CompareOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Differences shown at most; all are counted. */
  readonly limit?: number;
}

/** Rows put down at a time. */
const batch = 500;

const patience = 25;

/**
 * What differs between two versions of a filter. Both are put into a database of their own in the system's folder for temporary files, so that
 * memory does not grow with the rows and scripts need no special care; it is compared as versions of a table are, and removed. Rows whose script
 * failed count with what they have. Throws `cancelled`.
 */
export async function compareSides(before: Side, after: Side, options: CompareOptions): Promise<RowsComparison> {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-effect-'));
  try {
    const vault = openVault(join(folder, 'rows.db'));
    try {
      // Names that differ in nothing but case are two columns of a filter and one of SQLite: here all have numbers.
      const names = [...new Set([...after.columns, ...before.columns].map(({ name }) => name))];
      const key = before.key === after.key ? after.key : undefined;
      const ids = [];
      for (const side of [before, after]) ids.push(await putDown(vault, side, names, key, options));
      const [older = 0, newer = 0] = ids;
      const { limit } = options;
      return named(vault.compare(older, newer, limit === undefined ? {} : { limit }), before, after, names);
    } finally {
      vault.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function putDown(
  vault: Vault,
  side: Side,
  names: readonly string[],
  key: string | undefined,
  { signal, now }: CompareOptions,
): Promise<number> {
  const columns = side.columns.map(({ name, type }) => ({ name: nameAt(names, name), type }));
  const keyColumn = key === undefined ? undefined : nameAt(names, key);
  const staging = vault.stage('effect', 'rows', columns, keyColumn === undefined ? [] : [keyColumn]);
  let rows: Cell[][] = [];
  let turn = now();
  for (const row of side.rows) {
    rows.push(side.columns.map(({ name }) => row[name] ?? null));
    if (rows.length < batch) continue;
    staging.add(rows);
    rows = [];
    if (now() - turn < patience) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw cancelled();
    turn = now();
  }
  staging.add(rows);
  return staging.commit(evidenceOf(staging.count, now()), undefined, keyColumn === undefined ? {} : { key: keyColumn });
}

function nameAt(names: readonly string[], name: string): string {
  return `c${names.indexOf(name) + 1}`;
}

/** The comparison by the names the filters give. */
function named(found: RowsComparison, before: Side, after: Side, names: readonly string[]): RowsComparison {
  const named = (name: string): string => names[Number(name.slice(1)) - 1] ?? name;
  return {
    ...found,
    before: before.title,
    after: after.title,
    key: found.key.map(named),
    columns: found.columns.map(({ name, type }) => ({ name: named(name), type })),
    columnsNew: found.columnsNew.map(named),
    columnsGone: found.columnsGone.map(named),
  };
}

/** A version must say how it was collected; nobody reads this one. */
function evidenceOf(rows: number, at: number): Evidence {
  return {
    rows,
    pages: 1,
    calls: 0,
    retries: 0,
    rowsPerPage: [],
    end: 'single',
    duplicates: { count: 0, samples: [] },
    caps: [],
    complete: true,
    notes: [],
    assumed: [],
    startedAt: at,
    endedAt: at,
  };
}

/** Counts the rows whose script failed while they pass. */
export function countingProblems(rows: Iterable<FilterRow>, tell: () => void): Iterable<FilterRow> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) {
        if (typeof row[problemColumn] === 'string') tell();
        yield row;
      }
    },
  };
}
