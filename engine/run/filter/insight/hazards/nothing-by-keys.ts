import { isGroup } from '../../../../model/filter/bound.ts';
import { identifier, numeral, sql, type Sql } from '../../../../model/filter/sql.ts';
import type { CountedJoin } from '../count-steps.ts';
import { type KeyColumn, keysOf, ourCut, theirCut } from '../keys.ts';
import type { Looker } from '../looker.ts';
import { mostExamples, named, shown } from '../words.ts';

/** Of a join that meets nothing: the columns it compares that have no value in common, with what they hold instead. */
export async function nothingByKeys(looker: Looker, { join, index }: CountedJoin): Promise<string> {
  const keys = keysOf(looker.bound, join);
  if (!keys || isGroup(join.source)) return '';
  const ours = looker.compile(ourCut(looker.bound.select?.joins.slice(0, index) ?? [], keys));
  const theirs = looker.compile(theirCut(join, keys));
  if (!ours || !theirs) return '';
  const [some] = (await looker.ask(sql`SELECT 1 AS n FROM (${theirs}) LIMIT 1`)) ?? [{}];
  if (!some) return ` No row of "${join.source.alias}" meets what the join asks of it alone.`;
  for (const [i, pair] of keys.pairs.entries()) {
    const key = identifier(`k${i}`);
    const same = pair.nocase ? sql`sollist_fold(${key})` : key;
    const [met] = (await looker.ask(sql`SELECT 1 AS n FROM (${ours}) WHERE ${same} IN (SELECT ${same} FROM (${theirs})) LIMIT 1`)) ?? [{}];
    // Values of two types are compared in another way than here.
    if (met || pair.ours.column.type !== pair.theirs.column.type) continue;
    const sides = [await holds(looker, pair.ours, ours, key), await holds(looker, pair.theirs, theirs, key)];
    return sides.includes('') ? '' : ` ${sides.join('; ')}: join by columns that hold the same.`;
  }
  return '';
}

/** `p.mail has 'a', 'b', …`; empty where the values must not be seen. */
async function holds(looker: Looker, { alias, column }: KeyColumn, from: Sql, key: Sql): Promise<string> {
  const rows = await looker.ask(
    sql`SELECT ${key} AS v FROM (${from}) WHERE ${key} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${numeral(mostExamples + 1)}`,
  );
  if (!rows) return '';
  const name = named(alias, column.name);
  if (rows.length === 0) return `${name} is always null`;
  const values = rows.slice(0, mostExamples).map(({ v }) => shown(v ?? null, column.name));
  return values.includes(undefined) ? '' : `${name} has ${values.join(', ')}${rows.length > mostExamples ? ', …' : ''}`;
}
