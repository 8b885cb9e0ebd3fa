import type { Catalog } from '../system/catalog.ts';
import { checkGrouped, checkLeftJoins, checkMultiplying, checkParameters, hasAggregate } from './bind-checks.ts';
import { columnOf, unknownColumn } from './bind-column.ts';
import { bindCondition, bindExpression } from './bind-expression.ts';
import { bindJoins, bindTable } from './bind-join.ts';
import { bindOutput } from './bind-output.ts';
import { type Binder, findTable, report, type Scope } from './binder.ts';
import type { BoundColumn, BoundFilter, BoundJoin, BoundLookup, BoundTable } from './bound.ts';
import type { FilterDocument } from './filter.ts';
import type { GroupNode, JoinNode, SelectNode, SortNode, TableNode } from './tree.ts';
import { sameName } from './words.ts';

/** Finds out what the names of a filter stand for in a catalog, and what is wrong with them. Never throws. */
export function bindFilter(document: FilterDocument, catalog: Catalog): BoundFilter {
  const binder: Binder = {
    document,
    catalog,
    problems: [],
    tables: [],
    meanings: new Map(),
    matched: new Map(),
    types: new Map(),
    used: new Set(),
    aliases: aliasesOf(document.tree?.select),
  };
  const select = document.tree?.select;
  const bound = select ? bindSelect(binder, select) : { columns: [], joins: [], orderBy: [], lookups: [], aggregated: false };
  checkParameters(binder);
  const { tables, meanings, matched, types } = binder;
  // A name may come from the parent, whose text is not at hand here.
  const problems = document.tree?.parent ? binder.problems.filter(({ code }) => !inherited.has(code)) : binder.problems;
  return { document, problems, tables, meanings, matched, types, ...bound };
}

const inherited: ReadonlySet<string> = new Set(['unknown-table', 'unknown-column', 'no-relation', 'parameter-undeclared']);

type Parts = Pick<BoundFilter, 'columns' | 'from' | 'joins' | 'orderBy' | 'lookups' | 'aggregated'>;

function bindSelect(binder: Binder, select: SelectNode): Parts {
  const from = select.from && bindTable(binder, select.from, 'always');
  const { joins, scope } = from
    ? bindJoins(binder, from, select.joins, 'always')
    : { joins: [] as readonly BoundJoin[], scope: { tables: [], absent: [] } };
  const columns = bindOutput(binder, select.items, scope);
  if (select.where) bindCondition(binder, select.where, scope);
  bindGroups(binder, select, scope, columns);
  const orderBy = select.orderBy.map((sort) => bindSort(binder, sort, scope, columns));
  const lookups = bindLookups(binder, scope, columns);
  const expressions = [
    ...columns.flatMap(({ expression }) => expression ?? []),
    ...orderBy.map(({ expression }) => expression),
    ...(select.having ? [select.having] : []),
  ];
  const aggregated = select.groupBy.length > 0 || expressions.some(hasAggregate);
  if (aggregated) checkGrouped(binder, select, columns);
  else if (select.having)
    report(
      binder,
      'having-without-groups',
      '"having" is a condition on groups, and there are none. Write "where", or add "group by".',
      select.having.span,
    );
  checkLeftJoins(binder, select, joins);
  if (from && !aggregated && !select.distinct) checkMultiplying(binder, from, joins);
  return { columns, ...(from && { from }), joins, orderBy, lookups, aggregated };
}

function bindGroups(binder: Binder, select: SelectNode, scope: Scope, columns: readonly BoundColumn[]): void {
  const named: Scope = { ...scope, outputs: columns };
  for (const group of select.groupBy) bindExpression(binder, group, named);
  if (select.having) bindCondition(binder, select.having, named, 'allowed');
  if (select.distinctOn) bindExpression(binder, select.distinctOn, { ...named, outputsFirst: true }, 'allowed');
  // Only now are all tables known, so scripts' conditions can be checked for their names.
  if (select.excludeWhen) bindCondition(binder, select.excludeWhen, { ...named, outputsFirst: true });
}

/** `order by 2` means the second column, as in SQL. */
function bindSort(binder: Binder, sort: SortNode, scope: Scope, columns: readonly BoundColumn[]): SortNode {
  const { expression } = sort;
  if (expression.kind === 'literal' && typeof expression.value === 'number') {
    const column = columns[expression.value - 1]?.expression;
    if (column) return { ...sort, expression: column };
    report(
      binder,
      'unknown-column',
      `There is no column number ${expression.value} in the output: it has ${columns.length}.`,
      expression.span,
    );
    return sort;
  }
  bindExpression(binder, expression, { ...scope, outputs: columns, outputsFirst: true }, 'allowed');
  return sort;
}

function bindLookups(binder: Binder, scope: Scope, columns: readonly BoundColumn[]): readonly BoundLookup[] {
  const lookups: BoundLookup[] = [];
  const nodes = binder.document.tree?.lookups ?? [];
  for (const node of nodes) {
    if (nodes.find((one) => sameName(one.name.text, node.name.text)) !== node) {
      report(binder, 'duplicate-lookup', `There is already a lookup "${node.name.text}". Rename one of them.`, node.name.span);
    }
    bindExpression(binder, node.column, { ...scope, outputs: columns, outputsFirst: true });
    const catalog = findTable(binder, node.target.system, node.target.table);
    if (!catalog) continue;
    const table: BoundTable = {
      system: catalog.system,
      table: catalog.table,
      alias: catalog.table,
      span: node.target.span,
      catalog,
      presence: 'always',
    };
    const column = columnOf(table, node.targetColumn.text);
    if (column) lookups.push({ node, table, column });
    else unknownColumn(binder, table, node.targetColumn);
  }
  return lookups;
}

function aliasesOf(select: SelectNode | undefined): readonly string[] {
  const of = (source: TableNode | GroupNode): readonly string[] =>
    source.kind === 'table' ? [(source.alias ?? source.table).text] : [...of(source.table), ...inJoins(source.joins)];
  const inJoins = (joins: readonly JoinNode[]): readonly string[] => joins.flatMap((join) => of(join.source));
  return select ? [...(select.from ? of(select.from) : []), ...inJoins(select.joins)] : [];
}
