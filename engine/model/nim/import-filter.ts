import { formatFilter } from '../filter/format.ts';
import type { ParameterType } from '../filter/filter.ts';
import type { FilterTree, LookupNode, ParameterNode, SelectNode, SortNode } from '../filter/tree.ts';
import { printFilter, type Remarks } from '../filter/print.ts';
import { printExpression } from '../filter/print-expression.ts';
import { isParameterType, valueOfType } from '../filter/parameters.ts';
import type { ValueType } from '../filter/types.ts';
import { sameName } from '../filter/words.ts';
import type { Catalog } from '../system/catalog.ts';
import { importColumns } from './import-columns.ts';
import { importItems, sortByTable, type ImportedItems, type Origin } from './import-items.ts';
import type { NimFilter, NimParameter } from './nim-filter.ts';
import { literal, logic, nameOf, nowhere, tableNode } from './nodes.ts';
import { disabledLines, notesOf } from './remarks.ts';
import { sameParts } from './same-parts.ts';

/** What importing a filter rests on. */
export interface ImportContext {
  readonly catalog: Catalog;
  /** The filter of that name, in any case of letters. */
  readonly find: (name: string) => NimFilter | undefined;
  /** Whether something else, such as a mapping, names this output column of this filter. */
  readonly isReferred: (filter: string, column: string) => boolean;
  /** Tables whose columns are all known, so that all of them may be written as `alias.*`. */
  readonly isWhole: (system: string, table: string) => boolean;
}

export interface ImportedFilter {
  readonly name: string;
  readonly tree: FilterTree;
  readonly text: string;
  /** What a person should look at, in sentences. */
  readonly attention: readonly string[];
}

/** Writes a NIM filter as text that means the same. Never throws; undefined for one that starts from no table. */
export function importFilter(filter: NimFilter, context: ImportContext): ImportedFilter | undefined {
  if (!filter.start) return undefined;
  const { start } = filter;
  const parent = filter.parent === '' ? undefined : context.find(filter.parent);
  const inherits = parent !== undefined && parent !== filter && extendsPlainly(filter, parent, context);
  const qualified = needsTables(filter, inherits);
  const parameterType = typesOfParameters(filter);
  const items = importItems(start, { catalog: context.catalog, parameterType, qualified });
  const own = (origin: Origin): boolean => !inherits || origin === 'own';
  const joins = items.joins.filter(({ origin }) => own(origin));
  const conditions = sortByTable(items.conditions, items.joins, start.alias).filter(({ origin }) => own(origin));
  const { items: columns, nameOfColumn, attention: lost } = importColumns(filter, items, context, qualified);
  const parameters = filter.parameters.filter(
    (one) => !inherits || !parent.parameters.some((its) => sameName(its.name, one.name) && isSameParameter(its, one)),
  );
  const where = logic(
    'and',
    conditions.map(({ condition }) => condition),
  );
  const select: SelectNode = {
    kind: 'select',
    distinct: filter.group !== undefined,
    ...(filter.group !== undefined && { distinctOn: nameOfColumn(filter.group) }),
    items: columns.length > 0 ? columns : [{ kind: 'star-item', span: nowhere }],
    ...(!inherits && { from: tableNode(start.system, start.table, start.alias) }),
    joins: joins.map(({ join }) => join),
    ...(where && { where }),
    groupBy: [],
    ...(filter.exclude !== undefined && { excludeWhen: nameOfColumn(filter.exclude) }),
    orderBy: filter.sort.map((sort): SortNode => ({
      kind: 'sort',
      expression: nameOfColumn(sort.name),
      descending: !sort.ascending,
      span: nowhere,
    })),
    span: nowhere,
  };
  const tree: FilterTree = {
    kind: 'filter',
    parameters: parameters.map(parameterNode),
    ...(inherits && { parent: nameOf(parent.name) }),
    select,
    appends: filter.appends.filter(({ enabled }) => enabled).map(({ name }) => nameOf(name)),
    lookups: filter.lookups.map((lookup): LookupNode => ({
      kind: 'lookup',
      name: nameOf(lookup.name),
      include: lookup.include,
      column: nameOfColumn(lookup.column),
      target: tableNode(lookup.system, lookup.table),
      targetColumn: nameOf(lookup.field),
      span: nowhere,
    })),
    comments: [],
    span: nowhere,
  };
  const remarks: Remarks = {
    notes: notesOf({
      notes: filter.notes,
      tags: filter.tags,
      parent: inherits || filter.parent === '' ? undefined : (parent?.name ?? filter.parent),
    }),
    parameters: new Map(parameters.filter(({ description }) => description !== '').map((one) => [one.name, one.description])),
    behind: disabledLines(
      sortByTable(items.disabled, items.joins, start.alias).filter(({ origin }) => own(origin)),
      where !== undefined,
    ),
    appends: filter.appends.filter(({ enabled }) => !enabled).map(({ name }) => name),
  };
  const attention = [...filter.unread, ...items.attention, ...lost, ...badDefaults(parameters)];
  if (filter.parent !== '' && !parent)
    attention.push(`Its parent "${filter.parent}" is not among the filters; what it took from there is written out.`);
  return { name: filter.name, tree, text: formatFilter(printFilter(tree, remarks)), attention };
}

