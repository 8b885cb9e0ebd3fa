import type { Catalog } from '../system/catalog.ts';
import { bindAppends } from './bind-append.ts';
import { checkGrouped, checkLeftJoins, checkMultiplying, checkParameters, hasAggregate } from './bind-checks.ts';
import { bindCondition, bindExpression } from './bind-expression.ts';
import { bindJoins, bindTable } from './bind-join.ts';
import { bindLookups } from './bind-lookup.ts';
import { bindOutput } from './bind-output.ts';
import { bindParent } from './bind-parent.ts';
import { type Binder, report, type Scope } from './binder.ts';
import { type BoundColumn, type BoundFilter, type BoundJoin, outputOf } from './bound.ts';
import type { FilterDocument } from './filter.ts';
import { noLibrary, type FilterLibrary } from './library.ts';
import { everyPart, type GroupNode, type JoinNode, type SelectNode, type SortNode, type TableNode } from './tree.ts';

/** Finds out what the names of a filter stand for in a catalog and a library of filters, and what is wrong with them. Never throws. */
export function bindFilter(document: FilterDocument, catalog: Catalog, library: FilterLibrary = noLibrary): BoundFilter {
  return bindWithin(document, catalog, library, []);
}

/** As `bindFilter`; `within`: the filters that name this one, which it must not name in turn. */
export function bindWithin(
  document: FilterDocument,
  catalog: Catalog,
  library: FilterLibrary,
  within: readonly FilterDocument[],
): BoundFilter {
  const own = document.tree?.select;
  const around = { document, catalog, library, within: [...within, document] };
  const inherited = bindParent(around, own);
  const { select, parameters } = inherited;
  const binder: Binder = {
    ...around,
    parameters,
    problems: [...inherited.problems],
    tables: [],
    meanings: new Map(),
    matched: new Map(),
    types: new Map(),
    used: new Set(),
    aliases: aliasesOf(select),
  };
  const bound = select ? bindSelect(binder, select) : { columns: [], joins: [], orderBy: [], lookups: [], aggregated: false };
  const appends = bindAppends(binder, bound.columns);
  if (appends.length > 0) checkSorts(binder, bound);
  checkParameters(binder);
  const { tables, meanings, matched, types } = binder;
  const problems = inherited.place(binder.problems);
  return { document, ...(select && { select }), parameters, problems, tables, meanings, matched, types, ...bound, appends };
}

type Parts = Pick<BoundFilter, 'columns' | 'from' | 'joins' | 'orderBy' | 'lookups' | 'aggregated'>;

function bindSelect(binder: Binder, select: SelectNode): Parts {
  const from = select.from && bindTable(binder, select.from, 'always');
  const { joins, scope } = from
    ? bindJoins(binder, from, select.joins, 'always')
    : { joins: [] as readonly BoundJoin[], scope: { tables: [], absent: [] } };
  const columns = bindOutput(binder, select.items, scope);
  if (select.where) bindCondition(binder, select.where, { ...scope, later: columns });
  bindGroups(binder, select, scope, columns);
  const orderBy = select.orderBy.map((sort) => bindSort(binder, sort, scope, columns));
  const lookups = bindLookups(binder, scope, columns);
  const expressions = [
    ...columns.flatMap(({ expression }) => expression ?? []),
    ...orderBy.map(({ expression }) => expression),
    ...(select.having ? [select.having] : []),
  ];
  const aggregated = select.groupBy.length > 0 || expressions.some(hasAggregate);
  if (aggregated) {
    checkGrouped(binder, select, columns);
    for (const { script } of columns) {
      if (script)
        report(
          binder,
          'script-in-groups',
          'Rows are groups here, and a script reads single rows. Take the groups in another filter, or the script out.',
          script.node.span,
        );
    }
  } else if (select.having)
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
  if (select.excludeWhen) bindCondition(binder, select.excludeWhen, { ...named, outputsFirst: true }, 'allowed');
}

/** `order by 2` means the second column, as in SQL. */
function bindSort(binder: Binder, sort: SortNode, scope: Scope, columns: readonly BoundColumn[]): SortNode {
  const { expression } = sort;
  if (expression.kind === 'literal' && typeof expression.value === 'number') {
    const column = columns[expression.value - 1];
    // Appended rows have the column by its name only.
    if (column?.expression && (binder.document.tree?.appends.length ?? 0) === 0) return { ...sort, expression: column.expression };
    if (column) {
      const name = { text: column.name, span: expression.span };
      const node = { kind: 'column', column: name, span: expression.span } as const;
      binder.meanings.set(node, { kind: 'output', column });
      binder.types.set(node, column.type);
      return { ...sort, expression: node };
    }
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

/** Appended rows have nothing but the columns of the output to be sorted by. */
function checkSorts(binder: Binder, { orderBy, columns }: Parts): void {
  for (const { expression } of orderBy) {
    for (const part of everyPart(expression)) {
      const meaning = part.kind === 'column' ? binder.meanings.get(part) : undefined;
      if (meaning?.kind !== 'column' || outputOf(binder.meanings, columns, meaning)) continue;
      const message = `The appended rows have no "${meaning.column.name}" to be sorted by. Sort by a column of the output.`;
      report(binder, 'order-needs-output', message, part.span);
    }
  }
}

function aliasesOf(select: SelectNode | undefined): readonly string[] {
  const of = (source: TableNode | GroupNode): readonly string[] =>
    source.kind === 'table' ? [(source.alias ?? source.table).text] : [...of(source.table), ...inJoins(source.joins)];
  const inJoins = (joins: readonly JoinNode[]): readonly string[] => joins.flatMap((join) => of(join.source));
  return select ? [...(select.from ? of(select.from) : []), ...inJoins(select.joins)] : [];
}
