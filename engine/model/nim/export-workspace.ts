import type { Connector } from '../connector/connector.ts';
import type { Severity, Span } from '../text/problem.ts';
import { filterLibraryOf } from '../workspace/filter-library.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { exportFilter } from './export-filter.ts';
import { exportLookup } from './export-lookup.ts';
import { headPath, importWorkspace } from './import-workspace.ts';
import { isRecord, recordOf, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';
import { category, readExport, resourceRecord, type NimResource } from './resources.ts';

/** What an export says about one file. Errors keep it from being made. */
export interface ExportNote {
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
  /** In the file's text; absent where it is about the file as a whole. */
  readonly span?: Span;
}

export interface ExportedWorkspace {
  /** Absent where something in it cannot be said in NIM. */
  readonly export?: JsonRecord;
  readonly notes: readonly ExportNote[];
  /** How many filters go out as NIM gave them, and how many are made from their text. */
  readonly kept: number;
  readonly made: number;
}

export interface ExportSources {
  /** Every text file of the folder by path, `nim/` and `lookups/` included. */
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes an export that NIM imports of a workspace. What nobody changed since it came from NIM goes back as NIM wrote it, with its ids; filters,
 * lookup tables, relations and libraries that were changed or are new are made from their files. Never throws.
 */
export function exportWorkspace({ files, workspace, now }: ExportSources): ExportedWorkspace {
  const notes: ExportNote[] = [];
  const counts = { kept: 0, made: 0 };
  const { head, originals } = readOriginals(files, notes);
  const connectors = new Map([...workspace.connectors].map(([name, { model }]): readonly [string, Connector] => [name, model]));
  const before = importWorkspace({ head, resources: originals }, { connectors });
  const pathsOf = (place: number): readonly string[] => [...before.sources].flatMap(([path, source]) => (source === place ? [path] : []));
  const unchanged = (path: string): boolean => files.get(path) === before.files.get(path);
  const done = new Set<string>();
  const resources: NimResource[] = [];
  for (const [place, resource] of originals.entries()) {
    const paths = pathsOf(place);
    paths.forEach((path) => done.add(path));
    const made = keepOrMake(resource, paths);
    if (made) resources.push(made);
  }
  for (const path of [...files.keys()].sort()) if (!done.has(path)) resources.push(...newFrom(path));
  resources.push(...newRelations());
  const failed = notes.some(({ severity }) => severity === 'error');
  if (resources.length === 0 && !failed)
    note('.', 'error', 'There is nothing to export: the folder has no filters and nothing that came from NIM.');
  const whole = resources.length > 0 && !failed;
  return { ...(whole && { export: exportOf(head, resources, now) }), notes, ...counts };

  function note(path: string, severity: Severity, message: string, span?: Span): void {
    notes.push({ path, severity, message, ...(span && { span }) });
  }

  function keepOrMake(resource: NimResource, paths: readonly string[]): NimResource | undefined {
    const { category: kind } = resource;
    const [path] = paths;
    const gone = paths.length > 0 && paths.every((one) => !files.has(one));
    if (gone && kind !== category.system) {
      note(path ?? '', 'info', `"${resource.name}" is no longer in the workspace and not in the export.`);
      return undefined;
    }
    if (kind === category.relation) return isStillRelated(resource) ? resource : undefined;
    if (paths.every(unchanged)) {
      if (kind === category.filter) counts.kept++;
      return resource;
    }
    switch (kind) {
      case category.filter:
        return makeFilter(path ?? '', resource);
      case category.lookup:
        return makeLookup(paths, resource);
      case category.globalVariable:
        return makeVariable(path ?? '', resource);
      case category.system:
        note(
          path ?? '',
          'warning',
          `The data model of "${resource.name}" was changed here. NIM's own is exported; change it in NIM as well.`,
        );
        return resource;
      default:
        return resource;
    }
  }

  function makeFilter(path: string, original: NimResource | undefined): NimResource | undefined {
    const name = path.slice('filters/'.length, -'.filter'.length);
    const file = workspace.filters.get(name);
    if (file?.path !== path) return undefined;
    const { data, problems } = exportFilter(original ? textOf(original.data, 'filter_name') || name : name, file.model, {
      catalog: workspace.catalog,
      library: filterLibraryOf(workspace),
      created: now,
    });
    for (const { severity, message, span } of problems) note(path, severity, message, span);
    if (!data) return undefined;
    counts.made++;
    const meta = original ? recordOf(original.data, 'meta_config') : {};
    const dates = original ? { modified_date_time: now, modified_by_id: -1 } : {};
    const whole = {
      ...data,
      meta_config: { ...recordOf(data, 'meta_config'), ...pick(meta, ['created_date_time', 'created_by_id']), ...dates },
    };
    return { name: original?.name ?? name, category: category.filter, data: whole, processValue: original?.processValue ?? 0 };
  }

  function makeLookup(paths: readonly string[], original: NimResource | undefined): NimResource | undefined {
    const csv = paths.find((one) => one.endsWith('.csv'));
    const json = paths.find((one) => one.endsWith('.json'));
    const name = (csv ?? json ?? '').replace(/^lookups\//, '').replace(/\.\w+$/, '');
    const data = exportLookup(original?.name ?? name, json && files.get(json), (csv && files.get(csv)) ?? '', original?.data);
    return { name: original?.name ?? name, category: category.lookup, data, processValue: original?.processValue ?? 0 };
  }

  function makeVariable(path: string, original: NimResource | undefined): NimResource {
    const name = path.slice('libraries/'.length, -'.js'.length);
    const code = files.get(path) ?? '';
    const constant = constantOf(code);
    const isConstant = original ? textOf(original.data, 'source') === 'constant' : constant !== undefined;
    if (isConstant && constant === undefined)
      note(path, 'error', `"${name}" is a constant in NIM: write it as return and one value, such as return 'text';`);
    const base = {
      name: original?.name ?? name,
      category: isConstant ? 'automation' : 'library',
      description: '',
      builtin: false,
      ...original?.data,
    };
    const data = isConstant
      ? { ...base, source: 'constant', type: valueOf(base, 'type') ?? 0, value: constant ?? '' }
      : { ...base, source: 'javascript', code: code.trimEnd() };
    return { name: original?.name ?? name, category: category.globalVariable, data, processValue: original?.processValue ?? 0 };
  }

  /** What came into the folder since. */
  function newFrom(path: string): readonly NimResource[] {
    if (/^filters\/[^/]+\.filter$/.test(path)) return [makeFilter(path, undefined)].flatMap((one) => one ?? []);
    if (/^libraries\/[^/]+\.js$/.test(path)) return [makeVariable(path, undefined)];
    const stem = /^(lookups\/[^/]+)\.csv$/.exec(path)?.[1];
    if (stem !== undefined) {
      const paths = [path, `${stem}.json`].filter((one) => files.has(one));
      paths.forEach((one) => done.add(one));
      return [makeLookup(paths, undefined)].flatMap((one) => one ?? []);
    }
    if (/^(?:mappings|roles|systems)\//.test(path) && !before.files.has(path) && path !== 'systems/internal.json')
      note(path, 'info', 'It is not in the export: set it up in NIM.');
    return [];
  }

  function isStillRelated({ data }: NimResource): boolean {
    const ends = endsOf(data);
    return relations().some((one) => sameEnds(one, ends));
  }

  function newRelations(): readonly NimResource[] {
    const known = originals.filter((one) => one.category === category.relation).map(({ data }) => endsOf(data));
    return relations()
      .filter((one) => !known.some((other) => sameEnds(one, other)))
      .map(([a, b]) => ({
        name: `${a.join('.')}-${b.join('.')}`,
        category: category.relation,
        data: { system_a: a[0], col_a: a[1], field_a: a[2], system_b: b[0], col_b: b[1], field_b: b[2] },
        processValue: 0,
      }));
  }

  function relations(): readonly Ends[] {
    return (workspace.relations?.model ?? []).map(({ left, right }): Ends => [
      [left.system.text, left.table.text, left.column.text],
      [right.system.text, right.table.text, right.column.text],
    ]);
  }
}

type End = readonly [system: string, table: string, column: string];
type Ends = readonly [End, End];

function endsOf(data: JsonRecord): Ends {
  const end = (side: 'a' | 'b'): End => [textOf(data, `system_${side}`), textOf(data, `col_${side}`), textOf(data, `field_${side}`)];
  return [end('a'), end('b')];
}

function sameEnds(one: Ends, other: Ends): boolean {
  const said = (ends: Ends): string => JSON.stringify(ends.map((end) => JSON.stringify(end)).sort());
  return said(one) === said(other);
}

function pick(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(names.flatMap((name) => (valueOf(record, name) === undefined ? [] : [[name, valueOf(record, name)]])));
}

/** `return "text";` */
function constantOf(code: string): string | undefined {
  const text = /^\s*return\s+(.+?);?\s*$/s.exec(code)?.[1];
  if (text === undefined) return undefined;
  const quoted = /^'((?:[^'\\\n]|\\.)*)'$/.exec(text);
  try {
    const value: unknown = JSON.parse(quoted ? `"${(quoted[1] ?? '').replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')}"` : text);
    return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  } catch {
    return undefined;
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

function readOriginals(
  files: ReadonlyMap<string, string>,
  notes: ExportNote[],
): { readonly head: JsonRecord; readonly originals: readonly NimResource[] } {
  const text = files.get(headPath);
  if (text === undefined) return { head: {}, originals: [] };
  const index = parse(headPath, text, notes);
  const { resources: order, ...head } = index;
  const paths = Array.isArray(order) ? order.filter((path): path is string => typeof path === 'string') : [];
  const originals = paths.flatMap((path): readonly NimResource[] => {
    const found = files.get(path);
    if (found === undefined) return [];
    const record = parse(path, found, notes);
    const [resource] = readExport({ resources: [record] })?.resources ?? [];
    if (resource) return [resource];
    notes.push({ path, severity: 'error', message: 'This is not what import has written: its "category" is missing. Import again.' });
    return [];
  });
  return { head, originals };
}

function parse(path: string, text: string, notes: ExportNote[]): JsonRecord {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  notes.push({ path, severity: 'error', message: 'This is no JSON any more. Import again, or take the file out.' });
  return {};
}
