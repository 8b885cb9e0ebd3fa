import { describe, expect, test } from 'vitest';
import { changedFile, changeOf, planSmall, smallTables, withTable } from './small.ts';

const update = (changes: object): Readonly<Record<string, unknown>> =>
  changedFile('mappings/Update.json', changes as Record<string, unknown>);
const create = (changes: object): Readonly<Record<string, unknown>> =>
  changedFile('mappings/Create.json', changes as Record<string, unknown>);
const remove = (changes: object): Readonly<Record<string, unknown>> =>
  changedFile('mappings/Delete.json', changes as Record<string, unknown>);
const attributes = { number: { column: 'number' }, name: { column: 'name' } };
const persons = smallTables['hr.persons']!.rows;
const users = smallTables['dir.users']!.rows;

describe('create', () => {
  test('a row whose key is not in the target', () => {
    const planned = planSmall('Create');
    expect(planned.plan).toMatchObject({ kind: 'create', unchanged: 3 });
    expect(planned.plan.changes.map(({ key }) => key)).toEqual(['103']);
    const { attributes: shown, request } = changeOf(planned, '103');
    expect(shown).toContainEqual({ name: 'active', to: true });
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ kind: 'user', number: '103', profile: { title: 'Guard' }, active: true });
  });

  test('is planned on an incomplete table, and says so', () => {
    const planned = planSmall('Create', {
      tables: withTable('dir.users', { evidence: { complete: false, caps: ['Stopped after 5 rows.'] } }),
    });
    expect(changeOf(planned, '103').blocked).toBeUndefined();
    expect(planned.plan.notes).toContain('dir.users is not proven complete: Stopped after 5 rows. Some of these changes may be wrong.');
  });

  test.each([
    [
      'a mandatory attribute without a value',
      { attributes: { number: { column: 'number' } } },
      'user_create needs name, which has no value here.',
    ],
    [
      'a mandatory attribute that is cleared',
      { attributes: { number: { column: 'number' }, name: { constant: '', clear: true } } },
      'user_create needs name, which has no value here.',
    ],
    [
      'a prohibited attribute with a value',
      { attributes: { ...attributes, id: { constant: 'u7' } } },
      'user_create prohibits id. Take it out of the mapping.',
    ],
    [
      'a prohibited attribute that is cleared',
      { attributes: { ...attributes, id: { constant: null, clear: true } } },
      'user_create prohibits id. Take it out of the mapping.',
    ],
  ])('%s blocks the change', (_, changes, why) => {
    const change = changeOf(planSmall('Create', { files: create(changes) }), '103');
    expect(change.blocked).toContain(why);
    expect(change.request).toBeUndefined();
  });

  test('rows with one key are a problem, and none of them is planned; rows without a key are counted', () => {
    const rows = [
      ...persons,
      ['6', '200', 'Fay', null, 1, null, 'x'],
      ['7', '200', 'Flo', null, 1, null, 'x'],
      ['8', null, 'Gus', null, 1, null, 'x'],
      ['9', '', 'Hal', null, 1, null, 'x'],
    ] as const;
    const { plan } = planSmall('Create', { tables: withTable('hr.persons', { rows }) });
    expect(plan.changes.map(({ key }) => key)).toEqual(['103']);
    expect(plan.notes).toEqual([
      'Several rows have the same number, so none of them is planned: 200 (2 rows).',
      '2 rows have no number and cannot be planned.',
    ]);
  });
});

