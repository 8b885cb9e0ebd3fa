import type { Catalog, CatalogPart } from '../system/catalog.ts';
import { bindFilter } from './bind.ts';
import type { BoundFilter } from './bound.ts';
import type { FilterDocument } from './filter.ts';

const memory = new WeakMap<FilterDocument, { readonly catalog: Catalog; readonly bound: BoundFilter }>();

/**
 * As `bindFilter`, remembering the result: every mapping and role that names a filter's column asks for the same binding. It stays as long as
 * nothing that the filter rests on has changed in the catalog.
 */
export function bindOnce(document: FilterDocument, catalog: Catalog): BoundFilter {
  const known = memory.get(document);
  if (known && (known.catalog === catalog || stillHolds(known.bound, known.catalog, catalog))) return known.bound;
  const bound = bindFilter(document, catalog);
  memory.set(document, { catalog, bound });
  return bound;
}

/** A filter without a problem means what it meant as long as its systems say what they said, and no other system's tables have new names. */
function stillHolds(bound: BoundFilter, before: Catalog, now: Catalog): boolean {
  if (bound.problems.length > 0 || before.between !== now.between || before.parts.size !== now.parts.size) return false;
  const own = new Set([...bound.tables.map(({ system }) => system), ...bound.lookups.map(({ table }) => table.system)]);
  return [...now.parts].every(([system, part]) => {
    const old = before.parts.get(system);
    return old === part || (old && !own.has(system) && sameNames(old, part));
  });
}

function sameNames(one: CatalogPart, other: CatalogPart): boolean {
  return one.tables.length === other.tables.length && one.tables.every(({ table }, index) => other.tables[index]?.table === table);
}
