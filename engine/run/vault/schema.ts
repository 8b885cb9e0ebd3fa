import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import { processLives } from '../process-lives.ts';
import { quoteIdentifier } from './identifier.ts';

/** Marks a SQLite file as a vault: the letters `SLLT`. */
const applicationId = 0x534c4c54;
/** 1 knew no attempts, 2 no answers, 3 no versions and no runs. */
const schemaVersion = 4;

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

/** Whether a database has a table of the vault's own; one of an earlier version lacks some. */
export function hasTable(database: Database, name: string): boolean {
  return database.prepare<[string]>("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !== undefined;
}

/**
 * Makes an empty file a vault, and brings one of an earlier version up to this. The vault's own tables, stagings and past versions have no dot
 * in their name; the current version of a table is named by `vaultTableName`, which has one. So no name of a connector can be one of theirs.
 */
export function createSchema(database: Database): void {
  database
    .transaction(() => {
      database.exec(`
      create table if not exists versions (
        id integer primary key autoincrement,
        system text not null, name text not null, state text not null,
        physical text not null collate nocase unique,
        columns text not null, indexes text not null, key text, evidence text not null,
        batch integer not null, run integer, limited integer not null, pinned integer not null, loaded integer);
      create unique index if not exists current_version on versions (system, name) where state = 'current';
      create table if not exists runs (
        id integer primary key autoincrement,
        system text not null, tables text not null, limits text not null, source text not null,
        started integer not null, ended integer, owner text);
      create table if not exists stagings (physical text not null collate nocase primary key, owner text not null);
      create table if not exists attempts (
        system text not null, name text not null, state text not null, at integer not null, message text,
        primary key (system, name));
      create table if not exists answers (
        system text not null, name text not null, at integer not null, answer text not null,
        primary key (system, name));`);
      if (hasTable(database, 'collections')) {
        database.exec(`
        insert into versions (system, name, state, physical, columns, indexes, key, evidence, batch, limited, pinned)
          select system, name, 'current', physical, columns, '[]', null, evidence, 0, 0, 0 from collections order by system, name;
        update versions set batch = id where batch = 0;
        drop table collections;`);
      }
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

/** Whether the one who stages is still there. */
export function isAlive(owner: string): boolean {
  if (alive.has(owner)) return true;
  const pid = Number(owner.split(' ')[0]);
  return pid !== process.pid && processLives(pid);
}

/** The failure of a vault file that cannot be used as one. */
export function unreadable(path: string, why: string, cause?: unknown): SollistError {
  return new SollistError('vault-unreadable', `The vault ${path} ${why}. Move the file aside and collect again.`, { subject: path, cause });
}
