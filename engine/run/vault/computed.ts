import Database from 'better-sqlite3';
import type { Database as Connection, Statement } from 'better-sqlite3';
import { vaultTableName } from '../../model/system/catalog.ts';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import { bound, type Bound } from './bind.ts';
import { registerFunctions } from './functions.ts';
import { quoteIdentifier } from './identifier.ts';
import { formsOf } from './row-exists.ts';
import type { ComputedTable, RowExists } from './vault.ts';

/** Rows a batch: enough that handing them over costs little, few enough that the first ones come at once. */
const batch = 1_000;
const firstBatch = 100;

let made = 0;

/** The computed tables that a statement reads. The database package does not end them with the statement: `endReading` does. */
export interface Reading {
  readonly begun: Generator[];
}

export function endReading({ begun }: Reading): void {
  for (const rows of begun) rows.return(undefined);
}

/**
 * Lets a statement of this connection read a computed table, and gives the statement's text with the name it has there: a name is used once, as what
 * stood under it may still be read. SQLite forgets the table with the connection.
 *
 * A connection that is running a statement cannot run another, so the rows come over one of their own; of a vault in memory, which has no other,
 * they are computed before. Reading throws `vault-changed` where a collection came between.
 */
export function defineComputed(connection: Connection, table: ComputedTable, sql: string, reading: Reading): string {
  made++;
  const name = `${table.name} ${made}`;
  const columns = [...table.columns];
  if (connection.memory) {
    const all = [...computedRows(connection, table)];
    connection.table(name, {
      columns,
      *rows() {
        yield* boundRows(all) as Generator<unknown[]>;
      },
    });
  } else {
    const before = stampOf(connection);
    connection.table(name, {
      columns,
      *rows() {
        const rows = rowsBeside(connection, table, before);
        reading.begun.push(rows);
        yield* rows as Generator<unknown[]>;
      },
    });
  }
  return sql.replaceAll(quoteIdentifier(table.name), quoteIdentifier(name));
}

function* rowsBeside(connection: Connection, table: ComputedTable, before: string): Generator<readonly Bound[]> {
  const beside = new Database(connection.name, { readonly: true, fileMustExist: true });
  try {
    registerFunctions(beside);
    beside.exec('begin');
    // The statement's own view of the vault is older than this one and newer than `before`: if those two are the same, so is it.
    if (stampOf(beside) !== before)
      throw new SollistError('vault-changed', 'A collection changed the vault while this began to read it. Run it again.');
    yield* boundRows(computedRows(beside, table));
  } finally {
    beside.close();
  }
}

/** Equal for two looks at a vault if no table changed between them. */
function stampOf(connection: Connection): string {
  const isVault = connection.prepare("select 1 from sqlite_master where type = 'table' and name = 'versions'").get() !== undefined;
  if (!isVault) return '';
  return String(
    connection.prepare("select group_concat(id) from (select id from versions where state = 'current' order by id)").pluck().get(),
  );
}

function* boundRows(rows: Iterable<readonly Cell[]>): Generator<readonly Bound[]> {
  for (const cells of rows) yield cells.map(bound);
}

/** The rows of a computed table, one batch at a time. */
export function* computedRows(connection: Connection, table: ComputedTable): Generator<readonly Cell[]> {
  const computation = table.open(rowExists(connection));
  try {
    const rows = connection
      .prepare(table.source.sql)
      .raw(true)
      .iterate(...table.source.parameters.map(bound)) as IterableIterator<Cell[]>;
    let waiting: Cell[][] = [];
    let size = firstBatch;
    for (const row of rows) {
      waiting.push(row);
      if (waiting.length < size) continue;
      yield* computation.compute(waiting);
      waiting = [];
      size = batch;
    }
    if (waiting.length > 0) yield* computation.compute(waiting);
  } finally {
    computation.close();
  }
}

/** Each question is prepared once. */
function rowExists(connection: Connection): RowExists {
  const statements = new Map<string, Statement<Bound[]> | 'no-table' | 'no-column'>();
  return (system, table, column, value) => {
    const key = JSON.stringify([system, table, column]);
    const statement = statements.get(key) ?? prepare(connection, system, table, column);
    statements.set(key, statement);
    if (typeof statement === 'string') return statement;
    const [form, other] = formsOf(value);
    return statement.get(bound(form), bound(other)) !== undefined;
  };
}

function prepare(connection: Connection, system: string, table: string, column: string): Statement<Bound[]> | 'no-table' | 'no-column' {
  const name = vaultTableName(system, table);
  const columns = connection.prepare<string[]>('select name from pragma_table_info(?)').pluck().all(name);
  if (!columns.includes(column)) return columns.length === 0 ? 'no-table' : 'no-column';
  const of = quoteIdentifier(column);
  return connection.prepare(`select 1 from ${quoteIdentifier(name)} where ${of} = ? or ${of} = ? limit 1`);
}
