import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importWorkspace } from '../../../engine/model/nim/import-workspace.ts';
import { safeName } from '../../../engine/model/nim/file-names.ts';
import { readNimFilter } from '../../../engine/model/nim/read-filter.ts';
import { isFilter, readConfigFolder, readExport } from '../../../engine/model/nim/resources.ts';
import { dataColumn, expression, group, nimFilter, start, type Item } from '../../support/nim-json.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exportOf, imported, problemsOf, workspaceOf } from './round-trip.ts';

const persons = start('Staff', 'persons');

describe('input that means harm, or is broken', () => {
  it('every path lies inside the folder, whatever things are called', () => {
    const names = ['../../etc/passwd', '..', '.', '', 'a/b', 'a\\b', 'C:\\x', 'con', 'nul.txt', 'x. ', '\u0000', 'a\nb', '~', '.ssh', 'é'];
    const filters = names.map((name) => nimFilter(name, persons, [dataColumn('persons.number')]));
    const more = names.flatMap((name) => [
      { name, category: 30, data: { name, source: 'javascript', code: 'return 1;' }, processValue: 0 },
      { name, category: 6, data: {}, processValue: 0 },
      { name, category: 27, data: { name, columns: [{ name: 'ID', type: 0, auto: true }], rows: [] }, processValue: 0 },
      { name, category: 1, data: { system_name: name, collections: [{ col_name: 't', fields: [] }], name_values: [] }, processValue: 0 },
      { name, category: 987654, data: {}, processValue: 0 },
    ]);
    const { files } = imported(filters, more);
    for (const path of files.keys()) {
      expect(path).not.toMatch(/[\\:\u0000-\u001f]|^\/|\/\//);
      for (const step of path.split('/')) expect(step, path).not.toMatch(/^\.{0,2}$|^\.|[. ]$/);
    }
    expect([...files.keys()].filter((path) => path.startsWith('filters/')).length).toBe(names.length);
  });
  it('names that differ in case alone get files of their own', () => {
    const { files, notes } = imported(
      ['Leavers', 'leavers', 'LEAVERS'].map((name) => nimFilter(name, persons, [dataColumn('persons.number')])),
    );
    const paths = [...files.keys()].filter((path) => path.startsWith('filters/'));
    expect(paths).toEqual(['filters/Leavers.filter', 'filters/leavers_2.filter', 'filters/LEAVERS_3.filter']);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(3);
    expect(notes.some(({ message }) => message.includes('"leavers" is called leavers_2 here'))).toBe(true);
  });
  it('a safe name is safe and stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', 'a/../b', 'lpt1', 'x.')), (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u007f]|^\.|[. ]$/);
        expect(safe.length).toBeGreaterThan(0);
        expect(safeName(safe)).toBe(safe);
      }),
    );
  });
  it('names made of quotes, comments and semicolons stay names and values', () => {
    const evil = `x" --; drop 'y' /* $$ */ @z`;
    const filter = nimFilter(
      'F',
      start('Staff', 'persons', [expression(evil, 'equals', evil)], evil),
      [dataColumn(`persons.${evil}`, evil)],
      {
        meta_config: { notes: `*/ select 1\r\n$$ drop`, tags: [evil] },
        params: [
          { param_name: evil, param_category: 'input', data_type: 'string', default_value: evil, description: evil, variable_name: '' },
        ],
        appends: [{ filter_name: evil, enabled: false }],
      },
    );
    const { files } = imported([filter]);
    const workspace = workspaceOf({ files });
    const tree = workspace.filters.get('F')?.model;
    expect(tree?.problems).toEqual([]);
    expect(tree?.parameters.map(({ name }) => name.text)).toEqual([evil]);
    expect(problemsOf(workspace, 'F').filter(({ code }) => code === 'syntax')).toEqual([]);
  });
  it('items in a circle, without a parent, twice in one place or without a start end', () => {
    const base = { enabled: true };
    const items = (list: readonly object[]): object => ({ filter_name: 'F', filter_items: list, filter_columns: [] });
    for (const list of [
      [
        { ...base, type: 'and', index: 0, parent: 1 },
        { ...base, type: 'and', index: 1, parent: 0 },
      ],
      [
        { ...base, type: 'start', index: 0, system_name: 'Staff', col_name: 'persons' },
        { ...base, type: 'and', index: 1, parent: 1 },
      ],
      [
        { ...base, type: 'start', index: 0, system_name: 'Staff', col_name: 'persons' },
        { ...base, type: 'and', index: 1, parent: 0 },
        { ...base, type: 'or', index: 1, parent: 1 },
      ],
      [
        { ...base, type: 'start', index: 0, parent: 0, system_name: 'Staff', col_name: 'persons' },
        { ...base, type: 'start', index: 1, parent: 0 },
      ],
      [],
    ])
      expect(() => importWorkspace(exportOf(nimExport([items(list) as Record<string, unknown>])))).not.toThrow();
  });
  it('items nested a thousand deep are cut and told', () => {
    let item: Item = expression('name', 'exists');
    for (let depth = 0; depth < 1000; depth++) item = group(depth % 2 === 0 ? 'and' : 'or', [item, expression('note', 'exists')]);
    const { notes, files } = imported([nimFilter('F', start('Staff', 'persons', [item]), [dataColumn('persons.number')])]);
    expect(notes.some(({ message }) => message.includes('deep'))).toBe(true);
    expect(files.get('filters/F.filter')).toBeDefined();
  });
  it('any JSON is read or refused, and never breaks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => readNimFilter(value)).not.toThrow();
        const read = readExport(value);
        if (read) expect(() => importWorkspace(read)).not.toThrow();
        expect(() => readConfigFolder(new Map([['filters/x.json', value]]))).not.toThrow();
      }),
    );
  });
  it('an export whose parts are of the wrong kind is imported as far as it goes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'filter_name',
            'filter_columns',
            'params',
            'group',
            'sort_columns',
            'lookups',
            'appends',
            'meta_config',
            'exclude',
            '__proto__',
            'constructor',
          ),
          fc.jsonValue(),
        ),
        (parts) => {
          const filter = { ...nimFilter('F', persons, []), ...parts };
          expect(isFilter(filter)).toBe(true);
          expect(() => importWorkspace(exportOf(nimExport([filter])))).not.toThrow();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('secrets', () => {
  it('are nowhere in what is written, and it is said that they were left out', () => {
    const more = [
      {
        name: 'ldap',
        category: 36,
        data: { bindPassword: 'geheim-5678', nested: [{ name: 'client_secret', value: 'geheim-9012' }] },
        processValue: 0,
      },
      { name: 'Key', category: 30, data: { name: 'Api_Key', source: 'constant', value: 'geheim-3456' }, processValue: 0 },
      {
        name: 'Codes',
        category: 27,
        data: {
          name: 'Codes',
          columns: [
            { name: 'ID', type: 0 },
            { name: 'Password', type: 0 },
          ],
          rows: [['1', 'geheim-7890']],
        },
        processValue: 0,
      },
      { name: 'k', category: 5, data: { text: '-----BEGIN RSA PRIVATE KEY-----\ngeheim-1111' }, processValue: 0 },
    ];
    const { files, notes } = imported([], more);
    for (const [path, text] of files) expect(text, path).not.toContain('geheim');
    const said = notes.map(({ message }) => message).join('\n');
    for (const name of ['password', 'bindPassword', 'client_secret', 'Api_Key', 'Password', 'a private key']) expect(said).toContain(name);
  });
});
