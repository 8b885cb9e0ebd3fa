import { isGroup } from '../../../../model/filter/bound.ts';
import { numeral, sql, value, type Sql } from '../../../../model/filter/sql.ts';
import type { Problem } from '../../../../model/text/problem.ts';
import { type CountedJoin, isOwn } from '../count-steps.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import { keysOf, ourCut, theirCut, type JoinKeys } from '../keys.ts';
import { counted, examples, mostExamples, named, shown } from '../words.ts';

/** Different values that are looked at. */
const mostValues = 100_000;

/** Blanks of any kind that people leave around a value. */
const blanks = value(' \t\r\n\u00a0\u200b');

/**
 * Values that meet none in the joined table, but would without case or the blanks around them: the join says that somebody has no account who
 * has one. A single one is enough to be told; joins on several columns are not looked at.
 */
export const findNearlyEqual: FindHazard = async (input) => {
  const found: Problem[] = [];
  for (const one of input.counts.joins) {
    const keys = keysOf(input.looker.bound, one.join);
    const [pair, another] = keys?.pairs ?? [];
    if (!keys || !pair || another || !keys.plain || isGroup(one.join.source) || !isOwn(one.join.node.span)) continue;
    if (one.step.unmatched === 0 || pair.ours.column.type !== 'text' || pair.theirs.column.type !== 'text') continue;
    found.push(...(await look(input, one, keys)));
  }
  return found;
};

async function look({ looker }: HazardInput, { index, join }: CountedJoin, keys: JoinKeys): Promise<readonly Problem[]> {
  const [pair] = keys.pairs;
  const ours = looker.compile(ourCut(looker.bound.select?.joins.slice(0, index) ?? [], keys));
  const theirs = looker.compile(theirCut(join, keys));
  if (!pair || !ours || !theirs) return [];
  const exact = (of: Sql): Sql => (pair.nocase ? sql`sollist_fold(${of})` : of);
  const loose = (of: Sql): Sql => sql`sollist_fold(trim(${of}, ${blanks}))`;
  const [k, theirKey] = [sql`k`, sql`theirs.k`];
  const rows =
    await looker.ask(sql`WITH ours(k) AS MATERIALIZED (SELECT DISTINCT "k0" FROM (${ours}) WHERE typeof("k0") = 'text' LIMIT ${numeral(mostValues)}),
    theirs(k) AS MATERIALIZED (SELECT DISTINCT "k0" FROM (${theirs}) WHERE typeof("k0") = 'text'),
    near(k) AS MATERIALIZED (SELECT k FROM ours WHERE ${exact(k)} NOT IN (SELECT ${exact(k)} FROM theirs) AND trim(k, ${blanks}) <> '' AND ${loose(k)} IN (SELECT ${loose(k)} FROM theirs))
    SELECT near.k AS ours, (SELECT theirs.k FROM theirs WHERE ${loose(theirKey)} = ${loose(sql`near.k`)} LIMIT 1) AS theirs,
           (SELECT count(*) FROM near) AS total
    FROM near ORDER BY near.k LIMIT ${numeral(mostExamples)}`);
  const [first] = rows ?? [];
  if (!rows || !first) return [];
  const some = rows.map((row) => {
    const sides = [shown(row['ours'] ?? null, pair.ours.column.name), shown(row['theirs'] ?? null, pair.theirs.column.name)];
    return sides.includes(undefined) ? undefined : sides.join(' and ');
  });
  const [one, other] = [named(pair.ours.alias, pair.ours.column.name), named(pair.theirs.alias, pair.theirs.column.name)];
  const how = pair.nocase ? 'the blanks around them' : 'case and the blanks around them';
  const advice = pair.nocase ? `compare trim(${one}) and trim(${other})` : `write "collate nocase", or trim(…), if they are the same`;
  const total = Number(first['total']);
  const { source } = join.node;
  return [
    {
      code: 'hazard-nearly-equal',
      severity: 'warning',
      message: `${counted(total, 'value')} of ${one} ${total === 1 ? 'meets' : 'meet'} none of ${other} but for ${how}${examples(some)}. Mend the data, or ${advice}.`,
      span: (source.kind === 'group' ? source.table : source).span,
    },
  ];
}
