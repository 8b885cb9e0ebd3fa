import type { Database, Statement } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import { bound, type Bound } from './bind.ts';
import { toVaultFailure } from './failure.ts';
import type { Query } from './vault.ts';

type Row = Readonly<Record<string, Cell>>;

/** Runs one SELECT. On a connection that also writes the rows are read whole, since it could not write while they stream. */
export function* readQuery(connection: Database, path: string, query: Query): IterableIterator<Row> {
  const statement = prepare(connection, path, query.sql);
  const parameters = query.parameters.map(bound);
  try {
    const columns = statement.columns().map(({ name }) => name);
    // The package sets properties by assignment, which for this one name is no property.
    if (columns.includes('__proto__')) yield* raw(statement, columns, parameters);
    else if (connection.readonly) yield* statement.iterate(...parameters);
    else yield* statement.all(...parameters);
  } catch (error) {
    throw failed(path, error);
  }
}

function raw(statement: Statement<Bound[], Row>, columns: readonly string[], parameters: readonly Bound[]): readonly Row[] {
  const rows = statement.raw(true).all(...parameters) as unknown as readonly (readonly Cell[])[];
  return rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null])));
}

export function explainQuery(connection: Database, path: string, query: Query): readonly string[] {
  prepare(connection, path, query.sql);
  try {
    const steps = connection
      .prepare<Bound[], { id: number; parent: number; detail: string }>(`explain query plan ${query.sql}`)
      .all(...query.parameters.map(bound));
    const depths = new Map<number, number>([[0, 0]]);
    return steps.map(({ id, parent, detail }) => {
      const depth = depths.get(parent) ?? 0;
      depths.set(id, depth + 1);
      return `${'  '.repeat(depth)}${detail}`;
    });
  } catch (error) {
    throw failed(path, error);
  }
}

/** Prepares a statement that reads and nothing else; a second statement behind it is refused by the package. */
function prepare(connection: Database, path: string, sql: string): Statement<Bound[], Row> {
  let statement: Statement<Bound[], Row>;
  try {
    statement = connection.prepare<Bound[], Row>(sql);
  } catch (error) {
    throw failed(path, error);
  }
  // SQLite calls ATTACH and some pragmas read-only, too.
  if (!statement.readonly || !statement.reader || !/^\s*(select|with|values)\b/i.test(sql)) {
    throw new SollistError('query-failed', 'Only a SELECT can be run on the vault.');
  }
  return statement;
}

/** A damaged or busy vault is no fault of the query. */
function failed(path: string, error: unknown): unknown {
  const failure = toVaultFailure(path, error);
  if (failure instanceof SollistError && failure.code !== 'vault-failed') return failure;
  const reason = error instanceof Error ? error.message : String(error);
  return new SollistError('query-failed', `The database refused the query: ${reason}.`, { cause: error });
}
