import Database from 'better-sqlite3';
import { bindFilter } from '../../../engine/model/filter/bind.ts';
import { type CompiledFilter, type CompileOptions, compileFilter } from '../../../engine/model/filter/compile.ts';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { vaultTableName } from '../../../engine/model/system/catalog.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { catalog } from './catalog.ts';

type Rows = Readonly<Record<string, readonly (readonly Cell[])[]>>;

/** A real SQLite with the catalog's tables; cells in the order of the catalog's columns, missing ones null. */
export function memoryVault(rows: Rows): Database.Database {
  const database = new Database(':memory:');
  for (const { name, deterministic, call } of sqlFunctions) database.function(name, { deterministic, varargs: true }, call);
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  for (const { system, table, columns } of catalog.tables) {
    if (columns.length === 0) continue;
    const name = quote(vaultTableName(system, table));
    const affinity = (type: string): string => (type === 'number' || type === 'boolean' ? '' : 'text');
    database.exec(`create table ${name} (${columns.map((column) => `${quote(column.name)} ${affinity(column.type)}`).join(', ')})`);
    const insert = database.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
    for (const row of rows[vaultTableName(system, table)] ?? []) insert.run(columns.map((_, i) => whole(row[i] ?? null)));
  }
  return database;
}

/** The database package binds a number as a float; whole ones are to be stored as such. */
function whole(cell: Cell): Cell | bigint {
  return typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : cell;
}

export interface Run extends CompiledFilter {
  /** Codes of every problem, from reading to compiling. */
  readonly codes: readonly string[];
}

export function compileText(
  text: string,
  options: Partial<Omit<CompileOptions, 'parameters'>> & { readonly parameters?: Record<string, Cell | boolean> } = {},
): Run {
  const document = readFilter(text);
  const bound = bindFilter(document, catalog);
  const { parameters = {}, ...others } = options;
  const compiled = compileFilter(bound, { today: '2026-05-10', ...others, parameters: new Map(Object.entries(parameters)) });
  return { ...compiled, codes: [...document.problems, ...bound.problems, ...compiled.problems].map(({ code }) => code) };
}

/** Runs a filter; the rows as arrays. A filter with errors fails the test that asked for its rows. */
export function rowsOf(database: Database.Database, text: string, options: Parameters<typeof compileText>[1] = {}): unknown[][] {
  const { query, codes } = compileText(text, options);
  if (!query) throw new Error(`The filter has errors: ${codes.join(', ')}\n${text}`);
  return database
    .prepare(query.sql)
    .raw()
    .all(...query.parameters) as unknown[][];
}
