import type { ColumnType } from '../connector/connector.ts';
import { vaultTableName } from '../system/catalog.ts';
import type { BoundTable, Recursion } from './bound.ts';
import { aliasOf, columnSql, type CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { rowNumberOf } from './row-number.ts';
import { emptySql, identifier, logicSql, sql, type Sql } from './sql.ts';
import { everyPart, type Expression } from './tree.ts';

export interface RecursionSql {
  readonly from: Sql;
  readonly on: readonly Sql[];
  readonly definition: Sql;
}

/**
 * `join recursive` as a table of pairs: what to start from, and the number of a row reached from it, the row itself included. UNION keeps
 * each pair once, so a cycle ends by itself. Rows are told apart by their numbers: a row without a key is reached, too, and one whose key
 * another has brings only its own parents. The rows reached carry the alias; conditions that pick the start see the start's columns.
 *
 * `asked`: what must hold of the rows reached. Where there is such a condition the walk begins at the few rows that meet it, and goes back.
 */
export function compileRecursion(
  context: CompileContext,
  table: BoundTable,
  recursion: Recursion,
  reached: Sql,
  asked: readonly Expression[],
): RecursionSql {
  const pairs = identifier(`sollist:tree ${aliasOf(table)}`);
  const start = identifier(`sollist:start ${aliasOf(table)}`);
  const name = identifier(vaultTableName(table.system, table.table));
  const number = identifier(rowNumberOf(table));
  const [key, parent] = [identifier(recursion.key), identifier(recursion.parent)];
  const [begin, row, one, node, next] = [sql`"begin"`, sql`"row"`, sql`"sollist:pair"`, sql`"sollist:node"`, sql`"sollist:next"`];
  const [from, to] = recursion.direction === 'up' ? [parent, key] : [key, parent];
  const plain = plainLink(context, table, recursion);
  const own = plain ? identifier(plain.own) : number;
  const ends = asked.filter((condition) => namesOnly(context, table, condition));
  const forth = sql`${pairs}(${begin}, ${row}) AS (
  SELECT ${node}.${own}, ${node}.${number} FROM ${name} AS ${node}${seedsOf(context, table, recursion, node)}
  UNION
  SELECT ${one}.${begin}, ${next}.${number} FROM ${pairs} AS ${one} JOIN ${name} AS ${node} ON ${node}.${number} = ${one}.${row} JOIN ${name} AS ${next} ON ${next}.${to} = ${node}.${from}
)`;
  const back = (): Sql => {
    const walk = identifier(`sollist:walk ${aliasOf(table)}`);
    const atEnd: CompileContext = { ...context, columnSql: (_, column) => sql`${node}.${identifier(column)}` };
    return sql`${walk}("at", ${row}) AS (
  SELECT ${node}.${number}, ${node}.${number} FROM ${name} AS ${node} WHERE ${logicSql(
    ends.map((end) => besideLogic(atEnd, end)),
    'and',
  )}
  UNION
  SELECT ${next}.${number}, ${one}.${row} FROM ${walk} AS ${one} JOIN ${name} AS ${node} ON ${node}.${number} = ${one}."at" JOIN ${name} AS ${next} ON ${next}.${from} = ${node}.${to}
),
       ${pairs}(${begin}, ${row}) AS (
  SELECT DISTINCT ${node}.${own}, ${one}.${row} FROM ${walk} AS ${one} JOIN ${name} AS ${node} ON ${node}.${number} = ${one}."at"
)`;
  };
  const definition = ends.length > 0 ? back() : forth;
  const atStart: CompileContext = {
    ...context,
    columnSql(of, column) {
      if (of !== table) return context.columnSql(of, column);
      return plain ? sql`${pairs}.${begin}` : sql`${start}.${identifier(column)}`;
    },
  };
  const links = recursion.links.map((link) => besideLogic(atStart, link));
  const conditions = recursion.conditions.map((condition) => besideLogic(context, condition));
  const mark = context.marks.get(table);
  const reachedNumber = columnSql(table, mark?.startsWith('sollist:') === true ? mark : rowNumberOf(table));
  const walk = sql`${pairs} JOIN ${reached} ON ${reachedNumber} = ${pairs}.${row}`;
  if (plain) return { from: sql`(${walk})`, on: [...links, ...conditions], definition };
  const starts = sql`${name} AS ${start}`;
  // A key is one row's, so that each row is reached from one start at most.
  if (recursion.links.some((link) => equalColumns(context, table, link)?.own === recursion.key))
    return { from: sql`(${walk} JOIN ${starts} ON ${start}.${number} = ${pairs}.${begin})`, on: [...links, ...conditions], definition };
  // What can be reached from several starts is there once all the same.
  const ways = sql`SELECT 1 FROM ${pairs} JOIN ${starts} ON ${start}.${number} = ${pairs}.${begin} WHERE ${pairs}.${row} = ${reachedNumber} AND ${logicSql(links, 'and')}`;
  return { from: reached, on: [sql`EXISTS (${ways})`, ...conditions], definition };
}

/** Whether a condition is one on a row of the table alone, which can be asked anywhere. */
function namesOnly(context: CompileContext, table: BoundTable, condition: Expression): boolean {
  const named = [...everyPart(condition)].filter(({ kind }) => kind === 'column' || kind === 'matched');
  return named.length > 0 && named.every((part) => columnOfTable(context, part)?.table === table);
}

interface Equal {
  readonly own: string;
  readonly ownType: ColumnType;
  readonly other: { readonly table: BoundTable; readonly column: string };
}

/** The only link, where it is nothing but `own = other`: then the value is what to start from, and all rows that have it start together. */
function plainLink(context: CompileContext, table: BoundTable, { links }: Recursion): Equal | undefined {
  const [link, another] = links;
  const equal = link && !another ? equalColumns(context, table, link) : undefined;
  return equal && /^(text|number|boolean)$/.test(equal.ownType) ? equal : undefined;
}

/** A column of the table that is plainly compared with one of another. */
function equalColumns(context: CompileContext, table: BoundTable, link: Expression): Equal | undefined {
  if (link.kind !== 'compare' || link.operator !== '=') return undefined;
  const sides = [link.left, link.right].map((side) => columnOfTable(context, side));
  const own = sides.find((side) => side?.table === table);
  const other = sides.find((side) => side !== undefined && side.table !== table);
  return own && other && { own: own.column, ownType: own.type, other };
}

/** Where the start is plainly compared with another table's column, only those rows are started from. */
function seedsOf(context: CompileContext, table: BoundTable, { links }: Recursion, node: Sql): Sql {
  for (const link of links) {
    const equal = equalColumns(context, table, link);
    if (!equal || !/^(text|number|boolean)$/.test(equal.ownType)) continue;
    const source = identifier(vaultTableName(equal.other.table.system, equal.other.table.table));
    return sql` WHERE ${node}.${identifier(equal.own)} IN (SELECT ${identifier(equal.other.column)} FROM ${source})`;
  }
  return emptySql;
}

function columnOfTable(
  context: CompileContext,
  side: Expression,
): { readonly table: BoundTable; readonly column: string; readonly type: ColumnType } | undefined {
  const meaning = side.kind === 'column' ? context.bound.meanings.get(side) : undefined;
  return meaning?.kind === 'column' ? { table: meaning.table, column: meaning.column.name, type: meaning.column.type } : undefined;
}
