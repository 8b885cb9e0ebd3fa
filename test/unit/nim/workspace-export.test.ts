import { describe, expect, it } from 'vitest';
import { exportFilterByName, exportWorkspace, type ExportedWorkspace } from '../../../engine/model/nim/export-workspace.ts';
import { importWorkspace } from '../../../engine/model/nim/import-workspace.ts';
import { jsonText, recordOf, recordsOf, textOf as property, type JsonRecord } from '../../../engine/model/nim/json-value.ts';
import { between, dataColumn, expression, group, manyToOne, nimFilter, start } from '../../support/nim-json.ts';
import { cars, field as nimField, leavers as shopLeavers, nimExport } from '../../support/nim-shop.ts';
import { exportOf, workspaceOf } from './round-trip.ts';

const now = Date.UTC(2026, 4, 10);

/** Leavers as NIM wrote it: with ids of its own, a date and an author. */
function withIds(filter: JsonRecord): JsonRecord {
  const items = recordsOf(filter, 'filter_items').map((one, at) => ({ ...one, id: `nim-${String(at)}` }));
  return { ...filter, filter_items: items, meta_config: { notes: '', tags: [], created_date_time: 5, created_by_id: 7 } };
}

const leavers = withIds(shopLeavers);

function fieldsOf(names: readonly string[], more: JsonRecord = {}): readonly JsonRecord[] {
  return names.map((name) => nimField(name, 'string', more));
}

const internal: JsonRecord = {
  name: 'internal',
  category: 1,
  data: {
    system_name: 'internal',
    system_type_category: 'internal',
    system_type_name: 'internal',
    name_values: [{ name: 'tables', value: ['Cars'] }],
    collections: [
      { col_name: 'Cars', key: 'ID', display: '', source: 'lookup', fields: fieldsOf(['ID', 'Plate']), name_values: [], sys_nn: [] },
    ],
  },
  processValue: 0,
};

/** The files of an imported export. */
function filesOf(filters: readonly JsonRecord[], more: readonly JsonRecord[] = []): Map<string, string> {
  return new Map(importWorkspace(exportOf(nimExport(filters, more))).files);
}

function exported(files: ReadonlyMap<string, string>): ExportedWorkspace {
  return exportWorkspace({ files, workspace: workspaceOf({ files }), now });
}

function one(files: ReadonlyMap<string, string>, name: string): ExportedWorkspace {
  return exportFilterByName({ files, workspace: workspaceOf({ files }), now }, name);
}

function edit(files: Map<string, string>, path: string, change: (text: string) => string): void {
  const text = files.get(path) ?? '';
  const made = change(text);
  expect(made, `${path} is changed`).not.toBe(text);
  files.set(path, made);
}

function dataOf(made: ExportedWorkspace, name: string, kind = 3): JsonRecord {
  const found = recordsOf(made.export ?? {}, 'resources').find((each) => property(each, 'name') === name && each['category'] === kind);
  return recordOf(found ?? {}, 'data');
}

function collection(data: JsonRecord, name: string): JsonRecord {
  return recordsOf(data, 'collections').find((each) => property(each, 'col_name') === name) ?? {};
}

function field(of: JsonRecord, name: string): JsonRecord {
  return recordsOf(of, 'fields').find((each) => property(each, 'field_name') === name) ?? {};
}

function said({ notes }: ExportedWorkspace): string {
  return notes.map(({ severity, path, message }) => `${severity} ${path}: ${message}`).join('\n');
}

