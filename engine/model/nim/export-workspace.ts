import { internalName } from '../internal/internal-system.ts';
import { withLookups, type MadeLookup } from './export-internal.ts';
import { isStillRelated, newRelations, noteNewRelations } from './export-relations.ts';
import { changeSystem, newSystem } from './export-system.ts';
import { makeFilter, makeLookup, makeVariable } from './export-things.ts';
import { openExport, type Exporting, type ExportNote, type ExportSources } from './exporting.ts';
import { recordOf, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';
import { noteLeftOut } from './left-out.ts';
import { category, resourceRecord, type NimResource } from './resources.ts';

export type { ExportNote, ExportSources } from './exporting.ts';

export interface ExportedWorkspace {
  /** Absent where something in it cannot be said in NIM. */
  readonly export?: JsonRecord;
  readonly notes: readonly ExportNote[];
  /** How many filters go out as NIM gave them, and how many are made from their text. */
  readonly kept: number;
  readonly made: number;
}

/**
 * Makes an export that NIM imports of a workspace. What nobody changed since it came from NIM goes back as NIM wrote it, with its ids; filters, data models,
 * lookup tables, relations and libraries that were changed or are new are made from their files. What stays behind is noted. Never throws.
 */
export function exportWorkspace(sources: ExportSources): ExportedWorkspace {
  const notes: ExportNote[] = [];
  const exporting = openExport(sources, notes);
  const { files, originals, before, head, now, note } = exporting;
  const counts = { kept: 0, made: 0 };
  const done = new Set<string>();
  const lookups: MadeLookup[] = [];
  const found: NimResource[] = [];
  for (const [place, resource] of originals.entries()) {
    const paths = pathsOf(exporting, place);
    paths.forEach((path) => done.add(path));
    const made = keepOrMake(exporting, resource, paths, counts);
    if (made) found.push(made);
    if (made && resource.category === category.lookup && made !== resource)
      lookups.push({ file: fileOf(paths), name: textOf(made.data, 'name') });
  }
  for (const path of [...files.keys()].sort()) if (!done.has(path)) found.push(...newFrom(path));
  found.push(...newRelations(exporting));
  const resources = found.map((one) => (isInternal(one) ? withLookups(exporting, one, lookups) : one));
  if (!resources.some(isInternal))
    for (const { file, name } of lookups)
      note(
        `lookups/${file}.csv`,
        'info',
        `In NIM, see that "${name}" is among the tables of the internal system, with its key: that system is not in the export.`,
      );
  noteLeftOut(exporting);
  const failed = notes.some(({ severity }) => severity === 'error');
  if (resources.length === 0 && !failed)
    note('.', 'error', 'There is nothing to export: the folder has no filters and nothing that came from NIM.');
  const whole = resources.length > 0 && !failed;
  return { ...(whole && { export: exportOf(head, resources, now) }), notes, ...counts };

  /** What came into the folder since. */
  function newFrom(path: string): readonly NimResource[] {
    if (/^filters\/[^/]+\.filter$/.test(path)) {
      const made = makeFilter(exporting, path, undefined);
      if (made) counts.made++;
      return made ? [made] : [];
    }
    if (/^libraries\/[^/]+\.js$/.test(path)) return [makeVariable(exporting, path, undefined)];
    const table = /^lookups\/([^/]+)\.csv$/.exec(path)?.[1];
    if (table !== undefined) {
      const paths = [path, `lookups/${table}.json`].filter((one) => files.has(one));
      paths.forEach((one) => done.add(one));
      lookups.push({ file: table, name: table });
      return [makeLookup(exporting, paths, undefined)];
    }
    if (!/^systems\/[^/]+\.json$/.test(path) || path === internalPath) return [];
    if (before.files.has(path)) {
      // Import made it of what filters name; the system itself was not in the export.
      if (!exporting.isUnchanged(path))
        note(path, 'info', 'It is not in the export, since what came from NIM has no such system. Change it in NIM as well.');
      return [];
    }
    return [newSystem(exporting, path)].flatMap((one) => one ?? []);
  }
}

/** NIM's JSON of one filter, as its configuration folder holds it: as NIM gave it, or made from its text. Never throws. */
export function exportFilterByName(sources: ExportSources, name: string): ExportedWorkspace {
  const notes: ExportNote[] = [];
  const exporting = openExport(sources, notes);
  // What is broken elsewhere says nothing of this filter.
  notes.length = 0;
  const counts = { kept: 0, made: 0 };
  const path = `filters/${name}.filter`;
  const original = exporting.originals[exporting.before.sources.get(path) ?? -1];
  const made = original ? keepOrMake(exporting, original, [path], counts) : makeFilter(exporting, path, undefined);
  if (made && !original) counts.made++;
  if (made) noteNewRelations(exporting, path, made.data);
  const failed = notes.some(({ severity }) => severity === 'error');
  return { ...(made && !failed && { export: made.data }), notes, ...counts };
}

const internalPath = `systems/${internalName}.json`;

function isInternal({ category: kind, data }: NimResource): boolean {
  return kind === category.system && textOf(data, 'system_name') === internalName;
}

/** The files that import made of the thing at that place. */
function pathsOf({ before, originals }: Exporting, place: number): readonly string[] {
  const paths = [...before.sources].flatMap(([path, source]) => (source === place ? [path] : []));
  const resource = originals[place];
  return resource && isInternal(resource) && !paths.includes(internalPath) ? [internalPath] : paths;
}

function fileOf(paths: readonly string[]): string {
  return (paths[0] ?? '').replace(/^lookups\//, '').replace(/\.\w+$/, '');
}

/** A thing of NIM's as it was, or made of its files where they say something else; undefined for one that is gone or cannot be said. */
function keepOrMake(
  exporting: Exporting,
  resource: NimResource,
  paths: readonly string[],
  counts: { kept: number; made: number },
): NimResource | undefined {
  const { files, note } = exporting;
  const { category: kind } = resource;
  const [path = ''] = paths;
  if (paths.length > 0 && path !== internalPath && paths.every((one) => !files.has(one))) {
    note(path, 'info', `"${resource.name}" is no longer in the workspace and not in the export.`);
    return undefined;
  }
  if (kind === category.relation) return isStillRelated(exporting, resource) ? resource : undefined;
  if (paths.every(exporting.isUnchanged)) {
    if (kind === category.filter) counts.kept++;
    return resource;
  }
  switch (kind) {
    case category.filter: {
      const made = makeFilter(exporting, path, resource);
      if (made) counts.made++;
      return made;
    }
    case category.lookup:
      return makeLookup(exporting, paths, resource);
    case category.globalVariable:
      return makeVariable(exporting, path, resource);
    case category.system:
      return changeSystem(exporting, path, resource);
    default:
      return resource;
  }
}

function exportOf(head: JsonRecord, resources: readonly NimResource[], now: number): JsonRecord {
  const inventory = recordOf(head, 'inventory');
  const listed = recordsOf(inventory, 'resources');
  const isListed = (one: NimResource): boolean =>
    listed.some((entry) => textOf(entry, 'n') === one.name && valueOf(entry, 'c') === one.category);
  return {
    name: textOf(head, 'name') || 'Sollist',
    type: textOf(head, 'type') || 'partial',
    host: textOf(head, 'host'),
    created: now,
    comment: textOf(head, 'comment'),
    resources: resources.map(resourceRecord),
    relations: valueOf(head, 'relations') ?? [],
    inventory: {
      ...inventory,
      resources: [
        ...listed,
        ...resources.filter((one) => !isListed(one)).map(({ name, category: kind }) => ({ n: name, c: kind, childs: [] })),
      ],
    },
    auth: valueOf(head, 'auth') ?? false,
  };
}
