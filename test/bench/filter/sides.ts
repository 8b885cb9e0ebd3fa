import Database from 'better-sqlite3';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { FilterLibrary } from '../../../engine/model/filter/library.ts';
import { scriptTable } from '../../../engine/run/filter/script-tables.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';
import type { Query, Vault } from '../../../engine/run/vault/vault.ts';
import { appended, type Subject } from './subjects.ts';
import { catalog } from './vault.ts';

const library: FilterLibrary = {
  names: [appended.name],
  find: (name) => (name === appended.name ? { name, document: readFilter(appended.text) } : undefined),
};

/** What the vault runs for a filter, read, bound and compiled anew. */
export function queryOf({ filter, lookup }: Pick<Subject, 'filter' | 'lookup'>, limit?: number): Query {
  const document = readFilter(filter);
  const bound = bindFilter(document, catalog, library);
  const { query, problems } = compileFilter(bound, {
    parameters: new Map(),
    today: '2026-05-10',
    ...(lookup !== undefined && { lookup }),
    ...(limit !== undefined && { limit }),
  });
  const errors = [...document.problems, ...bound.problems, ...problems].filter(({ severity }) => severity === 'error');
  if (!query) throw new Error(`${filter}: ${errors.map(({ message }) => message).join(' ')}`);
  const { sql, parameters, stages, lookedUp, direct } = query;
  return {
    sql,
    parameters,
    lookedUp,
    computed: stages.map((stage) => scriptTable(stage, { catalog, globals: new Map(), timeZone: 'UTC' })),
    ...(direct && { direct }),
  };
}

/** Reads all rows; gives how many there are and the length of their texts, so that nobody wins by leaving something out. */
export function readAll(rows: Iterable<Readonly<Record<string, unknown>>>): string {
  let [count, characters] = [0, 0];
  for (const row of rows) {
    count++;
    for (const name in row) {
      const cell = row[name];
      if (typeof cell === 'string') characters += cell.length;
    }
  }
  return `${count} rows, ${characters} characters`;
}

/** A filter, from its text to its last row. */
export function readFiltered(vault: Vault, subject: Subject): string {
  return readAll(vault.query(queryOf(subject)));
}

/** The milliseconds from the text of a filter to its first row. */
export function firstRow(vault: Vault, subject: Subject): number {
  const begun = performance.now();
  const rows = vault.query(queryOf(subject));
  rows.next();
  const time = performance.now() - begun;
  rows.return?.();
  return time;
}

/** Hand-written SQL by the database package alone. */
export function byHand(path: string): { read(sql: string): string; close(): void } {
  const database = new Database(path, { readonly: true });
  for (const { name, deterministic, call } of sqlFunctions) database.function(name, { deterministic, varargs: true }, call);
  return {
    read: (sql) => readAll(database.prepare<[], Record<string, unknown>>(sql).iterate()),
    close: () => void database.close(),
  };
}
