import type { Catalog } from '../system/catalog.ts';
import { bindFilter } from './bind.ts';
import type { BoundFilter } from './bound.ts';
import type { FilterDocument } from './filter.ts';

const memory = new WeakMap<FilterDocument, WeakMap<Catalog, BoundFilter>>();

/** As `bindFilter`, remembering the result: every mapping and role that names a filter's column asks for the same binding. */
export function bindOnce(document: FilterDocument, catalog: Catalog): BoundFilter {
  const byCatalog = memory.get(document) ?? new WeakMap<Catalog, BoundFilter>();
  memory.set(document, byCatalog);
  const known = byCatalog.get(catalog);
  if (known) return known;
  const bound = bindFilter(document, catalog);
  byCatalog.set(catalog, bound);
  return bound;
}
