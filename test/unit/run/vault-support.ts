import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Cell } from '../../../engine/run/records.ts';
import type { Arrival, Vault } from '../../../engine/run/vault/vault.ts';
import { evidenceOf } from '../../support/evidence.ts';

/** Evidence of a table that was collected whole. */
export const whole = evidenceOf(1, { startedAt: 1, endedAt: 2 });

/** Commits rows as the next version of `hr.<table>`; columns are text, but for those named with `#`, numbers, and `*`, lists. Returns its id. */
export function commitRows(
  vault: Vault,
  rows: readonly (readonly Cell[])[],
  {
    table = 'persons',
    columns = ['id'],
    at = 2,
    ...arrival
  }: { readonly table?: string; readonly columns?: readonly string[]; readonly at?: number } & Arrival = {},
): number {
  const staging = vault.stage(
    'hr',
    table,
    columns.map((name) => ({
      name: name.replace(/^[#*]/, ''),
      type: name.startsWith('#') ? 'number' : name.startsWith('*') ? 'list' : 'text',
    })),
    columns.slice(0, 1),
  );
  staging.add(rows);
  return staging.commit({ ...whole, rows: rows.length, startedAt: at - 1, endedAt: at }, undefined, arrival);
}

/** Makes a vault as an earlier version of the product made it, with the rows of `hr.persons`. */
export function makeOldVault(path: string, version: 1 | 2 | 3, ids: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = wal');
  database.exec(`
    create table collections (
      physical text not null collate nocase primary key,
      system text not null, name text not null, columns text not null, evidence text not null,
      unique (system, name));
    create table stagings (physical text not null collate nocase primary key, owner text not null);
    create table "hr.persons" (id text);
    create index "hr.persons~index-1" on "hr.persons" (id);`);
  if (version >= 2)
    database.exec('create table attempts (system text, name text, state text, at integer, message text, primary key (system, name))');
  if (version >= 3) database.exec('create table answers (system text, name text, at integer, answer text, primary key (system, name))');
  for (const id of ids) database.prepare('insert into "hr.persons" values (?)').run(id);
  database
    .prepare('insert into collections values (?, ?, ?, ?, ?)')
    .run('hr.persons', 'hr', 'persons', JSON.stringify([{ name: 'id', type: 'text' }]), JSON.stringify({ ...whole, rows: ids.length }));
  database.pragma('application_id = 1397509204');
  database.pragma(`user_version = ${version}`);
  database.close();
}
