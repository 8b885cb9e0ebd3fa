import type { Name } from '../text/problem.ts';
import { columnOf, unknownColumn } from './bind-column.ts';
import { isRef } from './bind-relation.ts';
import { type Binder, findTable, report } from './binder.ts';
import type { BoundTable, BoundVia } from './bound.ts';
import type { ViaNode } from './tree.ts';

/** Binds `via link(near, far)`: which table so far `near` refers to, and the columns it and `far` are compared with. */
export function bindVia(binder: Binder, node: ViaNode, earlier: readonly BoundTable[], joined: BoundTable): BoundVia | undefined {
  const catalog = findTable(binder, node.link.system, node.link.table);
  if (!catalog) return undefined;
  const link: BoundTable = {
    system: catalog.system,
    table: catalog.table,
    alias: catalog.table,
    span: node.link.span,
    catalog,
    presence: joined.presence,
  };
  binder.tables.push(link);
  const near = linkColumn(binder, link, node.near);
  const far = linkColumn(binder, link, node.far);
  if (near === undefined || far === undefined) return undefined;
  const nearEnd = nearSide(binder, node, earlier, link, near);
  const farKey = targets(binder, link, far).find((ref) => isRef(ref, joined))?.column ?? joined.catalog?.key;
  if (farKey === undefined && joined.catalog) {
    report(
      binder,
      'no-relation',
      `It is not known what "${far}" refers to: "${joined.alias}" has no key, and the data model has no relation from ${link.system}.${link.table}.${far} to it.`,
      node.far.span,
    );
  }
  return nearEnd && farKey !== undefined ? { node, link, near, far, of: nearEnd.table, nearKey: nearEnd.key, farKey } : undefined;
}

function linkColumn(binder: Binder, link: BoundTable, name: Name): string | undefined {
  if (name.text === '') return undefined;
  const column = columnOf(link, name.text);
  if (!column) unknownColumn(binder, link, name);
  return column?.name;
}

/** What a column of the link table refers to. */
function targets(
  binder: Binder,
  link: BoundTable,
  column: string,
): readonly { readonly system: string; readonly table: string; readonly column: string }[] {
  return binder.catalog.relations.flatMap(({ from, to }) =>
    isRef(from, link) && from.column === column ? [to] : isRef(to, link) && to.column === column ? [from] : [],
  );
}

function nearSide(
  binder: Binder,
  node: ViaNode,
  earlier: readonly BoundTable[],
  link: BoundTable,
  near: string,
): { readonly table: BoundTable; readonly key: string } | undefined {
  const known = targets(binder, link, near);
  const related = earlier.flatMap((table) => known.filter((ref) => isRef(ref, table)).map((ref) => ({ table, key: ref.column })));
  const [only, another] = related;
  if (only && !another) return only;
  if (only) {
    const names = related.map(({ table }) => table.alias).join(', ');
    report(
      binder,
      'several-relations',
      `"${near}" refers to more than one table here: ${names}. Join the link table itself, with "on".`,
      node.near.span,
    );
    return undefined;
  }
  // Without a relation, the one table there is, by its key.
  const [single, second] = earlier;
  const key = second ? undefined : single?.catalog?.key;
  if (single && key !== undefined) return { table: single, key };
  if (earlier.every((table) => table.catalog)) {
    report(
      binder,
      'no-relation',
      `It is not known what "${near}" refers to: the data model has no relation from ${link.system}.${link.table}.${near} to a table before this join.`,
      node.near.span,
    );
  }
  return undefined;
}
