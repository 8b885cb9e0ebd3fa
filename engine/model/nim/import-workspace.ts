import type { Connector } from '../connector/connector.ts';
import { sameName } from '../filter/words.ts';
import { internalName } from '../internal/internal-system.ts';
import { completeModel } from './complete-model.ts';
import { catalogOfModel, dataModelOf, type DataModel } from './data-model.ts';
import { createNames } from './file-names.ts';
import { importFilter, type ImportContext } from './import-filter.ts';
import { importLookup } from './import-lookup.ts';
import { importSystem } from './import-system.ts';
import { jsonText, textOf, type JsonRecord } from './json-value.ts';
import type { NimFilter } from './nim-filter.ts';
import { readNimFilter } from './read-filter.ts';
import { redact } from './redact.ts';
import { isReferredIn } from './referred.ts';
import { renameExport, renameThings, type Renamed } from './renamed.ts';
import { categories, category, resourceRecord, type NimExport, type NimResource } from './resources.ts';

/** Something a person should look at after an import, and in which file. */
export interface ImportNote {
  readonly path: string;
  readonly message: string;
}

/** An export as the files of a workspace, by path with forward slashes. Every path is one that lies inside the folder. */
export interface ImportedWorkspace {
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly ImportNote[];
  /** Which thing of the export a file was made of: its place among the resources. */
  readonly sources: ReadonlyMap<string, number>;
  /** What is called otherwise here, since its name cannot be that of a file. */
  readonly renamed: Renamed;
}

/** The index of what NIM gave; `export` writes it back in the same order. */
export const headPath = 'nim/export.json';

export interface ImportOptions {
  /** Connectors that the folder has already, by their file name without `.json`. */
  readonly connectors?: ReadonlyMap<string, Connector>;
  /** The name of the workspace, where the export has none. */
  readonly name?: string;
}

/**
 * Makes a workspace of an export: filters as text, systems with their data model, relations, lookup tables, libraries; everything else, and the
 * originals, unchanged under `nim/` so that an export gives them back. Never throws.
 */
