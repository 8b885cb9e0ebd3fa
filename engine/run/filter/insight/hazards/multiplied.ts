import { isGroup } from '../../../../model/filter/bound.ts';
import { identifier, joinSql, numeral, sql, type Sql } from '../../../../model/filter/sql.ts';
import type { Problem } from '../../../../model/text/problem.ts';
import { type CountedJoin, isOwn } from '../count-steps.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import { keysOf, ourCut, theirCut, type JoinKeys } from '../keys.ts';
import { multipliedThroughLink } from './multiplied-through-link.ts';
import { counted, examples, mostExamples, named, number, shown } from '../words.ts';

/**
 * Joins after which rows occur several times. Where the data model says that one row may meet several it is information: the figures; where it
 * does not, as with a key that repeats, a warning. Nothing is told where rows are grouped afterwards, or made different ones.
 */
export const findMultiplied: FindHazard = async (input) => {
  const { bound } = input.looker;
  if (bound.aggregated || bound.select?.distinct === true || bound.select?.distinctOn) return [];
  const found: Problem[] = [];
  for (const one of input.counts.joins) {
    const { matched, rows, unmatched = 0, more } = one.step;
    const { mode } = one.join.node;
    if ((mode !== 'any' && mode !== 'left') || one.join.recursion || matched === undefined || more || !isOwn(one.join.node.span)) continue;
    const pairs = mode === 'left' ? rows - unmatched : rows;
    if (pairs <= matched) continue;
    found.push(await describe(input, one, matched, pairs));
  }
  return found;
};

async function describe(input: HazardInput, one: CountedJoin, matched: number, pairs: number): Promise<Problem> {
  const { looker } = input;
  const { join } = one;
  const head = isGroup(join.source) ? join.source.table : join.source;
  const through = await multipliedThroughLink(looker, one);
  const expected = looker.bound.problems.some(({ code, span }) => code === 'join-multiplies' && span.offset === head.span.offset);
  const keys = keysOf(looker.bound, join);
  const which = keys && keys.plain && !isGroup(join.source) ? await repeated(input, one, keys) : '';
  const isExpected = expected && through?.odd !== true;
  const advice = isExpected ? '' : ` If one row each is meant, narrow the join, or write "select distinct".`;
  return {
    code: 'hazard-multiplied',
    severity: isExpected ? 'info' : 'warning',
    message: `${counted(matched)} that ${matched === 1 ? 'meets' : 'meet'} "${head.alias}" ${matched === 1 ? 'becomes' : 'become'} ${number(pairs)}.${which}${through?.which ?? ''}${advice}`,
    span: head.span,
  };
}

/** The values of the joined table that stand in several of its rows, and in the rows before it. */
async function repeated({ looker }: HazardInput, { index, join }: CountedJoin, keys: JoinKeys): Promise<string> {
  const theirs = looker.compile(theirCut(join, keys));
  const ours = looker.compile(ourCut(looker.bound.select?.joins.slice(0, index) ?? [], keys));
  if (!theirs || !ours) return '';
  const names = keys.pairs.map((_, i) => identifier(`k${i}`));
  const folded = names.map((name, i): Sql => (keys.pairs[i]?.nocase === true ? sql`sollist_fold(${name}) AS ${name}` : name));
  const columns = joinSql(names, 'comma');
  const there = joinSql(
    names.map((name) => sql`${name} IS NOT NULL`),
    'and',
  );
  const rows =
    await looker.ask(sql`WITH theirs AS (SELECT ${columns}, count(*) AS n FROM (SELECT ${joinSql(folded, 'comma')} FROM (${theirs})) WHERE ${there} GROUP BY ${columns} HAVING count(*) > 1),
    ours AS (SELECT DISTINCT ${joinSql(folded, 'comma')} FROM (${ours}))
    SELECT *, count(*) OVER () AS total FROM theirs JOIN ours USING (${columns}) ORDER BY n DESC, ${columns} LIMIT ${numeral(mostExamples)}`);
  const [first] = rows ?? [];
  if (!rows || !first) return '';
  const what = keys.pairs.map(({ theirs: { alias, column } }) => named(alias, column.name)).join(', ');
  const some = rows.map((row) => {
    const values = keys.pairs.map(({ theirs: { column } }, i) => shown(row[`k${i}`] ?? null, column.name));
    return values.includes(undefined) ? undefined : `${values.join(', ')} (${number(Number(row['n']))} times)`;
  });
  return ` ${counted(Number(first['total']), 'value')} of ${what} ${first['total'] === 1 ? 'occurs' : 'occur'} more than once${examples(some)}.`;
}