describe('a filter goes back', () => {
  it('as NIM gave it, alone as in the whole', () => {
    const files = filesOf([leavers]);
    expect(exported(files)).toMatchObject({ kept: 1, made: 0 });
    expect(one(files, 'Leavers')).toEqual({ export: leavers, notes: [], kept: 1, made: 0 });
  });
  it('as NIM gave it where only its layout or its line breaks are others', () => {
    const files = filesOf([leavers]);
    edit(files, 'filters/Leavers.filter', (text) => text.replace(/\n/g, '\r\n').replace('where  ', 'where '));
    edit(files, 'systems/Staff.json', (text) => text.replace(/\n/g, '\r\n'));
    expect(exported(files)).toMatchObject({ kept: 1, made: 0, notes: [] });
  });
  it('with the ids of what did not change', () => {
    const files = filesOf([leavers]);
    edit(files, 'filters/Leavers.filter', (text) => text.replace('+ 7', '+ 14'));
    for (const made of [dataOf(exported(files), 'Leavers'), one(files, 'Leavers').export ?? {}]) {
      const items = recordsOf(made, 'filter_items');
      expect(items.map((each) => property(each, 'id').startsWith('nim-'))).toEqual([true, true, false, true, true]);
      for (const item of items) {
        const parent = item['parent'];
        if (typeof parent === 'number') expect(item['parentId']).toBe(items[parent]?.['id']);
      }
      expect(made['meta_config']).toMatchObject({ created_date_time: 5, created_by_id: 7, modified_date_time: now });
    }
    expect(one(files, 'Leavers')).toMatchObject({ kept: 0, made: 1 });
  });
  it('without relations that import took from its use alone', () => {
    const joined = nimFilter('Joined', start('Staff', 'persons', [between('any', 'number', 'employee', ['Directory', 'accounts', 'a'])]), [
      dataColumn('persons.number'),
    ]);
    const files = new Map(importWorkspace(exportOf({ resources: [{ name: 'Joined', category: 3, data: joined, processValue: 0 }] })).files);
    expect(files.get('relations.json')).toContain('"employee"');
    expect(recordsOf(exported(files).export ?? {}, 'resources').map((each) => each['name'])).toEqual(['Joined']);
    edit(files, 'relations.json', (text) => text.replace('"employee"', '"login"'));
    expect(recordsOf(exported(files).export ?? {}, 'resources').map((each) => each['name'])).toEqual([
      'Joined',
      expect.stringContaining('login'),
    ]);
  });
  it('alone without a relation that is new: that is told, and not of the whole, which brings it', () => {
    const files = filesOf([leavers]);
    edit(files, 'relations.json', (text) => text.replace('"employee"', '"login"'));
    files.set('filters/New.filter', 'select p.number from Staff.persons as p join Directory.accounts as a\n');
    expect(said(one(files, 'New'))).toBe(
      'warning filters/New.filter: NIM must have the inter-system relation between Staff.persons.number and Directory.accounts.login for this filter: it came into relations.json since. Add it in NIM, or export the whole folder.',
    );
    expect(said(exported(files))).toBe('');
    expect(one(files, 'Leavers').notes).toEqual([]);
  });
  it('and one that is new is made, whatever is wrong with others', () => {
    const files = filesOf([leavers]);
    files.set('filters/Odd.filter', 'select p.number from Staff.persons as p where p.hours + 1 > 3\n');
    files.set('filters/New.filter', 'select p.number from Staff.persons as p where p.active = true\n');
    expect(one(files, 'New')).toMatchObject({ notes: [], kept: 0, made: 1, export: { filter_name: 'New' } });
    expect(one(files, 'Odd').export).toBeUndefined();
    expect(exported(files).export).toBeUndefined();
  });
  it('with a word about what NIM had of it and the text has not', () => {
    const grouped = { ...leavers, group_by: { enabled: true, groupFields: ['x'], outputColumns: [] } };
    const files = filesOf([grouped]);
    expect(dataOf(exported(files), 'Leavers')).toEqual(grouped);
    edit(files, 'filters/Leavers.filter', (text) => text.replace('+ 7', '+ 14'));
    expect(said(exported(files))).toMatch(/warning filters\/Leavers.filter: It groups its rows .* is made from its text/);
  });
});

