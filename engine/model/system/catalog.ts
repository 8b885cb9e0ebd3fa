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
  /** What each system gives; the same record as long as it says the same. */
  readonly parts: ReadonlyMap<string, CatalogPart>;
  /** The relations between systems. */
  readonly between: readonly Relation[];
}

/** What one system gives to the catalog. */
export interface CatalogPart {
  readonly tables: readonly CatalogTable[];
  readonly relations: readonly Relation[];
}

/** A catalog of parts, in their order. */
export function joinParts(parts: ReadonlyMap<string, CatalogPart>, between: readonly Relation[]): Catalog {
  const all = [...parts.values()];
  return {
    tables: all.flatMap(({ tables }) => tables),
    relations: [...all.flatMap(({ relations }) => relations), ...between],
    parts,
    between,
  };
}

/** A catalog of tables and relations that come from anywhere. */
export function catalogOf(tables: readonly CatalogTable[], relations: readonly Relation[]): Catalog {
  const parts = new Map<string, CatalogPart>();
  for (const system of new Set(tables.map((table) => table.system))) {
    parts.set(system, {
      tables: tables.filter((table) => table.system === system),
      relations: relations.filter(({ kind, from }) => kind === 'reference' && from.system === system),
    });
  }
  return joinParts(
    parts,
    relations.filter(({ kind }) => kind === 'inter-system'),
  );
}

export function findCatalogTable(catalog: Catalog, system: string, table: string): CatalogTable | undefined {
  return catalog.parts.get(system)?.tables.find((candidate) => candidate.table === table);
}

/** The name of a table in the vault: `system.table`. The vault's own tables have no dot, so the two never meet. */
export function vaultTableName(system: string, table: string): string {
  return `${system}.${table}`;
}
