import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import { assertRuntime } from '../runtime.ts';
import { writeWrapped } from './answers.ts';
import { compareVersions } from './compare.ts';
import { guarded } from './failure.ts';
import { registerFunctions } from './functions.ts';
import { quoteIdentifier } from './identifier.ts';
import { indexLookedUp } from './indexes.ts';
import { readQuery, explainQuery } from './query.ts';
import { readAnswers, readTable, readTables } from './read-tables.ts';
import { yardstick } from './retention.ts';
import { beginRun, endRun, forgetRun, lastRun, recoverRuns, resumeRun } from './runs.ts';
import { checkSchema, createSchema, dropLeftovers, newOwner, releaseOwner } from './schema.ts';
import { stage } from './staging.ts';
import { dropVersion, loadVersion, pinVersion } from './swap.ts';
import type { Vault } from './vault.ts';
import { listVersions, shown, versionById, wholeVersion } from './versions.ts';

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

  const together = <Result>(work: () => Result): Result => guarded(path, () => writer.transaction(work).immediate());

  return {
    tables: () => readTables(writer, path),
    table: (system, table) => readTable(writer, path, system, table),
    answers: () => readAnswers(writer, path),
    versions: (system, table) => listVersions(writer, path, system, table).map(shown),
    compare: (before, after, options) => compareVersions(reader, path, before, after, options),
    wholeVersion: (id) => wholeVersion(writer, path, id),
    nameOfVersion: (id) => quoteIdentifier(versionById(writer, path, id).physical),
    load: (id, at) => together(() => loadVersion(writer, path, id, at).map(shown)),
    pin: (id, pinned) => together(() => pinVersion(writer, path, id, pinned)),
    drop: (id) => together(() => dropVersion(writer, path, id)),
    beginRun: (run) => guarded(path, () => beginRun(writer, owner, run)),
    resumeRun: (id) => guarded(path, () => resumeRun(writer, owner, id)),
    endRun: (id, at) => guarded(path, () => endRun(writer, id, at)),
    forgetRun: (id) => guarded(path, () => forgetRun(writer, id)),
    lastRun: (system) => guarded(path, () => lastRun(writer, path, system)),
    yardstick(system, table) {
      const found = yardstick(listVersions(writer, path, system, table));
      return found && shown(found);
    },
    stage: (system, table, columns, indexes = []) => stage(writer, path, owner, ++versions, { system, table, columns, indexes }),
    noteAttempt: (system, table, { state, at, message }, wrapped) =>
      guarded(path, () => {
        writer
          .prepare('insert or replace into attempts (system, name, state, at, message) values (?, ?, ?, ?, ?)')
          .run(system, table, state, at, message ?? null);
        if (wrapped !== undefined) writeWrapped(writer, system, table, at, wrapped);
      }),
    together,
    query(query) {
      if (query.lookedUp && query.lookedUp.length > 0) guarded(path, () => indexLookedUp(writer, query.lookedUp ?? []));
      return readQuery(reader, path, query);
    },
    explain: (query) => explainQuery(reader, path, query),
    close() {
      if (reader !== writer) reader.close();
      if (writer.open) {
        // Only this run's own stagings: they would otherwise wait for the next opening.
        releaseOwner(owner);
        try {
          dropLeftovers(writer);
        } catch (error) {
          // A disk without room, say, which whoever collected has told of. They are dropped when the vault is opened next.
          if (!(error instanceof Database.SqliteError)) throw error;
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
      recoverRuns(connection, path);
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
