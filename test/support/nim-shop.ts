import type { JsonRecord } from '../../engine/model/nim/json-value.ts';
import { dataColumn, expression, group, manyToOne, nimFilter, start } from './nim-json.ts';

export function field(name: string, type = 'string', more: JsonRecord = {}): JsonRecord {
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

export function collection(name: string, key: string, fields: readonly JsonRecord[]): JsonRecord {
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

/** Who leaves within a week, in IT. */
export const leavers = nimFilter(
  'Leavers',
  start('Staff', 'persons', [
    group('and', [
      expression('leaves', '<= today + [days]', 7),
      manyToOne('any', 'department', ['Staff', 'departments', 'd'], [expression('title', 'equals (ci)', 'IT')]),
    ]),
  ]),
  [dataColumn('persons.number'), dataColumn('d.title')],
);

/** A lookup table of one row. */
export const cars: JsonRecord = {
  name: 'Cars',
  category: 27,
  data: {
    name: 'Cars',
    columns: [
      { name: 'ID', type: 1, auto: true },
      { name: 'Plate', type: 0, auto: false },
    ],
    rows: [[1, 'A "1"']],
    rows_storage_disabled: false,
  },
  processValue: 0,
};