describe('update', () => {
  test('only mapped attributes that differ, booleans as such', () => {
    const planned = planSmall('Update');
    expect(planned.plan.changes.map(({ key }) => key)).toEqual(['101']);
    expect(changeOf(planned, '101').attributes).toEqual([
      { name: 'name', from: 'Bob', to: 'Bo' },
      { name: 'active', from: false, to: true },
    ]);
    expect(changeOf(planned, '101').request).toMatchObject({ verb: 'PUT', url: 'http://127.0.0.1:1/users/u2' });
    // The key used for matching is prohibited, so it is not sent.
    expect(changeOf(planned, '101').request?.body).not.toContain('101');
  });

  test('an empty source value leaves the attribute alone, and is counted; clear empties it', () => {
    expect(planSmall('Update').plan.leftAlone).toBe(1);
    const cleared = planSmall('Update', { files: update({ attributes: { ...attributes, title: { column: 'title', clear: true } } }) });
    expect(changeOf(cleared, '102').attributes).toEqual([{ name: 'title', from: 'Pilot', to: null }]);
    expect(changeOf(cleared, '102').request?.body).toContain('"title":null');
    expect(cleared.plan.leftAlone).toBe(0);
  });

  test('several rows of the target with one key block the change', () => {
    const change = changeOf(
      planSmall('Update', { tables: withTable('dir.users', { rows: [...users, ['u8', '101', 'Twin', null, 1, 1, null, null]] }) }),
      '101',
    );
    expect(change.blocked).toBe('dir.users has 2 rows with number = "101". Mend them in dir first.');
    expect(change.request).toBeUndefined();
  });

  test('a column that is not collected is sent, but is no reason for an update', () => {
    const planned = planSmall('Update', { files: update({ attributes: { ...attributes, password: { constant: 'start' } } }) });
    expect(planned.plan.changes.map(({ key }) => key)).toEqual(['101']);
    expect(changeOf(planned, '101').request?.body).toContain('"password":"start"');
    expect(planned.plan.notes.join()).toContain('password is not collected into dir.users');
  });

  test('one that maps nothing but its key, by an operation with a fixed body, is due for every row', () => {
    const planned = planSmall('Update', {
      files: update({
        filter: 'Leavers',
        target: { system: 'dir', table: 'users', operation: 'user_disable' },
        attributes: { number: { column: 'number' } },
      }),
    });
    expect(changeOf(planned, '104')).toMatchObject({
      attributes: [],
      request: { verb: 'PATCH', url: 'http://127.0.0.1:1/users/u5', body: '{"active":false}' },
    });
    expect(planned.assumed.join()).toContain('due for every row of its filter');
  });

  test('a boolean in a text column reads true, not 1', () => {
    const planned = planSmall('Update', { files: update({ attributes: { ...attributes, title: { column: 'works' } } }) });
    expect(changeOf(planned, '100').attributes).toEqual([{ name: 'title', from: 'Engineer', to: 'true' }]);
  });
});

describe('delete', () => {
  test('a row that exists, with the request', () => {
    const planned = planSmall('Delete');
    expect(changeOf(planned, 'u5').request).toMatchObject({ verb: 'DELETE', url: 'http://127.0.0.1:1/users/u5' });
    expect(planned.restsOn.map(({ system, table }) => `${system}.${table}`)).toEqual(['dir.users', 'hr.persons']);
  });

  test.each([
    [
      'incomplete source',
      withTable('hr.persons', { evidence: { complete: false, notes: ['A page failed.'] } }),
      'hr.persons is not proven complete: A page failed.',
    ],
    [
      'capped target',
      withTable('dir.users', { evidence: { complete: false, caps: ['Stopped after 5 rows.'] } }),
      'dir.users is not proven complete: Stopped after 5 rows.',
    ],
  ])('%s: blocked, with the reason and the way out', (_, tables, why) => {
    const planned = planSmall('Delete', { tables });
    expect(changeOf(planned, 'u5').blocked).toContain(why);
    expect(changeOf(planned, 'u5').request).toBeUndefined();
    expect(planned.guards[0]).toMatchObject({ count: 0 });
    const name = why.split(' ')[0]!;
    expect(changeOf(planSmall('Delete', { tables, allow: [name] }), 'u5').blocked).toBeUndefined();
    expect(changeOf(planSmall('Delete', { tables, allow: ['dir.groups'] }), 'u5').blocked).toContain(why);
  });

  test('the table of a lookup counts, too, in whatever case the lookup is written', () => {
    const filter = 'select p.account from hr.persons as p where p.works = false\n\nlookup Known exclude team in dir.groups.name';
    const tables = withTable('dir.groups', { evidence: { complete: false } });
    const planned = planSmall('Delete', {
      tables,
      files: { 'filters/Leavers.filter': filter.replace('p.account', 'p.account, p.team'), ...remove({ filter: 'Leavers[known]' }) },
    });
    expect(changeOf(planned, 'u5').blocked).toContain('dir.groups is not proven complete');
  });

  test('a value that would end a quoted literal blocks the change', () => {
    const files = remove({
      filter: 'Leavers',
      compareKey: 'number',
      target: { system: 'dir', table: 'users', operation: 'user_retire' },
      attributes: { number: { column: 'number' } },
    });
    const evil = '1" or number pr or number eq "';
    const tables = {
      ...withTable('hr.persons', {
        rows: [
          ['5', evil, 'Eve', null, 0, null, 'x'],
          ['6', '105', 'Fay', null, 0, null, 'x'],
        ],
      }),
      ...{
        'dir.users': withTable('dir.users', {
          rows: [
            ['u5', evil, 'Eve', null, 1, 1, null, null],
            ['u6', '105', 'Fay', null, 1, 1, null, null],
          ],
        })['dir.users']!,
      },
    };
    const planned = planSmall('Delete', { files, tables });
    expect(changeOf(planned, evil).blocked).toContain('would end the quoted text');
    expect(changeOf(planned, '105').request?.body).toBe('{"filter":"number eq \\"105\\""}');
  });
});

