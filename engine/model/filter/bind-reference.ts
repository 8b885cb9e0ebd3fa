import type { ColumnRef, Relation } from '../system/catalog.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Fix, Span } from '../text/problem.ts';
import { columnOf, findAlias } from './bind-column.ts';
import { conditionOf, isRef, type Link } from './bind-relation.ts';
import { type Binder, replaceBy, report } from './binder.ts';
import type { BoundTable } from './bound.ts';
import type { ColumnNode, CompareNode } from './tree.ts';
import { quoteName, sameName } from './words.ts';

/** A column that refers to another table, and the way it joins two tables. */
export interface Reference {
  /** Whose column it is: a table so far, or the joined one. */
  readonly owner: BoundTable;
  readonly column: string;
  readonly link: Link;
}

/** Every reference between the tables so far and the joined one; those of the tables so far first. */
export function referencesBetween(
  relations: readonly Relation[],
  earlier: readonly BoundTable[],
  joined: BoundTable,
): readonly Reference[] {
  const found: Reference[] = [];
  const add = (owner: BoundTable, from: ColumnRef, to: ColumnRef, other: BoundTable, many: boolean): void => {
    const [own, their] = [from.column, to.column];
    const link: Link =
      owner === joined
        ? { earlier: other, earlierColumn: their, joined, joinedColumn: own, many }
        : { earlier: owner, earlierColumn: own, joined, joinedColumn: their, many };
    if (!found.some((one) => one.owner === owner && one.column === own && one.link.earlier === link.earlier))
      found.push({ owner, column: own, link });
  };
  for (const { from, to } of relations)
    for (const table of earlier) if (isRef(from, table) && isRef(to, joined)) add(table, from, to, joined, false);
  for (const { kind, from, to } of relations)
    for (const table of earlier) if (isRef(from, joined) && isRef(to, table)) add(joined, from, to, table, kind === 'reference');
  return found;
}

/**
 * The references that a name stands for. Where a table refers to itself, the row before points to the one that is joined: who means those that point
 * back writes the alias of the joined table before the name.
 */
export function namedReferences(all: readonly Reference[], name: string, alias?: string): readonly Reference[] {
  const named = all.filter(({ owner, column }) => sameName(column, name) && (alias === undefined || sameName(owner.alias, alias)));
  const forth = named.filter(({ owner, link }) => owner === link.earlier);
  return named.filter(
    ({ owner, column, link }) => owner !== link.joined || !forth.some((one) => one.column === column && isSameTable(one.owner, owner)),
  );
}

/** Binds `via reference`: the condition that it stands for; a problem where it stands for none or several. */
export function bindReference(
  binder: Binder,
  node: ColumnNode,
  earlier: readonly BoundTable[],
  joined: BoundTable,
): CompareNode | undefined {
  const { column, table: alias } = node;
  if (column.text === '' || !joined.catalog || !earlier.every((table) => table.catalog)) return undefined;
  if (!isOwner(binder, node, earlier, joined)) return undefined;
  const all = referencesBetween(binder.catalog.relations, earlier, joined);
  const [only, another] = namedReferences(all, column.text, alias?.text);
  if (only && another) {
    const fixes = namedReferences(all, column.text, alias?.text).map((one) => viaFix(textOf(one), node.span, ''));
    report(binder, 'several-relations', `More than one table has the reference "${column.text}". Write the alias before it.`, node.span, {
      fixes,
    });
    return undefined;
  }
  if (!only) {
    const names = [...new Set(all.filter(({ owner }) => !alias || sameName(owner.alias, alias.text)).map((one) => one.column))];
    const known = names.length === 0 ? 'There is none: write the condition after "on".' : `There is: ${names.join(', ')}.`;
    const message = `"${column.text}" is no reference between "${joined.alias}" and the tables before it.${didYouMean(column.text, names)} ${known}`;
    report(binder, 'no-relation', message, node.span, { fixes: replaceBy(nearest(column.text, names), column.span) });
    return undefined;
  }
  mean(binder, node, only.owner, only.column);
  return conditionOf(binder, only.link);
}

/** Binds `via reference` of a tree: where the row before is one of the tree, too, it is the one that its reference points to that is begun at. */
export function bindTreeReference(
  binder: Binder,
  node: ColumnNode,
  earlier: readonly BoundTable[],
  joined: BoundTable,
): CompareNode | undefined {
  const { column, table: alias } = node;
  if (column.text === '' || !joined.catalog || !isOwner(binder, node, earlier, joined)) return undefined;
  const same = earlier.filter((table) => isSameTable(table, joined));
  const all = referencesBetween(binder.catalog.relations, same, joined);
  const [only, another] = namedReferences(all, column.text, alias?.text);
  const start = another ? undefined : only;
  const own = columnOf(joined, column.text);
  if (start) mean(binder, node, start.owner, start.column);
  else if (own) mean(binder, node, joined, own.name);
  return start && conditionOf(binder, start.link);
}

function mean(binder: Binder, node: ColumnNode, table: BoundTable, name: string): void {
  const column = columnOf(table, name) ?? { name, type: 'text' };
  binder.meanings.set(node, { kind: 'column', table, column });
  binder.types.set(node, column.type);
}

/** Whether what stands before the name is a table here; a problem where it is none, as where a link table is named without its columns. */
function isOwner(binder: Binder, { table, column, span }: ColumnNode, earlier: readonly BoundTable[], joined: BoundTable): boolean {
  const tables = [...earlier, joined];
  if (!table || tables.some(({ alias }) => sameName(alias, table.text))) return true;
  const isLink = binder.catalog.tables.some((one) => sameName(one.system, table.text) && sameName(one.table, column.text));
  if (!isLink) return findAlias(binder, table, { tables, absent: [] }) !== undefined;
  const columns = 'where near refers to a table so far, and far to the joined one';
  const message = `The two columns of the link table are missing: write ${quoteName(table.text)}.${quoteName(column.text)}(near, far), ${columns}.`;
  report(binder, 'syntax', message, span);
  return false;
}

/** References by which `via` can say which of several relations is meant, as fixes that write it. */
export function viaFixes(binder: Binder, earlier: readonly BoundTable[], joined: BoundTable, at: Span): readonly Fix[] {
  const all = referencesBetween(binder.catalog.relations, earlier, joined);
  return [...new Set(all.map(({ column }) => column))].flatMap((column) =>
    namedReferences(all, column).length === 1 ? viaFix(quoteName(column), at, ' via ') : [],
  );
}

export function viaFix(text: string, span: Span, before: string): Fix {
  return { title: `Write via ${text}`, span, text: `${before}${text}` };
}

function textOf({ owner, column }: Reference): string {
  return `${quoteName(owner.alias)}.${quoteName(column)}`;
}

function isSameTable(one: BoundTable, other: BoundTable): boolean {
  return one.system === other.system && one.table === other.table;
}
