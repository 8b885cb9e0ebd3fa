import { type BoundJoin, type BoundTable, isGroup, tablesOf } from './bound.ts';
import { comparedSides } from './compile-comparison.ts';
import type { CompileContext } from './compile-context.ts';
import { besideLogic } from './compile-expression.ts';
import { logicSql, sql, type Sql } from './sql.ts';
import { conjunctsOf, everyPart, type CompareNode, type Expression } from './tree.ts';

/**
 * An anti join whose tables hang on the others by one equality: whether the value is among theirs. SQLite then looks into an index, or makes one
 * of the values once; it makes none for NOT EXISTS, which would read the whole table again for every row. Undefined where the tables hang
 * together in another way. `from` and `inner`: the joined tables as SQL, and what holds among them.
 */
export function compileAntiByValue(context: CompileContext, join: BoundJoin, from: Sql, inner: readonly Sql[]): Sql | undefined {
  if (join.via || join.recursion) return undefined;
  const own = new Set(tablesOf(join.source));
  const conjuncts = conjunctsOf(join.on);
  const links = conjuncts.filter((one) => sideOf(context, one, own) !== 'own');
  const [link] = links;
  if (!link || links.length > 1) return undefined;
  const node = link.kind === 'collate' ? link.operand : link;
  if (node.kind !== 'compare' || node.operator !== '=') return undefined;
  const turned = turnedOut(context, node, own);
  if (!turned) return undefined;
  // With conditions of its own the table would be read through once, where an index finds the few rows that count.
  if (conjuncts.length > 1 && !isGroup(join.source) && isRelated(context, join.source, turned.right)) return undefined;
  const [outside, inside] = comparedSides(context, turned, link.kind === 'collate');
  const conditions = [...conjuncts.filter((one) => one !== link).map((one) => besideLogic(context, one)), ...inner];
  const where = conditions.length > 0 ? sql` WHERE ${logicSql(conditions, 'and')}` : sql``;
  return sql`(${outside} IN (SELECT ${inside} FROM ${from}${where})) IS NOT TRUE`;
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
