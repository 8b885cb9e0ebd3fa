import type { Database, Statement } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import { bound, type Bound } from './bind.ts';
import { computedRows, defineComputed, endReading, type Reading } from './computed.ts';
import { toVaultFailure } from './failure.ts';
import { missingColumn } from './missing-column.ts';
import type { Query } from './vault.ts';

type Row = Readonly<Record<string, Cell>>;

/** Runs one SELECT. On a connection that also writes the rows are read whole, since it could not write while they stream. */
export function readQuery(connection: Database, path: string, query: Query): IterableIterator<Row> {
  if (query.computed && query.computed.length > 0) return readComputed(connection, path, query, query.computed);
  let rows: Iterator<Row> | undefined;
  // Not a generator: at half a microsecond a row, handing each one on would be felt.
  return {
    next() {
      try {
        rows ??= begin(connection, path, query)[Symbol.iterator]();
        return rows.next();
      } catch (error) {
        throw failed(connection, path, query, error);
      }
    },
    return() {
      rows?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.iterator]() {
      return this;
    },
  };
}

function begin(connection: Database, path: string, query: Query): Iterable<Row> {
  const { parameters } = query;
  const statement = prepare(connection, path, query);
  const columns = statement.columns().map(({ name }) => name);
  const values = parameters.map(bound);
  // The package sets properties by assignment, which for this one name is no property.
  if (columns.includes('__proto__')) return raw(statement, columns, values);
  return connection.readonly ? statement.iterate(...values) : statement.all(...values);
}

/** As `readQuery`, with tables that are computed meanwhile; they end with it. */
function* readComputed(connection: Database, path: string, query: Query, computed: NonNullable<Query['computed']>): IterableIterator<Row> {
  const reading: Reading = { begun: [] };
  try {
    const [only] = computed;
    if (only && query.direct) yield* chosen(computedRows(connection, only), query.direct);
    else yield* begin(connection, path, { ...query, sql: withComputed(connection, query, reading) });
  } catch (error) {
    throw failed(connection, path, query, error);
  } finally {
    endReading(reading);
  }
}

function raw(statement: Statement<Bound[], Row>, columns: readonly string[], parameters: readonly Bound[]): readonly Row[] {
  const rows = statement.raw(true).all(...parameters) as unknown as readonly (readonly Cell[])[];
  return rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? null])));
}

/** Some columns of rows, as records. */
function* chosen(rows: Iterable<readonly Cell[]>, direct: NonNullable<Query['direct']>): Generator<Row> {
  for (const cells of rows) {
    const row: Record<string, Cell> = {};
    for (const { name, place } of direct) {
      const value = cells[place] ?? null;
      if (name === '__proto__') Object.defineProperty(row, name, { value, enumerable: true });
      else row[name] = value;
    }
    yield row;
  }
}

/** The plan of a query, and before it that of each source that a computed table reads. */
export function explainQuery(connection: Database, path: string, query: Query): readonly string[] {
  const sources = (query.computed ?? []).flatMap(({ name, source }) => [
    `${name}:`,
    ...explained(connection, path, { ...source, ...(query.catalog && { catalog: query.catalog }) }),
  ]);
  if (query.direct) return sources;
  return [...sources, ...explained(connection, path, { ...query, sql: withComputed(connection, query, { begun: [] }) })];
}

function explained(connection: Database, path: string, query: Query): readonly string[] {
  const { sql, parameters } = query;
  prepare(connection, path, query);
  try {
    const steps = connection
      .prepare<Bound[], { id: number; parent: number; detail: string }>(`explain query plan ${sql}`)
      .all(...parameters.map(bound));
    const depths = new Map<number, number>([[0, 0]]);
    return steps.map(({ id, parent, detail }) => {
      const depth = depths.get(parent) ?? 0;
      depths.set(id, depth + 1);
      return `${'  '.repeat(depth)}${detail}`;
    });
  } catch (error) {
    throw failed(connection, path, query, error);
  }
}

/** The query's text, its computed tables there to be read. */
function withComputed(connection: Database, { sql, computed = [] }: Query, reading: Reading): string {
  return computed.reduce((text, table) => defineComputed(connection, table, text, reading), sql);
}

/** Prepares a statement that reads and nothing else; a second statement behind it is refused by the package. */
function prepare(connection: Database, path: string, query: Query): Statement<Bound[], Row> {
  const { sql } = query;
  let statement: Statement<Bound[], Row>;
  try {
    statement = connection.prepare<Bound[], Row>(sql);
  } catch (error) {
    throw failed(connection, path, query, error);
  }
  // SQLite calls ATTACH and some pragmas read-only, too.
  if (!statement.readonly || !statement.reader || !/^\s*(select|with|values)\b/i.test(sql)) {
    throw new SollistError('query-failed', 'Only a SELECT can be run on the vault.');
  }
  return statement;
}

/** A damaged or busy vault is no fault of the query. */
function failed(connection: Database, path: string, query: Query, error: unknown): unknown {
  if (error instanceof SollistError) return error;
  const missing = missingColumn(connection, path, query, error);
  if (missing) return missing;
  const failure = toVaultFailure(path, error);
  if (failure instanceof SollistError && failure.code !== 'vault-failed') return failure;
  const reason = error instanceof Error ? error.message : String(error);
  return new SollistError('query-failed', `The database refused the query: ${reason}.`, { cause: error });
}
