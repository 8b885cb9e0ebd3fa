import { internalName } from '../internal/internal-system.ts';
import { isRecord, recordsOf, textOf, textsOf, valueOf, type JsonRecord } from './json-value.ts';
import { category, type NimExport, type NimResource } from './resources.ts';

/** Names that cannot be those of files here, and what stands for them: NIM's → ours. Most exports have none. */
export interface Renamed {
  readonly systems: ReadonlyMap<string, string>;
  /** Lookup tables of the internal system. */
  readonly lookups: ReadonlyMap<string, string>;
  readonly filters: ReadonlyMap<string, string>;
}

/** Gives every system and lookup table of an export the name of its file; `names` as of `createNames`. */
export function renameThings({ resources }: NimExport, names: (folder: string, name: string) => string): Omit<Renamed, 'filters'> {
  const systems = new Set<string>();
  const lookups = new Set<string>();
  for (const { category: kind, name, data } of resources) {
    if (kind === category.system) systems.add(textOf(data, 'system_name') || name);
    if (kind === category.lookup) lookups.add(textOf(data, 'name') || name);
  }
  // Systems that are only named come after those that are described.
  for (const { category: kind, data } of resources)
    if (kind === category.filter || kind === category.relation) for (const [system] of placesIn(data)) systems.add(system);
  const renamed = (all: ReadonlySet<string>, folder: string): ReadonlyMap<string, string> =>
    new Map(
      [...all].flatMap((name) => {
        const file = name === internalName || name === intersystem ? name : names(folder, name);
        return file === name ? [] : [[name, file] as const];
      }),
    );
  return { systems: renamed(systems, 'systems'), lookups: renamed(lookups, 'lookups') };
}

/** An export that calls systems and lookup tables by their names here; the resources keep their places. */
export function renameExport(exported: NimExport, names: Omit<Renamed, 'filters'>): NimExport {
  if (names.systems.size === 0 && names.lookups.size === 0) return exported;
  return { ...exported, resources: exported.resources.map((one) => renameResource(one, names)) };
}

function renameResource(resource: NimResource, names: Omit<Renamed, 'filters'>): NimResource {
  const { category: kind, name, data } = resource;
  switch (kind) {
    case category.system: {
      const system = textOf(data, 'system_name') || name;
      const collections = recordsOf(data, 'collections').map((one) => {
        const table = textOf(one, 'col_name');
        return system === internalName ? { ...renameTargets(one, names.lookups), col_name: names.lookups.get(table) ?? table } : one;
      });
      return { ...resource, data: { ...data, system_name: names.systems.get(system) ?? system, collections } };
    }
    case category.lookup: {
      const table = textOf(data, 'name') || name;
      return { ...resource, data: { ...data, name: names.lookups.get(table) ?? table } };
    }
    case category.filter:
    case category.relation:
      return { ...resource, data: renamePlaces(data, names) };
    default:
      return resource;
  }
}

/** The relations of a collection of the internal system, with other names for lookup tables. */
function renameTargets(collection: JsonRecord, lookups: Renamed['lookups']): JsonRecord {
  const fields = recordsOf(collection, 'fields').map((field) => ({
    ...field,
    ref_col: textsOf(field, 'ref_col').map((table) => lookups.get(table) ?? table),
    ref_col_fields: recordsOf(field, 'ref_col_fields').map((to) => ({ ...to, col: lookups.get(textOf(to, 'col')) ?? textOf(to, 'col') })),
  }));
  return { ...collection, fields };
}

/** What NIM writes for the system of a relation between systems. */
const intersystem = 'intersystem';

/** Where NIM's JSON of filters and relations names a table: the property of its system, and that of the table. */
const pairs = [
  ['system_name', 'col_name'],
  ['system_name_1', 'col_name_1'],
  ['system_name_n', 'col_name_n'],
  ['system_name_link', 'col_name_link'],
  ['systemName', 'colName'],
  ['system_a', 'col_a'],
  ['system_b', 'col_b'],
] as const;

/** The JSON of a filter or relation with other names for systems and lookup tables. */
function renamePlaces(data: JsonRecord, { systems, lookups }: Omit<Renamed, 'filters'>): JsonRecord {
  if (systems.size === 0 && lookups.size === 0) return data;
  const one = (record: JsonRecord): JsonRecord => {
    const made: Record<string, unknown> = { ...record };
    for (const [systemKey, tableKey] of pairs) {
      const [system, table] = [valueOf(record, systemKey), valueOf(record, tableKey)];
      if (typeof system !== 'string') continue;
      made[systemKey] = systems.get(system) ?? system;
      if (system === internalName && typeof table === 'string') made[tableKey] = lookups.get(table) ?? table;
    }
    return made;
  };
  const list = (name: string): JsonRecord => {
    const value = valueOf(data, name);
    return Array.isArray(value) ? { [name]: value.map((each: unknown) => (isRecord(each) ? one(each) : each)) } : {};
  };
  return { ...one(data), ...list('filter_items'), ...list('lookups') };
}

function placesIn(data: JsonRecord): readonly (readonly [system: string, table: string])[] {
  return [data, ...recordsOf(data, 'filter_items'), ...recordsOf(data, 'lookups')].flatMap((record) =>
    pairs.flatMap(([system, table]) => (textOf(record, system) === '' ? [] : [[textOf(record, system), textOf(record, table)] as const])),
  );
}

/** The way back: the JSON of a filter made here, with NIM's names. */
export function withNimNames(data: JsonRecord, names: Renamed): JsonRecord {
  const back = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map([...map].map(([theirs, ours]) => [ours, theirs]));
  const filters = new Map([...names.filters].map(([theirs, ours]) => [ours.toLowerCase(), theirs]));
  const parent = textOf(data, 'filter_name_parent');
  const appends = recordsOf(data, 'appends').map((one) => {
    const name = textOf(one, 'filter_name');
    return { ...one, filter_name: filters.get(name.toLowerCase()) ?? name };
  });
  return {
    ...renamePlaces(data, { systems: back(names.systems), lookups: back(names.lookups) }),
    ...(valueOf(data, 'filter_name_parent') !== undefined && { filter_name_parent: (filters.get(parent) ?? parent).toLowerCase() }),
    ...(valueOf(data, 'appends') !== undefined && { appends }),
  };
}
