import type { ColumnRef } from '../system/catalog.ts';
import { linksBetween, type ManyToMany } from '../system/link-tables.ts';
import type { Fix, Span } from '../text/problem.ts';
import { columnOf } from './bind-column.ts';
import { viaFixes } from './bind-reference.ts';
import { type Binder, report } from './binder.ts';
import type { BoundTable } from './bound.ts';
import type { ColumnNode, CompareNode, Expression } from './tree.ts';
import { quoteName, sameName } from './words.ts';

/** One way to join two tables: a column of each. `many`: the joined table refers to the earlier one, so one row of that may meet several. */
export interface Link {
  readonly earlier: BoundTable;
  readonly earlierColumn: string;
  readonly joined: BoundTable;
  readonly joinedColumn: string;
  readonly many: boolean;
}

export function isRef(ref: ColumnRef, table: BoundTable): boolean {
  return ref.system === table.system && ref.table === table.table;
}

/** Every relation of the catalog between the joined table and one of the tables so far. */
export function linksTo(binder: Binder, earlier: readonly BoundTable[], joined: BoundTable): readonly Link[] {
  const links: Link[] = [];
  const add = (link: Link): void => {
    const known = links.some(
      (one) => one.earlier === link.earlier && one.earlierColumn === link.earlierColumn && one.joinedColumn === link.joinedColumn,
    );
    if (!known) links.push(link);
  };
  for (const { kind, from, to } of binder.catalog.relations) {
    for (const table of earlier) {
      if (isRef(to, joined) && isRef(from, table))
        add({ earlier: table, earlierColumn: from.column, joined, joinedColumn: to.column, many: false });
      if (isRef(from, joined) && isRef(to, table))
        add({ earlier: table, earlierColumn: to.column, joined, joinedColumn: from.column, many: kind === 'reference' });
    }
  }
  return links;
}

/** The condition that the data model means where the author wrote none; a problem where it means none or several. */
export function impliedCondition(binder: Binder, earlier: readonly BoundTable[], joined: BoundTable, end: number): Expression | undefined {
  if (!joined.catalog) return undefined;
  const links = linksTo(binder, earlier, joined);
  const [only, another] = links;
  if (only && !another) return conditionOf(binder, only);
  const at: Span = { offset: end, length: 0 };
  if (only) {
    const via = viaFixes(binder, earlier, joined, at);
    report(
      binder,
      'several-relations',
      `"${joined.alias}" is related to the tables before it in ${links.length} ways. Write the one that is meant after "on"${via.length > 0 ? ', or its reference after "via"' : ''}.`,
      joined.span,
      { fixes: [...links.map((link) => writeOn(link, at)), ...via] },
    );
  } else if (earlier.every((table) => table.catalog)) {
    const names = earlier.map((table) => `"${table.alias}"`).join(', ');
    const through = earlier.flatMap((table) => linksBetween(binder.catalog.relations, table, joined));
    const how =
      through.length === 0
        ? 'Write the condition after "on".'
        : `${tablesOf(through)} both: write ${viaText(through[0])}, or the condition after "on".`;
    report(
      binder,
      'no-relation',
      `The data model has no relation between "${joined.alias}" and ${names || 'the tables before it'}. ${how}`,
      joined.span,
      {
        fixes: [...through.map((link) => writeVia(link, at)), ...guesses(earlier, joined).map((link) => writeOn(link, at))],
      },
    );
  }
  return undefined;
}

/** `"AD.Memberships" relates`, `"A.B" and "A.C" relate`. */
function tablesOf(links: readonly ManyToMany[]): string {
  const names = [...new Set(links.map(({ system, table }) => `"${system}.${table}"`))];
  return `${names.join(' and ')} ${names.length === 1 ? 'relates' : 'relate'}`;
}

function viaText(link: ManyToMany | undefined): string {
  if (!link) return 'via';
  const { system, table, left, right } = link;
  return `via ${quoteName(system)}.${quoteName(table)}(${quoteName(left.column)}, ${quoteName(right.column)})`;
}

function writeVia(link: ManyToMany, span: Span): Fix {
  const text = viaText(link);
  return { title: `Write ${text}`, span, text: ` ${text}` };
}

/** Columns of one name, where one of them is a key: likely what an author will write. */
function guesses(earlier: readonly BoundTable[], joined: BoundTable): readonly Link[] {
  return earlier.flatMap((table) =>
    (joined.catalog?.columns ?? []).flatMap(({ name }): readonly Link[] => {
      const same = table.catalog?.columns.find((column) => sameName(column.name, name));
      const isKey = name === joined.catalog?.key || same?.name === table.catalog?.key;
      return same && isKey ? [{ earlier: table, earlierColumn: same.name, joined, joinedColumn: name, many: true }] : [];
    }),
  );
}

function writeOn(link: Link, span: Span): Fix {
  const text = `on ${quoteName(link.joined.alias)}.${quoteName(link.joinedColumn)} = ${quoteName(link.earlier.alias)}.${quoteName(link.earlierColumn)}`;
  return { title: `Write ${text}`, span, text: ` ${text}` };
}

/** A link as a bound comparison, placed where the joined table is named. */
export function conditionOf(binder: Binder, link: Link): CompareNode {
  const { span } = link.joined;
  const columnNode = (table: BoundTable, name: string): ColumnNode => {
    const node: ColumnNode = { kind: 'column', table: { text: table.alias, span }, column: { text: name, span }, span };
    const column = columnOf(table, name) ?? { name, type: 'text' };
    binder.meanings.set(node, { kind: 'column', table, column });
    binder.types.set(node, column.type);
    return node;
  };
  const node: CompareNode = {
    kind: 'compare',
    operator: '=',
    left: columnNode(link.joined, link.joinedColumn),
    right: columnNode(link.earlier, link.earlierColumn),
    span,
  };
  binder.types.set(node, 'boolean');
  return node;
}
