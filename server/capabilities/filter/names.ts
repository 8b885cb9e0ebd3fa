import type { BoundColumn, BoundFilter, BoundTable } from '../../../engine/model/filter/bound.ts';
import type { FilterParameter } from '../../../engine/model/filter/filter.ts';
import { expressionsIn, sourcesOf } from '../../../engine/model/filter/node-places.ts';
import { everyPart, type TableNode } from '../../../engine/model/filter/tree.ts';
import { sameName } from '../../../engine/model/filter/words.ts';
import { scriptNames } from '../../../engine/model/script/script-names.ts';
import type { CatalogColumn } from '../../../engine/model/system/catalog.ts';
import type { Name, Span } from '../../../engine/model/text/problem.ts';

/** One name in a filter and what it stands for. */
export type FilterName = { readonly span: Span; readonly inScript?: true } & (
  | { readonly kind: 'table'; readonly table: BoundTable }
  /** An alias, where it is given or used. */
  | { readonly kind: 'alias'; readonly table: BoundTable; readonly declaration: Span }
  | { readonly kind: 'column'; readonly table: BoundTable; readonly column: CatalogColumn }
  | { readonly kind: 'output'; readonly column: BoundColumn }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'parameter'; readonly parameter: FilterParameter }
  | { readonly kind: 'lookup'; readonly include: boolean; readonly name: string }
  | { readonly kind: 'filter'; readonly filter: string }
);

/** Every name of a filter whose meaning is known, in no order. */
export function namesIn(bound: BoundFilter): readonly FilterName[] {
  const { document, parameters } = bound;
  const { tree } = document;
  if (!tree) return [];
  const aliases = new Map<BoundTable, Span>();
  const found: FilterName[] = [];
  const tableNode = (node: TableNode): void => {
    const table = bound.tables.find(({ span }) => span === node.span) ?? bound.lookups.find((lookup) => lookup.node.target === node)?.table;
    if (!table) return;
    found.push({ kind: 'table', span: cover(node.system?.span ?? node.table.span, node.table.span), table });
    aliases.set(table, (node.alias ?? node.table).span);
    if (node.alias) found.push({ kind: 'alias', span: node.alias.span, table, declaration: node.alias.span });
  };
  sourcesOf(tree.select).forEach(tableNode);
  tree.lookups.forEach(({ target }) => tableNode(target));

  const alias = (name: Name | undefined): void => {
    const table = name && bound.tables.find((one) => sameName(one.alias, name.text));
    if (table) found.push({ kind: 'alias', span: name.span, table, declaration: aliases.get(table) ?? table.span });
  };
  const parameter = (name: string, span: Span): void => {
    const meant = parameters.find((one) => sameName(one.name.text, name));
    if (meant) found.push({ kind: 'parameter', span, parameter: meant });
  };
  for (const node of expressionsIn(tree).flatMap((one) => [...everyPart(one)])) {
    if (node.kind === 'column') {
      alias(node.table);
      const meaning = bound.meanings.get(node);
      if (meaning) found.push({ ...meaning, span: node.column.span });
    } else if (node.kind === 'matched') alias(node.alias);
    else if (node.kind === 'call') found.push({ kind: 'function', span: node.name.span, name: node.name.text });
    else if (node.kind === 'parameter') parameter(node.name, node.span);
  }
  for (const node of tree.parameters) parameter(node.name.text, node.name.span);
  for (const item of tree.select?.items ?? []) {
    if (item.kind === 'star-item') alias(item.table);
    else {
      const column = item.alias && bound.columns.find(({ name, span }) => name === item.alias?.text && span.offset >= item.span.offset);
      if (item.alias && column) found.push({ kind: 'output', span: item.alias.span, column });
    }
  }
  for (const name of scriptNames(bound)) {
    const { table, span } = name;
    if (name.spelling === 'derived') continue;
    const column = name.kind === 'column' && table.catalog?.columns.find((one) => one.name === name.column);
    if (column) found.push({ kind: 'column', span, table, column, inScript: true });
    else if (name.kind === 'alias')
      found.push({ kind: 'alias', span, table, declaration: aliases.get(table) ?? table.span, inScript: true });
  }
  for (const { node, link, near, far } of bound.joins.flatMap(({ via }) => via ?? [])) {
    for (const [name, text] of [
      [node.near, near],
      [node.far, far],
    ] as const) {
      const column = link.catalog?.columns.find((one) => one.name === text);
      if (column) found.push({ kind: 'column', span: name.span, table: link, column });
    }
  }
  for (const { node, table, column } of bound.lookups) found.push({ kind: 'column', span: node.targetColumn.span, table, column });
  for (const { name, include } of tree.lookups) found.push({ kind: 'lookup', span: name.span, include, name: name.text });
  for (const name of [...(tree.parent ? [tree.parent] : []), ...tree.appends])
    found.push({ kind: 'filter', span: name.span, filter: name.text });
  return found;
}

/** The name a caret touches; of two that touch it, the one it stands before. */
export function nameAt(bound: BoundFilter, offset: number): FilterName | undefined {
  const touching = namesIn(bound).filter(({ span }) => span.offset <= offset && offset <= span.offset + span.length);
  return touching.find(({ span }) => offset < span.offset + span.length) ?? touching[0];
}

function cover(first: Span, last: Span): Span {
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}
