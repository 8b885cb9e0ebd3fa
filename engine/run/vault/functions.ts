import type { Database } from 'better-sqlite3';
import { sqlFunctions } from '../filter/sql-functions.ts';

/** Registers what compiled filters call and SQLite does not have. */
export function registerFunctions(connection: Database): void {
  for (const { name, deterministic, call } of sqlFunctions) connection.function(name, { deterministic, varargs: true }, call);
}
