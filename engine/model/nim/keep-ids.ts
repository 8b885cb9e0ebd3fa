import { flagOf, recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';

/** What of an item says something; the rest is its place. A comparison's unused side may hold anything. */
function says(item: JsonRecord): string {
  const type = textOf(item, 'type');
  const literal = flagOf(item, 'value_vs_parameter', true);
  const of = (...names: readonly string[]): readonly unknown[] => names.map((name) => valueOf(item, name) ?? null);
  switch (type) {
    case 'expression':
      return JSON.stringify([type, ...of('field_name', 'function_name', literal ? 'operand_value' : 'param_name'), literal]);
    case 'start':
      return JSON.stringify([type, ...of('system_name', 'col_name', 'colrefname')]);
    case 'reference':
      return JSON.stringify([
        type,
        ...of('ref_type', 'system_name_1', 'col_name_1', 'system_name_n', 'col_name_n', 'field_n', 'option', 'colrefname'),
        ...of('system_name_link', 'col_name_link', 'field_link_m', 'field_link_n', 'recursive'),
      ]);
    default:
      return JSON.stringify([type]);
  }
}

/** A filter made anew, with the ids of those items of the filter it was that say the same. */
export function keepIds(made: JsonRecord, original: JsonRecord): JsonRecord {
  const items = recordsOf(made, 'filter_items');
  const known = new Map<string, JsonRecord[]>();
  for (const one of recordsOf(original, 'filter_items')) {
    const key = says(one);
    known.set(key, [...(known.get(key) ?? []), one]);
  }
  const ids = items.map((one) => {
    const twin = known.get(says(one))?.shift();
    return { id: twin && textOf(twin, 'id') !== '' ? textOf(twin, 'id') : textOf(one, 'id'), blocked: twin && valueOf(twin, 'blocked') };
  });
  return {
    ...made,
    filter_items: items.map((one, at) => {
      const above = valueOf(one, 'parent');
      const parent = typeof above === 'number' ? ids[above] : undefined;
      return {
        ...one,
        id: ids[at]?.id,
        ...(typeof ids[at]?.blocked === 'boolean' && { blocked: ids[at].blocked }),
        ...(parent && { parentId: parent.id }),
      };
    }),
    // What newer versions of NIM add and older ones do not have.
    ...(valueOf(original, 'group_by') !== undefined && { group_by: { enabled: false, groupFields: [], outputColumns: [] } }),
  };
}