describe('guards', () => {
  test('those of sollist.json apply to a mapping', () => {
    const settings = { name: 'Small', guards: { create: { count: 0 } } };
    expect(planSmall('Create', { files: { 'sollist.json': settings } }).guards).toMatchObject([
      { tripped: true, count: 1, base: 5, threshold: { count: 0, percent: 20 } },
    ]);
    expect(planSmall('Create').guards).toMatchObject([{ tripped: false }]);
  });
});

describe('what is refused', () => {
  test.each([
    [
      'an unknown mapping',
      'Creat',
      {},
      'There is no mapping "Creat" in mappings/. Did you mean "Create"? There are: Create, Delete, Update.',
    ],
    [
      'an unknown filter',
      'Create',
      create({ filter: 'Peopl' }),
      'mappings/Create.json:1:11 must be mended first: There is no filter or lookup "Peopl" in filters/. Did you mean "People"?',
    ],
    ['an unknown lookup', 'Delete', remove({ filter: 'Leavers[knwon]' }), 'Did you mean "Leavers[known]"?'],
    [
      'an unknown filter column',
      'Create',
      create({ attributes: { ...attributes, title: { column: 'titles' } } }),
      'The filter "People" has no column "titles". Did you mean "title"?',
    ],
    [
      'an unknown target column',
      'Create',
      create({ attributes: { ...attributes, titles: { column: 'title' } } }),
      'has no column "titles". Did you mean "title"?',
    ],
    [
      'an unknown system',
      'Create',
      create({ target: { system: 'dri', table: 'users', operation: 'user_create' } }),
      'There is no system "dri" in systems/.',
    ],
    [
      'an unknown operation',
      'Create',
      create({ target: { system: 'dir', table: 'users', operation: 'user_crate' } }),
      'Did you mean "user_create"?',
    ],
    [
      'an operation that reads',
      'Create',
      create({ target: { system: 'dir', table: 'users', operation: 'users_get' } }),
      'has no write operation "users_get"',
    ],
    [
      'an attribute without a source',
      'Create',
      create({ attributes: { ...attributes, title: {} } }),
      'must have exactly one of these forms',
    ],
    ['a key that is not mapped', 'Create', create({ compareKey: 'id' }), 'mappings/Create.json: map "id"'],
    ['an unknown parameter', 'Create', create({ parameters: { day: 1 } }), 'has no parameter "day"'],
    ['a file that is not JSON', 'Create', { 'mappings/Create.json': '{ "filter": ' }, 'mappings/Create.json:1:'],
    ['a broken system', 'Create', { 'systems/dir.json': '{ "connector": "dir", "tables": [] }' }, 'systems/dir.json:1:'],
  ])('%s', (_, mapping, files, message) => {
    expect(() => planSmall(mapping, { files })).toThrow(message);
  });

  test('a target that was never collected, or without its key', () => {
    const { 'dir.users': _, ...others } = smallTables;
    expect(() => planSmall('Create', { tables: others })).toThrow(
      'dir.users has not been collected yet. Collect dir first: "sollist collect dir"',
    );
    const without = withTable('dir.users', { columns: { id: 'text', name: 'text' }, rows: [['u1', 'Ada']] });
    expect(() => planSmall('Create', { tables: without })).toThrow('dir.users was collected without its column "number"');
  });
});
