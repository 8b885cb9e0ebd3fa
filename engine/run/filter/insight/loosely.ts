import { numeral, sql, value, type Sql } from '../../../model/filter/sql.ts';
import type { Cell } from '../../records.ts';
import type { Looker } from './looker.ts';
import { mostExamples } from './words.ts';

/** Different values that are looked at. */
const mostValues = 100_000;

/** Blanks of any kind that people leave around a value. */
const blanks = value(' \t\r\n\u00a0\u200b');

/** A text without what people do not see: case, and the blanks around it. */
export function loosely(of: Sql): Sql {
  return sql`sollist_fold(${trimmed(of)})`;
}

function trimmed(of: Sql): Sql {
  return sql`trim(${of}, ${blanks})`;
}

/** Values that are the same but for case or blanks: how many there are, and some with one that each would meet. */
export interface NearlyEqual {
  readonly total: number;
  readonly some: readonly { readonly ours: Cell; readonly theirs: Cell }[];
}

/**
 * Texts of one query that meet none of another, but would without regard to case and the blanks around them. Both queries give a column `k0`. `nocase`:
 * case does not count anyway. Undefined where there are none, or nothing could be asked.
 */
export async function nearlyEqual(looker: Looker, ours: Sql, theirs: Sql, nocase: boolean): Promise<NearlyEqual | undefined> {
  const exact = (of: Sql): Sql => (nocase ? sql`sollist_fold(${of})` : of);
  const [k, theirKey] = [sql`k`, sql`theirs.k`];
  const rows =
    await looker.ask(sql`WITH ours(k) AS MATERIALIZED (SELECT DISTINCT "k0" FROM (${ours}) WHERE typeof("k0") = 'text' LIMIT ${numeral(mostValues)}),
    theirs(k) AS MATERIALIZED (SELECT DISTINCT "k0" FROM (${theirs}) WHERE typeof("k0") = 'text'),
    near(k) AS MATERIALIZED (SELECT k FROM ours WHERE ${exact(k)} NOT IN (SELECT ${exact(k)} FROM theirs) AND ${trimmed(k)} <> '' AND ${loosely(k)} IN (SELECT ${loosely(k)} FROM theirs))
    SELECT near.k AS ours, (SELECT theirs.k FROM theirs WHERE ${loosely(theirKey)} = ${loosely(sql`near.k`)} LIMIT 1) AS theirs,
           (SELECT count(*) FROM near) AS total
    FROM near ORDER BY near.k LIMIT ${numeral(mostExamples)}`);
  const [first] = rows ?? [];
  if (!rows || !first) return undefined;
  return { total: Number(first['total']), some: rows.map((row) => ({ ours: row['ours'] ?? null, theirs: row['theirs'] ?? null })) };
}
