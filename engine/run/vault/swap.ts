import type { Database } from 'better-sqlite3';
import { vaultTableName } from '../../model/system/catalog.ts';
import { SollistError } from '../error.ts';
import { quoteIdentifier } from './identifier.ts';
import { createIndexes, dropIndexes, indexedColumns } from './indexes.ts';
import { prune } from './retention.ts';
import { selectVersions, type StoredVersion, versionById } from './versions.ts';

/** A version about to be known: its rows lie in `physical`. */
export interface NewVersion extends Omit<StoredVersion, 'id' | 'state' | 'pinned' | 'indexes' | 'batch' | 'loadedAt'> {
  readonly batch?: number;
  readonly keep: number;
}

// Everything here runs within a transaction of its caller.

/** Puts rows into use; what they replace becomes a past version. A rename each, however many rows there are. */
export function swapIn(database: Database, path: string, version: NewVersion): number {
  const { system, table, physical, keep } = version;
  const final = vaultTableName(system, table);
  retireCurrent(database, path, system, table);
  rename(database, physical, final);
  const id = insertVersion(database, { ...version, physical: final }, 'current');
  database.prepare('delete from attempts where system = ? and name = ?').run(system, table);
  prune(database, path, system, table, keep);
  return id;
}

/** Keeps rows out of use, and notes why. */
export function holdBack(database: Database, path: string, version: NewVersion, why: string): number {
  const { system, table, physical, evidence, keep } = version;
  const id = insertVersion(database, version, 'held-back');
  shelve(database, { id, physical, ...(version.key !== undefined && { key: version.key }) }, 'held-back');
  database
    .prepare('insert or replace into attempts (system, name, state, at, message) values (?, ?, ?, ?, ?)')
    .run(system, table, 'held-back', evidence.endedAt, why);
  prune(database, path, system, table, keep);
  return id;
}

/** Puts a version, and those of the same answers, into use again. */
export function loadVersion(database: Database, path: string, id: number, at: number): readonly StoredVersion[] {
  const wanted = versionById(database, path, id);
  if (wanted.state === 'current') return [wanted];
  const together = selectVersions(database, path, "batch = ? and state <> 'current'", [wanted.batch]);
  for (const { id: each, system, table, physical, indexes, evidence } of together) {
    const final = vaultTableName(system, table);
    checkName(database, system, table, final);
    retireCurrent(database, path, system, table);
    rename(database, physical, final);
    createIndexes(database, final, indexes, String(each));
    database.prepare("update versions set state = 'current', physical = ?, loaded = ? where id = ?").run(final, at, each);
    // A failure after it was collected still stands; that it was held back does not.
    database.prepare('delete from attempts where system = ? and name = ? and at <= ?').run(system, table, evidence.endedAt);
  }
  return together.map(({ id: each }) => versionById(database, path, each));
}

export function pinVersion(database: Database, path: string, id: number, pinned: boolean): void {
  database.prepare('update versions set pinned = ? where batch = ?').run(pinned ? 1 : 0, versionById(database, path, id).batch);
}

export function dropVersion(database: Database, path: string, id: number): void {
  const { state, system, table, batch } = versionById(database, path, id);
  if (state === 'current')
    throw new SollistError('version-in-use', `Version ${id} is what ${system}.${table} holds now. Load another one first.`, {
      subject: String(id),
    });
  for (const { id: each, physical } of selectVersions(database, path, "batch = ? and state <> 'current'", [batch])) {
    database.exec(`drop table if exists ${quoteIdentifier(physical)}`);
    database.prepare('delete from versions where id = ?').run(each);
  }
}

/** Refuses a name that SQLite takes for the one of another table in use. */
export function checkName(database: Database, system: string, table: string, final: string): void {
  const holder = database
    .prepare<[string], { system: string; name: string }>("select system, name from versions where physical = ? and state = 'current'")
    .get(final);
  if (!holder || (holder.system === system && holder.name === table)) return;
  throw new SollistError(
    'vault-name-clash',
    `The vault cannot tell the table ${table} of ${system} from the table ${holder.name} of ${holder.system}. Rename one of them, or move the vault aside if the other is gone.`,
    { subject: final },
  );
}

function insertVersion(database: Database, version: NewVersion, state: StoredVersion['state']): number {
  const { system, table, physical, columns, key, evidence, batch, run, limited } = version;
  const { lastInsertRowid } = database
    .prepare(
      `insert into versions (system, name, state, physical, columns, indexes, key, evidence, batch, run, limited, pinned)
       values (?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, 0)`,
    )
    .run(
      system,
      table,
      state,
      physical,
      JSON.stringify(columns.map(({ name, type }) => ({ name, type }))),
      key ?? null,
      JSON.stringify(evidence),
      batch ?? 0,
      run ?? null,
      limited ? 1 : 0,
    );
  if (batch === undefined) database.prepare('update versions set batch = id where id = ?').run(lastInsertRowid);
  return Number(lastInsertRowid);
}

function retireCurrent(database: Database, path: string, system: string, table: string): void {
  const [current] = selectVersions(database, path, "state = 'current' and system = ? and name = ?", [system, table]);
  if (current) shelve(database, current, 'past');
}

/** A version that is not in use: under a name of its own, and with no index but that of its key, by which it is compared. */
function shelve(
  database: Database,
  { id, physical, key }: Pick<StoredVersion, 'id' | 'physical' | 'key'>,
  state: 'past' | 'held-back',
): void {
  const aside = `version~${id}`;
  const indexes = indexedColumns(database, physical);
  dropIndexes(database, physical, key);
  rename(database, physical, aside);
  database
    .prepare('update versions set state = ?, physical = ?, indexes = ?, loaded = null where id = ?')
    .run(state, aside, JSON.stringify(indexes), id);
}

function rename(database: Database, from: string, to: string): void {
  database.exec(`alter table ${quoteIdentifier(from)} rename to ${quoteIdentifier(to)}`);
}
