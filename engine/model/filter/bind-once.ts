import type { Catalog, CatalogPart } from '../system/catalog.ts';
import { bindFilter } from './bind.ts';
import type { BoundFilter } from './bound.ts';
import type { FilterDocument } from './filter.ts';
import { noLibrary, type FilterLibrary } from './library.ts';

interface Remembered {
  readonly catalog: Catalog;
  readonly bound: BoundFilter;
  /** The filters it asked for, and what there was under that name. */
  readonly asked: ReadonlyMap<string, FilterDocument | undefined>;
  readonly globals: string;
}

const memory = new WeakMap<FilterDocument, Remembered>();

/**
 * As `bindFilter`, remembering the result: every mapping and role that names a filter's column asks for the same binding. It stays as long as
 * nothing that the filter rests on has changed in the catalog.
 */
export function bindOnce(document: FilterDocument, catalog: Catalog, library: FilterLibrary = noLibrary): BoundFilter {
  const known = memory.get(document);
  const globals = (library.scriptGlobals ?? []).join('\n');
  const holds = known && (known.catalog === catalog || stillHolds(known.bound, known.catalog, catalog));
  if (holds && known.globals === globals && [...known.asked].every(([name, was]) => library.find(name)?.document === was))
    return known.bound;
  const asked = new Map<string, FilterDocument | undefined>();
  const bound = bindFilter(document, catalog, {
    ...library,
    find(name) {
      const found = library.find(name);
      asked.set(name, found?.document);
      return found;
    },
  });
  memory.set(document, { catalog, bound, asked, globals });
  return bound;
}

/** A filter without a problem means what it meant as long as its systems say what they said, and no other system's tables have new names. */
function stillHolds(bound: BoundFilter, before: Catalog, now: Catalog): boolean {
  if (bound.problems.length > 0 || before.between !== now.between || before.parts.size !== now.parts.size) return false;
  const own = new Set(systemsOf(bound));
  return [...now.parts].every(([system, part]) => {
    const old = before.parts.get(system);
    return old === part || (old && !own.has(system) && sameNames(old, part));
  });
}

function systemsOf({ tables, columns, lookups, appends }: BoundFilter): readonly string[] {
  const appended = appends.flatMap(({ bound }) => systemsOf(bound));
  const asked = columns.flatMap(({ script }) => script?.asks ?? []);
  return [...tables.map(({ system }) => system), ...asked, ...lookups.map(({ table }) => table.system), ...appended];
}

function sameNames(one: CatalogPart, other: CatalogPart): boolean {
  return one.tables.length === other.tables.length && one.tables.every(({ table }, index) => other.tables[index]?.table === table);
}