describe('what a comment says', () => {
  const of = (where: string): string => `select persons.number\nfrom   Staff.persons\n${where}`;
  const made = (text: string): ExportedWorkspace => {
    const files = filesOf([leavers]);
    files.set('filters/Made.filter', text);
    return one(files, 'Made');
  };
  it('as a join that is switched off is an item that is switched off', () => {
    const item = manyToOne('any', 'department', ['Staff', 'departments', 'd'], [expression('title', 'equals', 'IT')]);
    const off = nimFilter(
      'Off',
      start('Staff', 'persons', [
        group('and', [
          { ...item, core: { ...item.core, enabled: false } },
          between('any-none', 'number', 'employee', ['Directory', 'accounts', 'a']),
        ]),
      ]),
      [dataColumn('persons.number')],
    );
    const files = filesOf([off]);
    const text = files.get('filters/Off.filter') ?? '';
    expect(text).toContain("-- join Staff.departments as d on d.code = persons.department and d.title = 'IT'");
    edit(files, 'filters/Off.filter', (before) => before.replace('select persons.number', 'select persons.number, persons.name'));
    const { export: back, notes } = one(files, 'Off');
    expect(notes).toEqual([]);
    expect(
      recordsOf(back ?? {}, 'filter_items').map((each) => [each['type'], each['colrefname'], each['field_name'], each['enabled']]),
    ).toEqual([
      ['start', 'persons', undefined, true],
      ['and', undefined, undefined, true],
      ['reference', 'a', undefined, true],
      ['reference', 'd', undefined, false],
      ['expression', undefined, 'title', true],
    ]);
    expect(filesOf([back ?? {}]).get('filters/Off.filter')).toBe(files.get('filters/Off.filter'));
  });
  it('as a condition of a table that is switched off goes with its join', () => {
    const { export: back, notes } = made(of("-- join Staff.phones as w\n-- where w.kind = 'work'\n"));
    expect(notes).toEqual([]);
    expect(recordsOf(back ?? {}, 'filter_items').map((each) => [each['type'], each['option'], each['enabled']])).toEqual([
      ['start', undefined, true],
      ['reference', 'any', false],
      ['expression', undefined, true],
    ]);
  });
  it('as a condition that NIM has no item for is told', () => {
    for (const text of [
      "-- left join Staff.phones as w\n-- where w.kind = 'work'\n",
      '-- where persons.hours + 1 > 3\n',
      '-- where persons.name = persons.note\n',
    ]) {
      const { export: back, notes } = made(of(text));
      expect(back, text).toBeDefined();
      expect(
        notes.map(({ severity, message }) => `${severity}: ${message}`),
        text,
      ).toEqual(['warning: NIM has no item for the condition in this comment: it is not exported.']);
    }
  });
  it('as a join that goes nowhere is told', () => {
    const { export: back, notes } = made(of('-- join Staff.nothing as n\n'));
    expect(recordsOf(back ?? {}, 'filter_items').length).toBe(1);
    expect(notes).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('not exported') as unknown, span: { offset: 43 } },
    ]);
  });
  it('between the lines stays here, and is told', () => {
    const { export: back, notes } = made(of('where  persons.active = true -- and so on\n  -- or persons.hours > 3\n-- look at this\n'));
    expect(back).toBeDefined();
    expect(notes.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: NIM keeps no place in an "or" for what is switched off by a comment: it is not exported.',
      'info: NIM keeps notes at the top of a filter only: 2 comments from here on are not exported.',
    ]);
  });
});

