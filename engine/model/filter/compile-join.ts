import { vaultTableName } from '../system/catalog.ts';
import { type BoundGroup, type BoundJoin, type BoundTable, type BoundVia, isGroup } from './bound.ts';
import { compileAll } from './compile-all.ts';
import { compileAntiByValue, isAntiByJoin } from './compile-anti.ts';
import { aliasOf, columnSql, type CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { compileRecursion, type RecursionSql } from './compile-recursion.ts';
import { compileKeyed } from './compile-keyed.ts';
import type { LookedUp } from './compiled.ts';
import { rowNumberOf } from './row-number.ts';
import { identifier, logicSql, numeral, sql, type Sql } from './sql.ts';
import { conjunctsOf, type Expression } from './tree.ts';

/** Joins as SQL: what follows FROM's first table, what WHERE must say besides, and what WITH must define. */
export interface JoinsSql {
  readonly joins: readonly Sql[];
  readonly conditions: readonly Sql[];
  readonly definitions: readonly Sql[];
}

/** A table under its alias; where its mark is no number that rows have by themselves, with one that is put in beside their columns. */
export function tableSql(context: CompileContext, table: BoundTable): Sql {
  const name = identifier(vaultTableName(table.system, table.table));
  const mark = context.marks.get(table);
  return mark?.startsWith('sollist:') !== true
    ? sql`${name} AS ${identifier(aliasOf(table))}`
    : sql`(SELECT *, ${identifier(rowNumberOf(table))} AS ${identifier(mark)} FROM ${name}) AS ${identifier(aliasOf(table))}`;
}

export function compileJoins(context: CompileContext, joins: readonly BoundJoin[]): JoinsSql {
  const parts = joins.map((join) => compileJoin(context, join));
  return {
    joins: parts.flatMap((part) => part.joins),
    conditions: parts.flatMap((part) => part.conditions),
    definitions: parts.flatMap((part) => part.definitions),
  };
}

/** What is joined, and under which conditions. */
export interface SourceSql {
  readonly from: Sql;
  readonly on: readonly Sql[];
  /** Of `on`, what holds among the joined tables themselves. */
  readonly inner: readonly Sql[];
  readonly definitions: readonly Sql[];
  /** Every row that there is to match, without the link table, and what makes one match; absent where a tree is followed. */
  readonly every?: { readonly from: Sql; readonly written: readonly Sql[]; readonly link?: LinkSql };
  /** Holds where at least two rows match, as far as that can be told without looking at them once for each row. */
  readonly severalMatch?: Sql;
}

function compileJoin(context: CompileContext, join: BoundJoin): JoinsSql {
  const source = compileSource(context, join);
  const { from, on, inner, definitions, severalMatch } = source;
  const condition = on.length === 0 ? numeral(1) : logicSql(on, 'and');
  context.lookedUp.push(...lookedUp(context, join));
  switch (join.node.mode) {
    case 'any':
      return { joins: [sql`JOIN ${from} ON ${condition}`], conditions: [], definitions };
    case 'left':
      return { joins: [sql`LEFT JOIN ${from} ON ${condition}`], conditions: [], definitions };
    case 'anti': {
      const byValue = compileAntiByValue(context, join, from, inner);
      const byJoin = byValue ? undefined : compileAntiByJoin(context, join, source);
      return byJoin ?? { joins: [], conditions: [byValue ?? sql`NOT EXISTS (SELECT 1 FROM ${from} WHERE ${condition})`], definitions };
    }
    // Inside the brackets the alias means the rows that are counted, outside the one that is joined.
    case 'multiple':
      return {
        joins: [sql`JOIN ${from} ON ${condition} AND ${severalMatch ?? severalOf(context, join, from, condition)}`],
        conditions: [],
        definitions,
      };
    case 'all':
      return { joins: [sql`JOIN ${from} ON ${condition} AND ${compileAll(context, join, source)}`], conditions: [], definitions };
  }
}

/** An anti join as a left join whose rows are not there; undefined where rows are found as well without an index of its own. */
function compileAntiByJoin(context: CompileContext, join: BoundJoin, { from, on, inner, definitions }: SourceSql): JoinsSql | undefined {
  const { source } = join;
  if (!isAntiByJoin(context, join)) return undefined;
  const keyed = compileKeyed(context, join, tableSql(context, isGroup(source) ? source.table : source), from);
  if (keyed) {
    return {
      joins: [sql`LEFT JOIN ${keyed.from} ON ${logicSql([...keyed.on, ...inner], 'and')}`],
      conditions: [sql`${keyed.mark} IS NULL`],
      definitions: [...definitions, keyed.definition],
    };
  }
  // Brackets around joins hide the number that a row has by itself.
  if (isGroup(source) || !context.bound.joins.includes(join)) return undefined;
  return { joins: [sql`LEFT JOIN ${from} ON ${logicSql(on, 'and')}`], conditions: [sql`${rowOf(context, source)} IS NULL`], definitions };
}

/** What tells the rows of a table apart. */
function rowOf(context: CompileContext, table: BoundTable): Sql {
  const mark = context.marks.get(table);
  return columnSql(table, mark?.startsWith('sollist:') === true ? mark : rowNumberOf(table));
}

/** What the joined table is looked up by. A plain join that no relation stands behind is left to SQLite, which makes an index for one run. */
function lookedUp({ bound }: CompileContext, { node, on, source, via, recursion }: BoundJoin): readonly LookedUp[] {
  if (isGroup(source) || via || recursion) return [];
  return conjunctsOf(on).flatMap((one) => {
    if (one.kind !== 'compare' || one.operator !== '=') return [];
    return [one.left, one.right].flatMap((side) => {
      const meaning = side.kind === 'column' ? bound.meanings.get(side) : undefined;
      if (meaning?.kind !== 'column' || meaning.table !== source) return [];
      const { name } = meaning.column;
      const counts = node.mode === 'multiple' || source.related?.includes(name) === true;
      return counts ? [{ system: source.system, table: source.table, column: name }] : [];
    });
  });
}

/** Whether a join matches at least two rows; a link table may name the same one several times. */
function severalOf(context: CompileContext, { via, source }: BoundJoin, from: Sql, condition: Sql): Sql {
  // To find a second one costs less than to count.
  if (!via || isGroup(source)) return sql`EXISTS (SELECT 1 FROM ${from} WHERE ${condition} LIMIT 1 OFFSET 1)`;
  return sql`(SELECT count(DISTINCT ${rowOf(context, source)}) FROM ${from} WHERE ${condition}) > 1`;
}

function compileSource(context: CompileContext, join: BoundJoin): SourceSql {
  const { source, via, recursion } = join;
  if (recursion && !isGroup(source)) {
    // What the whole filter asks of its rows holds for those of a plain join; other joins must first know all that match.
    const { joins, select } = context.bound;
    const where = join.node.mode === 'any' && joins.includes(join) ? conjunctsOf(select?.where) : [];
    const asked = [...recursion.conditions, ...where];
    const compiled: RecursionSql = compileRecursion(context, source, recursion, tableSql(context, source), asked);
    return { from: compiled.from, on: compiled.on, inner: [], definitions: [compiled.definition] };
  }
  const inner = isGroup(source) ? compileGroup(context, source) : { from: tableSql(context, source), on: [], inner: [], definitions: [] };
  const { mode } = join.node;
  const keyed =
    mode === 'anti' ? undefined : compileKeyed(context, join, tableSql(context, isGroup(source) ? source.table : source), inner.from);
  if (keyed && (keyed.severalMatch || mode !== 'multiple')) {
    const { from, on, definition, severalMatch } = keyed;
    const definitions = [...inner.definitions, definition];
    return { from, on: [...on, ...inner.on], inner: inner.on, definitions, ...(severalMatch && { severalMatch }) };
  }
  const written = conditionsOf(context, join.on);
  const every = { from: inner.from, written };
  if (!via) return { ...inner, inner: inner.on, on: [...written, ...inner.on], every };
  const link = linkOf(via, isGroup(source) ? source.table : source);
  return {
    from: sql`(${link.table} JOIN ${inner.from} ON ${link.far})`,
    on: [link.near, ...written, ...inner.on],
    inner: inner.on,
    definitions: inner.definitions,
    every: { ...every, link },
  };
}

export function conditionsOf(context: CompileContext, on: Expression | undefined): readonly Sql[] {
  return conjunctsOf(on).map((condition) => besideLogic(context, condition));
}

/** Joins in brackets. What an anti join in them asks for belongs to the condition of the whole. */
function compileGroup(context: CompileContext, group: BoundGroup): SourceSql {
  const { joins, conditions, definitions } = compileJoins(context, group.joins);
  const table = tableSql(context, group.table);
  if (joins.length === 0) return { from: table, on: conditions, inner: conditions, definitions };
  const all = joins.reduce((before, join) => sql`${before} ${join}`, table);
  return { from: sql`(${all})`, on: conditions, inner: conditions, definitions };
}

/** A link table as SQL, and how it hangs on both sides. */
interface LinkSql {
  readonly table: Sql;
  readonly near: Sql;
  readonly far: Sql;
}

function linkOf(via: BoundVia, joined: BoundTable): LinkSql {
  // The alias tells apart several links through one table; no author can write it.
  const link = identifier(`sollist:link ${aliasOf(joined)}`);
  const name = identifier(vaultTableName(via.link.system, via.link.table));
  return {
    table: sql`${name} AS ${link}`,
    far: sql`${link}.${identifier(via.far)} = ${columnSql(joined, via.farKey)}`,
    near: sql`${link}.${identifier(via.near)} = ${columnSql(via.of, via.nearKey)}`,
  };
}
