import { flagOf, isRecord, recordOf, recordsOf, textOf, textsOf, valueOf, type JsonRecord } from './json-value.ts';
import type { NimColumn, NimFilter, NimLookup, NimParameter } from './nim-filter.ts';
import { readItems } from './read-items.ts';

/** Reads the JSON of one filter. Never throws: what is not as it should be is left out and named in `unread`. */
export function readNimFilter(value: unknown, fallbackName = ''): NimFilter {
  const record = isRecord(value) ? value : {};
  const unread: string[] = [];
  const items = readItems(recordsOf(record, 'filter_items'), unread);
  const group = recordOf(record, 'group');
  const exclude = recordOf(record, 'exclude');
  const meta = recordOf(record, 'meta_config');
  const field = flagOf(group, 'enabled') ? textOf(group, 'field') : '';
  const count = valueOf(group, 'count');
  if (field !== '' && typeof count === 'number' && count !== 1) unread.push(`It keeps ${count} rows of each group; only 1 can be said.`);
  if (flagOf(recordOf(record, 'group_by'), 'enabled')) unread.push('It groups its rows and computes columns over them ("group_by").');
  const excluded = flagOf(exclude, 'enabled') ? textOf(exclude, 'field_name') : '';
  if (excluded !== '' && flagOf(exclude, 'exclude_after_oas')) unread.push('It leaves rows out after appending and sorting.');
  return {
    name: textOf(record, 'filter_name') || fallbackName,
    parent: textOf(record, 'filter_name_parent'),
    start: items,
    columns: recordsOf(record, 'filter_columns')
      .map((column) => ({ column, order: Number(valueOf(column, 'order') ?? 0) }))
      .sort((a, b) => a.order - b.order)
      .flatMap(({ column }) => readColumn(column)),
    sort: recordsOf(record, 'sort_columns').map((sort) => ({ name: textOf(sort, 'name'), ascending: flagOf(sort, 'ascending', true) })),
    ...(field !== '' && { group: field }),
    ...(excluded !== '' && { exclude: excluded }),
    parameters: recordsOf(record, 'params').map(readParameter),
    lookups: recordsOf(record, 'lookups').map(readLookup),
    appends: recordsOf(record, 'appends').map((append) => ({
      name: textOf(append, 'filter_name'),
      enabled: flagOf(append, 'enabled', true),
    })),
    notes: textOf(meta, 'notes'),
    tags: textsOf(meta, 'tags'),
    unread,
  };
}

function readColumn(column: JsonRecord): readonly NimColumn[] {
  const name = textOf(column, 'name') || textOf(column, 'id');
  const base = { name, displayName: textOf(column, 'display_name') || name, show: flagOf(column, 'show', true) };
  if (textOf(column, 'source') === 'script') return [{ ...base, kind: 'script', code: textOf(column, 'javascript') }];
  const field = textOf(column, 'field_name');
  return field === '' ? [] : [{ ...base, kind: 'data', alias: textOf(column, 'colrefname'), field }];
}

function readParameter(parameter: JsonRecord): NimParameter {
  const variable = textOf(parameter, 'param_category') === 'variable' ? textOf(parameter, 'variable_name') : '';
  const value = valueOf(parameter, 'default_value');
  return {
    name: textOf(parameter, 'param_name'),
    type: textOf(parameter, 'data_type') || 'string',
    ...(variable !== '' && { variable }),
    default: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
    description: textOf(parameter, 'description'),
    inherited: flagOf(parameter, 'inherited'),
  };
}

function readLookup(lookup: JsonRecord): NimLookup {
  return {
    name: textOf(lookup, 'lookupName'),
    column: textOf(lookup, 'filterColumnName'),
    include: flagOf(lookup, 'includeVsExclude', true),
    system: textOf(lookup, 'systemName'),
    table: textOf(lookup, 'colName'),
    field: textOf(lookup, 'fieldName'),
  };
}
