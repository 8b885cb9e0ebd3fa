import type { Database } from 'better-sqlite3';
import type { SeenAnswer } from '../../model/connector/knowledge.ts';

/** Replaces what is known of the answers for a table; without one, nothing is. */
export function writeAnswer(database: Database, system: string, table: string, at: number, answer: SeenAnswer | undefined): void {
  if (answer) {
    database
      .prepare('insert or replace into answers (system, name, at, answer) values (?, ?, ?, ?)')
      .run(system, table, at, JSON.stringify(answer));
  } else database.prepare('delete from answers where system = ? and name = ?').run(system, table);
}

/** Notes where an answer that brought no rows wrapped a list; what was known of the answers before stays. */
export function writeWrapped(database: Database, system: string, table: string, at: number, wrapped: string): void {
  database
    .prepare(
      `insert into answers (system, name, at, answer) values (?, ?, ?, json_object('rows', 0, 'paths', json('[]'), 'wrapped', ?))
       on conflict do update set at = excluded.at, answer = json_set(answer, '$.wrapped', ?)`,
    )
    .run(system, table, at, wrapped, wrapped);
}
