import { builtInTables } from '../../model/internal/built-in.ts';
import { internalName } from '../../model/internal/internal-system.ts';
import type { Catalog, ColumnRef } from '../../model/system/catalog.ts';
import { manyToMany } from '../../model/system/link-tables.ts';
import type { VaultTable } from '../records.ts';
import type { VaultReader } from '../vault/vault.ts';
import { matchRelation } from './match-relation.ts';
import type { ListedRelation, RelationList } from './relation-report.ts';

/** The relations of a data model, those of one system or all, with their match; without a vault there is none. */
export function listRelations(
  catalog: Catalog,
  vault: Pick<VaultReader, 'tables' | 'query'> | undefined,
  system: string | undefined,
  signal?: AbortSignal,
): RelationList {
  const held = vault?.tables() ?? [];
  const tableOf = (side: ColumnRef): VaultTable | undefined =>
    held.find((each) => each.system === side.system && each.table === side.table);
  const relations = catalog.relations.filter(({ from, to }) =>
    system === undefined
      ? [from, to].some((side) => !isBuiltIn(side) || (tableOf(side)?.evidence.rows ?? 0) > 0)
      : from.system === system || to.system === system,
  );
  const isHeld = (side: ColumnRef): boolean => tableOf(side)?.columns.some(({ name }) => name === side.column) ?? false;
  const missing = relations.flatMap(({ from, to }) => [from, to]).filter((side) => !isHeld(side));
  return {
    relations: relations.map(({ kind, from, to }): ListedRelation => {
      signal?.throwIfAborted();
      return { kind, from, to, ...(vault && isHeld(from) && isHeld(to) && { match: matchRelation(vault, from, to) }) };
    }),
    links: manyToMany(relations),
    notCollected: [...new Set(missing.map((side) => `${side.system}.${side.table}${tableOf(side) ? `.${side.column}` : ''}`))],
  };
}

/** Tables that every workspace with an internal system has: where nobody gives them rows, nobody needs to hear of them. */
function isBuiltIn({ system, table }: ColumnRef): boolean {
  return system === internalName && builtInTables.some(({ name }) => name === table);
}
