import { isSecretName } from '../../../model/connector/knowledge.ts';
import { identifier, numeral, sql, value, type Sql } from '../../../model/filter/sql.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import type { Cell, VaultTable } from '../../records.ts';
import type { VaultReader } from '../../vault/vault.ts';

/** Values that are given at most. */
const mostLike = 50;

/** Rows that are looked at where no index helps: those of a larger table behind them are not. */
const mostLooked = 200_000;

/**
 * The values of a column that begin with a text, in their order: first those that do so letter by letter, then without regard to case. None of a
 * column that is secret by its name, and none where the table was collected without it.
 */
export function valuesLike(vault: Pick<VaultReader, 'query'>, held: VaultTable, column: string, text: string): readonly string[] {
  if (text === '' || isSecretName(column) || !held.columns.some(({ name }) => name === column)) return [];
  const name = identifier(column);
  const table = identifier(vaultTableName(held.system, held.table));
  const read = ({ text: statement, parameters }: Sql): readonly string[] =>
    [...vault.query({ sql: statement, parameters })].map((row): Cell => row['v'] ?? null).map(String);
  // A range, so that the index of a key is used; behind every character stands the last one.
  const exact = read(
    sql`SELECT DISTINCT ${name} AS v FROM ${table} WHERE ${name} >= ${value(text)} AND ${name} < ${value(`${text}\u{10FFFF}`)} ORDER BY v LIMIT ${numeral(mostLike)}`,
  );
  if (exact.length >= mostLike) return exact;
  const loose = read(
    sql`SELECT DISTINCT v FROM (SELECT ${name} AS v FROM ${table} LIMIT ${numeral(mostLooked)}) WHERE substr(sollist_fold(CAST(v AS TEXT)), 1, length(sollist_fold(${value(text)}))) = sollist_fold(${value(text)}) ORDER BY v LIMIT ${numeral(mostLike)}`,
  );
  return [...new Set([...exact, ...loose])].slice(0, mostLike);
}
