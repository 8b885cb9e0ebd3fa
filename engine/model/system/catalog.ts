import type { ColumnType } from '../connector/connector.ts';

/** One column of the vault that a filter, mapping or role may name. */
export interface CatalogColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** One table of the vault. */
export interface CatalogTable {
  readonly system: string;
  readonly table: string;
  readonly columns: readonly CatalogColumn[];
  /** The primary key, unique by expectation. */
  readonly key?: string;
  /** The column to show for a row, such as a display name. */
  readonly display?: string;
}

/** A column of a table of a system. */
export interface ColumnRef {
  readonly system: string;
  readonly table: string;
  readonly column: string;
}

/**
 * Two columns that mean the same thing. `reference`: within a system, `from` refers to the key of `to` (n-1); where both are the same
 * table it is a tree and may be recursed. `inter-system`: between two systems, n-n, without direction.
 */
export interface Relation {
  readonly kind: 'reference' | 'inter-system';
  readonly from: ColumnRef;
  readonly to: ColumnRef;
}

/** Everything a filter may name: connectors, systems and relations taken together. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  readonly relations: readonly Relation[];
}

export function findCatalogTable(catalog: Catalog, system: string, table: string): CatalogTable | undefined {
  return catalog.tables.find((candidate) => candidate.system === system && candidate.table === table);
}

/** The name of a table in the vault: `system.table`. The vault's own tables have no dot, so the two never meet. */
export function vaultTableName(system: string, table: string): string {
  return `${system}.${table}`;
}
