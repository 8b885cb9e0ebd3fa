import { findCatalogTable, type Catalog, type ColumnRef } from '../system/catalog.ts';
import type { NimReference, NimRelation } from './nim-filter.ts';

/** A table under the name a filter gives it. */
export interface AliasedTable {
  readonly alias: string;
  readonly system: string;
  readonly table: string;
}

export function isOf(ref: ColumnRef, { system, table }: Pick<AliasedTable, 'system' | 'table'>): boolean {
  return ref.system === system && ref.table === table;
}

/** The columns that a relation without a link table compares. */
export interface Ends {
  readonly near: string;
  readonly far: string;
}

/**
 * NIM names only the column that refers; what it refers to stands in the data model. Where that does not say it, the key is meant; undefined
 * where there is none either.
 */
export function endsOf(catalog: Catalog, near: AliasedTable, reference: NimReference): Ends | undefined {
  const { relation } = reference;
  switch (relation.kind) {
    case 'link':
      return undefined;
    case 'inter-system':
      return { near: relation.near, far: relation.far };
    case 'n-1': {
      const far = referredColumn(catalog, { ...near, column: relation.field }, reference);
      return far === undefined ? undefined : { near: relation.field, far };
    }
    case '1-n': {
      const back = referredColumn(catalog, { ...reference, column: relation.field }, near);
      return back === undefined ? undefined : { near: back, far: relation.field };
    }
  }
}

function referredColumn(catalog: Catalog, from: ColumnRef, target: Pick<AliasedTable, 'system' | 'table'>): string | undefined {
  const known = catalog.relations.find(
    (one) => one.kind === 'reference' && isOf(one.from, from) && one.from.column === from.column && isOf(one.to, target),
  );
  return known?.to.column ?? findCatalogTable(catalog, target.system, target.table)?.key;
}

/** Every way the data model knows from the tables so far to a joined one. */
export function linksBetween(
  catalog: Catalog,
  earlier: readonly AliasedTable[],
  joined: Pick<AliasedTable, 'system' | 'table'>,
): readonly (Ends & { readonly alias: string })[] {
  const links: (Ends & { readonly alias: string })[] = [];
  const add = (link: Ends & { readonly alias: string }): void => {
    if (!links.some((one) => one.alias === link.alias && one.near === link.near && one.far === link.far)) links.push(link);
  };
  for (const { from, to } of catalog.relations) {
    for (const table of earlier) {
      if (isOf(to, joined) && isOf(from, table)) add({ alias: table.alias, near: from.column, far: to.column });
      if (isOf(from, joined) && isOf(to, table)) add({ alias: table.alias, near: to.column, far: from.column });
    }
  }
  return links;
}

/** Whether `via` finds the table it starts from by itself: the link's column refers to exactly one of the tables so far, which is the one meant. */
export function viaIsPlain(
  catalog: Catalog,
  earlier: readonly AliasedTable[],
  near: AliasedTable,
  link: Extract<NimRelation, { kind: 'link' }>,
): boolean {
  const targets = catalog.relations.flatMap(({ from, to }) =>
    isOf(from, link) && from.column === link.near ? [to] : isOf(to, link) && to.column === link.near ? [from] : [],
  );
  const related = earlier.filter((table) => targets.some((target) => isOf(target, table)));
  if (related.length > 0)
    return related.length === 1 && related[0]?.alias === near.alias && targets.filter((target) => isOf(target, near)).length === 1;
  return earlier.length === 1 && findCatalogTable(catalog, near.system, near.table)?.key !== undefined;
}

/** The columns by which the rows of a table refer to others of it. */
export function treeColumns(catalog: Catalog, table: Pick<AliasedTable, 'system' | 'table'>): readonly string[] {
  return catalog.relations
    .filter(({ kind, from, to }) => kind === 'reference' && isOf(from, table) && isOf(to, table))
    .map(({ from }) => from.column);
}
