import { internalName } from '../internal/internal-system.ts';
import { readLookup } from '../internal/lookup.ts';
import { findCatalogTable } from '../system/catalog.ts';
import type { SystemTable } from '../system/system.ts';
import { parseJson } from '../text/json.ts';
import { changeCollection, isSameTable, newCollection, type CollectionContext } from './export-collection.ts';
import { withLists } from './export-system.ts';
import type { Exporting } from './exporting.ts';
import { recordsOf, textOf } from './json-value.ts';
import type { NimResource } from './resources.ts';

/** A lookup table that goes out made of its files, by its name here and in NIM. */
export interface MadeLookup {
  readonly file: string;
  readonly name: string;
}

/** NIM's internal system with the key and the columns of lookup tables that were changed here, and with those that are new. */
export function withLookups(exporting: Exporting, internal: NimResource, lookups: readonly MadeLookup[]): NimResource {
  const collections = recordsOf(internal.data, 'collections');
  const known = new Set(collections.map((one) => textOf(one, 'col_name')));
  const changed = new Map(
    lookups.flatMap(({ file, name }) => {
      const [was, is] = [before(exporting, file), now(exporting, file)];
      const one = collections.find((collection) => textOf(collection, 'col_name') === name);
      return one && !isSameTable(was, is) ? [[name, changeCollection(one, was, is, context(exporting, file, known))] as const] : [];
    }),
  );
  const added = lookups.filter(({ name }) => !known.has(name));
  const made = added.map(({ file, name }) => ({
    ...newCollection(now(exporting, file), 'lookup', context(exporting, file, known)),
    col_name: name,
  }));
  if (changed.size + made.length === 0) return internal;
  return {
    ...internal,
    data: {
      ...internal.data,
      ...withLists(
        internal.data,
        new Map(),
        [],
        added.map(({ name }) => name),
      ),
      collections: [...collections.map((one) => changed.get(textOf(one, 'col_name')) ?? one), ...made],
    },
  };
}

function context({ workspace }: Exporting, file: string, tables: ReadonlySet<string>): CollectionContext {
  return { catalog: findCatalogTable(workspace.catalog, internalName, file), tables };
}

function now({ workspace }: Exporting, file: string): SystemTable {
  const { name, key, display } = tableOf(file, workspace.lookups.get(file)?.model);
  const catalog = findCatalogTable(workspace.catalog, internalName, file);
  const own = workspace.systems.get(internalName)?.model.tables.find((table) => table.name.text === file);
  const scripts = new Set(own?.scripts?.map((script) => script.name.text));
  return {
    name,
    ...(key && { key }),
    ...(display && { display }),
    fields: (catalog?.columns ?? []).flatMap((column) =>
      scripts.has(column.name) ? [] : [{ name: { text: column.name, span: nowhere }, type: column.type }],
    ),
    references: [],
    relations: [],
  };
}

function before(exporting: Exporting, file: string): SystemTable {
  const text = exporting.before.files.get(`lookups/${file}.json`);
  return tableOf(file, text === undefined ? undefined : readLookup(file, parseJson(text, { strict: false }).root));
}

function tableOf(file: string, lookup: ReturnType<typeof readLookup> | undefined): SystemTable {
  return {
    name: { text: file, span: nowhere },
    ...(lookup?.key && { key: lookup.key }),
    ...(lookup?.display && { display: lookup.display }),
    fields: lookup?.columns ?? [],
    references: [],
    relations: [],
  };
}

const nowhere = { offset: 0, length: 0 };