describe('a data model that was edited goes out with the edits', () => {
  const described = (change: (tables: Record<string, Record<string, unknown>>) => void): ExportedWorkspace => {
    const files = filesOf([leavers]);
    edit(files, 'systems/Staff.json', (text) => {
      const system = JSON.parse(text) as { tables: Record<string, Record<string, unknown>> };
      change(system.tables);
      return jsonText(system);
    });
    return exported(files);
  };
  it('key, display, types, columns, reference keys, relations and scripts', () => {
    const made = described((tables) => {
      const persons = tables['persons'] ?? {};
      const { note: _, ...fields } = persons['fields'] as Record<string, string>;
      tables['persons'] = {
        ...persons,
        display: 'name',
        fields: { ...fields, hours: 'text', badge: 'number' },
        references: ['badge'],
        relations: { department: ['departments', 'departments.title'] },
        scripts: { upper: { code: ['const name = persons["name"];', 'return name;'] } },
      };
    });
    const persons = collection(dataOf(made, 'Staff', 1), 'persons');
    expect(persons).toMatchObject({ key: 'number', display: 'name', source: 'data' });
    expect(recordsOf(persons, 'fields').map((each) => each['field_name'])).toEqual([
      ...['number', 'name', 'active', 'hours', 'leaves', 'department', 'badge', 'upper'],
    ]);
    expect(field(persons, 'hours')).toMatchObject({ field_type: 'string' });
    expect(field(persons, 'badge')).toMatchObject({ field_type: 'number', reference: true, field_source: 'data' });
    expect(field(persons, 'department')).toMatchObject({
      ref_col: ['departments'],
      ref_col_fields: [{ col: 'departments', field: 'title' }],
    });
    expect(field(persons, 'upper')).toMatchObject({ field_source: 'script', javascript: 'const name = persons["name"];\nreturn name;' });
    expect(field(persons, 'active')).toEqual(field(collection(recordOf(nimResource('Staff'), 'data'), 'persons'), 'active'));
    expect(said(made)).toBe("info systems/Staff.json: The data model that goes out is NIM's with what was changed here: persons.");
    // What nobody touched is as NIM gave it.
    expect(collection(dataOf(made, 'Staff', 1), 'departments')).toEqual(collection(recordOf(nimResource('Staff'), 'data'), 'departments'));
  });
  it('tables that came and went', () => {
    const made = described((tables) => {
      delete tables['phones'];
      tables['rooms'] = { key: 'code', fields: { code: 'text', open: 'date' }, relations: { code: 'departments' } };
    });
    const data = dataOf(made, 'Staff', 1);
    expect(recordsOf(data, 'collections').map((each) => each['col_name'])).toEqual(['persons', 'departments', 'rooms']);
    const rooms = collection(data, 'rooms');
    expect(rooms).toMatchObject({ key: 'code', display: '', source: 'data', sys_nn: [] });
    expect(field(rooms, 'open')).toMatchObject({ field_type: 'date' });
    expect(field(rooms, 'code')).toMatchObject({ ref_col: ['departments'] });
    expect(said(made)).toContain('rooms, phones (taken out)');
  });
  it('and import makes the same files of it', () => {
    const files = filesOf([leavers]);
    edit(files, 'systems/Staff.json', (text) =>
      text.replace('"key": "number"', '"key": "name"').replace('"hours": "number"', '"hours": "text"'),
    );
    const made = exported(files);
    expect(importWorkspace(exportOf(made.export)).files.get('systems/Staff.json')).toBe(files.get('systems/Staff.json'));
  });
  it('a relation that import assumed is not sent as if somebody had said it', () => {
    const files = filesOf([nimFilter('Odd', start('Staff', 'persons', [manyToOne('any', 'note', ['Staff', 'departments'])]), [])]);
    expect(files.get('systems/Staff.json')).toContain('"note": "departments"');
    edit(files, 'systems/Staff.json', (text) => text.replace('"hours": "number"', '"hours": "text"'));
    expect(field(collection(dataOf(exported(files), 'Staff', 1), 'persons'), 'note')).toMatchObject({ ref_col: [] });
  });
  it('what NIM keeps otherwise is told', () => {
    const files = filesOf([leavers]);
    edit(files, 'systems/Staff.json', (text) => text.replace('{', '{ "keep": 3, "guards": { "collapse": { "count": 5 } },'));
    expect(said(exported(files))).toBe('info systems/Staff.json: NIM keeps the like of guards, keep otherwise: set that up there.');
  });
});

function nimResource(name: string): JsonRecord {
  return recordsOf(nimExport([]), 'resources').find((each) => property(each, 'name') === name) ?? {};
}

