import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { vaultTableName } from '../../model/system/catalog.ts';
import { foldName, quoteIdentifier } from './identifier.ts';

interface Index {
  readonly name: string;
  readonly column: string;
}

/** Indexes single columns of a table, those that are not yet; `label` makes their names unique in the vault. */
export function createIndexes(database: Database, table: string, columns: readonly string[], label: string): void {
  const known = new Set(indexedColumns(database, table).map(foldName));
  for (const [i, column] of columns.entries()) {
    if (known.has(foldName(column))) continue;
    database.exec(`create index ${quoteIdentifier(`index~${label}-${i + 1}`)} on ${quoteIdentifier(table)} (${quoteIdentifier(column)})`);
  }
}

/**
 * Indexes columns that a query looks rows up by, those that are not yet: a relation may be younger than the collection. Costs some milliseconds
 * per 10,000 rows, once; what the vault does not have is left to the query to say.
 */
export function indexLookedUp(
  database: Database,
  lookedUp: readonly { readonly system: string; readonly table: string; readonly column: string }[],
): void {
  for (const { system, table, column } of lookedUp) {
    const name = vaultTableName(system, table);
    const columns = database.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(name);
    if (columns.includes(column)) createIndexes(database, name, [column], randomUUID());
  }
}

export function indexedColumns(database: Database, table: string): readonly string[] {
  return indexesOf(database, table).map(({ column }) => column);
}

/** Drops all indexes of a table but that of one column. */
export function dropIndexes(database: Database, table: string, except: string | undefined): void {
  for (const { name, column } of indexesOf(database, table)) {
    if (column !== except) database.exec(`drop index ${quoteIdentifier(name)}`);
  }
}

function indexesOf(database: Database, table: string): readonly Index[] {
  return database
    .prepare<[string], Index>(
      'select list.name, info.name as "column" from pragma_index_list(?) list, pragma_index_info(list.name) info where info.seqno = 0 order by list.seq desc',
    )
    .all(table);
}
