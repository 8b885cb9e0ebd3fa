import { didYouMean, nearest } from '../text/nearest.ts';
import { viaFix } from './bind-reference.ts';
import { isRef } from './bind-relation.ts';
import { type Binder, replaceBy, report } from './binder.ts';
import type { BoundTable, Recursion } from './bound.ts';
import { type ColumnNode, conjunctsOf, everyPart, type Expression } from './tree.ts';
import { quoteName, sameName } from './words.ts';

/**
 * How `join recursive` walks: along the relation of the table to itself, or the one that `reference` names. Upwards, from the row the condition names to its parents; where
 * the condition compares the parent column with another table, downwards to the children.
 */
export function bindRecursion(
  binder: Binder,
  table: BoundTable,
  on: Expression | undefined,
  own: readonly BoundTable[],
  reference: ColumnNode | undefined,
  end: number,
): Recursion | undefined {
  const known = binder.catalog.relations.filter(({ kind, from, to }) => kind === 'reference' && isRef(from, table) && isRef(to, table));
  const trees = reference ? known.filter(({ from }) => sameName(from.column, reference.column.text)) : known;
  const [tree, another] = trees;
  if (!table.catalog) return undefined;
  if (reference && !tree && known.length > 0) {
    if (reference.column.text === '') return undefined;
    const names = known.map((one) => one.from.column);
    const message = `"${table.alias}" does not refer to itself by "${reference.column.text}".${didYouMean(reference.column.text, names)} It does by: ${names.join(', ')}.`;
    report(binder, 'no-relation', message, reference.span, {
      fixes: replaceBy(nearest(reference.column.text, names), reference.column.span),
    });
    return undefined;
  }
  if (!tree || another) {
    const names = trees.map((one) => one.from.column);
    const message = tree
      ? `"${table.alias}" refers to itself by several columns: ${names.join(', ')}. Write the one that makes the tree after "via".`
      : `"${table.alias}" is no tree: the data model has no relation of ${table.system}.${table.table} to itself. Add one, or leave "recursive" out.`;
    const at = { offset: end, length: 0 };
    report(binder, tree ? 'several-relations' : 'no-relation', message, table.span, {
      fixes: names.map((name) => viaFix(quoteName(name), at, ' via ')),
    });
    return undefined;
  }
  if (!on) return undefined;
  const parent = tree.from.column;
  const key = tree.to.column;
  const all = conjunctsOf(on);
  const links = all.filter((conjunct) => namesOther(binder, conjunct, own));
  if (links.length === 0) {
    report(
      binder,
      'no-relation',
      `The condition does not say where in "${table.alias}" to start. Compare one of its columns with one of a table before it.`,
      on.span,
    );
    return undefined;
  }
  const direction = links.some((link) => comparesParent(binder, link, table, parent)) ? 'down' : 'up';
  return { parent, key, direction, links, conditions: all.filter((conjunct) => !links.includes(conjunct)) };
}

/** Whether a condition names a table other than these. */
export function namesOther(binder: Binder, expression: Expression, own: readonly BoundTable[]): boolean {
  for (const part of everyPart(expression)) {
    const meaning = part.kind === 'column' ? binder.meanings.get(part) : undefined;
    if (meaning?.kind === 'column' && !own.includes(meaning.table)) return true;
  }
  return false;
}

/** Whether case counts says nothing of the way to walk. */
function comparesParent(binder: Binder, given: Expression, table: BoundTable, parent: string): boolean {
  const link = given.kind === 'collate' ? given.operand : given;
  if (link.kind !== 'compare' || link.operator !== '=') return false;
  return [link.left, link.right].some((one) => {
    const side = one.kind === 'collate' ? one.operand : one;
    const meaning = side.kind === 'column' ? binder.meanings.get(side) : undefined;
    return meaning?.kind === 'column' && meaning.table === table && meaning.column.name === parent;
  });
}
