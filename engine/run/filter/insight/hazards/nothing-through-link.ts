import { printTable } from '../../../../model/filter/print.ts';
import { sql, type Sql } from '../../../../model/filter/sql.ts';
import { quoteName } from '../../../../model/filter/words.ts';
import type { CountedJoin } from '../count-steps.ts';
import type { KeyColumn } from '../keys.ts';
import { linkOf } from '../link.ts';
import type { Looker } from '../looker.ts';
import { named } from '../words.ts';

/** Of a join through a link table that meets nothing: which side of it leads nowhere, and whether its columns are the wrong way round. */
export async function nothingThroughLink(looker: Looker, one: CountedJoin): Promise<string> {
  const link = linkOf(looker, one);
  if (!link) return '';
  const { via, ours, theirs, near, far, table, nearSql, farSql, oursSql, theirsSql } = link;
  const leads = async (column: Sql, keys: Sql): Promise<boolean | undefined> => {
    const rows = await looker.ask(sql`SELECT 1 AS n FROM ${table} WHERE ${column} IN (SELECT "k0" FROM (${keys})) LIMIT 1`);
    return rows && rows.length > 0;
  };
  const [isFrom, isTo] = [await leads(nearSql, oursSql), await leads(farSql, theirsSql)];
  if (isFrom === false && isTo === false && (await leads(farSql, oursSql)) === true && (await leads(nearSql, theirsSql)) === true) {
    const columns = [far, near].map(({ column }) => quoteName(column.name)).join(', ');
    return ` The columns of the link are the other way round: write "via ${printTable(via.node.link)}(${columns})".`;
  }
  if (isFrom === false) return ` No value of ${nameOf(near)} is a ${nameOf(ours)} of those: look which column it refers to.`;
  const conditions = one.join.on ? ' of a row that meets the conditions of the join' : ': look which column it refers to';
  return isTo === false ? ` No value of ${nameOf(far)} is a ${nameOf(theirs)}${conditions}.` : '';
}

function nameOf({ alias, column }: KeyColumn): string {
  return named(alias, column.name);
}
