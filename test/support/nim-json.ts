import type { JsonRecord } from '../../engine/model/nim/json-value.ts';

/** An item of a filter with what hangs on it. */
export interface Item {
  readonly core: JsonRecord;
  readonly children?: readonly Item[];
}

export function start(system: string, table: string, children: readonly Item[] = [], alias = table): Item {
  return { core: { type: 'start', system_name: system, col_name: table, colrefname: alias }, children };
}

export function group(type: 'and' | 'or', children: readonly Item[], more: JsonRecord = {}): Item {
  return { core: { type, ...more }, children };
}

/** `operand`: a value; `{ parameter }` the name of one; left out for functions that take none. */
export function expression(
  field: string,
  name: string,
  operand?: string | number | boolean | { readonly parameter: string },
  more: JsonRecord = {},
): Item {
  const value =
    typeof operand === 'object'
      ? { value_vs_parameter: false, param_name: operand.parameter }
      : { value_vs_parameter: true, ...(operand !== undefined && { operand_value: operand }) };
  return { core: { type: 'expression', field_name: field, function_name: name, param_expression: false, ...value, ...more } };
}

export function manyToOne(
  option: string,
  field: string,
  [system, table, alias = table]: Table,
  children: readonly Item[] = [],
  recursive = false,
): Item {
  return {
    core: {
      type: 'reference',
      ref_type: 'n-1',
      system_name_1: system,
      col_name_1: table,
      field_n: field,
      option,
      colrefname: alias,
      recursive,
    },
    children,
  };
}

export function oneToMany(
  option: string,
  field: string,
  [system, table, alias = table]: Table,
  children: readonly Item[] = [],
  recursive = false,
): Item {
  return {
    core: {
      type: 'reference',
      ref_type: '1-n',
      system_name_n: system,
      col_name_n: table,
      field_n: field,
      option,
      colrefname: alias,
      recursive,
    },
    children,
  };
}

export function between(
  option: string,
  near: string,
  far: string,
  [system, table, alias = table]: Table,
  children: readonly Item[] = [],
): Item {
  return link(option, ['intersystem', 'intercol'], near, far, [system, table, alias], children);
}

export function link(
  option: string,
  [linkSystem, linkTable]: readonly [string, string],
  near: string,
  far: string,
  [system, table, alias = table]: Table,
  children: readonly Item[] = [],
): Item {
  return {
    core: {
      type: 'reference',
      ref_type: 'n-n',
      system_name_n: system,
      col_name_n: table,
      system_name_link: linkSystem,
      col_name_link: linkTable,
      field_link_m: near,
      field_link_n: far,
      option,
      colrefname: alias,
      recursive: false,
    },
    children,
  };
}

export type Table = readonly [system: string, table: string, alias?: string];

/** NIM's flat list of items. */
export function itemList(root: Item): readonly JsonRecord[] {
  const list: JsonRecord[] = [];
  const add = ({ core, children = [] }: Item, indent: number, parent: number | undefined): void => {
    const index = list.length;
    list.push({
      enabled: true,
      blocked: false,
      inherited: false,
      ...core,
      index,
      indent,
      child_count: children.length,
      ...(parent !== undefined && { parent }),
    });
    for (const child of children) add(child, indent + 1, index);
  };
  add(root, 0, undefined);
  return list;
}

/** A column of a table: `alias.field`, or with another name. */
export function dataColumn(name: string, shown?: string, show = true): JsonRecord {
  const dot = name.indexOf('.');
  const field = name.slice(dot + 1);
  return {
    id: name,
    name,
    display_name: shown ?? field,
    show,
    field_name: field,
    colrefname: name.slice(0, dot),
    source: 'data',
    nullable: false,
  };
}

export function scriptColumn(name: string, javascript: string, show = true): JsonRecord {
  return { id: name, name, display_name: name, show, javascript, source: 'script' };
}

export function nimFilter(name: string, root: Item, columns: readonly JsonRecord[], more: JsonRecord = {}): JsonRecord {
  return {
    filter_name: name,
    filter_name_parent: '',
    filter_items: itemList(root),
    filter_columns: columns.map((column, index) => ({ ...column, order: index + 1 })),
    sort_columns: [],
    group: { enabled: false, count: 1, field: '' },
    params: [],
    appends: [],
    exclude: { enabled: false, field_name: '', exclude_after_oas: false },
    lookups: [],
    meta_config: { notes: '', tags: [] },
    ...more,
  };
}
