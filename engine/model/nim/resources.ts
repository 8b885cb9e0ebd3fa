import { isRecord, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';

/** NIM's numbers for the kinds of things an export holds, with the word we have for each. */
export const categories: ReadonlyMap<number, string> = new Map([
  [1, 'system'],
  [3, 'filter'],
  [4, 'password-generator'],
  [5, 'name-generator'],
  [6, 'mapping'],
  [8, 'job'],
  [10, 'sync-task'],
  [12, 'retention'],
  [14, 'role-generator-task'],
  [15, 'license-evaluation'],
  [16, 'certificate-maintenance'],
  [19, 'audit-query'],
  [20, 'notification-template'],
  [21, 'event-filter'],
  [23, 'role-model'],
  [24, 'role-generator'],
  [26, 'app'],
  [27, 'lookup-table'],
  [28, 'relation'],
  [29, 'event-action'],
  [30, 'global-variable'],
  [32, 'session-variable'],
  [33, 'script'],
  [36, 'ldap'],
  [37, 'item-library'],
  [39, 'settings'],
  [40, 'image'],
]);

export const category = { system: 1, filter: 3, lookup: 27, relation: 28, globalVariable: 30 } as const;

/** One thing of an export. */
export interface NimResource {
  readonly name: string;
  readonly category: number;
  /** Empty where it is no object, as of images. */
  readonly data: JsonRecord;
  /** As it was given, where that is no object. */
  readonly raw?: unknown;
  readonly processValue: unknown;
}

/** A whole export: what it holds, and what is said about it. */
export interface NimExport {
  /** `name`, `type`, `host`, `created`, `comment`, `auth`, `relations`, `inventory`: everything but the resources. */
  readonly head: JsonRecord;
  readonly resources: readonly NimResource[];
}

/** Reads an export, or one filter by itself; undefined for JSON that is neither. */
export function readExport(value: unknown): NimExport | undefined {
  if (!isRecord(value)) return undefined;
  if (isFilter(value)) return { head: {}, resources: [resourceOf(textOf(value, 'filter_name'), category.filter, value)] };
  if (!Array.isArray(valueOf(value, 'resources'))) return undefined;
  const { resources: _, ...head } = value;
  return {
    head,
    resources: recordsOf(value, 'resources').flatMap((one) => {
      const [kind, data] = [valueOf(one, 'category'), valueOf(one, 'data')];
      if (typeof kind !== 'number') return [];
      const what = isRecord(data) ? { data } : { data: {}, raw: data };
      return [{ name: textOf(one, 'name'), category: kind, ...what, processValue: valueOf(one, 'processValue') ?? 0 }];
    }),
  };
}

/** As NIM writes it. */
export function resourceRecord({ name, category: kind, data, raw, processValue }: NimResource): JsonRecord {
  return { name, category: kind, data: raw === undefined ? data : raw, processValue };
}

export function isFilter(value: JsonRecord): boolean {
  return Array.isArray(valueOf(value, 'filter_items'));
}

/** Folders of NIM's configuration whose files are known, by the category of what they hold. */
const folders: ReadonlyMap<string, number> = new Map([
  ['filters', category.filter],
  ['systems', category.system],
  ['mappings', 6],
  ['lookuptables', category.lookup],
  ['lookup_tables', category.lookup],
  ['relations', category.relation],
  ['globalvariables', category.globalVariable],
  ['global_variables', category.globalVariable],
]);

/**
 * Reads a configuration folder, as NIM keeps it on its server: a file for each thing, in folders. What is known of it publicly are the filters; other
 * files are told by what they hold, else left out and named.
 */
export function readConfigFolder(files: ReadonlyMap<string, unknown>): { readonly export: NimExport; readonly unknown: readonly string[] } {
  const resources: NimResource[] = [];
  const unknown: string[] = [];
  for (const [path, value] of files) {
    const steps = path.split('/');
    const stem = (steps.at(-1) ?? '').replace(/\.json$/i, '');
    const kind = isRecord(value) ? kindOf(value, steps.at(-2)?.toLowerCase() ?? '') : undefined;
    if (isRecord(value) && kind !== undefined) resources.push(resourceOf(nameOf(value, stem), kind, value));
    else unknown.push(path);
  }
  return { export: { head: {}, resources }, unknown };
}

function kindOf(value: JsonRecord, folder: string): number | undefined {
  if (isFilter(value)) return category.filter;
  if (Array.isArray(valueOf(value, 'collections')) && textOf(value, 'system_name') !== '') return category.system;
  if (textOf(value, 'system_a') !== '' && textOf(value, 'system_b') !== '') return category.relation;
  if (Array.isArray(valueOf(value, 'columns')) && Array.isArray(valueOf(value, 'rows'))) return category.lookup;
  const byFolder = folders.get(folder);
  return byFolder === category.filter || byFolder === category.system ? undefined : byFolder;
}

function nameOf(value: JsonRecord, stem: string): string {
  return textOf(value, 'filter_name') || textOf(value, 'system_name') || textOf(value, 'name') || stem;
}

function resourceOf(name: string, kind: number, data: JsonRecord): NimResource {
  return { name, category: kind, data, processValue: 0 };
}