/** Columns of one table need no table's name, unless an output column bears the name of another column. */
function needsTables(filter: NimFilter, inherits: boolean): boolean {
  const joined = JSON.stringify(filter.start?.children ?? []).includes('"type":"reference"');
  if (inherits || joined) return true;
  const named = [filter.group ?? '', ...filter.sort.map(({ name }) => name), ...filter.lookups.map(({ column }) => column)];
  const fields = new Set([
    ...filter.columns.flatMap((one) => (one.kind === 'data' ? [one.field.toLowerCase()] : [])),
    ...named.map((name) => name.slice(name.indexOf('.') + 1).toLowerCase()),
  ]);
  return filter.columns.some((one) => {
    const shown = one.displayName.toLowerCase();
    return one.kind === 'data' ? shown !== one.field.toLowerCase() && fields.has(shown) : fields.has(shown) && !named.includes(one.name);
  });
}

/**
 * `extends` adds joins and conditions to the parent's as they are now. A NIM child holds copies, and may have added inside a group of its parent
 * or changed a copy; then the text must say everything itself.
 */
function extendsPlainly(filter: NimFilter, parent: NimFilter, context: ImportContext): boolean {
  if (!filter.start || !parent.start) return false;
  const { start } = filter;
  const common = { catalog: context.catalog, qualified: true };
  const items = importItems(start, { ...common, parameterType: typesOfParameters(filter) });
  if ([...items.joins, ...items.conditions].some(({ origin }) => origin === 'mixed')) return false;
  const theirs = importItems(parent.start, { ...common, parameterType: typesOfParameters(parent) });
  const from = [start, parent.start].map(({ system, table, alias }) => JSON.stringify([system, table, alias]));
  const inherited: Pick<ImportedItems, 'joins' | 'conditions'> = {
    joins: items.joins.filter(({ origin }) => origin === 'inherited'),
    conditions: items.conditions.filter(({ origin }) => origin === 'inherited'),
  };
  // Its joins come first when they are put together.
  const first = items.joins.slice(0, inherited.joins.length);
  return from[0] === from[1] && first.every(({ origin }) => origin === 'inherited') && sameParts(inherited, theirs);
}

function typesOfParameters(filter: NimFilter): (name: string) => ValueType {
  return (name) => {
    const found = filter.parameters.find((one) => sameName(one.name, name));
    return found ? typeOf(found) : 'unknown';
  };
}

function typeOf({ type }: NimParameter): ParameterType {
  const known = type === 'string' ? 'text' : type === 'date-time' ? 'datetime' : type;
  return isParameterType(known) ? known : 'text';
}

function isSameParameter(one: NimParameter, other: NimParameter): boolean {
  const said = (parameter: NimParameter): string => printExpression({ ...literal(defaultOf(parameter) ?? null) });
  return one.type === other.type && one.variable === other.variable && said(one) === said(other);
}

/** NIM writes an empty text, or "undefined", where there is no default. */
function defaultOf(parameter: NimParameter): string | number | boolean | null | undefined {
  const value = parameter.default;
  return value === undefined || value === '' || value === 'undefined' ? undefined : valueOfType(value, typeOf(parameter));
}

function parameterNode(parameter: NimParameter): ParameterNode {
  const value = defaultOf(parameter);
  return {
    kind: 'parameter-declaration',
    name: nameOf(parameter.name),
    type: nameOf(typeOf(parameter)),
    ...(parameter.variable !== undefined && { session: nameOf(parameter.variable) }),
    ...(value !== undefined && value !== null && { default: literal(value) }),
    span: nowhere,
  };
}

function badDefaults(parameters: readonly NimParameter[]): readonly string[] {
  return parameters.flatMap((one) =>
    one.default !== undefined && one.default !== '' && one.default !== 'undefined' && defaultOf(one) === undefined
      ? [`The default of the parameter "${one.name}" is not of its type and was left out.`]
      : [],
  );
}
