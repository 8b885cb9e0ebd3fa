import type { BoundColumn, BoundFilter, BoundTable } from '../filter/bound.ts';
import { expressionsIn, sourcesOf } from '../filter/node-places.ts';
import { everyPart, type SelectItem, type TableNode } from '../filter/tree.ts';
import { sameName } from '../filter/words.ts';
import { scriptNames } from '../script/script-names.ts';
import type { Name, Span } from '../text/problem.ts';
import type { Entity } from './entity.ts';
import type { Occurrence, Spelling } from './occurrence.ts';

/** The things that tables of a filter stand for; undefined where the workspace has none of that name. */
export interface CatalogNames {
  system(name: string): Entity | undefined;
  table(system: string, table: string): Entity | undefined;
  column(system: string, table: string, column: string): Entity | undefined;
  filter(name: string): Entity | undefined;
  /** A parameter that a filter declares or takes from the one it extends. */
  parameter(filter: string, name: string): Entity | undefined;
  /** A table's name in a filter, given there or in the one it extends. */
  alias(filter: string, name: string): Entity | undefined;
}

/** Every name of a filter that stands for something known, in the order of the text; `home` is the filter's name. */
export function filterOccurrences(home: string, bound: BoundFilter, names: CatalogNames): readonly Occurrence[] {
  return collect(home, bound, names).sort((a, b) => a.span.offset - b.span.offset);
}

type Add = (
  span: Span,
  entity: Entity | undefined,
  role?: Occurrence['role'],
  more?: { readonly spelling?: Spelling; readonly writeAt?: number },
) => void;

function collect(home: string, bound: BoundFilter, names: CatalogNames): Occurrence[] {
  const { tree } = bound.document;
  const found: Occurrence[] = [];
  if (!tree) return found;
  const add: Add = (span, entity, role = 'reference', more = {}) => {
    if (entity && span.length > 0) found.push({ span, entity, role, spelling: 'name', ...more });
  };
  const own = (kind: 'output' | 'alias' | 'lookup', name: string): Entity => ({ kind, home, name });
  const alias = (name: Name | undefined): void => {
    const table = name && bound.tables.find((one) => sameName(one.alias, name.text));
    if (name && table) add(name.span, names.alias(home, table.alias));
  };
  const parameter = (name: string, span: Span, role?: Occurrence['role']): void => {
    add(span, names.parameter(home, name), role);
  };
  const column = (table: BoundTable, name: string, span: Span): void => add(span, names.column(table.system, table.table, name));

  for (const node of sourcesOf(tree.select)) noteTable(bound, node, names, add, own);
  for (const { target } of tree.lookups) noteTable(bound, target, names, add);
  for (const node of expressionsIn(tree).flatMap((one) => [...everyPart(one)])) {
    if (node.kind === 'column') {
      alias(node.table);
      const meaning = bound.meanings.get(node);
      if (meaning?.kind === 'column') column(meaning.table, meaning.column.name, node.column.span);
      else if (meaning) add(node.column.span, own('output', meaning.column.name));
    } else if (node.kind === 'matched') alias(node.alias);
    else if (node.kind === 'parameter') parameter(node.name, node.span);
  }
  for (const node of tree.parameters) parameter(node.name.text, node.name.span, 'declaration');
  for (const item of tree.select?.items ?? []) {
    if (item.kind === 'star-item') alias(item.table);
    for (const output of outputsOf(bound, item)) noteOutput(item, output, own('output', output.name), add);
  }
  for (const name of scriptNames(bound)) {
    if (name.kind === 'column') add(name.span, names.column(name.table.system, name.table.table, name.column), 'reference', name);
    else add(name.span, names.alias(home, name.table.alias), 'reference', name);
  }
  for (const { link, near, far, node } of bound.joins.flatMap(({ via }) => via ?? [])) {
    column(link, near, node.near.span);
    column(link, far, node.far.span);
  }
  for (const { node, table, column: target } of bound.lookups) column(table, target.name, node.targetColumn.span);
  for (const { name } of tree.lookups) add(name.span, own('lookup', name.text), 'declaration');
  for (const name of [...(tree.parent ? [tree.parent] : []), ...tree.appends]) add(name.span, names.filter(name.text));
  return found;
}

/** A table by its name, and the alias that it has or that its name implies; a lookup's target has none. */
function noteTable(
  bound: BoundFilter,
  node: TableNode,
  names: CatalogNames,
  add: Add,
  own?: (kind: 'alias', name: string) => Entity,
): void {
  const table = bound.tables.find(({ span }) => span === node.span) ?? bound.lookups.find((lookup) => lookup.node.target === node)?.table;
  if (!table) return;
  if (node.system) add(node.system.span, names.system(table.system));
  add(node.table.span, names.table(table.system, table.table));
  if (!own) return;
  if (node.alias) add(node.alias.span, own('alias', table.alias), 'declaration');
  else {
    const { offset, length } = node.table.span;
    add(node.table.span, own('alias', table.alias), 'declaration', { spelling: 'implied', writeAt: offset + length });
  }
}

/** The columns of the output that an item makes: none where another already has its name. */
function outputsOf(bound: BoundFilter, item: SelectItem): readonly BoundColumn[] {
  const end = item.span.offset + item.span.length;
  return bound.columns.filter(({ span }) => item.span.offset <= span.offset && span.offset + span.length <= end);
}

function noteOutput(item: SelectItem, output: BoundColumn, entity: Entity, add: Add): void {
  if (item.kind === 'star-item') add(item.span, entity, 'declaration', { spelling: 'derived' });
  else if (item.alias) add(item.alias.span, entity, 'declaration');
  else add(output.span, entity, 'declaration', { spelling: 'implied', writeAt: item.span.offset + item.span.length });
}
