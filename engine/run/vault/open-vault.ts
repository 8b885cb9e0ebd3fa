import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import type { VaultTable } from '../records.ts';
import { assertRuntime } from '../runtime.ts';
import { writeWrapped } from './answers.ts';
import { guarded } from './failure.ts';
import { registerFunctions } from './functions.ts';
import { readQuery, explainQuery } from './query.ts';
import { readAnswers, readTables } from './read-tables.ts';
import { checkSchema, createSchema, dropLeftovers, newOwner, releaseOwner } from './schema.ts';
import { stage } from './staging.ts';
import type { Vault } from './vault.ts';

/** How long a run waits for another one's transaction, in milliseconds. */
const busyTimeout = 5_000;

/**
 * Opens the vault at `path`, making it and its folder if they are not there; `:memory:` is one that is gone when closed. Throws
 * `node-too-old`, `vault-unreadable` for a file that is damaged or something else, `vault-unwritable`, `vault-busy`.
 *
 * This module loads the database package: import it when a vault is needed, not before.
 */
export function openVault(path: string): Vault {
  assertRuntime();
  const writer = openWriter(path);
  const owner = newOwner();
  // In memory there is one connection only; the check of each statement is what keeps it from writing.
  const reader = path === ':memory:' ? writer : guarded(path, () => new Database(path, { readonly: true, timeout: busyTimeout }));
  registerFunctions(reader);
  let versions = 0;

  const tables = (): readonly VaultTable[] => readTables(writer, path);

  return {
    tables,
    answers: () => readAnswers(writer, path),
    table: (system, table) => tables().find((candidate) => candidate.system === system && candidate.table === table),
    stage: (system, table, columns, indexes = []) => stage(writer, path, owner, ++versions, { system, table, columns, indexes }),
    noteAttempt: (system, table, { state, at, message }, wrapped) =>
      guarded(path, () => {
        writer
          .prepare('insert or replace into attempts (system, name, state, at, message) values (?, ?, ?, ?, ?)')
          .run(system, table, state, at, message ?? null);
        if (wrapped !== undefined) writeWrapped(writer, system, table, at, wrapped);
      }),
    together: (work) => guarded(path, () => writer.transaction(work).immediate()),
    query: (query) => readQuery(reader, path, query),
    explain: (query) => explainQuery(reader, path, query),
    close() {
      if (reader !== writer) reader.close();
      if (writer.open) {
        // Only this run's own stagings: they would otherwise wait for the next opening.
        releaseOwner(owner);
        try {
          dropLeftovers(writer);
        } finally {
          writer.close();
        }
      }
    },
  };
}

function openWriter(path: string): Connection {
  let connection: Connection | undefined;
  try {
    return guarded(path, () => {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
      connection = new Database(path, { timeout: busyTimeout });
      const isNew = checkSchema(connection, path);
      connection.pragma('journal_mode = wal');
      connection.pragma('synchronous = normal');
      connection.pragma('trusted_schema = off');
      if (isNew) createSchema(connection);
      dropLeftovers(connection);
      return connection;
    });
  } catch (error) {
    connection?.close();
    // What the file system refuses has a code; anything else is a bug.
    if (!(error instanceof Error && 'code' in error) || error instanceof SollistError) throw error;
    throw new SollistError('vault-unwritable', `The vault ${path} cannot be opened. Check the folder and its rights.`, {
      subject: path,
      cause: error,
    });
  }
}
