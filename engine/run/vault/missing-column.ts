import Database from 'better-sqlite3';
import { vaultTableName } from '../../model/system/catalog.ts';
import { SollistError } from '../error.ts';
import { quoteIdentifier } from './identifier.ts';
import { readTable } from './read-tables.ts';
import type { Query } from './vault.ts';

/**
 * What to say of a query that asked for a column that the catalog has and the vault has not, since its table was collected without it. Undefined for
 * every other failure: a column that no table should have is a mistake of ours.
 */
export function missingColumn(connection: Database.Database, path: string, query: Query, error: unknown): SollistError | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  const asked = /^no such column: (.+)$/.exec(error.message)?.[1];
  if (asked === undefined) return undefined;
  const text = [query.sql, ...(query.computed ?? []).map(({ source }) => source.sql)].join('\n');
  // SQLite names it as the query does: by an alias, and a column may have a dot in its name.
  const [missing] = (query.catalog?.tables ?? [])
    .filter(({ system, table }) => text.includes(quoteIdentifier(vaultTableName(system, table))))
    .flatMap(({ system, table, columns }) => {
      const named = columns.filter(({ name }) => asked === name || asked.endsWith(`.${name}`));
      const found = named.length === 0 ? undefined : readTable(connection, path, system, table);
      return found ? named.flatMap(({ name }) => (found.columns.some((one) => one.name === name) ? [] : [{ system, table, name }])) : [];
    })
    .sort((a, b) => b.name.length - a.name.length);
  if (!missing) return undefined;
  const { system, table, name } = missing;
  return new SollistError(
    'not-collected',
    `${system}.${table} was collected without its column "${name}". Add it to "columns" of ${table} in systems/${system}.json if need be, then run "sollist collect ${system}" again.`,
    { subject: system, cause: error },
  );
}
