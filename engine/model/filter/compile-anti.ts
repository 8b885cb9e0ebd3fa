import { type BoundJoin, type BoundTable, isGroup, tablesOf } from './bound.ts';
import { comparedSides } from './compile-comparison.ts';
import type { CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { joinSql, logicSql, sql, type Sql } from './sql.ts';
import { conjunctsOf, everyPart, type CompareNode, type Expression } from './tree.ts';

/**
 * An anti join whose tables hang on the others by equalities alone: whether the values are among theirs. SQLite then looks into an index, or makes
 * one of the values once; it makes none for NOT EXISTS, which would read the whole table again for every row. Undefined where the tables hang
 * together in another way. `from` and `inner`: the joined tables as SQL, and what holds among them.
 */
export function compileAntiByValue(context: CompileContext, join: BoundJoin, from: Sql, inner: readonly Sql[]): Sql | undefined {
  if (join.via || join.recursion) return undefined;
  const own = new Set(tablesOf(join.source));
  const conjuncts = conjunctsOf(join.on);
  const links = conjuncts.filter((one) => sideOf(context, one, own) !== 'own');
  const outsides: Sql[] = [];
  const insides: Sql[] = [];
  for (const link of links) {
    const turned = equalityOf(context, link, own);
    if (!turned) return undefined;
    // With conditions of its own the table would be read through once, where an index finds the few rows that count.
    if (conjuncts.length > 1 && !isGroup(join.source) && isRelated(context, join.source, turned.right)) return undefined;
    const [outside, inside] = comparedSides(context, turned, link.kind === 'collate');
    outsides.push(outside);
    insides.push(inside);
  }
  if (links.length === 0) return undefined;
  const conditions = [...conjuncts.filter((one) => !links.includes(one)).map((one) => besideLogic(context, one)), ...inner];
  const where = conditions.length > 0 ? sql` WHERE ${logicSql(conditions, 'and')}` : sql``;
  const outside = links.length > 1 ? sql`(${joinSql(outsides, 'comma')})` : joinSql(outsides, 'comma');
  return sql`(${outside} IN (SELECT ${joinSql(insides, 'comma')} FROM ${from}${where})) IS NOT TRUE`;
}

/**
 * Whether an anti join that has other conditions beside an equality is better a left join whose rows are not there: SQLite makes an index for a join,
 * and none for NOT EXISTS. Not where a column that has an index shows the way.
 */
export function isAntiByJoin(context: CompileContext, join: BoundJoin): boolean {
  if (join.via || join.recursion) return false;
  const head = isGroup(join.source) ? join.source.table : join.source;
  const equalities = conjunctsOf(join.on).flatMap((one) => equalityOf(context, one, new Set([head])) ?? []);
  // What is equal to a constant finds no rows.
  const links = equalities.filter((one) => namesTable(context, one.right, head));
  return links.length > 0 && !links.some((link) => isRelated(context, head, link.right));
}

/** The condition as an equality with the joined tables' side on the right; undefined where it is none. */
function equalityOf(context: CompileContext, condition: Expression, own: ReadonlySet<BoundTable>): CompareNode | undefined {
  const node = condition.kind === 'collate' ? condition.operand : condition;
  return node.kind === 'compare' && node.operator === '=' ? turnedOut(context, node, own) : undefined;
}

/** Whether an expression is nothing but a column that relations join by, so that it has an index or is given one. */
export function isRelated({ bound }: CompileContext, table: BoundTable, expression: Expression): boolean {
  const meaning = expression.kind === 'column' ? bound.meanings.get(expression) : undefined;
  return meaning?.kind === 'column' && meaning.table === table && table.related?.includes(meaning.column.name) === true;
}

/** The comparison with the joined tables' side on the right; undefined where its sides are not of one each. */
export function turnedOut(context: CompileContext, node: CompareNode, own: ReadonlySet<BoundTable>): CompareNode | undefined {
  const [left, right] = [sideOf(context, node.left, own), sideOf(context, node.right, own)];
  if (left === 'other' && right === 'own') return node;
  return left === 'own' && right === 'other' ? { ...node, left: node.right, right: node.left } : undefined;
}

/** Whether an expression names columns of the table and of no other, and asks after none. */
export function namesTable({ bound }: CompileContext, expression: Expression, table: BoundTable): boolean {
  const named = [...everyPart(expression)].filter(({ kind }) => kind === 'column' || kind === 'matched');
  return (
    named.length > 0 &&
    named.every((part) => {
      const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
      return meaning?.kind === 'column' && meaning.table === table;
    })
  );
}

/** Whose columns an expression names: those of the joined tables alone (or none), of others alone, or both. */
function sideOf({ bound }: CompileContext, expression: Expression, own: ReadonlySet<BoundTable>): 'own' | 'other' | 'both' {
  const tables = [...everyPart(expression)].flatMap((part) => {
    if (part.kind === 'matched') return bound.matched.get(part) ?? [];
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    return meaning?.kind === 'column' ? meaning.table : [];
  });
  if (tables.every((table) => own.has(table))) return 'own';
  return tables.some((table) => own.has(table)) ? 'both' : 'other';
}
