import { type BoundJoin, isGroup } from './bound.ts';
import { columnSql, type CompileContext } from './compile-context.ts';
import type { SourceSql } from './compile-join.ts';
import { rowNumberOf } from './row-number.ts';
import { identifier, logicSql, numeral, sql, type Sql } from './sql.ts';
import { vaultTableName } from '../system/catalog.ts';

/**
 * That every row of what is joined matches: there is none that does not. Inside the brackets the alias means the rows that are looked through,
 * outside the one that is joined.
 */
export function compileAll(context: CompileContext, join: BoundJoin, { from, on, inner, every }: SourceSql): Sql {
  if (every) {
    const { link, written } = every;
    const linked = link ? [sql`EXISTS (SELECT 1 FROM ${link.table} WHERE ${link.near} AND ${link.far})`] : [];
    const match = [...linked, ...written];
    const unmet = sql`(${match.length === 0 ? numeral(1) : logicSql(match, 'and')}) IS NOT TRUE`;
    return sql`NOT EXISTS (SELECT 1 FROM ${every.from} WHERE ${logicSql([...inner, unmet], 'and')})`;
  }
  // Along a tree: every row of it is among those that are reached.
  const { source } = join;
  if (isGroup(source)) return numeral(1);
  const [row, all] = [rowNumberOf(source), identifier('sollist:every')];
  const mark = context.marks.get(source);
  const reached = columnSql(source, mark?.startsWith('sollist:') === true ? mark : row);
  const name = identifier(vaultTableName(source.system, source.table));
  return sql`NOT EXISTS (SELECT 1 FROM ${name} AS ${all} WHERE ${all}.${identifier(row)} NOT IN (SELECT ${reached} FROM ${from} WHERE ${logicSql(on, 'and')}))`;
}
