import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import { quoteIdentifier } from './identifier.ts';

/** Marks a SQLite file as a vault: the letters `SLLT`. */
const applicationId = 0x534c4c54;
/** 1 knew no attempts, 2 no answers. */
const schemaVersion = 3;

/** Owners that this process holds open. */
const alive = new Set<string>();

/** Names the one who stages: a process, and which of its vaults. */
export function newOwner(): string {
  const owner = `${process.pid} ${randomUUID()}`;
  alive.add(owner);
  return owner;
}

export function releaseOwner(owner: string): void {
  alive.delete(owner);
}

/** Refuses a file that is something else, before anything of it is changed. Returns whether it is still empty. */
export function checkSchema(database: Database, path: string): boolean {
  const id = Number(database.pragma('application_id', { simple: true }));
  const version = Number(database.pragma('user_version', { simple: true }));
  const empty = isEmpty(database);
  if (id !== applicationId && !(empty && id === 0)) throw unreadable(path, 'is a database, but no vault');
  if (version > schemaVersion) throw unreadable(path, 'was written by a newer Sollist');
  return id !== applicationId || version !== schemaVersion;
}

/** Whether a database has no tables at all. */
export function isEmpty(database: Database): boolean {
  return database.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
}

/** Makes an empty file a vault, and brings one of an earlier version up to this. The vault's own tables have no dot in their name. */
export function createSchema(database: Database): void {
  database
    .transaction(() => {
      database.exec(`
      create table if not exists collections (
        physical text not null collate nocase primary key,
        system text not null, name text not null, columns text not null, evidence text not null,
        unique (system, name));
      create table if not exists stagings (physical text not null collate nocase primary key, owner text not null);
      create table if not exists attempts (
        system text not null, name text not null, state text not null, at integer not null, message text,
        primary key (system, name));
      create table if not exists answers (
        system text not null, name text not null, at integer not null, answer text not null,
        primary key (system, name));`);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();
}

/** Drops what a crashed run left behind; a staging whose owner still lives is left alone. */
export function dropLeftovers(database: Database): void {
  const stagings = database.prepare<[], { physical: string; owner: string }>('select physical, owner from stagings').all();
  const dead = stagings.filter(({ owner }) => !isAlive(owner));
  if (dead.length === 0) return;
  database
    .transaction(() => {
      for (const { physical } of dead) {
        database.exec(`drop table if exists ${quoteIdentifier(physical)}`);
        database.prepare('delete from stagings where physical = ?').run(physical);
      }
    })
    .immediate();
}

function isAlive(owner: string): boolean {
  if (alive.has(owner)) return true;
  const pid = Number(owner.split(' ')[0]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The failure of a vault file that cannot be used as one. */
export function unreadable(path: string, why: string, cause?: unknown): SollistError {
  return new SollistError('vault-unreadable', `The vault ${path} ${why}. Move the file aside and collect again.`, { subject: path, cause });
}
