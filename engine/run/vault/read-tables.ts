import type { Database } from 'better-sqlite3';
import type { Attempt, VaultAnswer, VaultTable } from '../records.ts';
import { guarded } from './failure.ts';
import { hasTable } from './schema.ts';
import { parse, selectVersions, type StoredVersion } from './versions.ts';

interface AttemptRow {
  readonly system: string;
  readonly name: string;
  readonly state: Attempt['state'];
  readonly at: number;
  readonly message: string | null;
}

/** The tables of a vault, also of one of an earlier version. */
export function readTables(database: Database, path: string): readonly VaultTable[] {
  const attempts = new Map(readAttempts(database, path).map((row) => [`${row.system}\0${row.name}`, row] as const));
  return selectVersions(database, path, "state = 'current'").map((version) =>
    tableOf(version, attempts.get(`${version.system}\0${version.table}`)),
  );
}

/** One table, without reading what is known of all others. */
export function readTable(database: Database, path: string, system: string, table: string): VaultTable | undefined {
  const [version] = selectVersions(database, path, "state = 'current' and system = ? and name = ?", [system, table]);
  return version && tableOf(version, readAttempts(database, path, system, table)[0]);
}

function tableOf({ system, table, columns, evidence, id, loadedAt }: StoredVersion, attempt: AttemptRow | undefined): VaultTable {
  return {
    system,
    table,
    columns,
    evidence,
    version: id,
    ...(loadedAt !== undefined && { loadedAt }),
    ...(attempt && {
      lastAttempt: { state: attempt.state, at: attempt.at, ...(attempt.message !== null && { message: attempt.message }) },
    }),
  };
}

function readAttempts(database: Database, path: string, ...name: readonly string[]): readonly AttemptRow[] {
  return guarded(path, () =>
    hasTable(database, 'attempts')
      ? database
          .prepare<string[], AttemptRow>(
            `select system, name, state, at, message from attempts ${name.length === 0 ? '' : 'where system = ? and name = ?'}`,
          )
          .all(...name)
      : [],
  );
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
