import { vaultTableName } from '../system/catalog.ts';
import type { BoundTable, Recursion } from './bound.ts';
import { columnSql, type CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { identifier, sql, type Sql } from './sql.ts';
import { everyPart, type Expression } from './tree.ts';

export interface RecursionSql {
  readonly from: Sql;
  readonly on: readonly Sql[];
  readonly definition: Sql;
}

/**
 * `join recursive` as a table of pairs: the key of a row to start from, and that of a row reached from it, itself included. UNION keeps
 * each pair once, so a cycle ends by itself. The rows reached carry the alias; conditions that pick the start see the start's columns.
 */
export function compileRecursion(context: CompileContext, table: BoundTable, recursion: Recursion, reached: Sql): RecursionSql {
  const pairs = identifier(`sollist:tree ${table.alias}`);
  const start = identifier(`sollist:start ${table.alias}`);
  const name = identifier(vaultTableName(table.system, table.table));
  const [key, parent] = [identifier(recursion.key), identifier(recursion.parent)];
  const [begin, row, one, node] = [sql`"begin"`, sql`"row"`, sql`"sollist:pair"`, sql`"sollist:node"`];
  const step =
    recursion.direction === 'up'
      ? sql`SELECT ${one}.${begin}, ${node}.${parent} FROM ${pairs} AS ${one} JOIN ${name} AS ${node} ON ${node}.${key} = ${one}.${row} WHERE ${node}.${parent} IS NOT NULL`
      : sql`SELECT ${one}.${begin}, ${node}.${key} FROM ${pairs} AS ${one} JOIN ${name} AS ${node} ON ${node}.${parent} = ${one}.${row} WHERE ${node}.${key} IS NOT NULL`;
  const seeds = seedsOf(context, table, recursion, node);
  const definition = sql`${pairs}(${begin}, ${row}) AS (
  SELECT ${node}.${key}, ${node}.${key} FROM ${name} AS ${node} WHERE ${seeds}
  UNION
  ${step}
)`;
  const atStart: CompileContext = {
    ...context,
    columnSql(of, column) {
      if (of !== table) return context.columnSql(of, column);
      if (column === recursion.key) return sql`${pairs}.${begin}`;
      return sql`${start}.${identifier(column)}`;
    },
  };
  const links = recursion.links.map((link) => besideLogic(atStart, link));
  const conditions = recursion.conditions.map((condition) => besideLogic(context, condition));
  const walk = sql`${pairs} JOIN ${reached} ON ${columnSql(table, recursion.key)} = ${pairs}.${row}`;
  const from = namesMore(context, table, recursion)
    ? sql`(${walk} JOIN ${name} AS ${start} ON ${start}.${key} = ${pairs}.${begin})`
    : sql`(${walk})`;
  return { from, on: [...links, ...conditions], definition };
}

/** Where the start is plainly compared with another table's column, only those rows are started from. */
function seedsOf(context: CompileContext, table: BoundTable, recursion: Recursion, node: Sql): Sql {
  const all = sql`${node}.${identifier(recursion.key)} IS NOT NULL`;
  for (const link of recursion.links) {
    if (link.kind !== 'compare' || link.operator !== '=') continue;
    const sides = [link.left, link.right].map((side) => columnOfTable(context, side));
    const own = sides.find((side) => side?.table === table);
    const other = sides.find((side) => side !== undefined && side.table !== table);
    if (!own || !other) continue;
    const source = identifier(vaultTableName(other.table.system, other.table.table));
    return sql`${all} AND ${node}.${identifier(own.column)} IN (SELECT ${identifier(other.column)} FROM ${source})`;
  }
  return all;
}

/** Whether the conditions on the start name more of its columns than the key, which the pairs hold. */
function namesMore(context: CompileContext, table: BoundTable, { links, key }: Recursion): boolean {
  return links.some((link) =>
    [...everyPart(link)].some((part) => {
      const named = columnOfTable(context, part);
      return named?.table === table && named.column !== key;
    }),
  );
}

function columnOfTable(context: CompileContext, side: Expression): { readonly table: BoundTable; readonly column: string } | undefined {
  const meaning = side.kind === 'column' ? context.bound.meanings.get(side) : undefined;
  return meaning?.kind === 'column' ? { table: meaning.table, column: meaning.column.name } : undefined;
}