describe('what was made here', () => {
  const connector = jsonText({
    connection: { items: [{ name: 'address', display_name: 'Address' }] },
    rest: { config: { base_url: '{address}' } },
    schema: { crud_objects: { staff: { key: 'id', resources: { id: 'string*', hired: 'date*' }, operations: {} } } },
  });
  it('a system with a connector becomes one of NIM, without its secrets', () => {
    const files = filesOf([leavers]);
    files.set('connectors/Payroll.json', connector);
    files.set(
      'systems/Pay.json',
      jsonText({ connector: 'Payroll', connection: { address: 'https://pay.example', token: { secret: 'pay' } }, tables: { staff: {} } }),
    );
    const made = exported(files);
    const data = dataOf(made, 'Pay', 1);
    expect(data).toMatchObject({
      system_name: 'Pay',
      system_type_category: 'rest',
      system_type_name: 'Payroll',
      name_values: [
        { name: 'collections', value: ['staff'] },
        { name: 'address', value: 'https://pay.example' },
      ],
    });
    expect(collection(data, 'staff')).toMatchObject({ key: 'id', name_values: [{ name: 'properties', value: ['id', 'hired'] }] });
    expect(field(collection(data, 'staff'), 'hired')).toMatchObject({ field_type: 'date', include: true });
    expect(said(made)).toMatch(/warning systems\/Pay.json: .*outside NIM.*Give it there: token\./);
    expect(said(made)).toMatch(/info connectors: Not in the export: Payroll, since an export holds no connectors/);
  });
  it('a system of files, mappings, roles and expectations stay here, and it is said why', () => {
    const files = filesOf([leavers]);
    files.set('systems/Csv.json', jsonText({ files: { folder: 'data' }, tables: { a: {} } }));
    for (const name of ['A', 'B', 'C', 'D', 'E']) files.set(`mappings/${name}.json`, '{}');
    files.set('roles/Sales/model.json', '{}');
    files.set('expectations/Staff.json', '{}');
    const made = exported(files);
    expect(made.export).toBeDefined();
    expect(said(made)).toMatch(/info systems\/Csv.json: "Csv" is not in the export, since it reads files/);
    expect(said(made)).toMatch(/info mappings: Not in the export: A, B, C and 2 others, since NIM's hold more/);
    expect(said(made)).toMatch(/info roles: Not in the export: Sales, since/);
    expect(said(made)).toMatch(/info expectations: Not in the export: Staff, since/);
  });
  it('a lookup table takes its place in the internal system, with its key', () => {
    const files = filesOf([], [internal, cars]);
    files.set('lookups/Colours.csv', 'Code,Name\n1,red\n');
    files.set('lookups/Colours.json', jsonText({ columns: { Code: 'number' }, key: 'Code', display: 'Name' }));
    edit(files, 'lookups/Cars.json', (text) => text.replace('"key": "ID"', '"key": "Plate"'));
    const made = exported(files);
    expect(dataOf(made, 'Colours', 27)).toMatchObject({ rows: [{ Code: 1, Name: 'red' }] });
    const data = dataOf(made, 'internal', 1);
    expect(recordsOf(data, 'name_values')).toEqual([{ name: 'tables', value: ['Cars', 'Colours'] }]);
    expect(collection(data, 'Cars')).toMatchObject({ key: 'Plate', source: 'lookup' });
    expect(collection(data, 'Colours')).toMatchObject({ key: 'Code', display: 'Name', source: 'lookup' });
    expect(field(collection(data, 'Colours'), 'Code')).toMatchObject({ field_type: 'number' });
    expect(said(made)).toBe('');
  });
  it('a lookup table without the internal system is told', () => {
    const files = filesOf([], [cars]);
    files.set('lookups/Colours.csv', 'Code,Name\n1,red\n');
    expect(said(exported(files))).toMatch(
      /info lookups\/Colours.csv: In NIM, see that "Colours" is among the tables of the internal system/,
    );
  });
  it('a system that only filters describe is told when it was changed', () => {
    const filter = nimFilter('F', start('Other', 'people', [expression('name', 'exists')]), [dataColumn('people.name')]);
    const files = filesOf([filter]);
    expect(said(exported(files))).toBe('');
    edit(files, 'systems/Other.json', (text) => text.replace('"name": "text"', '"name": "date"'));
    expect(said(exported(files))).toMatch(/info systems\/Other.json: It is not in the export, since/);
  });
});

describe('names that no file can have', () => {
  const slash: JsonRecord = {
    name: 'HR/Main',
    category: 1,
    data: {
      system_name: 'HR/Main',
      system_type_name: 'X',
      name_values: [],
      collections: [
        {
          col_name: 'people',
          key: 'id',
          fields: [
            ...fieldsOf(['id']),
            ...fieldsOf(['full'], { field_source: 'script', javascript: "return people['id'];", field_type: 'number' }),
          ],
        },
      ],
    },
    processValue: 0,
  };
  const look: JsonRecord = { ...cars, name: 'Look/up', data: { ...recordOf(cars, 'data'), name: 'Look/up' } };
  const between1: JsonRecord = {
    name: 'r',
    category: 28,
    data: { system_a: 'HR/Main', col_a: 'people', field_a: 'id', system_b: 'Staff', col_b: 'persons', field_b: 'number' },
    processValue: 0,
  };
  const filters = [
    nimFilter('A/B', start('HR/Main', 'people', [between('any', 'id', 'number', ['Staff', 'persons'])]), [dataColumn('people.full')]),
    nimFilter('Cars', start('internal', 'Look/up'), [dataColumn('Look/up.Plate')], { appends: [{ filter_name: 'A/B', enabled: true }] }),
  ];
  it("are others here, everywhere, and are NIM's again when they go back", () => {
    const files = filesOf(filters, [slash, look, between1]);
    const workspace = workspaceOf({ files });
    expect(workspace.catalog.tables.map(({ system, table }) => `${system}.${table}`)).toEqual(
      expect.arrayContaining(['HR_Main.people', 'internal.Look_up']),
    );
    expect(files.get('filters/A_B.filter')).toContain('from   HR_Main.people');
    expect(files.get('filters/Cars.filter')).toContain('from   internal.Look_up');
    expect(files.get('relations.json')).toContain('"HR_Main"');
    expect(JSON.parse(files.get('systems/HR_Main.json') ?? '')).toMatchObject({
      tables: { people: { fields: { id: 'text' }, scripts: { full: { code: "return people['id'];", type: 'number' } } } },
    });
    expect(recordsOf(exported(files).export ?? {}, 'resources')).toEqual(
      recordsOf(nimExport(filters, [slash, look, between1]), 'resources').map((each) =>
        property(each, 'name') === 'Staff' ? (expect.anything() as unknown) : each,
      ),
    );
    for (const path of ['filters/A_B.filter', 'filters/Cars.filter'])
      edit(files, path, (text) => text.replace('select', '-- Changed.\n\nselect'));
    const made = exported(files);
    expect(made).toMatchObject({ kept: 0, made: 2 });
    expect(recordsOf(dataOf(made, 'A/B'), 'filter_items')[0]).toMatchObject({ system_name: 'HR/Main', col_name: 'people' });
    expect(recordsOf(dataOf(made, 'Cars'), 'filter_items')[0]).toMatchObject({ system_name: 'internal', col_name: 'Look/up' });
    expect(dataOf(made, 'Cars')['appends']).toEqual([{ filter_name: 'A/B', enabled: true }]);
  });
  it('are what relations of the internal system lead to', () => {
    const related: JsonRecord = {
      ...internal,
      data: {
        ...recordOf(internal, 'data'),
        collections: [
          { col_name: 'Look/up', key: 'ID', display: '', source: 'lookup', fields: fieldsOf(['ID', 'Plate']) },
          {
            col_name: 'Cars',
            key: 'ID',
            display: '',
            source: 'lookup',
            fields: [
              ...fieldsOf(['ID'], { ref_col: ['Look/up'] }),
              ...fieldsOf(['Plate'], { ref_col_fields: [{ col: 'Look/up', field: 'Plate' }] }),
            ],
          },
        ],
      },
    };
    const files = filesOf([], [related, look, cars]);
    expect(JSON.parse(files.get('systems/internal.json') ?? '{}')).toEqual({
      tables: { Cars: { relations: { ID: 'Look_up', Plate: 'Look_up.Plate' } } },
    });
    expect(workspaceOf({ files }).catalog.relations).toContainEqual(
      expect.objectContaining({
        from: { system: 'internal', table: 'Cars', column: 'ID' },
        to: { system: 'internal', table: 'Look_up', column: 'ID' },
      }),
    );
    expect(dataOf(exported(files), 'internal', 1)).toEqual(related['data']);
    edit(files, 'systems/internal.json', (text) => text.replace('"ID": "Look_up"', '"ID": ["Look_up", "Look_up.Plate"]'));
    const cells = collection(dataOf(exported(files), 'internal', 1), 'Cars');
    expect(field(cells, 'ID')).toMatchObject({ ref_col: ['Look/up'], ref_col_fields: [{ col: 'Look/up', field: 'Plate' }] });
  });
});
