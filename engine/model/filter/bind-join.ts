import type { CatalogTable } from '../system/catalog.ts';
import { bindCondition } from './bind-expression.ts';
import { bindRecursion, namesOther } from './bind-recursion.ts';
import { bindReference, bindTreeReference, referencesBetween } from './bind-reference.ts';
import { impliedCondition } from './bind-relation.ts';
import { bindVia } from './bind-via.ts';
import { type Binder, checkUsable, findTable, report, type Scope } from './binder.ts';
import { type BoundGroup, type BoundJoin, type BoundTable, isGroup, tablesOf } from './bound.ts';
import { type ColumnNode, conjunctsOf, type Expression, type GroupNode, type JoinNode, type TableNode, together } from './tree.ts';
import { sameName } from './words.ts';

type Presence = BoundTable['presence'];

/** Binds a table where it is first named; its alias must be free. */
export function bindTable(binder: Binder, node: TableNode, presence: Presence): BoundTable {
  const catalog = findTable(binder, node.system, node.table);
  const name = node.alias ?? node.table;
  if (name.text !== '' && binder.tables.some((table) => sameName(table.alias, name.text))) {
    report(
      binder,
      'duplicate-alias',
      `There is already a table called "${name.text}" here. Give this one another name with "as".`,
      name.span,
    );
  }
  checkUsable(binder, name.text, name.span);
  const bound: BoundTable = {
    system: catalog?.system ?? node.system?.text ?? '',
    table: catalog?.table ?? node.table.text,
    alias: name.text,
    span: node.span,
    ...(catalog && { catalog, related: relatedColumns(binder, catalog) }),
    presence,
  };
  binder.tables.push(bound);
  return bound;
}

function relatedColumns({ catalog: { relations } }: Binder, { system, table, key }: CatalogTable): readonly string[] {
  const sides = relations.flatMap(({ from, to }) => [from, to]).filter((side) => side.system === system && side.table === table);
  return [...new Set([...(key === undefined ? [] : [key]), ...sides.map(({ column }) => column)])];
}

/** What joins add to a scope. */
export interface Joined {
  readonly joins: readonly BoundJoin[];
  readonly scope: Scope;
}

/** Binds joins in their order; each sees the tables before it. */
export function bindJoins(binder: Binder, first: BoundTable, nodes: readonly JoinNode[], presence: Presence): Joined {
  const joins: BoundJoin[] = [];
  const tables: BoundTable[] = [first];
  const absent: BoundTable[] = [];
  for (const node of nodes) {
    const inner: Presence = node.mode === 'anti' || presence === 'never' ? 'never' : node.mode === 'left' ? 'maybe' : presence;
    const join = bindJoin(binder, node, { tables: [...tables], absent: [...absent] }, inner);
    joins.push(join.join);
    absent.push(...join.absent);
    if (node.mode === 'anti') absent.push(...join.tables);
    else tables.push(...join.tables);
  }
  return { joins, scope: { tables, absent } };
}

interface OneJoin {
  readonly join: BoundJoin;
  readonly tables: readonly BoundTable[];
  readonly absent: readonly BoundTable[];
}

function bindJoin(binder: Binder, node: JoinNode, earlier: Scope, presence: Presence): OneJoin {
  const { source, scope } = bindSource(binder, node.source, presence);
  const head = isGroup(source) ? source.table : source;
  const inside: Scope = { tables: [...earlier.tables, ...scope.tables], absent: [...earlier.absent, ...scope.absent] };
  const via = node.via && bindVia(binder, node.via, earlier.tables, head);
  if (node.on) bindCondition(binder, node.on, inside);
  // A tree related to itself is meant by `recursive`; which way to go, the author must say.
  const end = node.source.span.offset + node.source.span.length;
  const { reference } = node;
  const on = reference
    ? conditionBy(binder, node, reference, earlier.tables, head)
    : (node.on ?? (node.via ? undefined : impliedCondition(binder, earlier.tables, head, end)));
  const recursion = node.recursive && !isGroup(source) ? bindRecursion(binder, source, on, tablesOf(source), reference, end) : undefined;
  return {
    join: { node, source, ...(on && { on }), ...(via && { via }), ...(recursion && { recursion }) },
    tables: scope.tables,
    absent: scope.absent,
  };
}

/** What `via reference` and `on` say together. A tree is begun at the row that the reference leads to, or where `on` says. */
function conditionBy(
  binder: Binder,
  node: JoinNode,
  reference: ColumnNode,
  earlier: readonly BoundTable[],
  head: BoundTable,
): Expression | undefined {
  const { on, recursive } = node;
  if (!recursive) return together(bindReference(binder, reference, earlier, head), on);
  const start = bindTreeReference(binder, reference, earlier, head);
  if (conjunctsOf(on).some((one) => namesOther(binder, one, [head]))) return on;
  const isTree = referencesBetween(binder.catalog.relations, [head], head).some(({ column }) => sameName(column, reference.column.text));
  // A reference that is none of the tree is a problem by itself.
  const implied = start || !isTree ? start : impliedCondition(binder, earlier, head, reference.span.offset + reference.span.length);
  return together(implied, on);
}

function bindSource(
  binder: Binder,
  node: TableNode | GroupNode,
  presence: Presence,
): { readonly source: BoundTable | BoundGroup; readonly scope: Scope } {
  if (node.kind === 'table') {
    const table = bindTable(binder, node, presence);
    return { source: table, scope: { tables: [table], absent: [] } };
  }
  const table = bindTable(binder, node.table, presence);
  const { joins, scope } = bindJoins(binder, table, node.joins, presence);
  return { source: { table, joins }, scope };
}
