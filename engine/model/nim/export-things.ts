import { filterLibraryOf } from '../workspace/filter-library.ts';
import { exportFilter } from './export-filter.ts';
import { exportLookup } from './export-lookup.ts';
import type { Exporting } from './exporting.ts';
import { recordOf, textOf, valueOf, type JsonRecord } from './json-value.ts';
import { keepIds } from './keep-ids.ts';
import { readNimFilter } from './read-filter.ts';
import { withNimNames } from './renamed.ts';
import { category, type NimResource } from './resources.ts';

/** A filter's JSON of its text; undefined, with what is wrong noted, where NIM cannot say it. */
export function makeFilter(exporting: Exporting, path: string, original: NimResource | undefined): NimResource | undefined {
  const { workspace, before, now, note } = exporting;
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
  for (const unread of original ? readNimFilter(original.data).unread : [])
    note(path, 'warning', `${unread} That was in NIM's filter and is not in this one, which is made from its text.`);
  const meta = original ? recordOf(original.data, 'meta_config') : {};
  const dates = original ? { modified_date_time: now, modified_by_id: -1 } : {};
  const whole = {
    ...withNimNames(data, before.renamed),
    meta_config: { ...recordOf(data, 'meta_config'), ...pick(meta, ['created_date_time', 'created_by_id']), ...dates },
  };
  const kept = original ? keepIds(whole, original.data) : whole;
  return { name: original?.name ?? name, category: category.filter, data: kept, processValue: original?.processValue ?? 0 };
}

export function makeLookup({ files }: Exporting, paths: readonly string[], original: NimResource | undefined): NimResource {
  const csv = paths.find((one) => one.endsWith('.csv'));
  const json = paths.find((one) => one.endsWith('.json'));
  const file = (csv ?? json ?? '').replace(/^lookups\//, '').replace(/\.\w+$/, '');
  const name = original ? textOf(original.data, 'name') || original.name : file;
  const data = exportLookup(name, json && files.get(json), (csv && files.get(csv)) ?? '', original?.data);
  return { name: original?.name ?? name, category: category.lookup, data, processValue: original?.processValue ?? 0 };
}

export function makeVariable({ files, note }: Exporting, path: string, original: NimResource | undefined): NimResource {
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