export function importWorkspace(given: NimExport, options: ImportOptions = {}): ImportedWorkspace {
  const files = new Map<string, string>();
  const sources = new Map<string, number>();
  const notes: ImportNote[] = [];
  const names = createNames();
  const secrets = new Map<string, Set<string>>();
  // Secrets are taken out once, before anything is made of the export.
  const original: NimExport = {
    head: redact(given.head, () => undefined) as JsonRecord,
    resources: given.resources.map((one) => {
      const found = new Set<string>();
      const clean = (value: unknown): unknown => redact(value, (name) => found.add(name));
      const made = { ...one, data: clean(one.data) as JsonRecord, ...(one.raw !== undefined && { raw: clean(one.raw) }) };
      if (found.size > 0) secrets.set(`${categories.get(one.category) ?? one.category} ${one.name}`, found);
      return made;
    }),
  };
  const renamed = renameThings(original, names);
  const exported = renameExport(original, renamed);
  const note = (path: string, messages: readonly string[]): void => {
    for (const message of messages) notes.push({ path, message });
  };
  const placeOf = new Map(exported.resources.map((one, place) => [one, place] as const));
  const put = (path: string, text: string, source?: NimResource): void => {
    files.set(path, text);
    const place = source && placeOf.get(source);
    if (place !== undefined) sources.set(path, place);
  };

  const filters = exported.resources
    .filter((one) => one.category === category.filter)
    .map((resource) => {
      const read = readNimFilter(resource.data, resource.name);
      const file = names('filters', read.name);
      return { resource, file, filter: read };
    });
  // Where a file had to be called otherwise, others must name it so.
  const renamedFilters = new Map(filters.flatMap(({ filter, file }) => (filter.name === file ? [] : [[filter.name, file] as const])));
  const model = dataModelOf(exported);
  const assumed = completeModel(
    model,
    filters.map(({ filter }) => filter),
  );
  for (const [folder, map, ending] of [
    ['systems', renamed.systems, '.json'],
    ['lookups', renamed.lookups, '.csv'],
  ] as const)
    for (const [theirs, ours] of map) note(`${folder}/${ours}${ending}`, [calledOtherwise(theirs, ours)]);
  writeSystems();
  writeRelations();
  writeLookups();
  writeFilters();
  writeLibraries();
  writeOriginals();
  note('systems', assumed);
  for (const [of, found] of secrets)
    notes.push({ path: 'nim', message: `Left out of ${of}, since it looks like a secret: ${[...found].join(', ')}.` });
  if (!files.has('sollist.json')) put('sollist.json', jsonText({ name: textOf(exported.head, 'name') || options.name || 'From NIM' }));
  return { files, notes, sources, renamed: { ...renamed, filters: renamedFilters } };

  function writeSystems(): void {
    const resources = new Map(
      exported.resources
        .filter((one) => one.category === category.system)
        .map((one): readonly [string, NimResource] => [textOf(one.data, 'system_name') || one.name, one]),
    );
    for (const [name, tables] of model.systems) {
      const resource = resources.get(name);
      const made = importSystem(name, tables, resource?.data, options.connectors ?? new Map());
      const path = `systems/${name}.json`;
      if (made.text !== undefined && tables.size > 0) put(path, made.text, resource);
      note(path, made.attention);
    }
  }

  function writeRelations(): void {
    if (model.interSystem.length > 0) put('relations.json', jsonText({ relations: model.interSystem }));
  }

  function writeLookups(): void {
    const tables = model.systems.get(internalName);
    for (const resource of exported.resources.filter((one) => one.category === category.lookup)) {
      const table = tables?.get(textOf(resource.data, 'name') || resource.name);
      if (!table) continue;
      const file = table.name;
      const { json, csv, secrets: hidden } = importLookup(resource.data, table);
      put(`lookups/${file}.json`, json, resource);
      put(`lookups/${file}.csv`, csv, resource);
      if (hidden.length > 0) note(`lookups/${file}.csv`, [`The values of ${hidden.join(', ')} look like secrets and were left out.`]);
    }
  }

  function writeFilters(): void {
    const byName = new Map(filters.map((one) => [one.filter.name, one] as const));
    const find = (name: string): NimFilter | undefined =>
      byName.get(name)?.filter ?? filters.find(({ filter }) => sameName(filter.name, name))?.filter;
    const context: ImportContext = {
      catalog: catalogOfModel(model),
      find: (name) => {
        const found = find(name);
        return found && { ...found, name: renamedFilters.get(found.name) ?? found.name };
      },
      isReferred: isReferredIn(original),
      isWhole: (system, table) => isWhole(model, system, table),
    };
    for (const { resource, filter, file } of filters) {
      const path = `filters/${file}.filter`;
      const made = importFilter(
        { ...filter, appends: filter.appends.map((one) => ({ ...one, name: renamedFilters.get(one.name) ?? one.name })) },
        context,
      );
      if (!made) {
        note(path, [`"${filter.name}" starts from no table and was left out; it stays under nim/.`]);
        continue;
      }
      put(path, made.text, resource);
      note(path, [...(file === filter.name ? [] : [calledOtherwise(filter.name, file)]), ...made.attention]);
    }
  }

  /** Global variables are there for scripts, libraries and constants alike. */
  function writeLibraries(): void {
    for (const resource of exported.resources.filter((one) => one.category === category.globalVariable)) {
      const { data } = resource;
      const source = textOf(data, 'source');
      const file = names('libraries', textOf(data, 'name') || resource.name);
      if (source === 'javascript') put(`libraries/${file}.js`, `${textOf(data, 'code').replace(/\r\n?/g, '\n').trimEnd()}\n`, resource);
      else if (source === 'constant') put(`libraries/${file}.js`, constantText(data['value']), resource);
    }
  }

  function writeOriginals(): void {
    const order = original.resources.map((resource) => {
      const folder = `nim/${categories.get(resource.category) ?? `category-${resource.category}`}`;
      const path = `${folder}/${names(folder, resource.name)}.json`;
      put(path, jsonText(resourceRecord(resource)));
      return path;
    });
    put(headPath, jsonText({ ...exported.head, resources: order }));
  }
}

function calledOtherwise(theirs: string, ours: string): string {
  const short = theirs.length > 60 ? `${theirs.slice(0, 60).toWellFormed()}…` : theirs;
  return `"${short}" is called ${theirs.length > 60 ? 'otherwise' : ours} here: its name cannot be that of a file, or another file has it.`;
}

/** A constant as a library: a body that returns it. */
export function constantText(value: unknown): string {
  return `return ${JSON.stringify(value ?? null).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)};\n`;
}

function isWhole(model: DataModel, system: string, table: string): boolean {
  const from = model.systems.get(system)?.get(table)?.from;
  return from !== undefined && from !== 'use';
}
