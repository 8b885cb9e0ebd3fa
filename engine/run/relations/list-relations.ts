import type { Catalog } from '../../model/system/catalog.ts';
import { manyToMany } from '../../model/system/link-tables.ts';
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
  const relations = catalog.relations.filter(({ from, to }) => system === undefined || from.system === system || to.system === system);
  const held = vault?.tables() ?? [];
  const isHeld = (side: { readonly system: string; readonly table: string; readonly column: string }): boolean =>
    held.some((each) => each.system === side.system && each.table === side.table && each.columns.some(({ name }) => name === side.column));
  const missing = relations.flatMap(({ from, to }) => [from, to]).filter((side) => !isHeld(side));
  return {
    relations: relations.map(({ kind, from, to }): ListedRelation => {
      signal?.throwIfAborted();
      return { kind, from, to, ...(vault && isHeld(from) && isHeld(to) && { match: matchRelation(vault, from, to) }) };
    }),
    links: manyToMany(relations),
    notCollected: [...new Set(missing.map((side) => `${side.system}.${side.table}`))],
  };
}
