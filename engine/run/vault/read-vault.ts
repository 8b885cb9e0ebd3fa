import { existsSync, readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import { assertRuntime } from '../runtime.ts';
import { compareVersions } from './compare.ts';
import { guarded } from './failure.ts';
import { registerFunctions } from './functions.ts';
import { readQuery } from './query.ts';
import { readAnswers, readTable, readTables } from './read-tables.ts';
import { checkSchema, isEmpty } from './schema.ts';
import type { VaultReader } from './vault.ts';
import { listVersions, shown, wholeVersion } from './versions.ts';

/** How long a look waits for a run's transaction, in milliseconds. */
const busyTimeout = 2_000;

/** Bytes of a vault that is read into memory where its folder cannot be written. */
const largestCopy = 500 * 1024 * 1024;

/**
 * Opens the vault at `path` for reading alone: it is neither made nor changed, and one of an earlier version is read as it is. Undefined
 * where there is none. Throws `node-too-old`, `vault-unreadable`, `vault-unwritable`, `vault-busy`.
 *
 * This module loads the database package: import it when a vault is needed, not before.
 */
export function readVault(path: string): VaultReader | undefined {
  if (!existsSync(path)) return undefined;
  assertRuntime();
  const database = openReader(path);
  const none = isEmpty(database);
  registerFunctions(database);
  return {
    tables: () => (none ? [] : readTables(database, path)),
    table: (system, table) => (none ? undefined : readTable(database, path, system, table)),
    versions: (system, table) => (none ? [] : listVersions(database, path, system, table).map(shown)),
    compare: (before, after, options) => compareVersions(database, path, before, after, options),
    wholeVersion: (id) => wholeVersion(database, path, id),
    answers: () => (none ? [] : readAnswers(database, path)),
    query: (query) => readQuery(database, path, query),
    close: () => void database.close(),
  };
}

/**
 * SQLite keeps notes beside a vault while it reads it, and only a connection that could write takes them away again; this one is told not to
 * write. Where the folder does not let it, the vault is read into memory, if nothing is pending beside it.
 */
function openReader(path: string): Connection {
  try {
    return checked(path, () => {
      const database = new Database(path, { fileMustExist: true, timeout: busyTimeout });
      database.pragma('query_only = 1');
      return database;
    });
  } catch (error) {
    const isReadOnly = error instanceof SollistError && error.code === 'vault-unwritable';
    if (!isReadOnly || isPending(path) || !statSync(path).isFile() || statSync(path).size > largestCopy) throw error;
    return checked(path, () => new Database(withoutLog(readFileSync(path)), { readonly: true }));
  }
}

function checked(path: string, open: () => Connection): Connection {
  return guarded(path, () => {
    const database = open();
    try {
      checkSchema(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Whether there are rows that have not reached the file yet. */
function isPending(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** The file's own mark that a log belongs to it (file format, bytes 18 and 19) taken off: a copy in memory has none. */
function withoutLog(file: Buffer): Buffer {
  file.fill(1, 18, 20);
  return file;
}
