import type { Database } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import type { TableVersion } from '../records.ts';
import { guarded } from './failure.ts';
import { quoteIdentifier } from './identifier.ts';
import { hasTable, unreadable } from './schema.ts';
import type { Query } from './vault.ts';

/** A version with where its rows lie. */
export interface StoredVersion extends TableVersion {
  readonly physical: string;
  /** Columns that are looked up often while the version is current. */
  readonly indexes: readonly string[];
}

interface Row {
  readonly id: number;
  readonly system: string;
  readonly name: string;
  readonly state: TableVersion['state'];
  readonly physical: string;
  readonly columns: string;
  readonly indexes: string;
  readonly key: string | null;
  readonly evidence: string;
  readonly batch: number;
  readonly run: number | null;
  readonly limited: number;
  readonly pinned: number;
  readonly loaded: number | null;
}

const everything = 'id, system, name, state, physical, columns, indexes, key, evidence, batch, run, limited, pinned, loaded';

/** A vault of before there were versions has one of each table. */
const asVersions = `(select rowid as id, system, name, 'current' as state, physical, columns, '[]' as indexes, null as key, evidence,
  rowid as batch, null as run, 0 as limited, 0 as pinned, null as loaded from collections)`;

/** Versions by name, the newest first; `where` with its parameters narrows them. */
export function selectVersions(
  database: Database,
  path: string,
  where = '',
  parameters: readonly (string | number)[] = [],
): readonly StoredVersion[] {
  const rows = guarded(path, () =>
    database
      .prepare<(string | number)[], Row>(
        `select ${everything} from ${hasTable(database, 'versions') ? 'versions' : asVersions} ${where === '' ? '' : `where ${where}`} order by system, name, id desc`,
      )
      .all(...parameters),
  );
  return rows.map((row) => read(path, row));
}

/** All of a table, all of a system, or all there are. */
export function listVersions(database: Database, path: string, system?: string, table?: string): readonly StoredVersion[] {
  const conditions = [...(system === undefined ? [] : ['system = ?']), ...(table === undefined ? [] : ['name = ?'])];
  return selectVersions(
    database,
    path,
    conditions.join(' and '),
    [system, table].filter((name) => name !== undefined),
  );
}

/** Throws `unknown-version`. */
export function versionById(database: Database, path: string, id: number): StoredVersion {
  const [found] = Number.isSafeInteger(id) ? selectVersions(database, path, 'id = ?', [id]) : [];
  if (found) return found;
  throw new SollistError('unknown-version', `The vault has no version ${id}. It may have been dropped since; list what there is.`, {
    subject: String(id),
  });
}

export function wholeVersion(database: Database, path: string, id: number): Query {
  return { sql: `SELECT * FROM ${quoteIdentifier(versionById(database, path, id).physical)}`, parameters: [] };
}

/** What others may know of a version: not where it lies. */
export function shown({ physical: _physical, indexes: _indexes, ...version }: StoredVersion): TableVersion {
  return version;
}

function read(path: string, row: Row): StoredVersion {
  const { id, system, name, state, physical, key, batch, run, loaded } = row;
  return {
    id,
    system,
    table: name,
    state,
    physical,
    columns: parse(path, row.columns) as StoredVersion['columns'],
    indexes: parse(path, row.indexes) as readonly string[],
    evidence: parse(path, row.evidence) as StoredVersion['evidence'],
    pinned: row.pinned === 1,
    limited: row.limited === 1,
    batch,
    ...(key !== null && { key }),
    ...(run !== null && { run }),
    ...(loaded !== null && { loadedAt: loaded }),
  };
}

/** JSON of the vault's own tables; anything else there is damage. */
export function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, 'is damaged', error);
  }
}
