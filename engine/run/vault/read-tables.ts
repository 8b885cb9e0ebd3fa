import type { Database } from 'better-sqlite3';
import type { Attempt, VaultAnswer, VaultTable } from '../records.ts';
import { guarded } from './failure.ts';
import { unreadable } from './schema.ts';

type Row = Record<'system' | 'name' | 'columns' | 'evidence', string> & {
  readonly state: Attempt['state'] | null;
  readonly at: number | null;
  readonly message: string | null;
};

/** The tables of a vault, also of one of an earlier version. */
export function readTables(database: Database, path: string): readonly VaultTable[] {
  const rows = guarded(path, () =>
    database
      .prepare<[], Row>(
        hasTable(database, 'attempts')
          ? 'select c.system, c.name, c.columns, c.evidence, a.state, a.at, a.message from collections c left join attempts a on a.system = c.system and a.name = c.name order by c.system, c.name'
          : 'select system, name, columns, evidence, null as state, null as at, null as message from collections order by system, name',
      )
      .all(),
  );
  return rows.map(({ system, name, columns, evidence, state, at, message }) => ({
    system,
    table: name,
    columns: parse(path, columns) as VaultTable['columns'],
    evidence: parse(path, evidence) as VaultTable['evidence'],
    ...(state !== null && { lastAttempt: { state, at: at ?? 0, ...(message !== null && { message }) } }),
  }));
}

/** What the answers held; nothing in a vault of a version that did not keep it. */
export function readAnswers(database: Database, path: string): readonly VaultAnswer[] {
  const rows = guarded(path, () =>
    hasTable(database, 'answers')
      ? database
          .prepare<[], { system: string; name: string; at: number; answer: string }>(
            'select system, name, at, answer from answers order by system, name',
          )
          .all()
      : [],
  );
  return rows.map(({ system, name, at, answer }) => ({ system, table: name, at, answer: parse(path, answer) as VaultAnswer['answer'] }));
}

function hasTable(database: Database, name: string): boolean {
  return database.prepare<[string]>("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !== undefined;
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, 'is damaged', error);
  }
}
