import { numeral, sql } from '../../../../model/filter/sql.ts';
import type { CountedJoin } from '../count-steps.ts';
import { linkName, linkOf } from '../link.ts';
import type { Looker } from '../looker.ts';
import { counted, examples, mostExamples, named, number, shown } from '../words.ts';

/** Why rows occur several times behind a link table; `odd`: not since one is linked to several, which link tables are for. */
export interface Through {
  readonly which: string;
  readonly odd: boolean;
}

/** What leads a row before a join through a link table to several: the same link twice, a key that repeats, or else several links. */
export async function multipliedThroughLink(looker: Looker, one: CountedJoin): Promise<Through | undefined> {
  const link = linkOf(looker, one);
  if (!link) return undefined;
  const { ours, near, far, theirs, table, nearSql, farSql, oursSql, theirsSql } = link;
  const used = sql`links AS (SELECT ${nearSql} AS a, ${farSql} AS b FROM ${table} WHERE ${nearSql} IN (SELECT "k0" FROM (${oursSql}))),
    theirs AS (SELECT "k0" AS b, count(*) AS n FROM (${theirsSql}) WHERE "k0" IS NOT NULL GROUP BY 1)`;
  const end = sql`ORDER BY n DESC, 1, 2 LIMIT ${numeral(mostExamples)}`;
  const same = await looker.ask(
    sql`WITH ${used} SELECT a, b, count(*) AS n, count(*) OVER () AS total FROM links WHERE b IN (SELECT b FROM theirs) GROUP BY a, b HAVING count(*) > 1 ${end}`,
  );
  if (same?.[0]) {
    const total = Number(same[0]['total']);
    const some = same.map(({ a, b, n }) => {
      const [from, to] = [shown(a ?? null, near.column.name), shown(b ?? null, far.column.name)];
      return from === undefined || to === undefined ? undefined : `${from} with ${to} (${number(Number(n))} times)`;
    });
    const which = ` ${counted(total, 'link')} of ${linkName(link)} ${total === 1 ? 'is' : 'are'} there more than once${examples(some)}.`;
    return { which, odd: true };
  }
  const keys = await looker.ask(
    sql`WITH ${used} SELECT b, n, count(*) OVER () AS total FROM theirs WHERE n > 1 AND b IN (SELECT b FROM links) ${end}`,
  );
  if (keys?.[0]) {
    const total = Number(keys[0]['total']);
    const some = keys.map(({ b, n }) => times(shown(b ?? null, theirs.column.name), n));
    const name = named(theirs.alias, theirs.column.name);
    const which = ` ${counted(total, 'value')} of ${name} ${total === 1 ? 'occurs' : 'occur'} more than once${examples(some)}.`;
    return { which, odd: true };
  }
  const several = await looker.ask(
    sql`WITH ${used} SELECT a, count(*) AS n, count(*) OVER () AS total FROM links WHERE b IN (SELECT b FROM theirs) GROUP BY a HAVING count(*) > 1 ${end}`,
  );
  if (!several?.[0]) return undefined;
  const total = Number(several[0]['total']);
  const some = several.map(({ a, n }) => times(shown(a ?? null, ours.column.name), n));
  const name = named(ours.alias, ours.column.name);
  const which = ` ${counted(total, 'value')} of ${name} ${total === 1 ? 'is' : 'are'} linked more than once${examples(some)}.`;
  return { which, odd: false };
}

function times(value: string | undefined, n: unknown): string | undefined {
  return value === undefined ? undefined : `${value} (${number(Number(n))} times)`;
}
