import type { JsonRecord } from '../../../engine/model/nim/json-value.ts';

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

function field(name: string, type = 'string', more: JsonRecord = {}): JsonRecord {
  return {
    field_name: name,
    field_type: type,
    field_format: '',
    field_source: 'data',
    ref_col: [],
    ref_col_fields: [],
    reference: false,
    ...more,
  };
}

function collection(name: string, key: string, fields: readonly JsonRecord[]): JsonRecord {
  return { col_name: name, key, display: '', source: 'data', fields, name_values: [], sys_nn: [] };
}

/** A shop: who works there, in which department, and the accounts they have in a directory. */
export const staff: JsonRecord = {
  system_name: 'Staff',
  system_type_category: 'rest',
  system_type_name: 'Staff Server',
  name_values: [
    { name: 'address', value: 'https://staff.example' },
    { name: 'password', value: 'geheim-1234' },
  ],
  collections: [
    collection('persons', 'number', [
      field('number'),
      field('name'),
      field('active', 'boolean'),
      field('hours', 'number'),
      field('leaves', 'date'),
      field('note'),
      field('department', 'string', { ref_col: ['departments'] }),
    ]),
    collection('departments', 'code', [field('code'), field('title'), field('above', 'string', { ref_col: ['departments'] })]),
    collection('phones', '', [field('person', 'string', { ref_col: ['persons'] }), field('phone'), field('kind')]),
  ],
};

export const directory: JsonRecord = {
  system_name: 'Directory',
  system_type_category: 'rest',
  system_type_name: 'Directory Server',
  name_values: [],
  collections: [
    collection('accounts', 'guid', [
      field('guid'),
      field('login'),
      field('employee'),
      field('enabled', 'boolean'),
      field('secret', 'password'),
    ]),
    collection('groups', 'guid', [field('guid'), field('title'), field('owner', 'string', { ref_col: ['accounts'] })]),
    collection('members', '', [field('group', 'string', { ref_col: ['groups'] }), field('account', 'string', { ref_col: ['accounts'] })]),
  ],
};

export const relation: JsonRecord = {
  system_a: 'Staff',
  col_a: 'persons',
  field_a: 'number',
  system_b: 'Directory',
  col_b: 'accounts',
  field_b: 'employee',
};

/** An export of both systems and some filters. */
export function nimExport(filters: readonly JsonRecord[], more: readonly JsonRecord[] = []): JsonRecord {
  return {
    name: 'a shop',
    type: 'full',
    host: 'nim.example',
    created: 1,
    comment: '',
    resources: [
      { name: 'Staff', category: 1, data: staff, processValue: 0 },
      { name: 'Directory', category: 1, data: directory, processValue: 0 },
      { name: 'Staff.persons.number-Directory.accounts.employee', category: 28, data: relation, processValue: 0 },
      ...filters.map((data) => ({
        name: typeof data['filter_name'] === 'string' ? data['filter_name'] : 'F',
        category: 3,
        data,
        processValue: 0,
      })),
      ...more,
    ],
    relations: [],
    inventory: { resources: [] },
    auth: false,
  };
}
